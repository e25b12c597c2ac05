"""Measures the exported embedder in ONNX Runtime beside bags of words: paraphrases found again, and neighbours of the same class."""
import argparse
import json
import os

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

import corpus
import sources
from evaluate_features import features
from runtime import Runtime
from wordpiece import WordPiece

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "embedder")


def recall(a, b):
    """Share of a's rows whose nearest row of b is their own; the first of equals."""
    return float((np.asarray(similarity(a, b)).argmax(1) == np.arange(a.shape[0])).mean())


def same_class(x, classes, k=10):
    """Share of the k nearest other rows that have a row's class, over all rows; earlier rows win a tie."""
    near = similarity(x, x)
    np.fill_diagonal(near, -2)
    near = np.argsort(-near, 1, kind="stable")[:, :k]
    return float((classes[near] == classes[:, None]).mean())


def similarity(a, b):
    found = a @ b.T
    return found.toarray() if hasattr(found, "toarray") else found


def bags(kind, *lists):
    """Unit rows of word counts, or of TF-IDF over the same words."""
    if kind == "counts":
        made = CountVectorizer(dtype=np.float32).fit([t for texts in lists for t in texts])
        found = [made.transform(texts) for texts in lists]
        return [x.multiply(1 / np.maximum(np.sqrt(x.multiply(x).sum(1)), 1e-9)).tocsr() for x in found]
    made = TfidfVectorizer(sublinear_tf=True).fit([t for texts in lists for t in texts])
    return [made.transform(texts) for texts in lists]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--onnxruntime", default="natives/libonnxruntime.so.1")
    options.add_argument("--model", default=os.path.join(FOLDER, "model.onnx"))
    options = options.parse_args()
    with open(os.path.join(FOLDER, "manifest.json"), encoding="utf-8") as stream:
        limit = json.load(stream)["maxTokens"]
    tokenizer, run = WordPiece(corpus.TOKENIZER), Runtime(options.onnxruntime).load(options.model)
    embed = lambda texts: features(run, [np.array(tokenizer.encode(t, limit)) for t in texts], "embedding")

    twins = list(sources.lines(os.path.join(options.data, "dedup", "gsm8k_rephrase_pairs.jsonl.gz")))
    a, b = [t["a"] for t in twins], [t["b_text"] for t in twins]
    print(f"gsm8k questions, paraphrase nearest of all {len(twins)}: embedder {recall(embed(a), embed(b)):.4f}, "
          + ", ".join(f"words by {kind} {recall(*bags(kind, a, b)):.4f}" for kind in ("counts", "tf-idf")))

    rows = [r for r in sources.pool(options.data, ["dolly"]) if sources.split(r) == "test"]
    texts, classes = [r.instruction for r in rows], np.array([r.meta["category"] for r in rows])
    shares = np.unique(classes, return_counts=True)[1] / len(rows)
    print(f"dolly, {len(rows)} test rows, share of the 10 nearest with the same class: embedder {same_class(embed(texts), classes):.4f}, "
          + ", ".join(f"words by {kind} {same_class(bags(kind, texts)[0], classes):.4f}" for kind in ("counts", "tf-idf"))
          + f", by chance {(shares ** 2).sum():.4f}")


if __name__ == "__main__":
    main()
