"""Trains, measures and exports models/tagger: 28 categories of a prompt."""
import argparse
import json
import os
import random
import time

import numpy as np
import torch
from torch import nn

import corpus
import graph as onnx_graph
import labels as L
import made_up
import sources
from bag import Bag, Optimiser, emit_bag, store_quantised
from wordpiece import WordPiece

MAX_TOKENS, WIDTH, BUCKETS, HIDDEN = 256, 64, 65521, 192
REACH = 16.0  # tokens over which the head and tail weightings fall by e
CAP = 3000  # rows of one source with the same primary category that an epoch sees at most
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tagger")


class Tagger(nn.Module):
    """Tokens and bigrams pooled three ways (all alike; the head; the tail), then one hidden layer."""

    def __init__(self, vocabulary):
        super().__init__()
        self.bag = Bag(vocabulary, BUCKETS, WIDTH, seed=1)
        self.hidden = nn.Linear(3 * WIDTH, HIDDEN)
        self.out = nn.Linear(HIDDEN, len(L.CATEGORIES))
        self.drop = nn.Dropout(0.2)

    def forward(self, ids, mask):
        position = mask.cumsum(1) - 1
        count = mask.sum(1, keepdim=True)
        weights = torch.stack([mask, mask * torch.exp(position / -REACH), mask * torch.exp((position - count + 1) / REACH)], 1)
        weights = weights / weights.sum(2, keepdim=True).clamp(min=1e-6)
        pooled = self.bag(ids, mask, weights).flatten(1)
        return self.out(self.drop(torch.relu(self.hidden(self.drop(pooled)))))


def export(model, path):
    g = onnx_graph.Graph()
    mask = g.node("Cast", "attention_mask", to=1)
    position = g.node("Sub", g.node("CumSum", mask, g.ints(1)), g.floats(1))
    count = g.node("ReduceSum", mask, g.ints([1]), keepdims=1)
    from_end = g.node("Add", g.node("Sub", position, count), g.floats(1))
    head = g.node("Mul", mask, g.node("Exp", g.node("Div", position, g.floats(-REACH))))
    tail = g.node("Mul", mask, g.node("Exp", g.node("Div", from_end, g.floats(REACH))))
    axis = g.ints([1])
    weights = g.node("Concat", *[g.node("Unsqueeze", w, axis) for w in (mask, head, tail)], axis=1)
    total = g.node("Max", g.node("ReduceSum", weights, g.ints([2]), keepdims=1), g.floats(1e-6))
    pooled = emit_bag(g, model.bag, "input_ids", mask, g.node("Div", weights, total))
    hidden = g.node("Relu", g.linear(g.node("Flatten", pooled, axis=1), model.hidden, "hidden"))
    g.save(path, ["input_ids", "attention_mask"], "logits", len(L.CATEGORIES), g.linear(hidden, model.out, "out"))


def examples(data):
    """Id lists, primary categories, label sets and groups (train, dev, test, made-up test)."""
    rows, views = corpus.load(data)
    wrapped, found, groups, kinds = [], [], [], []
    order = np.random.RandomState(3).permutation(len(rows))
    seen, prompts = {}, set()
    tokenizer = WordPiece(corpus.TOKENIZER)
    for i in order:
        row = rows[i]
        key = (row["source"], row["labels"][0] if row["labels"] else None)
        if not row["labels"] or (row["split"] == "train" and seen.get(key, 0) >= CAP):
            continue
        text = views["prompt"][i][:MAX_TOKENS - 2]
        seen[key] = seen.get(key, 0) + (row["split"] == "train")
        if row["split"] == "train":
            prompts.add(text.tobytes())
        wrapped.append(np.concatenate(([tokenizer.cls], text, [tokenizer.sep])))
        found.append(row["labels"])
        groups.append(row["split"])
        kinds.append(row["source"])
    for i, x in enumerate(wrapped):  # a test prompt that is also a training prompt tells nothing
        if groups[i] != "train" and x[1:-1].astype(np.int32).tobytes() in prompts:
            groups[i] = "repeat"
    real = [r for r in sources.pool(data) if sources.split(r) == "train"]
    random.Random(5).shuffle(real)
    for text, categories in made_up.rows(real):
        wrapped.append(np.array(tokenizer.encode(text, MAX_TOKENS)))
        found.append(categories)
        groups.append("train" if sources.fold(text) else "made-up")
        kinds.append("made-up")
    return wrapped, found, np.array(groups), np.array(kinds)


def run(model, wrapped, chosen):
    """Logits of the chosen rows, in order."""
    model.eval()
    lengths = np.array([len(wrapped[i]) for i in chosen])
    order, out = np.argsort(lengths), np.zeros((len(chosen), len(L.CATEGORIES)), np.float32)
    with torch.no_grad():
        for start in range(0, len(order), 512):
            part = order[start:start + 512]
            ids, mask, _ = corpus.pad([wrapped[chosen[i]] for i in part])
            out[part] = model(torch.from_numpy(ids), torch.from_numpy(mask).float()).numpy()
    return out


def scores(logits, found):
    truth = np.zeros(logits.shape, bool)
    for i, categories in enumerate(found):
        truth[i, categories] = True
    guess = logits > 0
    tp, fp, fn = (guess & truth).sum(0), (guess & ~truth).sum(0), (~guess & truth).sum(0)
    each = 2 * tp / np.maximum(2 * tp + fp + fn, 1)
    primary = np.array([c[0] for c in found])
    top = logits.argmax(1)
    return {"rows": len(found), "primary accuracy": float((top == primary).mean()), "top label among the row's": float(truth[np.arange(len(top)), top].mean()),
            "micro-F1": float(2 * tp.sum() / (2 * tp.sum() + fp.sum() + fn.sum())), "macro-F1": float(each[truth.any(0)].mean()),
            "majority primary accuracy": float(np.bincount(primary).max() / len(primary)), "F1": {L.CATEGORIES[c]: round(float(each[c]), 3) for c in np.flatnonzero(truth.any(0))}}


def train(wrapped, found, groups, epochs, vocabulary):
    torch.manual_seed(7)
    model, random_ = Tagger(vocabulary), np.random.RandomState(7)
    chosen = np.flatnonzero(groups == "train")
    lengths = np.array([len(wrapped[i]) for i in chosen])
    truth = np.zeros((len(wrapped), len(L.CATEGORIES)), np.float32)
    for i, categories in enumerate(found):
        truth[i, categories] = 1
    primary = np.array([c[0] for c in found])
    # Rare categories weigh more, by the fourth root of their frequency: the real pool's mix should still show.
    rarity = torch.from_numpy((np.bincount(primary[chosen], minlength=28).clip(1) / len(chosen) * 28) ** -0.25).float()
    steps = epochs * (len(chosen) // 256 + 1)
    optimiser = Optimiser(model, 3e-3, steps)
    for epoch in range(epochs):
        started, total = time.time(), 0.0
        model.train()
        for part in corpus.batches(lengths, 256, random_):
            rows = chosen[part]
            ids, mask, _ = corpus.pad([wrapped[i] for i in rows])
            # Words are hidden now and then, so that no single one decides.
            ids = np.where((random_.rand(*ids.shape) < 0.1) & (mask > 0), 1, ids)
            logits = model(torch.from_numpy(ids), torch.from_numpy(mask).float())
            target = torch.from_numpy(truth[rows])
            loss = nn.functional.binary_cross_entropy_with_logits(logits, target, reduction="none").sum(1)
            loss = (loss + nn.functional.cross_entropy(logits, torch.from_numpy(primary[rows]), reduction="none")) * rarity[primary[rows]]
            loss = loss.mean()
            optimiser.step(loss)
            total += float(loss)
        dev = scores(run(model, wrapped, np.flatnonzero(groups == "dev")), [found[i] for i in np.flatnonzero(groups == "dev")])
        print(f"epoch {epoch}: loss {total / (steps / epochs):.4f}, dev primary {dev['primary accuracy']:.4f}, micro-F1 {dev['micro-F1']:.4f}, macro {dev['macro-F1']:.4f}, {time.time() - started:.0f} s", flush=True)
    return model


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--epochs", type=int, default=4)
    options.add_argument("--threads", type=int, default=2)
    options = options.parse_args()
    torch.set_num_threads(options.threads)
    wrapped, found, groups, kinds = examples(options.data)
    tokenizer = WordPiece(corpus.TOKENIZER)
    model = train(wrapped, found, groups, options.epochs, len(tokenizer.vocab))
    for table in (model.bag.tokens, model.bag.pairs):
        store_quantised(table)
    report = {"training rows": {k: int(((groups == "train") & (kinds == k)).sum()) for k in np.unique(kinds)}}
    for group in ("test", "dev", "made-up"):
        chosen = np.flatnonzero(groups == group)
        report[group] = scores(run(model, wrapped, chosen), [found[i] for i in chosen])
    chosen = np.flatnonzero((groups == "test") & (kinds == "t0_p3"))
    report["test, unseen t0_p3 templates"] = {k: v for k, v in scores(run(model, wrapped, chosen), [found[i] for i in chosen]).items() if k != "F1"}
    os.makedirs(FOLDER, exist_ok=True)
    export(model, os.path.join(FOLDER, "model.onnx"))
    text = "Write a Python function that reverses a string, and explain its time complexity.\n写一个反转字符串的函数。"
    expected = run(model, [np.array(tokenizer.encode(text, MAX_TOKENS))], np.array([0]))[0]
    onnx_graph.write_manifest(
        FOLDER, "tagger", "classification", "prompt", MAX_TOKENS, ["input_ids", "attention_mask"], "logits", len(L.CATEGORIES), onnx_graph.LICENCE,
        {"text": text, "expected": [round(float(x), 5) for x in expected], "tolerance": 0.001},
        labels=L.CATEGORIES, multiLabel=True, threshold=0.5)
    with open(os.path.join(FOLDER, "figures.json"), "w", encoding="utf-8", newline="\n") as stream:
        json.dump(report, stream, ensure_ascii=False, indent=1)
        stream.write("\n")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
