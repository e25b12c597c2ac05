"""Greedy k-center as the MoDS script does it, for comparison: one pass over all rows for each centre.

usage: kcenter_peer.py FILE WIDTH K [ORDER]

FILE holds raw little-endian float32 rows (tests/Sluice.Benchmarks: kcenter-matrix). Prints the milliseconds a
centre with scikit-learn's pairwise_distances and with plain numpy; with ORDER, the file that kcenter-once wrote,
says whether the first K picks agree, in double precision (single precision cannot tell near ties apart).
"""
import sys
import time

import numpy as np


def by_sklearn(rows, centre):
    from sklearn.metrics import pairwise_distances

    return pairwise_distances(rows, rows[centre : centre + 1], metric="euclidean")[:, 0]


def by_numpy(rows, centre):
    return np.linalg.norm(rows - rows[centre], axis=1)


def in_double(rows, centre):
    nearest = np.empty(len(rows))
    for start in range(0, len(rows), 8192):
        difference = rows[start : start + 8192].astype(np.float64) - rows[centre].astype(np.float64)
        nearest[start : start + 8192] = np.einsum("ij,ij->i", difference, difference)
    return nearest


def choose(rows, count, distance):
    order, nearest, times = [0], None, []
    while True:
        started = time.perf_counter()
        measured = distance(rows, order[-1])
        nearest = measured if nearest is None else np.minimum(nearest, measured)
        following = int(np.argmax(nearest))
        times.append(time.perf_counter() - started)
        if len(order) == count:
            return order, times
        order.append(following)


def main():
    path, width, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    rows = np.fromfile(path, dtype="<f4").reshape(-1, width)
    for name, distance in [("sklearn pairwise_distances", by_sklearn), ("numpy norm of difference", by_numpy)]:
        try:
            _, times = choose(rows, count, distance)
            print(f"{name}: {1000 * np.median(times):.1f} ms a centre (median of {count})")
        except ImportError:
            print(f"{name}: not installed")
    if len(sys.argv) > 4:
        theirs = [int(line) for line in open(sys.argv[4])][:count]
        order, _ = choose(rows, count, in_double)
        same = next((i for i in range(len(theirs)) if theirs[i] != order[i]), len(theirs))
        print(f"order: {same} of {len(theirs)} picks agree")
        sys.exit(0 if same == len(theirs) else 1)


if __name__ == "__main__":
    main()
