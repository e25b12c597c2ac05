"""Encoded rows, kept in training/cache: flat ids per text view with offsets, so that every trainer starts in a second."""
import json
import os

import numpy as np

import labels
import sources
from wordpiece import WordPiece

CACHE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cache")
TOKENIZER = os.path.join(os.path.dirname(CACHE), "..", "tokenizer", "tokenizer.json")
KEPT = 400  # ids kept of a view; no model reads more


class Texts:
    """Many id lists in one flat array."""

    def __init__(self, flat, offsets):
        self.flat, self.offsets = flat, offsets

    def __len__(self):
        return len(self.offsets) - 1

    def __getitem__(self, i):
        return self.flat[self.offsets[i]:self.offsets[i + 1]]

    @staticmethod
    def of(lists):
        offsets = np.cumsum([0] + [len(x) for x in lists])
        return Texts(np.fromiter((t for x in lists for t in x), np.int32, offsets[-1]), offsets)


def load(data):
    """(rows, views): rows as dicts (id, source, split, labels, turns, meta), views of the same order: instruction, prompt, response."""
    path = os.path.join(CACHE, "corpus.npz")
    if not os.path.exists(path):
        os.makedirs(CACHE, exist_ok=True)
        tokenizer, rows = WordPiece(TOKENIZER), []
        views = {"instruction": [], "prompt": [], "response": []}
        for row in sources.pool(data):
            rows.append({"id": row.id, "source": row.source, "split": sources.split(row), "labels": labels.labels(row),
                         "turns": row.user_turns, "meta": row.meta})
            for name, lists in views.items():
                text = getattr(row, name)
                lists.append(np.array(tokenizer.plain(text[:8 * KEPT])[:KEPT], np.int32))
        with open(path[:-4] + ".json", "w", encoding="utf-8") as stream:
            json.dump(rows, stream, ensure_ascii=False)
        texts = {n: Texts(np.concatenate(v), np.cumsum([0] + [len(x) for x in v])) for n, v in views.items()}
        np.savez(path, **{n + k: getattr(t, k) for n, t in texts.items() for k in ("flat", "offsets")})
    with open(path[:-4] + ".json", encoding="utf-8") as stream:
        rows = json.load(stream)
    with np.load(path) as stored:
        return rows, {n: Texts(stored[n + "flat"], stored[n + "offsets"]) for n in ("instruction", "prompt", "response")}


def pad(lists, types=None):
    """Right-padded int64 ids and mask of id lists (and types)."""
    width = max(len(x) for x in lists)
    ids = np.zeros((len(lists), width), np.int64)
    mask = np.zeros_like(ids)
    kinds = np.zeros_like(ids)
    for i, x in enumerate(lists):
        ids[i, :len(x)], mask[i, :len(x)] = x, 1
        if types is not None:
            kinds[i, :len(x)] = types[i]
    return ids, mask, kinds


def batches(lengths, size, random_):
    """Shuffled batches of rows of like length."""
    order = random_.permutation(len(lengths))
    for start in range(0, len(order), size * 64):
        window = order[start:start + size * 64]
        window = window[np.argsort(lengths[window], kind="stable")]
        parts = [window[i:i + size] for i in range(0, len(window), size)]
        for k in random_.permutation(len(parts)):
            yield parts[k]
