"""IterIT's greedy choice (arXiv 2412.17365, SupervisedDataset.update) as its authors run it, in numpy and scikit-learn: TF-IDF over one to
three words, all sums for every choice, whole columns times the decay.

Usage: ifd_peer.py ALPACA.json[.gz] ROWS COUNT [RUNS]
Weighs the rows' outputs; scores are made up, the same as in `Sluice.Benchmarks time ifd`, which prints the same digest.
"""
import gzip
import hashlib
import json
import statistics
import sys
import time

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer


def choose(texts, scores, count, decay=0.1):
    matrix = TfidfVectorizer(ngram_range=(1, 3)).fit_transform(texts).tocsc()
    rows = matrix.tocsr()
    taken = np.zeros(len(texts), bool)
    picks = []
    for _ in range(count):
        sums = np.asarray(matrix.sum(axis=1)).ravel()
        values = np.where(taken, -1, scores * sums)
        pick = int(values.argmax())
        picks.append(pick)
        taken[pick] = True
        for column in rows.indices[rows.indptr[pick]:rows.indptr[pick + 1]]:
            matrix.data[matrix.indptr[column]:matrix.indptr[column + 1]] *= decay
    return picks


def main(file, rows, count, runs="1"):
    with (gzip.open if file.endswith(".gz") else open)(file, "rt", encoding="utf-8") as stream:
        texts = [row["output"] for row in json.load(stream)[:int(rows)]]
    scores = np.array([0.05 + 0.9 * (row * 7919 % 10007) / 10007 for row in range(len(texts))])
    times = []
    for _ in range(int(runs)):
        start, cpu = time.perf_counter(), time.process_time()
        picks = choose(texts, scores, int(count))
        times.append(time.perf_counter() - start)
        digest = hashlib.sha256(",".join(map(str, picks)).encode()).hexdigest()[:16]
        print(f"{times[-1]:.3f} s, {time.process_time() - cpu:.3f} s of processor, {len(texts)} texts, picks {digest}", flush=True)
    print(f"median {statistics.median(times):.3f} s")


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
