"""First token vectors, from the company that tokens keep in the training rows: positive pointwise mutual information, cut to a few dimensions."""
import os
import time

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from sklearn.utils.extmath import randomized_svd

import corpus

WINDOW, SEEN, CAP = 6, 160, 6000  # neighbours on each side; ids of a view; rows of one source
LONG = 96


def together(flat, room, vocabulary):
    """How often tokens stand near each other; a neighbour counts less the further away it is. `room` is the number of ids left in the text."""
    total = csr_matrix((vocabulary, vocabulary), dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        here = np.flatnonzero(room > distance)
        counted = coo_matrix((np.full(len(here), 1 - (distance - 1) / WINDOW, np.float32), (flat[here], flat[here + distance])), (vocabulary, vocabulary))
        total = total + counted.tocsr()
    return total + total.T


def learn(rows, views, vocabulary, width):
    seen, parts = {}, []
    for i in np.random.RandomState(5).permutation(len(rows)):
        source = rows[i]["source"]
        if rows[i]["split"] == "train" and seen.get(source, 0) < CAP:
            seen[source] = seen.get(source, 0) + 1
            parts += [views[v][i][:SEEN] for v in ("prompt", "response")]
    room = np.concatenate([np.arange(len(p), 0, -1) for p in parts])
    counts = together(np.concatenate(parts), room, vocabulary).tocsr()
    counts.data[counts.data < 1] = 0
    counts.eliminate_zeros()
    each = np.asarray(counts.sum(1)).ravel()
    context = np.maximum(each, 1) ** 0.75  # common contexts weigh less (Levy et al. 2015)
    context /= context.sum()
    lines = np.repeat(np.arange(vocabulary), np.diff(counts.indptr))
    counts.data = np.log(np.maximum(counts.data / (each[lines] * context[counts.indices]), 1)).astype(np.float32)
    counts.eliminate_zeros()
    left, strength, _ = randomized_svd(counts, width, n_iter=3, random_state=1)
    found = left * np.sqrt(strength)
    return (found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)).astype(np.float32)


def load(rows, views, vocabulary, width):
    """Unit vectors of the tokens, zero where a token was never seen; kept in the cache."""
    path = os.path.join(corpus.CACHE, "vectors.npy")
    if not os.path.exists(path):
        started = time.time()
        np.save(path, learn(rows, views, vocabulary, LONG))
        print(f"token vectors: {time.time() - started:.0f} s", flush=True)
    return np.load(path)[:, :width]
