"""Rows for the quality model: real pairs under caps, their spoiled twins, preferences, and the counted features of pairs."""
import numpy as np

import corpus
import graph as onnx_graph
import quality_features
import sources
from damage import Damage

MAX_TOKENS = 384
CAP = {"smilechat_zh": 2500, "sgd_multiturn": 2000, "flan_cot": 5000, "t0_p3": 7000, "gpteacher_toolformer": 2500, "huatuo_med_zh": 4000}
INPUTS = ["input_ids", "attention_mask", "token_type_ids"]


class Counter:
    """The counted features of pairs, run in ONNX Runtime."""

    def __init__(self, runtime, tables, path):
        quality_features.save(tables, MAX_TOKENS, path)
        self._run = runtime.load(path)

    def __call__(self, pairs):
        order, out = np.argsort([len(p[0]) for p in pairs], kind="stable"), np.zeros((len(pairs), len(quality_features.NAMES)), np.float32)
        for start in range(0, len(order), 256):
            part = order[start:start + 256]
            out[part] = self._run(dict(zip(INPUTS, corpus.pad([pairs[i][0] for i in part], [pairs[i][1] for i in part]))), "features")
        return out


class Pool:
    """Real pairs, and their spoiled twins."""

    def __init__(self, rows, views, chosen, tokenizer, seed):
        self.special = [tokenizer.cls], [tokenizer.sep]
        self.prompts = [views["prompt"][i] for i in chosen]
        self.responses = [views["response"][i] for i in chosen]
        self.sources = np.array([rows[i]["source"] for i in chosen])
        single = np.array(["\u4e00" <= t[0] <= "\u9fff" for t in tokenizer.vocab])
        self.chinese = np.array([bool(len(x) and single[x].mean() > 0.3) for x in self.responses])
        self.damage = Damage(tokenizer, self.responses, self.sources, self.chinese, np.random.RandomState(seed))

    def pair(self, prompt, response):
        return onnx_graph.cut(prompt, response, MAX_TOKENS, self.special)

    def real(self):
        return [self.pair(p, r) for p, r in zip(self.prompts, self.responses)]

    def draw(self):
        """Real pairs and one spoiled twin of each: (pairs, labels, weights, kinds). Weights make both classes equally long, bin by bin."""
        kinds, spoiled = zip(*[self.damage.draw(i, self.prompts[i]) for i in range(len(self.prompts))])
        pairs = self.real() + [self.pair(p, r) for p, r in zip(self.prompts, spoiled)]
        label = np.repeat((1.0, 0.0), len(self.prompts))
        weight = equal_length(label > 0, [min(len(r), MAX_TOKENS) for r in self.responses + list(spoiled)], np.concatenate((self.chinese, self.chinese)))
        return pairs, label, weight, np.concatenate((np.full(len(kinds), -1), kinds))


def equal_length(good, sizes, chinese):
    """Weights under which both classes have the same share of each half octave of length, by script."""
    bins = (2 * np.log2(np.array(sizes) + 1)).astype(int) * 2 + chinese
    share = [np.bincount(bins[side], minlength=bins.max() + 1) for side in (good, ~good)]
    mean = (share[0] + share[1]) / 2
    return np.where(good, *[np.minimum(mean / np.maximum(s, 1), 4)[bins] for s in share])


def pick(rows, views, seed):
    """Rows of each split under the caps, in random order."""
    picked, seen = {"train": [], "dev": [], "test": []}, {}
    for i in np.random.RandomState(seed).permutation(len(rows)):
        source, group = rows[i]["source"], rows[i]["split"]
        if len(views["response"][i]) and seen.get((source, group), 0) < CAP.get(source, 10 ** 9) * (1 if group == "train" else 0.125):
            seen[source, group] = seen.get((source, group), 0) + 1
            picked[group].append(i)
    return picked


def preferences(data, tokenizer, names=None):
    """(name, prompt ids, chosen ids or None, rejected ids or None) by group. Two folds of ten are tested: the files are small."""
    groups = {"train": [], "test": []}
    encode = lambda text: None if text is None else np.array(tokenizer.plain(text)[:corpus.KEPT], np.int32)
    for key, name, *texts in sources.preferences(data):
        groups["test" if sources.fold(key) in (0, 2) else "train"].append((name, *map(encode, texts)))
    return groups
