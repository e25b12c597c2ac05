"""Deita's representation filter the way its reference works, in numpy: each row in turn against every row kept so far, by cosine.

Usage: filter_peer.py FILE WIDTH ROWS LIMIT COUNT [RUNS]
FILE holds little-endian float32 vectors, row after row; COUNT -1 keeps all that pass. Prints seconds and a digest of the kept rows, as
`Sluice.Benchmarks time filter` does for the same arguments.
"""
import hashlib
import statistics
import sys
import time

import numpy as np


def keep(rows, limit, count):
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    kept = np.empty((0, rows.shape[1]), np.float32)
    picks = []
    for at in range(len(unit)):
        # The reference builds its matrix of kept rows anew for each row (np.concatenate in its loop).
        if not len(kept) or not (kept @ unit[at] > limit).any():
            kept = np.concatenate([kept, unit[at:at + 1]])
            picks.append(at)
            if len(picks) == count:
                break
    return picks, at + 1


def main(file, width, rows, limit, count, runs="1"):
    values = np.fromfile(file, "<f4", int(rows) * int(width)).reshape(int(rows), int(width))
    times = []
    for _ in range(int(runs)):
        start, cpu = time.perf_counter(), time.process_time()
        picks, scanned = keep(values, np.float32(limit), int(count))
        times.append(time.perf_counter() - start)
        digest = hashlib.sha256(",".join(map(str, picks)).encode()).hexdigest()[:16]
        print(f"{times[-1]:.3f} s, {time.process_time() - cpu:.3f} s of processor, {scanned} scanned, {len(picks)} kept, picks {digest}", flush=True)
    print(f"median {statistics.median(times):.3f} s")


if __name__ == "__main__":
    if len(sys.argv) < 6:
        sys.exit(__doc__)
    main(*sys.argv[1:])
