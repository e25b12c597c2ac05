"""Softer targets for Dolly's classes: what a sparse linear model says of each training row when it was fitted on the others.

People disagree on these classes (open against general questions above all). A network that fits every label learns features of the training rows
that no other row has; with targets from outside a row's own fold it has nothing to learn by heart."""
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

import labels as L


def _spaced(ids):
    return " ".join(map(str, ids))


def sparse_features(prompts, instructions):
    """One and two tokens of the prompt and of the instruction alone, the first five tokens with their place, and whether there is a context."""
    settings = {"sublinear_tf": True, "min_df": 2, "token_pattern": r"\S+", "dtype": np.float32}
    parts = [TfidfVectorizer(ngram_range=(1, 2), **settings).fit_transform(map(_spaced, prompts)),
             TfidfVectorizer(ngram_range=(1, 2), **settings).fit_transform(map(_spaced, instructions)),
             TfidfVectorizer(**settings).fit_transform(" ".join(f"{k}_{t}" for k, t in enumerate(x[:5])) for x in instructions),
             csr_matrix(np.array([[float(len(p) > len(i)), np.log(1 + len(p)) / 3] for p, i in zip(prompts, instructions)], np.float32))]
    return hstack(parts).tocsr()


def soft(prompts, instructions, classes, folds=8):
    """Probabilities of each row, from the model of the other folds."""
    features, found = sparse_features(prompts, instructions), np.zeros((len(classes), classes.max() + 1), np.float32)
    for train, rest in StratifiedKFold(folds, shuffle=True, random_state=4).split(features, classes):
        found[rest] = LogisticRegression(C=3, max_iter=60, tol=1e-3).fit(features[train], classes[train]).predict_proba(features[rest])
    print(f"dolly classes by the teacher, outside its folds: {(found.argmax(1) == classes).mean():.4f} of {len(classes)} training rows", flush=True)
    return found


def soft_labels(row, names, probabilities, keep=0.3):
    """A Dolly row's categories and its primary one, weighed by the classes it may have; its own class keeps a share."""
    every, primary = np.zeros(len(L.CATEGORIES), np.float32), np.zeros(len(L.CATEGORIES), np.float32)
    for name, probability in zip(names, probabilities):
        weight = (1 - keep) * probability + keep * (name == row.meta["category"])
        if weight > 0.02:
            found = L.labels(replace(row, meta={**row.meta, "category": name}))
            every[found] += weight
            primary[found[0]] += weight
    return every / primary.sum(), primary / primary.sum()
