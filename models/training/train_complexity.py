"""Trains, measures and exports models/complexity: how much a prompt asks, from 1 to 6."""
import argparse
import gzip
import json
import os
import time

import numpy as np
import torch
from scipy.stats import rankdata, spearmanr
from torch import nn

import complexity_texts as made
import corpus
import graph as onnx_graph
import sources
from bag import Bag, Optimiser, emit_bag, store_quantised
from wordpiece import WordPiece

MAX_TOKENS, WIDTH, BUCKETS, HIDDEN, REACH = 256, 32, 32749, 48, 8.0
CAP = {"smilechat_zh": 2500, "sgd_multiturn": 2000, "flan_cot": 6000, "t0_p3": 6000, "gpteacher_toolformer": 3000, "superni15": 2000}
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "complexity")
DIFFICULTY = ("simple lifestyle knowledge", "advanced lifestyle knowledge", "formal education knowledge", "major level knowledge", "expert level knowledge")


class Complexity(nn.Module):
    """The mean, a bounded sum, the head and the tail of the token vectors; two layers. A sum can count demands, a mean cannot."""

    def __init__(self, vocabulary):
        super().__init__()
        self.bag = Bag(vocabulary, BUCKETS, WIDTH, seed=13)
        self.hidden = nn.Linear(4 * WIDTH, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(0.2)
        nn.init.constant_(self.out.bias, -1.0)

    def forward(self, ids, mask):
        count = mask.sum(1, keepdim=True).clamp(min=1)
        position = mask.cumsum(1) - 1
        head, tail = mask * torch.exp(-position / REACH), mask * torch.exp((position - count + 1) / REACH)
        weights = torch.stack([mask / count, mask / 16, head / REACH, tail / REACH], 1)
        mean, total, first, last = self.bag(ids, mask, weights).unbind(1)
        features = torch.cat([mean * 4, torch.tanh(total), first, last], 1)
        return self.out(self.drop(torch.relu(self.hidden(features))))


def scored(logit):
    return 1 + 5 * torch.sigmoid(logit)


def export(model, path):
    g = onnx_graph.Graph()
    one = g.ints([1])
    mask = g.node("Cast", "attention_mask", to=1)
    count = g.node("Max", g.node("ReduceSum", mask, one, keepdims=1), g.floats(1))
    position = g.node("Sub", g.node("CumSum", mask, g.ints(1)), g.floats(1))
    head = g.node("Exp", g.node("Div", position, g.floats(-REACH)))
    tail = g.node("Exp", g.node("Div", g.node("Add", g.node("Sub", position, count), g.floats(1)), g.floats(REACH)))
    near = [g.node("Mul", g.node("Mul", mask, w), g.floats(1 / REACH)) for w in (head, tail)]
    weights = g.node("Concat", *[g.node("Unsqueeze", w, one) for w in (g.node("Div", mask, count), g.node("Mul", mask, g.floats(1 / 16)), *near)], axis=1)
    pooled = emit_bag(g, model.bag, "input_ids", mask, weights)
    mean, total, first, last = (g.node("Squeeze", g.slice(pooled, 1, k, k + 1), one) for k in range(4))
    features = g.node("Concat", g.node("Mul", mean, g.floats(4)), g.node("Tanh", total), first, last, axis=1)
    logit = g.linear(g.node("Relu", g.linear(features, model.hidden, "hidden")), model.out, "out")
    score = g.node("Add", g.node("Mul", g.node("Sigmoid", logit), g.floats(5)), g.floats(1))
    g.save(path, ["input_ids", "attention_mask"], "score", 1, score)


class Rows:
    """The prompts of one split with their levels."""

    def __init__(self, rows, views, chosen, steps, tokenizer, marks, seed):
        self.random_ = np.random.RandomState(seed)
        self.ids = [views["prompt"][i] for i in chosen]
        self.sources = np.array([rows[i]["source"] for i in chosen])
        self.steps = np.array([steps.get(rows[i]["id"], 0) for i in chosen])
        asks = ["?" * int(np.isin(x, marks).sum()) for x in self.ids]
        self.levels = np.array([made.level(rows[i]["source"], rows[i]["meta"], rows[i]["turns"], a, s) for i, a, s in zip(chosen, asks, self.steps)])
        single = np.array(["\u4e00" <= t[0] <= "\u9fff" for t in tokenizer.vocab])
        self.languages = ["zh" if len(x) and single[x].mean() > 0.3 else "en" for x in self.ids]
        self.responses = [views["response"][i] for i in chosen]
        self.bases = [i for i, x in enumerate(self.ids) if 4 <= len(x) <= made.MOST]

    def maker(self, tokenizer, held_out):
        return made.Maker(tokenizer, self.ids, self.responses, self.languages, held_out, self.random_)


def wrap(lists, special):
    return [np.concatenate((special[0], x[:MAX_TOKENS - 2], special[1])) for x in lists]


def run(model, lists):
    model.eval()
    order, out = np.argsort([len(x) for x in lists]), np.zeros(len(lists), np.float32)
    with torch.no_grad():
        for start in range(0, len(order), 256):
            part = order[start:start + 256]
            ids, mask, _ = corpus.pad([lists[i] for i in part])
            out[part] = scored(model(torch.from_numpy(ids), torch.from_numpy(mask).float())).numpy()[:, 0]
    return out


def beside_length(score, truth, length):
    """Spearman of the score and of length with the truth, and of the score once length is taken out of both (rank residuals)."""
    ranks = [rankdata(x) for x in (score, truth, length)]
    rest = [r - np.polyval(np.polyfit(ranks[2], r, 1), ranks[2]) for r in ranks[:2]]
    rounded = lambda a, b: round(float(spearmanr(a, b)[0]), 4)
    return {"rows": len(score), "model": rounded(score, truth), "length": rounded(length, truth), "model, length taken out": round(float(np.corrcoef(*rest)[0, 1]), 4)}


def share(model, special, pairs):
    a, b = run(model, wrap([p[0] for p in pairs], special)), run(model, wrap([p[1] for p in pairs], special))
    assert all(len(p[0]) == len(p[1]) for p in pairs)
    return float((a > b).mean() + 0.5 * (a == b).mean())


def measure(model, rows, tokenizer, special, count=3000):
    score, length = run(model, wrap(rows.ids, special)), np.array([max(1, min(len(x), MAX_TOKENS - 2)) for x in rows.ids])
    report = {"rows": len(rows.ids)}
    for name, held_out in (("held-out rows and wordings", True), ("held-out rows, wordings of training", False)):
        maker = rows.maker(tokenizer, held_out)
        found = report["pairs of equal length, " + name] = {}
        for lang in ("en", "zh"):
            bases = [i for i in rows.bases if rows.languages[i] == lang]
            draw = lambda n, kind=None: [maker.pair(rows.ids[bases[rows.random_.randint(len(bases))]], lang, kind) for _ in range(n)]
            found[lang] = {"pairs": count, "ranked right": round(share(model, special, draw(count)), 4)}
            if held_out:
                found[lang]["one demand against none, by kind"] = {k: round(share(model, special, draw(400, k)), 3) for k in
                    ("count", "limit", "forbid", "include", "format", "audience", "condition", "steps", "reason", "edge", "second", "source", "two tasks")}
    maths = rows.sources == "gsm8k_train"
    report["GSM8K steps"] = beside_length(score[maths], rows.steps[maths], length[maths])
    report["by source"] = {str(s): {"rows": int((rows.sources == s).sum()), "mean": round(float(score[rows.sources == s].mean()), 2),
                                    "deviation": round(float(score[rows.sources == s].std()), 2),
                                    "Spearman with length": round(float(spearmanr(score[rows.sources == s], length[rows.sources == s])[0]), 3)} for s in np.unique(rows.sources)}
    report["all rows"] = {"mean": round(float(score.mean()), 3), "quartiles": [round(float(q), 2) for q in np.percentile(score, (5, 25, 50, 75, 95))],
                          "correlation with log length": round(float(np.corrcoef(score, np.log(length))[0, 1]), 4)}
    return report


def flask(model, tokenizer, data, special):
    """For evaluation only: the difficulty GPT-4 gave each prompt of FLASK."""
    with gzip.open(os.path.join(data, "tags", "flask_skills.jsonl.gz"), "rt", encoding="utf-8") as stream:
        rows = [r for r in map(json.loads, stream) if r["difficulty"] in DIFFICULTY]
    lists = [np.array(tokenizer.plain(r["instruction"]), np.int32) for r in rows]
    return beside_length(run(model, wrap(lists, special)), [DIFFICULTY.index(r["difficulty"]) for r in rows], [len(x) for x in lists])


def train(model, rows, tokenizer, special, epochs, made_pairs):
    size, random_ = 256, np.random.RandomState(17)
    steps = epochs * ((len(rows.ids) + 2 * made_pairs) // size + 1)
    optimiser, maker = Optimiser(model, 3e-3, steps), rows.maker(tokenizer, False)
    maths = np.array([i for i in np.flatnonzero(rows.sources == "gsm8k_train")])
    maths = maths[np.lexsort((rows.steps[maths], [len(rows.ids[i]) for i in maths]))]
    for epoch in range(epochs):
        started, totals = time.time(), np.zeros(3)
        model.train()
        bases = random_.choice(rows.bases, made_pairs)
        twins = [maker.pair(rows.ids[i], rows.languages[i]) for i in bases]
        # A quarter of a batch are pairs, half of it made; the rest is real rows.
        plain = random_.permutation(len(rows.ids))
        parts = max(1, (len(plain) + 2 * made_pairs) // size)
        for k in range(parts):
            own, pair = plain[k::parts], range(k, made_pairs, parts)
            close = maths[(random_.randint(len(maths) - 6, size=24)[:, None] + np.array([0, 5])).ravel()]
            lists = [rows.ids[i] for i in own] + [rows.ids[i] for i in close] + [twins[i][0] for i in pair] + [twins[i][1] for i in pair]
            base = rows.levels[bases[list(pair)]]
            more, fewer = (np.array([twins[i][n] for i in pair]) for n in (2, 3))
            target = np.concatenate((rows.levels[own], rows.levels[close], base + made.DEMAND * more, base + made.DEMAND * fewer)).clip(1.05, 5.95)
            ids, mask, _ = corpus.pad(wrap(lists, special))
            ids = np.where((random_.rand(*ids.shape) < 0.1) & (mask > 0), 1, ids)
            logit = model(torch.from_numpy(ids), torch.from_numpy(mask).float())[:, 0]
            levels = (scored(logit) - torch.from_numpy(target).float()).square().mean()
            hard, easy = logit[len(own) + len(close):].view(2, -1)
            ranked = (nn.functional.softplus(-3 * (hard - easy)) * torch.from_numpy(np.sqrt(more - fewer)).float()).mean()
            left, right = logit[len(own):len(own) + len(close)].view(-1, 2).unbind(1)
            sign = torch.from_numpy(np.sign(rows.steps[close[0::2]] - rows.steps[close[1::2]])).float()
            sums = (nn.functional.softplus(-3 * sign * (left - right)) * sign.abs()).mean()
            optimiser.step(levels + ranked + 0.6 * sums)
            totals += (float(levels), float(ranked), float(sums))
        print(f"epoch {epoch}: level {totals[0] / parts:.4f}, twins {totals[1] / parts:.4f}, steps {totals[2] / parts:.4f}, {time.time() - started:.0f} s", flush=True)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--epochs", type=int, default=5)
    options.add_argument("--pairs", type=int, default=16000, help="made pairs of an epoch")
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--flask", action="store_true", help="measure on FLASK too; not to be tuned on")
    options = options.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(7)
    rows, views = corpus.load(options.data)
    tokenizer = WordPiece(corpus.TOKENIZER)
    special = [tokenizer.cls], [tokenizer.sep]
    steps = {raw["id"]: raw["output"].count("<<") for raw in sources.lines(os.path.join(options.data, "pool", "gsm8k_train.jsonl.gz"))}
    marks, random_, picked, seen = [tokenizer.vocab["?"], tokenizer.vocab["\uff1f"]], np.random.RandomState(7), {"train": [], "dev": [], "test": []}, {}
    for i in random_.permutation(len(rows)):
        key = rows[i]["source"], rows[i]["split"]
        if seen.get(key, 0) < CAP.get(key[0], 10 ** 9) * (1 if key[1] == "train" else 0.125):
            seen[key] = seen.get(key, 0) + 1
            picked[key[1]].append(i)
    pools = {g: Rows(rows, views, chosen, steps, tokenizer, marks, seed) for seed, (g, chosen) in enumerate(picked.items())}
    model = Complexity(len(tokenizer.vocab))
    train(model, pools["train"], tokenizer, special, options.epochs, options.pairs)
    for table in (model.bag.tokens, model.bag.pairs):
        store_quantised(table)
    report = {"training rows": {k[0]: n for k, n in sorted(seen.items()) if k[1] == "train"},
              "dev": measure(model, pools["dev"], tokenizer, special, 1000), "test": measure(model, pools["test"], tokenizer, special)}
    if options.flask:
        report["FLASK difficulty (evaluation only)"] = flask(model, tokenizer, options.data, special)
    os.makedirs(FOLDER, exist_ok=True)
    export(model, os.path.join(FOLDER, "model.onnx"))
    text = "Write a summary of the water cycle in exactly three sentences, avoid the word \"rain\", and explain why each step matters."
    expected = run(model, [np.array(tokenizer.encode(text, MAX_TOKENS))])
    onnx_graph.write_manifest(FOLDER, "complexity", "regression", "prompt", MAX_TOKENS, ["input_ids", "attention_mask"], "score", 1, onnx_graph.LICENCE,
                              {"text": text, "expected": [round(float(x), 5) for x in expected], "tolerance": 0.001})
    with open(os.path.join(FOLDER, "figures.json"), "w", encoding="utf-8", newline="\n") as stream:
        json.dump(report, stream, ensure_ascii=False, indent=1)
        stream.write("\n")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
