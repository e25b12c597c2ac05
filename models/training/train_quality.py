"""Trains, measures and exports models/quality: one score of (prompt, response)."""
import argparse
import json
import os
import time

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import nn

import corpus
import graph as onnx_graph
import sources
from bag import Bag, Optimiser, emit_bag, quantise, store_quantised
from damage import KINDS, Damage
from wordpiece import WordPiece

MAX_TOKENS, WIDTH, BUCKETS, RANK, HIDDEN, REACH = 384, 64, 65521, 24, 96, 4.0
CAP = {"smilechat_zh": 2500, "sgd_multiturn": 1500, "flan_cot": 3000, "t0_p3": 5000, "gpteacher_toolformer": 2000, "huatuo_med_zh": 4000, "gsm8k_train": 3000, "superni15": 2000}
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "quality")


class Quality(nn.Module):
    """Prompt and response pooled apart (response also at its head and its tail), compared, beside a low-rank bigram fluency; two layers."""

    def __init__(self, vocabulary):
        super().__init__()
        self.bag = Bag(vocabulary, BUCKETS, WIDTH, seed=3)
        draw = torch.Generator().manual_seed(4)
        self.left, self.right = (nn.Embedding.from_pretrained(torch.randn(vocabulary, RANK, generator=draw) * 0.3, freeze=False, sparse=True) for _ in range(2))
        self.hidden = nn.Linear(6 * WIDTH + RANK + 7, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(0.15)
        self.register_buffer("shift", torch.zeros(1))
        self.register_buffer("scale", torch.ones(1))

    def forward(self, ids, mask, types):
        response, count = mask * types, mask.sum(1, keepdim=True)
        prompt, in_response = mask - response, (mask * types).sum(1, keepdim=True)
        position = mask.cumsum(1) - 1
        tail = response * torch.exp((position - count + 1) / REACH)
        head = response * torch.exp((count - in_response - position).clamp(max=0) / REACH)
        weights = torch.stack([prompt, response, head, tail], 1)
        pooled = self.bag(ids, mask, weights / weights.sum(2, keepdim=True).clamp(min=1e-6))
        norm = (pooled.pow(2).sum(2, keepdim=True) + 1e-6).sqrt()
        p, r, h, t = (pooled / norm * WIDTH ** 0.5).unbind(1)
        links = response[:, :-1] * response[:, 1:]
        fluency = torch.bmm((links / links.sum(1, keepdim=True).clamp(min=1)).unsqueeze(1), self.left(ids[:, :-1]) * self.right(ids[:, 1:])).squeeze(1)
        sizes = torch.cat([torch.log(in_response + 1) / 6, torch.log(count - in_response + 1) / 6, (count >= MAX_TOKENS).float()], 1)
        features = torch.cat([p, r, p * r, (p - r).abs(), h, t, fluency, norm.squeeze(2).log(), sizes], 1)
        logit = self.out(self.drop(torch.relu(self.hidden(self.drop(features)))))
        return (logit - self.shift) * self.scale


def export(model, path):
    g = onnx_graph.Graph()
    one, two = g.ints([1]), g.ints([2])
    mask = g.node("Cast", "attention_mask", to=1)
    response = g.node("Mul", mask, g.node("Cast", "token_type_ids", to=1))
    prompt = g.node("Sub", mask, response)
    count, in_response = g.node("ReduceSum", mask, one, keepdims=1), g.node("ReduceSum", response, one, keepdims=1)
    position = g.node("Sub", g.node("CumSum", mask, g.ints(1)), g.floats(1))
    from_end = g.node("Add", g.node("Sub", position, count), g.floats(1))
    in_prompt = g.node("Sub", count, in_response)
    tail = g.node("Mul", response, g.node("Exp", g.node("Div", from_end, g.floats(REACH))))
    # Before the response the exponent is positive and could overflow: 0 x inf is not a number, so it is cut at 0.
    head = g.node("Mul", response, g.node("Exp", g.node("Div", g.node("Min", g.node("Sub", in_prompt, position), g.floats(0)), g.floats(REACH))))
    weights = g.node("Concat", *[g.node("Unsqueeze", w, one) for w in (prompt, response, head, tail)], axis=1)
    weights = g.node("Div", weights, g.node("Max", g.node("ReduceSum", weights, two, keepdims=1), g.floats(1e-6)))
    pooled = emit_bag(g, model.bag, "input_ids", mask, weights)
    norm = g.node("Sqrt", g.node("Add", g.node("ReduceSum", g.node("Mul", pooled, pooled), two, keepdims=1), g.floats(1e-6)))
    unit = g.node("Mul", g.node("Div", pooled, norm), g.floats(WIDTH ** 0.5))
    p, r, h, t = (g.node("Squeeze", g.slice(unit, 1, k, k + 1), one) for k in range(4))
    (left, left_scale), (right, right_scale) = quantise(model.left.weight), quantise(model.right.weight)
    before, after = g.slice("input_ids", 1, 0, -1), g.slice("input_ids", 1, 1, 2 ** 62)
    links = g.node("Mul", g.slice(response, 1, 0, -1), g.slice(response, 1, 1, 2 ** 62))
    share = g.node("Div", links, g.node("Max", g.node("ReduceSum", links, one, keepdims=1), g.floats(1)))
    for name, scale, ids in (("left_gain", left_scale, before), ("right_gain", right_scale, after)):
        share = g.node("Mul", share, g.node("Gather", g.constant(name, scale), ids))
    sides = [g.node("Cast", g.node("Gather", g.constant(name, table), ids), to=1) for name, table, ids in (("left_table", left, before), ("right_table", right, after))]
    fluency = g.node("Squeeze", g.node("MatMul", g.node("Unsqueeze", share, one), g.node("Mul", *sides)), one)
    size = lambda n: g.node("Div", g.node("Log", g.node("Add", n, g.floats(1))), g.floats(6))
    full = g.node("Cast", g.node("GreaterOrEqual", count, g.floats(MAX_TOKENS)), to=1)
    features = g.node("Concat", p, r, g.node("Mul", p, r), g.node("Abs", g.node("Sub", p, r)), h, t, fluency,
                      g.node("Log", g.node("Squeeze", norm, two)), size(in_response), size(in_prompt), full, axis=1)
    logit = g.linear(g.node("Relu", g.linear(features, model.hidden, "hidden")), model.out, "out")
    score = g.node("Mul", g.node("Sub", logit, g.constant("shift", model.shift.numpy())), g.constant("scale", model.scale.numpy()))
    g.save(path, ["input_ids", "attention_mask", "token_type_ids"], "score", 1, score)


class Pool:
    """Real pairs of one split, and their spoiled twins."""

    def __init__(self, rows, views, chosen, tokenizer, seed):
        self.special = [tokenizer.cls], [tokenizer.sep]
        self.prompts = [views["prompt"][i] for i in chosen]
        self.responses = [views["response"][i] for i in chosen]
        self.sources = np.array([rows[i]["source"] for i in chosen])
        single = np.array(["\u4e00" <= t[0] <= "\u9fff" for t in tokenizer.vocab])
        self.chinese = np.array([bool(len(x) and single[x].mean() > 0.3) for x in self.responses])
        self.damage = Damage(tokenizer, self.responses, self.sources, self.chinese, np.random.RandomState(seed))

    def pair(self, prompt, response):
        return onnx_graph.cut(prompt, response, MAX_TOKENS, self.special)

    def draw(self):
        """Real pairs and one spoiled twin of each: (pairs, labels, weights, kinds). Weights make both classes equally long, bin by bin."""
        kinds, spoiled = zip(*[self.damage.draw(i, self.prompts[i]) for i in range(len(self.prompts))])
        pairs = [self.pair(p, r) for p, r in zip(self.prompts + self.prompts, self.responses + list(spoiled))]
        label = np.repeat((1.0, 0.0), len(self.prompts))
        size = np.array([min(len(r), MAX_TOKENS) for r in self.responses + list(spoiled)])
        bins = (2 * np.log2(size + 1)).astype(int) * 2 + np.concatenate((self.chinese, self.chinese))
        good, bad = np.bincount(bins[label > 0], minlength=bins.max() + 1), np.bincount(bins[label == 0], minlength=bins.max() + 1)
        mean = (good + bad) / 2
        weight = np.where(label > 0, np.minimum(mean / np.maximum(good, 1), 4)[bins], np.minimum(mean / np.maximum(bad, 1), 4)[bins])
        return pairs, label, weight, np.concatenate((np.full(len(kinds), -1), kinds))


def run(model, pairs):
    model.eval()
    order, out = np.argsort([len(p[0]) for p in pairs]), np.zeros(len(pairs), np.float32)
    with torch.no_grad():
        for start in range(0, len(order), 256):
            part = order[start:start + 256]
            arrays = corpus.pad([pairs[i][0] for i in part], [pairs[i][1] for i in part])
            out[part] = model(torch.from_numpy(arrays[0]), *(torch.from_numpy(a).float() for a in arrays[1:])).numpy()[:, 0]
    return out


def measure(model, pool, prefs):
    pairs, label, weight, kinds = pool.draw()
    score = run(model, pairs)
    size = np.array([p[1].sum() for p in pairs])
    report = {"rows": len(label) // 2, "AUC, length-matched": roc_auc_score(label, score, sample_weight=weight), "AUC of length alone": roc_auc_score(label, size, sample_weight=weight),
              "real above 0": float((score[label > 0] > 0).mean()), "spoiled above 0": float((score[label == 0] > 0).mean()),
              "AUC by damage": {k: round(float(roc_auc_score(np.r_[np.ones((kinds == -1).sum()), np.zeros((kinds == n).sum())], np.r_[score[kinds == -1], score[kinds == n]])), 4) for n, k in enumerate(KINDS)},
              "own spoiled twin ranked lower": {k: round(float((score[:len(score) // 2] > score[len(score) // 2:])[kinds[len(kinds) // 2:] == n].mean()), 4) for n, k in enumerate(KINDS)},
              "real above 0 by source": {str(s): round(float((score[:len(pool.sources)][pool.sources == s] > 0).mean()), 3) for s in np.unique(pool.sources)}}
    both = [(n, a, b) for n, a, b in prefs if a is not None and b is not None]
    a, b = run(model, [x[1] for x in both]), run(model, [x[2] for x in both])
    longer = np.array([np.sign(float(x[1][1].sum()) - float(x[2][1].sum())) / 2 + 0.5 for x in both])
    names = np.array([x[0] for x in both])
    report["preferences"] = {n: {"pairs": int((names == n).sum()), "model": round(float((a > b)[names == n].mean()), 4), "longer wins": round(float(longer[names == n].mean()), 4)} for n in np.unique(names)}
    report["preferences"]["all"] = {"pairs": len(both), "model": round(float((a > b).mean()), 4), "longer wins": round(float(longer.mean()), 4)}
    return report


def preferences(data, tokenizer, special):
    groups = {"train": [], "dev": [], "test": []}
    side = lambda prompt, text: None if text is None else onnx_graph.cut(prompt, tokenizer.plain(text)[:corpus.KEPT], MAX_TOKENS, special)
    for key, name, prompt, chosen, rejected in sources.preferences(data):
        prompt = tokenizer.plain(prompt)[:corpus.KEPT]
        # Two folds of ten are tested here: the files are small.
        groups["test" if sources.fold(key) in (0, 2) else "train"].append((name, side(prompt, chosen), side(prompt, rejected)))
    return groups


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--epochs", type=int, default=3)
    options.add_argument("--threads", type=int, default=2)
    options = options.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(7)
    rows, views = corpus.load(options.data)
    tokenizer = WordPiece(corpus.TOKENIZER)
    random_, picked = np.random.RandomState(7), {"train": [], "dev": [], "test": []}
    seen = {}
    for i in random_.permutation(len(rows)):
        source, group = rows[i]["source"], rows[i]["split"]
        if len(views["response"][i]) and seen.get((source, group), 0) < CAP.get(source, 10 ** 9) * (1 if group == "train" else 0.125):
            seen[source, group] = seen.get((source, group), 0) + 1
            picked[group].append(i)
    pools = {g: Pool(rows, views, chosen, tokenizer, seed) for seed, (g, chosen) in enumerate(picked.items())}
    prefs = preferences(options.data, tokenizer, pools["train"].special)
    model = Quality(len(tokenizer.vocab))
    size, extra = 256, 24
    steps = options.epochs * (2 * len(picked["train"]) // size + 1)
    optimiser = Optimiser(model, 2e-3, steps)
    for epoch in range(options.epochs):
        started, total = time.time(), 0.0
        pairs, label, weight, _ = pools["train"].draw()
        model.train()
        for part in corpus.batches(np.array([len(p[0]) for p in pairs]), size, random_):
            ranked = [prefs["train"][k] for k in random_.randint(0, len(prefs["train"]), extra)]
            sides = [x for _, a, b in ranked for x in (a, b) if x is not None]
            arrays = corpus.pad([pairs[i][0] for i in part] + [s[0] for s in sides], [pairs[i][1] for i in part] + [s[1] for s in sides])
            ids = np.where((random_.rand(*arrays[0].shape) < 0.05) & (arrays[1] > 0), 1, arrays[0])
            logit = model(torch.from_numpy(ids), *(torch.from_numpy(a).float() for a in arrays[1:]))[:, 0]
            target = torch.from_numpy(label[part]).float()
            loss = (nn.functional.binary_cross_entropy_with_logits(logit[:len(part)], target, reduction="none") * torch.from_numpy(weight[part]).float()).mean()
            at, margins = len(part), []
            for _, a, b in ranked:
                margins.append(logit[at] - logit[at + 1] if a is not None and b is not None else logit[at] * (1.0 if a is not None else -1.0))
                at += (a is not None) + (b is not None)
            loss = loss + 0.1 * nn.functional.softplus(-torch.stack(margins)).mean()
            optimiser.step(loss)
            total += float(loss)
        dev = measure(model, pools["dev"], prefs["train"][:600])
        print(f"epoch {epoch}: loss {total * options.epochs / steps:.4f}, dev AUC {dev['AUC, length-matched']:.4f}, {dev['own spoiled twin ranked lower']}, {time.time() - started:.0f} s", flush=True)
    for table in (model.bag.tokens, model.bag.pairs, model.left, model.right):
        store_quantised(table)
    # Mean 0 and deviation 1 over real pairs that were not trained on.
    real = np.clip(run(model, [pools["dev"].pair(p, r) for p, r in zip(pools["dev"].prompts, pools["dev"].responses)]), -20, 20)
    model.shift[0], model.scale[0] = float(real.mean()), float(1 / real.std())
    report = {"training rows": {str(s): int((pools["train"].sources == s).sum()) for s in np.unique(pools["train"].sources)},
              "training preferences": {n: sum(x[0] == n for x in prefs["train"]) for n in sources.PREFS}, "test": measure(model, pools["test"], prefs["test"])}
    os.makedirs(FOLDER, exist_ok=True)
    export(model, os.path.join(FOLDER, "model.onnx"))
    text, pair = "What is the boiling point of water at sea level?", "Water boils at 100 degrees Celsius (212 degrees Fahrenheit) at sea level."
    expected = run(model, [tuple(map(np.array, tokenizer.pair(text, pair, MAX_TOKENS)))])
    onnx_graph.write_manifest(
        FOLDER, "quality", "regression", "pair", MAX_TOKENS, ["input_ids", "attention_mask", "token_type_ids"], "score", 1, onnx_graph.LICENCE,
        {"text": text, "pair": pair, "expected": [round(float(x), 5) for x in expected], "tolerance": 0.001})
    with open(os.path.join(FOLDER, "figures.json"), "w", encoding="utf-8", newline="\n") as stream:
        json.dump(report, stream, ensure_ascii=False, indent=1)
        stream.write("\n")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
