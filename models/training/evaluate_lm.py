"""The exported language model: perplexity by source, its IFD against a published selection, and its speed. Alpaca's rows are only measured on."""
import argparse
import gzip
import json
import os
import time

import numpy as np
import torch
from scipy.stats import rankdata
from sklearn.metrics import roc_auc_score

import corpus
import lm
import lm_rows
import sources
from bytelevel import ByteLevel
from graph import sha256
from lm_rows import FOLDER, LIMIT
from runtime import Runtime

BATCH = 1024  # tokens of a run, padding included


class Scorer:
    def __init__(self, library):
        self.tokenizer = ByteLevel(lm_rows.TOKENIZER)
        self._run = Runtime(library).load(os.path.join(FOLDER, "model.onnx"))
        pieces = sorted(self.tokenizer.vocab, key=self.tokenizer.vocab.get)
        self.bytes = np.array([len(p) for p in pieces])
        self.bytes[self.tokenizer.end] = 0
        self.tokens, self.seconds, self.cpu = 0, 0.0, 0.0

    def batches(self, lists):
        order = np.argsort([-len(x) for x in lists], kind="stable")
        while len(order):
            count = max(1, BATCH // len(lists[order[0]]))
            yield order[:count]
            order = order[count:]

    def losses(self, lists):
        """The loss of every token of every id list."""
        found = [None] * len(lists)
        for part in self.batches(lists):
            ids, mask, _ = corpus.pad([lists[i] for i in part])
            started, cpu = time.perf_counter(), time.process_time()
            out = self._run({"input_ids": ids, "attention_mask": mask}, "losses")
            self.seconds, self.cpu, self.tokens = self.seconds + time.perf_counter() - started, self.cpu + time.process_time() - cpu, self.tokens + int(mask.sum())
            for i, row in zip(part, out):
                found[i] = row[:len(lists[i])]
        return found

    def answer(self, pairs):
        """The mean loss of the answer in each (text before it, answer): not a number where nothing of it is left within the limit."""
        lists = [self.tokenizer.encode(before + answer, LIMIT) for before, answer in pairs]
        starts = [1 + len(self.tokenizer.plain(before)) for before, _ in pairs]
        return np.array([x[s:].mean() if s < len(x) else np.nan for x, s in zip(self.losses(lists), starts)])


def forms(instruction, context, answer):
    """(conditional, direct) of the three definitions of IFD, each as (text before the answer, answer)."""
    bare = instruction + "\n" + (context + "\n" if context else "")
    asked = instruction + ("\nInput: " + context if context else "")
    return {"Cherry": ((lm_rows.alpaca(instruction, context), answer), ("### Response:", answer)),
            "Superfiltering": ((bare, answer), ("", answer)),
            "IterIT": ((f"User: {asked}\nAssistant:", " " + answer), ("Assistant:", " " + answer))}


def ifd(name, conditional, direct):
    return conditional / direct if name == "Cherry" else np.exp(conditional - direct)


def perplexities(scorer, data, count):
    """Test rows by source, prompt and answer as bare text, beside the unigram model of the training texts."""
    texts, names = lm_rows.load(data)
    counts = np.bincount(texts.flat, minlength=len(scorer.bytes)) + 1.0
    unigram, rows = -np.log(counts / counts.sum()), {}
    for row in sources.pool(data):
        if sources.split(row) == "test" and row.response and len(rows.setdefault(row.source, [])) < count:
            rows[row.source].append(row)
    report, sums = {}, np.zeros(4)
    for name, found in rows.items():
        lists = [scorer.tokenizer.encode(r.prompt + "\n" + r.response, LIMIT) for r in found]
        total = np.array([sum(x.sum() for x in scorer.losses(lists)), sum(unigram[x[1:]].sum() for x in lists),
                          sum(len(x) - 1 for x in lists), sum(scorer.bytes[x].sum() for x in lists)], float)
        sums += total
        shown = lambda t: {"tokens": int(t[2]), "perplexity": round(float(np.exp(t[0] / t[2])), 2), "unigram perplexity": round(float(np.exp(t[1] / t[2])), 1),
                           "bits per byte": round(float(t[0] / t[3] / np.log(2)), 3), "unigram bits per byte": round(float(t[1] / t[3] / np.log(2)), 3)}
        single = [r for r in found if len(r.turns) == 2]
        report[name] = {"rows": len(found), **shown(total)}
        if single:
            sides = [forms(r.instruction, lm_rows.extra(r), r.response)["Superfiltering"] for r in single]
            conditional, direct = (scorer.answer([s[k] for s in sides]) for k in range(2))
            good = np.isfinite(conditional) & np.isfinite(direct)
            value = ifd("Superfiltering", conditional[good], direct[good])
            report[name].update({"answer perplexity with prompt": round(float(np.exp(np.mean(conditional[good]))), 2),
                                 "without": round(float(np.exp(np.mean(direct[good]))), 2),
                                 "IFD median": round(float(np.median(value)), 3), "IFD above 1": round(float((value > 1).mean()), 3)})
        print(name, json.dumps(report[name]), flush=True)
    report["all"] = shown(sums)
    return report


def matched(label, value, length):
    """AUC over pairs of like length: inside twentieths of the length, weighted by their pairs."""
    bins = (20 * (rankdata(length) - 0.5) / len(length)).astype(int)
    total = pairs = 0.0
    for b in range(20):
        y, v = label[bins == b], value[bins == b]
        if 0 < y.sum() < len(y):
            n = y.sum() * (len(y) - y.sum())
            total, pairs = total + n * roc_auc_score(y, v), pairs + n
    return total / pairs


def cherry(scorer, data, others, names=("Cherry", "Superfiltering", "IterIT")):
    with gzip.open(os.path.join(data, "pool", "alpaca_data.json.gz"), "rt", encoding="utf-8") as stream:
        rows = json.load(stream)
    with open(os.path.join(data, "labels", "alpaca_cherry_ifd_top5.jsonl"), encoding="utf-8") as stream:
        chosen = {json.loads(line)["alpaca_index"] for line in stream}
    random_ = np.random.RandomState(3)
    rest = [i for i in random_.permutation(len(rows)) if i not in chosen][:others]
    # As they come in the whole file: the sampled others, and the same share of the published rows.
    natural = len(rest) + int(len(chosen) * len(rest) / (len(rows) - len(chosen)))
    picked = rest + list(random_.permutation(sorted(chosen)))
    label, sides = np.array([i in chosen for i in picked]), [forms(rows[i]["instruction"], rows[i]["input"], rows[i]["output"]) for i in picked]
    length = np.array([len(scorer.tokenizer.plain(rows[i]["output"])) for i in picked])
    report = {"rows": len(picked), "published rows": int(label.sum()), "others, a sample": len(rest)}
    for name in names:
        scorer.tokens, scorer.seconds, scorer.cpu = 0, 0.0, 0.0
        conditional, direct = (scorer.answer([s[name][k] for s in sides]) for k in range(2))
        value = ifd(name, conditional, direct)
        good = np.isfinite(value) & (length > 0)
        usual = good & (np.arange(len(value)) < natural)
        kept = good & (value <= 1)
        auc = lambda where: {"rows": int(where.sum()), "IFD": round(roc_auc_score(label[where], value[where]), 4), "length": round(roc_auc_score(label[where], length[where]), 4),
                             "IFD at like length": round(matched(label[where], value[where], length[where]), 4)}
        correlation = lambda where: round(float(np.corrcoef(value[where], np.log(length[where]))[0, 1]), 4)
        ranks = lambda where: round(float(np.corrcoef(rankdata(value[where]), rankdata(length[where]))[0, 1]), 4)
        report[name] = {"AUC, all rows": auc(good), "AUC, IFD <= 1": auc(kept), "IFD above 1": round(float((value[usual] > 1).mean()), 4),
                        "IFD quartiles": [round(float(q), 3) for q in np.percentile(value[usual], (5, 25, 50, 75, 95))],
                        "correlation with log length": correlation(usual), "Spearman with length": ranks(usual), "Spearman with length, IFD <= 1": ranks(usual & kept),
                        "mean length of the top 5 % (IFD <= 1)": round(float(length[usual & kept][np.argsort(-value[usual & kept])[:int(0.05 * usual.sum())]].mean()), 1),
                        "mean length": round(float(length[usual].mean()), 1),
                        "speed, one thread": {"tokens of a pair of passes": round(scorer.tokens / len(picked), 1), "rows/s": round(len(picked) / scorer.seconds, 1),
                                              "tokens/s": round(scorer.tokens / scorer.seconds), "rows per CPU second": round(len(picked) / scorer.cpu, 1),
                                              "tokens per CPU second": round(scorer.tokens / scorer.cpu)}}
        print(name, json.dumps(report[name]), flush=True)
    return report


def rounding(scorer, data, checkpoint, count=48):
    """How far the exported graph, in bytes, is from the float32 model: on training texts, since nothing is judged here."""
    model = lm.Model(len(scorer.bytes))
    model.load_state_dict(torch.load(checkpoint)["model"])
    model.exact = True
    texts, _ = lm_rows.load(data)
    lists, exact = [texts[i][:160] for i in range(count)], []
    with torch.no_grad():
        for x in lists:
            ids = torch.from_numpy(np.array([x], np.int64))
            exact.append(model(ids, torch.ones_like(ids).float()).numpy()[0])
    shipped = [x[1:] for x in scorer.losses(lists)]
    a, b = np.concatenate(exact), np.concatenate(shipped)
    rows = np.array([y.mean() / x.mean() - 1 for x, y in zip(exact, shipped)])
    return {"tokens": len(a), "mean loss float32": round(float(a.mean()), 4), "mean loss shipped": round(float(b.mean()), 4),
            "a row's mean loss, relative: deviation": round(float(rows.std()), 4), "largest": round(float(np.abs(rows).max()), 4)}


def check(scorer):
    """The manifest's example and hashes, independence of the batch, an empty text, padding alone."""
    with open(os.path.join(FOLDER, "manifest.json"), encoding="utf-8") as stream:
        manifest = json.load(stream)
    for part in ("model", "tokenizer"):
        assert sha256(os.path.join(FOLDER, manifest[part]["file"])) == manifest[part]["sha256"], part
    example = manifest["example"]
    ids = scorer.tokenizer.encode(example["text"], LIMIT)
    alone, empty, beside = scorer.losses([ids, [scorer.tokenizer.end], [7] * LIMIT])
    assert np.abs(alone[:len(example["expected"])] - example["expected"]).max() <= 0.001 and empty.tolist() == [0.0] and np.isfinite(beside).all()
    assert scorer.losses([ids])[0].tolist() == alone.tolist(), "a row's losses depend on its batch"
    assert np.isfinite(scorer.losses([[0] * 5])[0]).all()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--onnxruntime", default="natives/libonnxruntime.so.1")
    options.add_argument("--rows", type=int, default=150, help="test rows of each source")
    options.add_argument("--others", type=int, default=7000, help="Alpaca rows beside the published 3,111")
    options = options.parse_args()
    torch.set_num_threads(1)
    scorer = Scorer(options.onnxruntime)
    check(scorer)
    with open(os.path.join(corpus.CACHE, "lm_training.json"), encoding="utf-8") as stream:
        report = json.load(stream)
    report["test rows by source"] = perplexities(scorer, options.data, options.rows)
    report["alpaca_cherry_ifd_top5 (evaluation only)"] = cherry(scorer, options.data, options.others)
    checkpoint = os.path.join(corpus.CACHE, "lm_checkpoint.pt")
    if os.path.exists(checkpoint):
        report["rounding"] = rounding(scorer, options.data, checkpoint)
    with open(os.path.join(FOLDER, "figures.json"), "w", encoding="utf-8", newline="\n") as stream:
        json.dump(report, stream, ensure_ascii=False, indent=1)
        stream.write("\n")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
