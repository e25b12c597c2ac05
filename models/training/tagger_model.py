"""The tagger's network and its export: token and bigram vectors pooled four ways with a learned weight of each token for each way, then one hidden layer."""
import numpy as np
import torch
from torch import nn

import graph as onnx_graph
from bag import HASH_LEFT, HASH_RIGHT, quantise

TOKEN, PAIR, BUCKETS, HIDDEN = 96, 64, 65521, 256
REACHES = (16.0, 4.0)  # tokens over which the two weightings of the head fall by e; the tail's is the first
WAYS = 2 + len(REACHES)
CLASSES = 28


class Tagger(nn.Module):
    def __init__(self, vocabulary, token=TOKEN, pair=PAIR, buckets=BUCKETS, hidden=HIDDEN):
        super().__init__()
        draw = torch.Generator().manual_seed(1)
        self.buckets = buckets
        self.tokens = nn.Embedding.from_pretrained(torch.randn(vocabulary, token, generator=draw) * 0.1, freeze=False, sparse=True)
        self.pairs = nn.Embedding.from_pretrained(torch.zeros(buckets, pair), freeze=False, sparse=True)
        self.gain = nn.Embedding.from_pretrained(torch.zeros(vocabulary, WAYS), freeze=False, sparse=True)
        self.width = WAYS * (token + pair) + 1
        self.hidden = nn.Linear(self.width, hidden)
        self.out = nn.Linear(hidden, CLASSES)
        self.drop, self.drop_hidden = nn.Dropout(0.3), nn.Dropout(0.3)

    def start(self, vectors, frequency):
        """Token vectors learned without labels; in the weighting of all tokens alike, common ones count less (Arora et al. 2017)."""
        self.tokens.weight.data = torch.from_numpy(vectors.copy())
        self.gain.weight.data[:, 0] = torch.log(1e-3 / (1e-3 + torch.from_numpy(frequency)))

    def pool(self, ids, mask):
        places = torch.arange(ids.shape[1], dtype=torch.float32)
        shape = torch.stack([torch.ones_like(places)] + [torch.exp(-places / r) for r in REACHES] + [torch.exp(places / REACHES[0])])
        weights = mask.unsqueeze(1) * shape
        total = weights.sum(2, keepdim=True).clamp(min=1e-6)
        hashed = (ids[:, :-1] * HASH_LEFT + ids[:, 1:] * HASH_RIGHT) % self.buckets
        tokens = torch.bmm(weights * self.gain(ids).exp().transpose(1, 2), self.tokens(ids)) / total
        pairs = torch.bmm(weights[:, :, :-1] * mask[:, 1:].unsqueeze(1), self.pairs(hashed)) / total
        return torch.cat([tokens.flatten(1), pairs.flatten(1), torch.log(mask.sum(1, keepdim=True).clamp(min=1)) / 5], 1)

    def forward(self, ids, mask):
        pooled = self.pool(ids, mask)
        hidden = torch.relu(self.hidden(self.drop(pooled)))
        return pooled, hidden, self.out(self.drop_hidden(hidden))


def export(model, path):
    """The same computation as ONNX nodes; row scales and gains go into the pooling weights, so no vector is multiplied twice."""
    g = onnx_graph.Graph()
    ids = g.node("Cast", "input_ids", to=6)  # int32: half the bytes, and a quicker remainder; the hash stays below 2^31
    mask = g.node("Cast", "attention_mask", to=1)
    axis, end = g.ints([1]), 2 ** 62
    # The shapes of the weightings are the same for every row; the tail's grows to the right, and dividing by the sum does the rest.
    places = g.node("Cast", g.node("Range", g.ints(0), g.node("Squeeze", g.slice(g.node("Shape", ids), 0, 1, 2)), g.ints(1)), to=1)
    reaches = g.constant("reach", np.array([[0.0]] + [[-1 / r] for r in REACHES] + [[1 / REACHES[0]]], np.float32))
    shape = g.node("Exp", g.node("Mul", reaches, places))
    weights = g.node("Mul", g.node("Unsqueeze", mask, axis), shape)
    total = g.node("Max", g.node("ReduceSum", weights, g.ints([2]), keepdims=1), g.floats(1e-6))
    tokens, scale = quantise(model.tokens.weight)
    pairs, pair_scale = quantise(model.pairs.weight)
    gain = np.exp(model.gain.weight.detach().numpy()) * scale[:, None]
    per_token = g.node("Transpose", g.node("Gather", g.constant("token_gain", gain.astype(np.float32)), ids), perm=[0, 2, 1])
    vectors = g.node("Cast", g.node("Gather", g.constant("token_table", tokens), ids), to=1)
    pooled = g.node("Flatten", g.node("Div", g.node("MatMul", g.node("Mul", weights, per_token), vectors), total), axis=1)
    left, right = g.slice(ids, 1, 0, -1), g.slice(ids, 1, 1, end)
    hashed = g.node("Mod", g.node("Add", g.node("Mul", left, g.whole(HASH_LEFT)), g.node("Mul", right, g.whole(HASH_RIGHT))), g.whole(model.buckets))
    per_pair = g.node("Mul", g.node("Gather", g.constant("pair_gain", pair_scale), hashed), g.slice(mask, 1, 1, end))
    pair_weights = g.node("Mul", g.node("Unsqueeze", per_pair, axis), g.slice(shape, 1, 0, -1))
    vectors = g.node("Cast", g.node("Gather", g.constant("pair_table", pairs), hashed), to=1)
    pooled_pairs = g.node("Flatten", g.node("Div", g.node("MatMul", pair_weights, vectors), total), axis=1)
    length = g.node("Div", g.node("Log", g.node("Max", g.node("ReduceSum", mask, axis, keepdims=1), g.floats(1))), g.floats(5))
    pooled = g.node("Concat", pooled, pooled_pairs, length, axis=1)
    hidden = g.node("Relu", g.linear(pooled, model.hidden, "hidden"))
    g.extra("features", model.width + model.hidden.out_features, g.node("Concat", pooled, hidden, axis=1))
    g.save(path, ["input_ids", "attention_mask"], "logits", CLASSES, g.linear(hidden, model.out, "out"))


class Steps:
    """Adam for the dense layers; for a table, plain steps scaled by one running gradient size of the whole table. Adam's own scale for each
    row would give a word seen twice as large a step as a common one, which is learning by heart. The rates fall linearly to a fiftieth."""

    def __init__(self, modules, rate, table_rate, steps):
        self._tables = [m.weight for m in modules.modules() if isinstance(m, nn.Embedding)]
        known = {id(t) for t in self._tables}
        self._dense = torch.optim.Adam([p for p in modules.parameters() if id(p) not in known])
        self._rates, self._steps, self._step = (rate, table_rate), steps, 0
        self._sizes = [0.0] * len(self._tables)

    def step(self, loss):
        share = max(0.02, 1 - self._step / self._steps)
        self._dense.zero_grad()
        for table in self._tables:
            table.grad = None
        self._dense.param_groups[0]["lr"] = self._rates[0] * share
        loss.backward()
        self._dense.step()
        self._step += 1
        with torch.no_grad():
            for k, table in enumerate(self._tables):
                gradient = table.grad.coalesce()
                lines, values = gradient.indices()[0], gradient.values()
                self._sizes[k] = 0.98 * self._sizes[k] + 0.02 * float(values.pow(2).sum() / len(lines))
                size = (self._sizes[k] / (1 - 0.98 ** self._step)) ** 0.5
                table.index_add_(0, lines, values, alpha=-self._rates[1] * share / max(size, 1e-12))
