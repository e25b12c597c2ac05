"""Runs every exported model in ONNX Runtime: the manifest's example, padding, an empty text, and its speed on one thread."""
import argparse
import glob
import json
import os
import time

import numpy as np

import corpus
import graph
from runtime import Runtime
from wordpiece import WordPiece


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--onnxruntime", default="natives/libonnxruntime.so.1")
    options.add_argument("--data", default="../shared/data")
    options = options.parse_args()
    runtime = Runtime(options.onnxruntime)
    rows, views = corpus.load(options.data)
    draw = np.random.RandomState(1).choice(len(rows), 8192, replace=False)
    for path in sorted(glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "*", "manifest.json"))):
        with open(path, encoding="utf-8") as stream:
            manifest = json.load(stream)
        if manifest["task"] == "perplexity":  # another tokenizer and another kind of output: evaluate_lm.py checks it
            continue
        folder, limit, pair = os.path.dirname(path), manifest["maxTokens"], manifest["text"] == "pair"
        for part in ("model", "tokenizer"):
            assert graph.sha256(os.path.join(folder, manifest[part]["file"])) == manifest[part]["sha256"], part
        tokenizer = WordPiece(os.path.join(folder, manifest["tokenizer"]["file"]))
        run = runtime.load(os.path.join(folder, manifest["model"]["file"]))

        def call(lists, types=None):
            feeds = dict(zip(("input_ids", "attention_mask", "token_type_ids"), corpus.pad(lists, types)))
            return run({n["name"]: feeds[n["name"]] for n in manifest["inputs"]}, manifest["output"]["name"])

        def encode(text, other):
            return tokenizer.pair(text, other, limit) if pair else (tokenizer.encode(text, limit), None)

        example = manifest["example"]
        ids, types = encode(example["text"], example.get("pair"))
        alone = call([ids], [types] if pair else None)
        gap = float(np.abs(alone[0] - example["expected"]).max())
        assert gap <= manifest["example"]["tolerance"], gap
        empty = encode("", "")
        padded = call([ids, empty[0], [7] * limit], [types, empty[1], [0] * limit] if pair else None)
        assert np.isfinite(padded).all() and padded.shape == (3, manifest["output"]["width"])
        nothing = np.zeros((1, 5), np.int64)
        assert np.isfinite(run({n["name"]: nothing for n in manifest["inputs"]}, manifest["output"]["name"])).all()
        print(f"{manifest['name']}: example within {gap:.2g}, beside padding within {np.abs(padded[0] - alone[0]).max():.2g}, empty text finite, "
              f"{os.path.getsize(os.path.join(folder, manifest['model']['file'])):,} bytes")

        special = [tokenizer.cls], [tokenizer.sep]
        if pair:
            lists = [graph.cut(views["prompt"][i], views["response"][i], limit, special) for i in draw]
            lists, kinds = [x[0] for x in lists], [x[1] for x in lists]
        else:
            lists = [np.concatenate((special[0], views[manifest["text"]][i][:limit - 2], special[1])) for i in draw]
            kinds = None
        order = np.argsort([len(x) for x in lists], kind="stable")
        best = 1e9
        for _ in range(3):
            feeds = [([lists[i] for i in order[s:s + 128]], [kinds[i] for i in order[s:s + 128]] if pair else None) for s in range(0, len(order), 128)]
            feeds = [dict(zip(("input_ids", "attention_mask", "token_type_ids"), corpus.pad(*f))) for f in feeds]
            started = time.perf_counter()
            for f in feeds:
                run({n["name"]: f[n["name"]] for n in manifest["inputs"]}, manifest["output"]["name"])
            best = min(best, time.perf_counter() - started)
        print(f"  {len(order) / best:,.0f} rows/s on one thread, {sum(map(len, lists)) / best:,.0f} tokens/s, {np.mean([len(x) for x in lists]):.0f} tokens a row")


if __name__ == "__main__":
    main()
