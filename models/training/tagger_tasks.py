"""What the tagger's hidden layer learns beside the 28 categories, from heads that are dropped when it is exported:
the source's own task, Dolly's class, and from the answer (no labels needed) its words, its first word and its length."""
import numpy as np
import torch
from torch import nn

import labels as L
from tagger_teacher import soft

DOLLY = ["brainstorming", "classification", "closed_qa", "creative_writing", "general_qa", "information_extraction", "open_qa", "summarization"]
WORDS, FIRST, LENGTHS = 4000, 300, 10


def task_name(row):
    meta = row["meta"]
    if row["source"] == "sgd_multiturn":
        return row["source"] + " " + meta["services"][0].split("_")[0]
    if row["source"] == "t0_p3":  # the kind of template: single ones would be learned by heart, and new ones not be known
        return row["source"] + " " + max((k for k in L.T0 if meta["template"].startswith(k)), key=len)
    return row["source"] + " " + str(meta.get("task") or meta.get("category") or "")


class Targets:
    """Targets of corpus rows; a row number of -1 is a made-up prompt, which has none."""

    def __init__(self, rows, views, vocabulary):
        train = [i for i, r in enumerate(rows) if r["split"] == "train"]
        names = sorted({task_name(rows[i]) for i in train})
        code = {name: k for k, name in enumerate(names)}
        self.tasks = len(names)
        # -1 where a target is unknown, also at the end for the row number -1.
        self.task = np.array([code[task_name(r)] if r["split"] == "train" else -1 for r in rows] + [-1])
        self.dolly = np.array([DOLLY.index(r["meta"]["category"]) if r["source"] == "dolly" else -1 for r in rows] + [-1])
        counts = np.bincount(views["prompt"].flat, minlength=vocabulary)
        self.frequency = (counts / counts.sum()).astype(np.float32)
        mine = np.array([i for i in train if rows[i]["source"] == "dolly"])
        self.soft = np.zeros((len(rows) + 1, len(DOLLY)), np.float32)  # zero but for Dolly's training rows
        self.soft[mine] = soft([views["prompt"][i] for i in mine], [views["instruction"][i] for i in mine], self.dolly[mine])
        self.responses, self.known = views["response"], np.full(vocabulary, -1)
        lengths = np.array([len(self.responses[i]) for i in range(len(rows))])
        self.length = np.append(np.where(lengths > 0, np.minimum(np.log2(lengths + 1).astype(int), LENGTHS - 1), -1), -1)
        documents = np.zeros(vocabulary, np.int64)
        opening = np.zeros(vocabulary, np.int64)
        for i in train:
            documents[np.unique(self.responses[i])] += 1
            opening[self.responses[i][:1]] += 1
        chosen = np.argsort(-documents, kind="stable")[:WORDS]
        self.known[chosen] = np.arange(WORDS)
        self.rarity = np.log(len(train) / (1 + documents[chosen])).astype(np.float32).clip(0.1)
        common = np.full(vocabulary, -1)
        common[np.argsort(-opening, kind="stable")[:FIRST]] = np.arange(FIRST)
        self.first = np.append([common[self.responses[i][0]] if len(self.responses[i]) else -1 for i in range(len(rows))], -1)

    def words(self, chosen):
        """The answer's words, rare ones heavier; each row sums to one, or to zero without an answer."""
        target = np.zeros((len(chosen), WORDS), np.float32)
        for k, i in enumerate(chosen):
            if i >= 0:
                found = self.known[self.responses[i]]
                found = found[found >= 0]
                target[k, found] = self.rarity[found]
        return target / np.maximum(target.sum(1, keepdims=True), 1e-6)


class Heads(nn.Module):
    def __init__(self, pooled, hidden, tasks):
        super().__init__()
        # Kinds of task are read off all features, as a later head would; what the answer says off the hidden layer alone.
        self.task, self.dolly, self.words = nn.Linear(pooled + hidden, tasks), nn.Linear(pooled + hidden, len(DOLLY)), nn.Linear(hidden, WORDS)
        self.first, self.length = nn.Linear(hidden, FIRST), nn.Linear(hidden, LENGTHS)

    def loss(self, pooled, hidden, targets, chosen, weights):
        """Sum of the heads' losses, each over the rows that have its target."""
        total, features = 0.0, torch.cat([pooled, hidden], 1)
        for name in ("task", "first", "length"):
            target = torch.from_numpy(getattr(targets, name)[chosen])
            if weights[name] and bool((target >= 0).any()):
                total = total + weights[name] * nn.functional.cross_entropy(getattr(self, name)(features if name == "task" else hidden), target, ignore_index=-1, reduction="sum") / len(chosen)
        target = torch.from_numpy(targets.soft[chosen])
        total = total - weights["dolly"] * (target * self.dolly(features).log_softmax(1)).sum() / len(chosen)
        target = torch.from_numpy(targets.words(chosen))
        return total - weights["words"] * (target * self.words(hidden).log_softmax(1)).sum() / len(chosen)
