"""Measures an exported quality model on rows never trained on: every way of spoiling apart, preferences, length. Prints a JSON report."""
import argparse
import gzip
import json
import os

import numpy as np
from scipy.stats import pearsonr, spearmanr
from sklearn.metrics import roc_auc_score

import corpus
import sources
from damage import KINDS
from quality_data import INPUTS, MAX_TOKENS, Pool, equal_length, pick, preferences
from runtime import Runtime
from wordpiece import WordPiece

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "quality")
SHORT = 8  # answers of fewer tokens are labels, which fit many prompts: measured apart
SAME = 1e-4
EVALUATION_ONLY = ("alpaca_eval_gpt4", "car_expert_revised")  # licences forbid to train on them
BINS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 400)


def scorer(library, path):
    run = Runtime(library).load(path)

    def score(pairs):
        order, out = np.argsort([len(p[0]) for p in pairs], kind="stable"), np.zeros(len(pairs), np.float32)
        for start in range(0, len(order), 256):
            part = order[start:start + 256]
            out[part] = run(dict(zip(INPUTS, corpus.pad([pairs[i][0] for i in part], [pairs[i][1] for i in part]))), "score")[:, 0]
        return out
    return score


def auc(real, spoiled, weight=None):
    return round(float(roc_auc_score(np.repeat((1, 0), (len(real), len(spoiled))), np.r_[real, spoiled], sample_weight=weight)), 4)


def against(score, pool, kind, rows):
    """Real answers against their versions spoiled in one way: every row of the pool that can be."""
    made = [(i, pool.damage.make(kind, i, pool.prompts[i])) for i in rows]
    made = [(i, ids) for i, ids in made if ids is not None]
    real = score([pool.pair(pool.prompts[i], pool.responses[i]) for i, _ in made])
    spoiled = score([pool.pair(pool.prompts[i], ids) for i, ids in made])
    sizes = np.array([len(pool.responses[i]) for i, _ in made] + [len(ids) for _, ids in made]).clip(max=MAX_TOKENS)
    n, chinese = len(made), np.tile(pool.chinese[[i for i, _ in made]], 2)
    kept = sizes[:n] >= SHORT
    both = np.r_[kept, kept]
    weight = equal_length(np.repeat((True, False), kept.sum()), sizes[both], chinese[both])
    line = {"rows": int(kept.sum()), "AUC": auc(real[kept], spoiled[kept]), "AUC at equal length": auc(real[kept], spoiled[kept], weight),
            "length alone there": auc(sizes[:n][kept], sizes[n:][kept], weight), "twin lower": round(float((real > spoiled)[kept].mean()), 4)}
    if not kept.all():
        line |= {"rows, any length": n, "AUC, any length": auc(real, spoiled)}
    fits = np.array([len(pool.prompts[i]) + len(pool.responses[i]) <= MAX_TOKENS - 3 for i, _ in made]) & kept
    line |= {"rows that fit": int(fits.sum()), "AUC, rows that fit": auc(real[fits], spoiled[fits])}
    names = pool.sources[[i for i, _ in made]][kept]
    line["AUC by source"] = {str(s): auc(real[kept][names == s], spoiled[kept][names == s]) for s in np.unique(names) if (names == s).sum() >= 50}
    return line, spoiled[kept]


def ranked(score, pool, pairs):
    """Share of pairs whose chosen answer scores higher, beside 'the longer wins' on the same pairs. Equal counts half: some pairs differ only
    beyond what the model reads."""
    a, b = (score([pool.pair(p[1], p[k]) for p in pairs]) for k in (2, 3))
    longer = np.array([np.sign(len(p[2]) - len(p[3])) / 2 + 0.5 for p in pairs])
    return {"pairs": len(pairs), "alike": int((abs(a - b) < SAME).sum()), "model": round(float(np.where(abs(a - b) < SAME, 0.5, a > b).mean()), 4),
            "longer wins": round(float(longer.mean()), 4)}


def correlation(values, sizes):
    kept = sizes > 0
    length = np.log(sizes[kept])
    return {"rows": int(kept.sum()), "Pearson": round(float(pearsonr(values[kept], length)[0]), 3), "Spearman": round(float(spearmanr(values[kept], length)[0]), 3)}


def by_length(values, sizes):
    at = np.digitize(sizes, BINS)
    return {f"{BINS[k - 1]}-{BINS[k] - 1}": {"rows": int((at == k).sum()), "mean": round(float(values[at == k].mean()), 2), "above -1": round(float((values[at == k] > -1).mean()), 2)}
            for k in range(1, len(BINS)) if (at == k).sum() >= 20}


def measure(score, data, tokenizer, rows, views, group="test", final=True):
    everything = pick(rows, views, 7)
    picked, trained = everything[group], [rows[i]["source"] for i in everything["train"]]
    pool = Pool(rows, views, picked, tokenizer, 11)
    # Few rows state a computed result: they are measured on the whole split.
    whole = Pool(rows, views, [i for i, row in enumerate(rows) if row["split"] == group and len(views["response"][i])], tokenizer, 12)
    values, sizes = score(pool.real()), np.array([len(r) for r in pool.responses]).clip(max=MAX_TOKENS)
    report, spoiled = {"training rows": {s: trained.count(s) for s in sorted(set(trained))}, "group": group, "rows": len(picked), "damage": {}}, []
    for kind, name in enumerate(KINDS):
        if name.startswith("wrong result"):
            report["damage"][name], _ = against(score, whole, kind, [i for i in range(len(whole.prompts)) if whole.damage.result(whole.responses[i])])
        else:
            report["damage"][name], low = against(score, pool, kind, range(len(pool.prompts)))
            spoiled.append(low[:: max(1, len(low) // 400)])
    spoiled = np.concatenate(spoiled)
    report["above"] = {str(t): {"real": round(float((values > t).mean()), 3), "spoiled, all kinds alike": round(float((spoiled > t).mean()), 3)} for t in (-2, -1, -0.5, 0, 0.5)}
    report["correlation with log length"] = {"test rows": correlation(values, sizes)}
    report["by answer length"] = by_length(values, sizes)
    report["by source"] = {str(s): {"rows": int((pool.sources == s).sum()), "mean": round(float(values[pool.sources == s].mean()), 2),
                                    "above 0": round(float((values[pool.sources == s] > 0).mean()), 2)} for s in np.unique(pool.sources)}
    pairs = [p for p in preferences(data, tokenizer)["test"] if p[2] is not None and p[3] is not None]
    report["preferences"] = {n: ranked(score, pool, [p for p in pairs if p[0] == n]) for n in sorted({p[0] for p in pairs})} | {"all": ranked(score, pool, pairs)}
    if final:
        foreign(score, data, tokenizer, pool, report)
    return report


def foreign(score, data, tokenizer, pool, report):
    """Sets that may be measured on and nothing else."""
    encode = lambda text: np.array(tokenizer.plain(text[:8 * corpus.KEPT])[:corpus.KEPT], np.int32)
    for name in EVALUATION_ONLY:
        raw = sources.lines(os.path.join(data, "prefs", name + ".jsonl.gz"))
        report["preferences"][name] = ranked(score, pool, [(name, encode(r["prompt"]), encode(r["chosen"]), encode(r["rejected"])) for r in raw])
    with gzip.open(os.path.join(data, "pool", "alpaca_data.json.gz"), "rt", encoding="utf-8") as stream:
        raw = json.load(stream)
    pairs = [(encode(r["instruction"] + ("\n" + r["input"] if r["input"] else "")), encode(r["output"])) for r in raw]
    values, sizes = score([pool.pair(*p) for p in pairs]), np.array([len(p[1]) for p in pairs]).clip(max=MAX_TOKENS)
    report["correlation with log length"]["alpaca_data"] = correlation(values, sizes)
    report["alpaca_data"] = {"mean": round(float(values.mean()), 3), "deviation": round(float(values.std()), 3), "by answer length": by_length(values, sizes)}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--onnxruntime", default="natives/libonnxruntime.so.1")
    options.add_argument("--model", default=os.path.join(FOLDER, "model.onnx"))
    options.add_argument("--group", default="test", choices=("dev", "test"))
    options.add_argument("--no-foreign", action="store_true", help="leave out the evaluation-only sets")
    options.add_argument("--out")
    options = options.parse_args()
    rows, views = corpus.load(options.data)
    report = measure(scorer(options.onnxruntime, options.model), options.data, WordPiece(corpus.TOKENIZER), rows, views, options.group, not options.no_foreign)
    text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    if options.out:
        with open(options.out, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    print(text)


if __name__ == "__main__":
    main()
