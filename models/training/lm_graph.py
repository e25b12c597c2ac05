"""Writes the language model as an ONNX graph: the softmax over the vocabulary stays inside, a loss for each token comes out."""
import json
import os

import numpy as np
import onnx
import torch

import corpus
import graph as onnx_graph
import lm
import lm_rows
from bag import quantise

REACH = 8.0  # normalised values are kept in 8 bits from -REACH to REACH
EXAMPLE = "What is the boiling point of water at sea level?\nWater boils at 100 degrees Celsius (212 degrees Fahrenheit) at sea level."
FAR = 2 ** 62


def seven_bits(weight):
    """Rows within -63..63: on processors without VNNI the 8-bit product saturates 16-bit sums of two, which 7 bits cannot reach."""
    scale = np.maximum(np.abs(weight).max(1), 1e-8) / 63
    return np.round(weight / scale[:, None]).astype(np.int8), scale.astype(np.float32)


class Emitter:
    def __init__(self, model):
        self.g, self.model = onnx_graph.Graph(), model
        self.unit = self.g.constant("unit_gain", np.ones(lm.WIDTH, np.float32))
        # The scale of the activations is fixed, so a row's losses do not depend on its neighbours in the batch. Were it a constant, ONNX Runtime
        # would fold it into the weights' scale and no longer recognise the product as one kernel; so it passes through the inputs.
        ones = self.g.node("Min", self.g.node("ReduceSum", "attention_mask", keepdims=0), self.g.ints(1))
        zero = self.g.node("Sub", self.g.node("Cast", ones, to=1), self.g.node("Cast", ones, to=1))
        self.scale = self.g.node("Add", zero, self.g.floats(REACH / 127))
        self.zero_point = self.g.constant("middle", np.array(128, np.uint8))

    def normal(self, x):
        return self.g.node("LayerNormalization", x, self.unit, axis=-1, epsilon=1e-5)

    def bytes(self, x):
        return self.g.node("QuantizeLinear", x, self.g.floats(REACH / 127), self.zero_point)

    def small(self, x, weight, name):
        """x w^T in float32 from a table in bytes; ONNX Runtime folds the cast and the scale when it loads the graph."""
        table, scale = quantise(weight)
        wide = self.g.node("Mul", self.g.node("Cast", self.g.constant(name, table.T), to=1), self.g.constant(name + ".scale", scale))
        return self.g.node("MatMul", x, wide)

    def large(self, x, weight, name, table=None):
        """x w^T in bytes: x from `bytes`, the weights from seven_bits."""
        values, scale = seven_bits(weight)
        right = self.g.node("Transpose", table, perm=[1, 0]) if table else self.g.constant(name, values.T)
        product = self.g.node("MatMulInteger", x, right, self.zero_point)
        return self.g.node("Mul", self.g.node("Cast", product, to=1), self.g.node("Mul", self.scale, self.g.constant(name + ".scale", scale)))

    def grams(self, embedding, ids, name):
        table, scale = quantise(embedding.weight)
        rows = self.g.node("Cast", self.g.node("Gather", self.g.constant(name, table), ids), to=1)
        return self.g.node("Mul", rows, self.g.node("Gather", self.g.constant(name + ".scale", scale[:, None]), ids))

    def hashed(self, parts, factors):
        total = None
        for part, factor in zip(parts, factors):
            term = self.g.node("Mul", part, self.g.ints(factor))
            total = term if total is None else self.g.node("Add", total, term)
        return self.g.node("Mod", total, self.g.ints(lm.BUCKETS))

    def start(self):
        """The normalised sum of token, bigram and trigram vectors."""
        g, m = self.g, self.model
        padded = g.node("Pad", "input_ids", g.ints([0, 2, 0, 0]), g.ints(0))
        one, two = g.slice(padded, 1, 1, -1), g.slice(padded, 1, 0, -2)
        grams = g.node("Concat", self.grams(m.pairs, self.hashed((one, "input_ids"), lm.PAIR), "pairs"),
                       self.grams(m.triples, self.hashed((two, one, "input_ids"), lm.TRIPLE), "triples"), axis=2)
        table, scale = seven_bits(m.table.detach().numpy())
        self.table, rows = g.constant("table", table), g.constant("table.row_scale", scale[:, None])
        tokens = g.node("Mul", g.node("Cast", g.node("Gather", self.table, "input_ids"), to=1), g.node("Gather", rows, "input_ids"))
        x = g.node("Add", tokens, self.small(grams, m.widen, "widen"))
        return g.node("LayerNormalization", x, g.constant("first", m.first.detach().numpy()), axis=-1, epsilon=1e-5)

    def distances(self):
        """(what is added to the scores of each head [H, T, T], the same for the pointer: only the future is shut [T, T])."""
        g = self.g
        at = g.node("Range", g.ints(0), g.node("Squeeze", g.slice(g.node("Shape", "input_ids"), 0, 1, 2), g.ints([0])), g.ints(1))
        at = g.node("Cast", at, to=1)
        back = g.node("Sub", g.node("Unsqueeze", at, g.ints([1])), g.node("Unsqueeze", at, g.ints([0])))
        future = g.node("Where", g.node("Less", back, g.floats(0)), g.floats(-1e9), g.floats(0))
        slopes = g.constant("slopes", -np.array(lm.SLOPES, np.float32)[:, None, None])
        return g.node("Add", future, g.node("Mul", slopes, g.node("Max", back, g.floats(0)))), future

    def layer(self, x, layer, bias, name):
        g, heads = self.g, lm.HEADS
        fold = lambda weight, gain: (weight * gain).detach().numpy()
        qkv = self.large(self.bytes(self.normal(x)), fold(layer.qkv, layer.before), name + ".qkv")
        qkv = g.node("Transpose", g.node("Reshape", qkv, g.ints([0, 0, 3 * heads, lm.WIDTH // heads])), perm=[0, 2, 1, 3])
        query, key, value = (g.slice(qkv, 1, k * heads, (k + 1) * heads) for k in range(3))
        scores = g.node("Add", g.node("MatMul", query, g.node("Transpose", key, perm=[0, 1, 3, 2])), bias)
        mixed = g.node("Transpose", g.node("MatMul", g.node("Softmax", scores, axis=-1), value), perm=[0, 2, 1, 3])
        x = g.node("Add", x, self.small(g.node("Reshape", mixed, g.ints([0, 0, lm.WIDTH])), layer.out, name + ".out"))
        inner = g.node("Relu", self.large(self.bytes(self.normal(x)), fold(layer.up, layer.between), name + ".up"))
        return g.node("Add", x, self.small(g.node("Mul", inner, inner), layer.down, name + ".down"))

    def losses(self):
        g, m = self.g, self.model
        start = x = self.start()
        bias, future = self.distances()
        for i, layer in enumerate(m.layers):
            x = self.layer(x, layer, bias, f"layer{i}")
        unit = self.normal(x)
        fold = lambda weight: weight * m.last
        targets = g.node("Concat", g.slice("input_ids", 1, 1, FAR), g.slice("input_ids", 1, 0, 1), axis=1)
        before = self.small(unit, fold(m.key_before), "key_before")
        before = g.slice(g.node("Pad", before, g.ints([0, 1, 0, 0, 0, 0])), 1, 0, -1)
        keys = g.node("Add", self.small(start, m.key, "key"), before)
        ask = self.small(unit, fold(m.ask) * lm.POINTER ** -0.5, "ask")
        scores = g.node("Add", g.node("MatMul", ask, g.node("Transpose", keys, perm=[0, 2, 1])), future)
        none = g.node("Add", g.node("MatMul", unit, g.constant("sentinel", fold(m.sentinel).detach().numpy().T)),
                      g.constant("sentinel_bias", m.sentinel_bias.detach().numpy()))
        share = g.node("Softmax", g.node("Concat", none, scores, axis=2), axis=-1)
        same = g.node("Equal", g.node("Unsqueeze", targets, g.ints([2])), g.node("Unsqueeze", "input_ids", g.ints([1])))
        copied = g.node("ReduceSum", g.node("Mul", g.slice(share, 2, 1, FAR), g.node("Cast", same, to=1)), g.ints([2]), keepdims=0)
        # The table's gain: last is multiplied into the values before they become bytes, since the table itself is shared with the input.
        logits = self.large(self.bytes(g.node("Mul", unit, g.constant("last", m.last.detach().numpy() / self.spread()))),
                            m.table.detach().numpy() * self.spread(), "logits", self.table)
        logits = g.node("Add", logits, g.constant("bias", m.bias.detach().numpy()))
        learned = g.node("GatherElements", g.node("LogSoftmax", logits, axis=-1), g.node("Unsqueeze", targets, g.ints([2])), axis=2)
        learned = g.node("Mul", g.node("Exp", g.node("Squeeze", learned, g.ints([2]))), g.node("Squeeze", g.slice(share, 2, 0, 1), g.ints([2])))
        loss = g.node("Neg", g.node("Log", g.node("Add", g.node("Add", learned, copied), g.floats(1e-20))))
        loss = g.node("Where", g.node("Greater", g.slice("attention_mask", 1, 1, FAR), g.ints(0)), g.slice(loss, 1, 0, -1), g.floats(0))
        return g.node("Pad", loss, g.ints([0, 1, 0, 0]))

    def spread(self):
        """The mean gain of the last normalisation, taken out of the values and into the scales."""
        return float(self.model.last.detach().abs().mean())


def write(model, tokenizer, report, folder=lm_rows.FOLDER, changed=None, library="natives/libonnxruntime.so.1"):
    """The whole model folder: the graph, its manifest with the keys of `changed`, and the report; tokenizer.json lies there already."""
    emitter, path = Emitter(model), os.path.join(folder, "model.onnx")
    losses = emitter.losses()
    emitter.g.save(path, ["input_ids", "attention_mask"], "losses", "tokens", losses, name="lm")
    sha = lambda name: {"file": name, "sha256": onnx_graph.sha256(os.path.join(folder, name))}
    document = {
        "name": "lm", "version": "1", "task": "perplexity", "text": "conversation", "model": sha("model.onnx"), "tokenizer": sha("tokenizer.json"),
        "maxTokens": lm_rows.LIMIT, "inputs": [{"name": n, "type": "int64"} for n in ("input_ids", "attention_mask")],
        "output": {"name": "losses", "type": "float32", "kind": "losses"}, "batchTokens": 1024, "licence": onnx_graph.LICENCE,
        "example": {"text": EXAMPLE, "expected": expected(tokenizer, path, library), "tolerance": 0.05}, **(changed or {})}
    kept = os.path.join(corpus.CACHE, "lm_training.json") if folder == lm_rows.FOLDER else os.path.join(folder, "figures.json")
    for path, value in ((os.path.join(folder, "manifest.json"), document), (kept, report)):
        with open(path, "w", encoding="utf-8", newline="\n") as stream:
            json.dump(value, stream, ensure_ascii=False, indent=2)
            stream.write("\n")


def expected(tokenizer, path, library, count=16):
    """The first losses of the example, as ONNX Runtime gives them: the graph rounds where torch does not."""
    from runtime import Runtime
    run = Runtime(library).load(path)
    ids = np.array([tokenizer.encode(EXAMPLE, lm_rows.LIMIT)])
    return [round(float(v), 4) for v in run({"input_ids": ids, "attention_mask": np.ones_like(ids)}, "losses")[0][:count]]


def read(path, vocabulary):
    """The model of a graph that `write` made, its tables as its bytes say: written again they are the same but for the last digit of a scale."""
    stored = {c.name: onnx.numpy_helper.to_array(c) for c in onnx.load(path).graph.initializer}
    if not {"table", "logits.scale", "key_before", f"layer{lm.LAYERS - 1}.down"} <= stored.keys() or len(stored["table"]) != vocabulary:
        raise ValueError(f"Found another network or vocabulary in {path}, expected a graph of models/training/lm_graph.py, such as models/lm or one tuned from it.")
    real = lambda name: torch.from_numpy(stored[name].astype(np.float32))
    weight = lambda name: (real(name) * real(name + ".scale")).t().contiguous()
    model = lm.Model(vocabulary)
    with torch.no_grad():
        put = lambda parameter, value: parameter.copy_(value.reshape(parameter.shape))
        put(model.table, real("table") * real("table.row_scale"))
        put(model.last, real("last") * (real("logits.scale") / real("table.row_scale")[:, 0]).median())  # the spread went into the scales
        for name in ("first", "bias", "sentinel_bias"):
            put(getattr(model, name), real(name))
        for name in ("pairs", "triples"):
            put(getattr(model, name).weight, real(name) * real(name + ".scale"))
        put(model.widen, weight("widen"))
        put(model.key, weight("key"))
        put(model.key_before, weight("key_before") / model.last)
        put(model.ask, weight("ask") / model.last * lm.POINTER ** 0.5)
        put(model.sentinel, real("sentinel").t() / model.last)
        for i, layer in enumerate(model.layers):  # the gains before and between stay 1: the weights hold them
            for name in ("qkv", "out", "up", "down"):
                put(getattr(layer, name), weight(f"layer{i}.{name}"))
    return model
