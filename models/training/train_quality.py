"""Trains and exports models/quality: one score of (prompt, response). evaluate_quality.py measures the exported file."""
import argparse
import os
import time

import numpy as np
import torch
from scipy.stats import pearsonr, spearmanr
from sklearn.metrics import roc_auc_score
from torch import nn

import corpus
import graph as onnx_graph
import quality_features
from bag import Optimiser
from damage import KINDS
from quality_data import INPUTS, MAX_TOKENS, Counter, Pool, pick, preferences
from runtime import Runtime
from wordpiece import WordPiece

WIDTH, END, CLOSE, CLOSINGS, HIDDEN, FOLDS = 64, 24, 16, 65521, 96, 5
LONGEST = 0.25  # correlation of the score with log length, on development rows; elsewhere it comes out higher
CEILING = 2.0  # of log length over the usual: seven times as long as usual, and no more, counts
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "quality")
OF_PROMPT = [quality_features.NAMES.index(n) for n in ("usual tokens of the prompt", "Chinese in prompt", "Latin in prompt", "prompt length")]
LENGTH = quality_features.NAMES.index("response length")  # log(tokens + 1) / 6


class Quality(nn.Module):
    """Prompt and response as means of token vectors, compared; the last three tokens; the counted features; one hidden layer.

    `usual` expects the response's length from the prompt alone, so that length may count for or against an answer without long prompts or
    sources of long answers gaining by it."""

    def __init__(self, vocabulary):
        super().__init__()
        draw = torch.Generator().manual_seed(3)
        table = lambda width, by: nn.Embedding.from_pretrained(torch.randn(vocabulary, width, generator=draw) * by, freeze=False, sparse=True)
        self.tokens, self.ends, self.gain = table(WIDTH, 0.1), table(END, 0.1), table(1, 0)
        self.closings = nn.Embedding.from_pretrained(torch.zeros(CLOSINGS, CLOSE), freeze=False, sparse=True)
        self.ask, self.answer = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.sharp = nn.Parameter(torch.tensor(2.5))
        width = len(quality_features.NAMES)
        self.hidden = nn.Linear(4 * WIDTH + 3 * END + CLOSE + 3 + width, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1)
        self.usual = nn.Sequential(nn.Linear(WIDTH + len(OF_PROMPT), 32), nn.ReLU(), nn.Linear(32, 1))
        self.drop = nn.Dropout(0.2)
        for name, value in (("mean", torch.zeros(width)), ("deviation", torch.ones(width))):
            self.register_buffer(name, value)
        # score = ((1 - softplus(knee - logit)) + length_weight x (log length - usual, kept above floor and below CEILING) - shift) x scale
        for name in ("knee", "length_weight", "floor", "shift", "scale"):
            self.register_buffer(name, torch.zeros(1))

    def forward(self, ids, mask, types, features):
        """(logit, log length expected / 6, response vectors and prompt vectors for the contrast)."""
        real = ((ids > 4) | (ids == 1)).float() * mask
        response, count = real * types, mask.sum(1, keepdim=True).long()
        weights = torch.stack([real - response, response], 1)
        weights = weights / weights.sum(2, keepdim=True).clamp(min=1)
        pooled = torch.bmm(weights * self.gain(ids).squeeze(-1).exp().unsqueeze(1), self.tokens(ids))
        norm = (pooled.pow(2).sum(2, keepdim=True) + 1e-6).sqrt()
        p, r = (pooled / norm * WIDTH ** 0.5).unbind(1)
        unit = lambda v: v / (v.pow(2).sum(1, keepdim=True) + 1e-6).sqrt()
        u, v = unit(self.ask(p)), unit(self.answer(r))
        ending = [ids.gather(1, (count - k).clamp(min=0)) for k in (2, 3, 4)]
        last = [self.ends(e).squeeze(1) for e in ending] + [self.closings((31337 * ending[1] + 7 * ending[0]) % CLOSINGS).squeeze(1)]
        facts = ((features - self.mean) / self.deviation).clamp(-5, 5)
        joint = torch.cat([p, r, (p - r).abs(), u * v * 8, *last, norm.squeeze(2).log(), (u * v).sum(1, keepdim=True) * 3, facts], 1)
        logit = self.out(self.drop(torch.relu(self.hidden(self.drop(joint)))))
        usual = self.usual(torch.cat([self.drop(p), facts[:, OF_PROMPT]], 1))
        return logit[:, 0], usual[:, 0], u, v

    def score(self, logit, usual, features):
        longer = torch.maximum(6 * (features[:, LENGTH] - usual), self.floor).clamp(max=CEILING)
        return ((1 - nn.functional.softplus(self.knee - logit)) + self.length_weight * longer - self.shift) * self.scale


def one_scale(embedding):
    """(int8 table, one scale a column): the scale is applied after pooling; clipped at the 99.95th percentile."""
    table = embedding.weight.detach().numpy()
    scale = np.maximum(np.quantile(np.abs(table), 0.9995, axis=0), 1e-8) / 127
    return np.clip(np.round(table / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def store_quantised(model):
    for table in (model.tokens, model.ends, model.closings):
        whole, scale = one_scale(table)
        table.weight.data = torch.from_numpy(whole.astype(np.float32) * scale)


def export(model, tables, path):
    g = onnx_graph.Graph()
    counted = quality_features.Features(g, {**tables, "gain": np.exp(model.gain.weight.detach().numpy()[:, 0]).astype(np.float32)})
    features, _ = counted.emit(*INPUTS, MAX_TOKENS)
    one, two, f = g.ints([1]), g.ints([2]), g.floats
    tokens, scale = one_scale(model.tokens)
    length = lambda n: g.node("Max", n, f(1))
    gain = counted.table("gain", "input_ids")
    sides = [g.node("Unsqueeze", g.node("Mul", g.node("Div", side, length(n)), gain), one) for side, n in ((counted.prompt, counted.np), (counted.response, counted.n))]
    vectors = g.node("Cast", g.node("Gather", g.constant("token_table", tokens), "input_ids"), to=1)
    pooled = g.node("Mul", g.node("MatMul", g.node("Concat", *sides, axis=1), vectors), g.constant("token_scale", scale))
    norm = g.node("Sqrt", g.node("Add", g.node("ReduceSum", g.node("Mul", pooled, pooled), two, keepdims=1), f(1e-6)))
    unit = g.node("Mul", g.node("Div", pooled, norm), f(WIDTH ** 0.5))
    p, r = (g.node("Squeeze", g.slice(unit, 1, k, k + 1), one) for k in range(2))

    def direction(value, layer, name):
        v = g.linear(value, layer, name)
        return g.node("Div", v, g.node("Sqrt", g.node("Add", g.node("ReduceSum", g.node("Mul", v, v), one, keepdims=1), f(1e-6))))

    both = g.node("Mul", direction(p, model.ask, "ask"), direction(r, model.answer, "answer"))
    for name, embedding in (("end", model.ends), ("closing", model.closings)):
        for part, constant in zip(("table", "scale"), one_scale(embedding)):
            g.constant(f"{name}_{part}", constant)
    look = lambda name, at: g.node("Mul", g.node("Cast", g.node("Squeeze", g.node("Gather", name + "_table", at), one), to=1), name + "_scale")
    ending = [g.node("GatherElements", "input_ids", g.node("Max", g.node("Sub", counted.last_index, g.ints(k)), g.ints(0)), axis=1) for k in (0, 1, 2)]
    closing = g.node("Mod", g.node("Add", g.node("Mul", ending[1], g.ints(31337)), g.node("Mul", ending[0], g.ints(7))), g.ints(CLOSINGS))
    last = [look("end", e) for e in ending] + [look("closing", closing)]
    facts = g.node("Div", g.node("Sub", features, g.constant("mean", model.mean.numpy())), g.constant("deviation", model.deviation.numpy()))
    facts = g.node("Max", g.node("Min", facts, f(5)), f(-5))
    joint = g.node("Concat", p, r, g.node("Abs", g.node("Sub", p, r)), g.node("Mul", both, f(8)), *last, g.node("Log", g.node("Squeeze", norm, two)),
                   g.node("Mul", g.node("ReduceSum", both, one, keepdims=1), f(3)), facts, axis=1)
    logit = g.linear(g.node("Relu", g.linear(joint, model.hidden, "hidden")), model.out, "out")
    asked = g.node("Concat", p, g.node("Gather", facts, g.ints(OF_PROMPT), axis=1), axis=1)
    usual = g.linear(g.node("Relu", g.linear(asked, model.usual[0], "usual_hidden")), model.usual[2], "usual")
    value = lambda name: f(getattr(model, name).numpy())
    base = g.node("Sub", f(1), g.node("Softplus", g.node("Sub", value("knee"), logit)))
    longer = g.node("Mul", g.node("Sub", g.slice(features, 1, LENGTH, LENGTH + 1), usual), f(6))
    longer = g.node("Mul", g.node("Min", g.node("Max", longer, value("floor")), f(CEILING)), value("length_weight"))
    score = g.node("Mul", g.node("Sub", g.node("Add", base, longer), value("shift")), value("scale"))
    g.save(path, INPUTS, "score", 1, score)


def run(model, pairs, features):
    """(logit, expected length)"""
    model.eval()
    order, out = np.argsort([len(p[0]) for p in pairs]), np.zeros((2, len(pairs)), np.float32)
    with torch.no_grad():
        for start in range(0, len(order), 256):
            part = order[start:start + 256]
            arrays = corpus.pad([pairs[i][0] for i in part], [pairs[i][1] for i in part])
            found = model(torch.from_numpy(arrays[0]), *(torch.from_numpy(a).float() for a in arrays[1:]), torch.from_numpy(features[part]))
            out[:, part] = found[0].numpy(), found[1].numpy()
    return out


def learn(model, folds, counters, epochs, seed=7):
    random_ = np.random.RandomState(seed)
    steps = epochs * (sum(2 * len(p.prompts) for p in folds) // 256 + 1)
    optimiser = Optimiser(model, 2.5e-3, steps)
    for epoch in range(epochs):
        started, totals, drawn = time.time(), np.zeros(3), []
        for pool, counter in zip(folds, counters):
            pairs, label, weight, _ = pool.draw()
            drawn.append((pairs, label, weight, counter(pairs)))
        pairs = [p for d in drawn for p in d[0]]
        label, weight, features = (np.concatenate([d[k] for d in drawn]) for k in (1, 2, 3))
        if epoch == 0:
            model.mean[:], model.deviation[:] = torch.from_numpy(features.mean(0)), torch.from_numpy(features.std(0) + 1e-3)
        counted = time.time()
        model.train()
        for part in corpus.batches(np.array([len(p[0]) for p in pairs]), 256, random_):
            arrays = corpus.pad([pairs[i][0] for i in part], [pairs[i][1] for i in part])
            ids = np.where((random_.rand(*arrays[0].shape) < 0.12) & (arrays[1] > 0), 1, arrays[0])
            facts, target = torch.from_numpy(features[part]), torch.from_numpy(label[part]).float()
            logit, usual, u, v = model(torch.from_numpy(ids), *(torch.from_numpy(a).float() for a in arrays[1:]), facts)
            loss = (nn.functional.binary_cross_entropy_with_logits(logit, target, reduction="none") * torch.from_numpy(weight[part]).float()).mean()
            real = torch.from_numpy(np.flatnonzero((label[part] > 0) & (features[part, LENGTH] > np.log(5) / 6)))
            near = u[real] @ v[real].T * model.sharp.exp()
            contrast = (nn.functional.cross_entropy(near, torch.arange(len(real))) + nn.functional.cross_entropy(near.T, torch.arange(len(real)))) / 2
            length = ((usual - facts[:, LENGTH]).abs() * target).sum() / target.sum().clamp(min=1)
            optimiser.step(loss + 0.2 * contrast + 0.5 * length)
            totals += float(loss), float(contrast), float(length)
        print(f"epoch {epoch}: loss, contrast, length {np.round(totals * epochs / steps, 4)}, {counted - started:.0f} s to count, {time.time() - counted:.0f} s to learn", flush=True)
        yield epoch


def settle(model, dev, features, prefs, pool, counter):
    """Sets knee, weight of the length, shift and scale. The knee is where an answer is sound enough: above it the score hardly rises, and length
    may decide. Chosen is what ranks most training preferences rightly, each source alike, within limits for the correlation with length and for
    what is lost in finding spoiled answers. hh_harmless does not vote: it prefers the harmless answer, which is the shorter one."""
    pairs, label, _, _ = dev
    logit, usual = run(model, pairs, features)
    real, size = label > 0, features[:, LENGTH]
    over = 6 * (size - usual)
    prefs = [p for p in prefs if p[2] is not None and p[3] is not None and p[0] != "hh_harmless_test"]
    names = np.array([p[0] for p in prefs])
    sides = [[pool.pair(p[1], p[k]) for p in prefs] for k in (2, 3)]
    facts = [counter(s) for s in sides]
    runs = [run(model, s, f) for s, f in zip(sides, facts)]
    lengths = [6 * (f[:, LENGTH] - u) for f, (_, u) in zip(facts, runs)]
    soft = lambda z, knee: 1 - np.logaddexp(0, knee - z)
    least, best = roc_auc_score(label, logit) - 0.004, None
    for floor in (-2.0, -1.0, -0.5):
        held = lambda x: np.clip(x, floor, CEILING)
        longer = held(lengths[0]) - held(lengths[1])
        for knee in np.arange(-1, 3.1, 0.5):
            base, gain = soft(logit, knee), soft(runs[0][0], knee) - soft(runs[1][0], knee)
            for weight in np.arange(0, 2.01, 0.1):
                score, ahead = base + weight * held(over), gain + weight * longer
                tied, found = max(abs(f(score[real], size[real])[0]) for f in (pearsonr, spearmanr)), roc_auc_score(label, score)
                if tied > LONGEST or found < least:
                    break
                won = np.where(abs(ahead) < 1e-4, 0.5, ahead > 0)  # some pairs differ only beyond what the model reads
                right = float(np.mean([won[names == n].mean() for n in np.unique(names)]))
                if best is None or right > best[0]:
                    best = right, floor, knee, weight
                    print(f"floor {floor}, knee {knee:.1f}, length {weight:.1f}: preferences {right:.4f}, dev AUC {found:.4f}, correlation with length {tied:.3f}", flush=True)
    _, floor, knee, weight = best
    score = soft(logit, knee) + weight * np.clip(over, floor, CEILING)
    for name, number in (("floor", floor), ("knee", knee), ("length_weight", weight), ("shift", score[real].mean()), ("scale", 1 / score[real].std())):
        getattr(model, name)[0] = float(number)


def finish(model, tables, tokenizer, counter):
    os.makedirs(FOLDER, exist_ok=True)
    export(model, tables, os.path.join(FOLDER, "model.onnx"))
    text, pair = "What is the boiling point of water at sea level?", "Water boils at 100 degrees Celsius (212 degrees Fahrenheit) at sea level."
    example = [tuple(map(np.array, tokenizer.pair(text, pair, MAX_TOKENS)))]
    facts = counter(example)
    logit, usual = run(model, example, facts)
    expected = model.score(torch.from_numpy(logit), torch.from_numpy(usual), torch.from_numpy(facts))
    onnx_graph.write_manifest(
        FOLDER, "quality", "regression", "pair", MAX_TOKENS, INPUTS, "score", 1, onnx_graph.LICENCE,
        {"text": text, "pair": pair, "expected": [round(float(x), 5) for x in expected], "tolerance": 0.001}, version="2", callTokens=8192)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--onnxruntime", default="natives/libonnxruntime.so.1")
    options.add_argument("--epochs", type=int, default=6)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--work", default=corpus.CACHE, help="folder for the graphs of the counted features")
    options = options.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(7)
    rows, views = corpus.load(options.data)
    tokenizer, runtime = WordPiece(corpus.TOKENIZER), Runtime(options.onnxruntime)
    picked = pick(rows, views, 7)
    train = [i for i, row in enumerate(rows) if row["split"] == "train"]
    fold = np.random.RandomState(5).randint(0, FOLDS, len(rows))
    texts = lambda chosen: [x for i in chosen for x in (views["prompt"][i], views["response"][i]) if len(x)]
    count = lambda k: quality_features.tables(tokenizer, texts([i for i in train if fold[i] != k]))
    # Pairs of a row counted in training must be as new as they are in use: each fold is read with the counts of the other four, and its spoiled
    # answers are drawn from within it.
    folds = [Pool(rows, views, [i for i in picked["train"] if fold[i] == k], tokenizer, k) for k in range(FOLDS)]
    counters = [Counter(runtime, count(k), os.path.join(options.work, f"quality_features_{k}.onnx")) for k in range(FOLDS)]
    tables = count(-1)
    counter = Counter(runtime, tables, os.path.join(options.work, "quality_features.onnx"))
    pool = Pool(rows, views, picked["dev"], tokenizer, 99)
    dev = pool.draw()
    features = counter(dev[0])
    model = Quality(len(tokenizer.vocab))
    for epoch in learn(model, folds, counters, options.epochs):
        logit, usual = run(model, dev[0], features)
        own = len(logit) // 2
        print(f"  dev AUC {roc_auc_score(dev[1], logit, sample_weight=dev[2]):.4f}; twin lower", {k: round(float((logit[:own] > logit[own:])[dev[3][own:] == n].mean()), 3) for n, k in enumerate(KINDS)}, flush=True)
    store_quantised(model)
    torch.save(model.state_dict(), os.path.join(options.work, "quality.pt"))
    settle(model, dev, features, preferences(options.data, tokenizer)["train"], pool, counter)
    finish(model, tables, tokenizer, counter)


if __name__ == "__main__":
    main()
