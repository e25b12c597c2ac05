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
import vectors
from bag import store_quantised
from tagger_model import TOKEN, Steps, Tagger, export
from tagger_tasks import DOLLY, Heads, Targets
from tagger_teacher import soft_labels
from wordpiece import WordPiece

MAX_TOKENS = 256
CAP = 3000  # rows of one source with the same primary category that an epoch sees at most; Dolly's are all seen
HIDE = 0.1  # share of tokens hidden in training
RATE, TABLE_RATE = 3e-3, 0.03
WEIGHTS = {"task": 0.3, "dolly": 2.0, "first": 0.2, "length": 0.1, "words": 0.7}
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tagger")


def examples(data):
    """Id lists, label sets, groups (train, dev, test, made-up test), sources, and the rows' numbers in the corpus (-1: made up)."""
    rows, views = corpus.load(data)
    wrapped, found, groups, kinds, numbers = [], [], [], [], []
    order = np.random.RandomState(3).permutation(len(rows))
    seen, prompts = {}, set()
    tokenizer = WordPiece(corpus.TOKENIZER)
    for i in order:
        row = rows[i]
        key = (row["source"], row["labels"][0] if row["labels"] else None)
        if not row["labels"] or (row["split"] == "train" and row["source"] != "dolly" and seen.get(key, 0) >= CAP):
            continue
        text = views["prompt"][i][:MAX_TOKENS - 2]
        seen[key] = seen.get(key, 0) + (row["split"] == "train")
        if row["split"] == "train":
            prompts.add(text.tobytes())
        wrapped.append(np.concatenate(([tokenizer.cls], text, [tokenizer.sep])))
        found.append(row["labels"])
        groups.append(row["split"])
        kinds.append(row["source"])
        numbers.append(i)
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
        numbers.append(-1)
    return wrapped, found, np.array(groups), np.array(kinds), np.array(numbers)


def run(model, wrapped, chosen, features=False):
    """Logits (or features: pooled vectors and hidden layer) of the chosen rows, in order."""
    model.eval()
    order, out = np.argsort([len(wrapped[i]) for i in chosen], kind="stable"), None
    with torch.no_grad():
        for start in range(0, len(order), 512):
            part = order[start:start + 512]
            ids, mask, _ = corpus.pad([wrapped[chosen[i]] for i in part])
            pooled, hidden, logits = model(torch.from_numpy(ids), torch.from_numpy(mask).float())
            values = (torch.cat([pooled, hidden], 1) if features else logits).numpy()
            out = np.zeros((len(chosen), values.shape[1]), np.float32) if out is None else out
            out[part] = values
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


def train(wrapped, found, groups, numbers, epochs, targets, first_vectors, dolly):
    torch.manual_seed(7)
    model, random_ = Tagger(len(first_vectors)), np.random.RandomState(7)
    model.start(first_vectors, targets.frequency)
    heads = Heads(model.width, model.hidden.out_features, targets.tasks)
    chosen = np.flatnonzero(groups == "train")
    lengths = np.array([len(wrapped[i]) for i in chosen])
    primary = np.array([c[0] for c in found])
    truth = np.zeros((len(wrapped), len(L.CATEGORIES)), np.float32)
    for i, categories in enumerate(found):
        truth[i, categories] = 1
    first = np.eye(len(L.CATEGORIES), dtype=np.float32)[primary]
    mine = {int(numbers[i]): i for i in chosen if targets.soft[numbers[i]].any()}
    for number, row in dolly.items():
        if number in mine:
            truth[mine[number]], first[mine[number]] = soft_labels(row, DOLLY, targets.soft[number])
    # Rare categories weigh more, by the fourth root of their frequency: the real pool's mix should still show.
    rarity = torch.from_numpy((np.bincount(primary[chosen], minlength=28).clip(1) / len(chosen) * 28) ** -0.25).float()
    steps = epochs * (len(chosen) // 256 + 1)
    optimiser = Steps(nn.ModuleList([model, heads]), RATE, TABLE_RATE, steps)
    for epoch in range(epochs):
        started, total = time.time(), np.zeros(2)
        model.train()
        for part in corpus.batches(lengths, 256, random_):
            rows = chosen[part]
            ids, mask, _ = corpus.pad([wrapped[i] for i in rows])
            # Words are hidden now and then, so that no single one decides.
            ids = np.where((random_.rand(*ids.shape) < HIDE) & (mask > 0), 1, ids)
            pooled, hidden, logits = model(torch.from_numpy(ids), torch.from_numpy(mask).float())
            target = torch.from_numpy(truth[rows])
            loss = nn.functional.binary_cross_entropy_with_logits(logits, target, reduction="none").sum(1)
            loss = (loss + nn.functional.cross_entropy(logits, torch.from_numpy(first[rows]), reduction="none")) * rarity[primary[rows]]
            beside = heads.loss(model.drop(pooled), model.drop_hidden(hidden), targets, numbers[rows], WEIGHTS)
            optimiser.step(loss.mean() + beside)
            total += float(loss.mean()), float(beside)
        dev = np.flatnonzero(groups == "dev")
        found_dev = scores(run(model, wrapped, dev), [found[i] for i in dev])
        print(f"epoch {epoch}: loss {total / (steps / epochs)}, dev primary {found_dev['primary accuracy']:.4f}, micro-F1 {found_dev['micro-F1']:.4f}, "
              f"macro {found_dev['macro-F1']:.4f}, {time.time() - started:.0f} s", flush=True)
        dolly_dev(model, heads, wrapped, dev, targets.dolly[numbers[dev]])
    return model


def dolly_dev(model, heads, wrapped, dev, classes):
    """What the dropped head says of Dolly's development rows: a quick sign of how good the features are."""
    dev, classes = dev[classes >= 0], classes[classes >= 0]
    guess = heads.dolly(torch.from_numpy(run(model, wrapped, dev, features=True))).argmax(1).numpy()
    print(f"  dolly class of {len(dev)} development rows: {(guess == classes).mean():.4f}", flush=True)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--epochs", type=int, default=5)
    options.add_argument("--threads", type=int, default=1)
    options = options.parse_args()
    torch.set_num_threads(options.threads)
    wrapped, found, groups, kinds, numbers = examples(options.data)
    tokenizer = WordPiece(corpus.TOKENIZER)
    rows, views = corpus.load(options.data)
    targets = Targets(rows, views, len(tokenizer.vocab))
    places = {row["id"]: i for i, row in enumerate(rows) if row["source"] == "dolly"}
    dolly = {places[row.id]: row for row in sources.pool(options.data, ["dolly"])}
    model = train(wrapped, found, groups, numbers, options.epochs, targets, vectors.load(rows, views, len(tokenizer.vocab), TOKEN), dolly)
    for table in (model.tokens, model.pairs):
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
        version="2", labels=L.CATEGORIES, multiLabel=True, threshold=0.5)
    with open(os.path.join(FOLDER, "figures.json"), "w", encoding="utf-8", newline="\n") as stream:
        json.dump(report, stream, ensure_ascii=False, indent=1)
        stream.write("\n")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
