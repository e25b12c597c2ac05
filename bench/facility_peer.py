"""Facility location by lazy greedy choice on the dense similarity matrix, as submodlib's dense mode works, in numpy and scipy.

Usage: facility_peer.py FILE WIDTH ROWS COUNT submodlib|cosine [RUNS]
FILE holds little-endian float32 vectors, row after row. Memory: ROWS x ROWS x 4 bytes. Prints seconds, the value and a digest of the order,
as `Sluice.Benchmarks time facility` does for the same arguments. Single-precision sums may settle a near-tie otherwise than Sluice does.
"""
import hashlib
import heapq
import statistics
import sys
import time

import numpy as np
from scipy.spatial.distance import cdist


def similarities(rows, kind):
    if kind == "cosine":
        unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return np.maximum(unit @ unit.T, 0)
    matrix = np.empty((len(rows), len(rows)), np.float32)
    for at in range(0, len(rows), 1024):
        matrix[at:at + 1024] = np.exp(-cdist(rows[at:at + 1024], rows) / rows.shape[1])
    return matrix


def choose(matrix, count):
    best = np.zeros(len(matrix), np.float32)
    claims = [(-gain, row, 0) for row, gain in enumerate(matrix.sum(axis=1, dtype=np.float64))]
    heapq.heapify(claims)
    order, value = [], 0.0
    while len(order) < count and claims:
        gain, row, fresh = heapq.heappop(claims)
        if fresh == len(order):
            order.append(row)
            value -= gain
            np.maximum(best, matrix[row], out=best)
        else:
            heapq.heappush(claims, (-np.maximum(matrix[row] - best, 0).sum(dtype=np.float64), row, len(order)))
    return order, value


def main(file, width, rows, count, kind, runs="1"):
    values = np.fromfile(file, "<f4", int(rows) * int(width)).reshape(int(rows), int(width))
    times = []
    for _ in range(int(runs)):
        start, cpu = time.perf_counter(), time.process_time()
        order, value = choose(similarities(values, kind), int(count))
        times.append(time.perf_counter() - start)
        digest = hashlib.sha256(",".join(map(str, order)).encode()).hexdigest()[:16]
        print(f"{times[-1]:.3f} s, {time.process_time() - cpu:.3f} s of processor, value {value:.6f}, picks {digest}", flush=True)
    print(f"median {statistics.median(times):.3f} s")


if __name__ == "__main__":
    if len(sys.argv) < 6:
        sys.exit(__doc__)
    main(*sys.argv[1:])
