"""Prompts and harder twins of equal length: a real prompt with demands added, against the same prompt with as many tokens that ask for nothing."""
import json
import os
import re

import numpy as np

# A wording may hold choices as (a|b) and slots as {w}; both are drawn.
ALTERNATIVES = re.compile(r"\(([^()]*\|[^()]*)\)")
MOST = 130  # tokens of a base prompt, so that the twins fit
# Levels from 1 to 6 given by hand to what the sources are; where a row says more (steps, turns, questions) it is added.
LEVEL = {"dolly": 2.3, "flan_cot": 2.7, "glaive_toolcall_en": 2.6, "glaive_toolcall_zh": 2.6, "gpteacher_codegen": 3.4, "gpteacher_roleplay": 3.0,
         "gpteacher_toolformer": 1.7, "gsm8k_train": 1.9, "huatuo_med_zh": 2.4, "mtbench101": 2.3, "oasst_zh": 2.8, "sgd_multiturn": 1.7,
         "smilechat_zh": 2.1, "superni15": 2.1, "t0_p3": 2.0}
DOLLY = {"classification": 1.8, "closed_qa": 2.0, "open_qa": 2.2, "information_extraction": 2.2, "general_qa": 2.4, "summarization": 2.4,
         "brainstorming": 2.4, "creative_writing": 3.0}
STEP, DEMAND = 0.4, 0.55
JOINTS = {"en": ["After that:", "Then also do this:", "Second task:"], "en_test": ["Moreover, handle the following:", "And here is another job:"],
          "zh": ["然后再完成：", "第二个任务："], "zh_test": ["同时还要处理下面这个："]}
CONTEXTS = {"en": ["For context:", "Some background:", "By the way:"], "en_test": ["Just so you know:", "I happened to read this:"],
            "zh": ["背景：", "顺便说一下："], "zh_test": ["我碰巧读到："]}


def level(source, meta, turns, text, steps=0):
    """The level of a real prompt: what kind it is, and how much it asks."""
    base = DOLLY.get(meta.get("category"), LEVEL[source]) if source == "dolly" else LEVEL[source]
    asks = max(0, text.count("?") + text.count("\uff1f") - 1) if turns < 3 else 0
    return min(5.5, base + STEP * steps + min(0.9, 0.3 * asks) + min(1.5, 0.1 * max(0, turns - 1)))


class Maker:
    """Draws demands and filler, as ids. `held_out`: only wordings (and kinds) that training never sees."""

    def __init__(self, tokenizer, prompts, responses, languages, held_out, random_):
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "demands.json"), encoding="utf-8") as stream:
            document = json.load(stream)
        self._slots, self._tokenizer, self._random, self._ending = document["slots"], tokenizer, random_, "_test" * held_out
        self._groups = {name: {kind: texts for kind, texts in document[name].items()} for name in ("demands", "filler")}
        self._pad = {lang: [tokenizer.plain(w) for w in words] for lang, words in document["pad"].items()}
        self._prompts, self._responses = prompts, responses
        # Other prompts serve as second tasks, other answers as context that asks for nothing.
        short = lambda lists, lang: [i for i, x in enumerate(lists) if languages[i] == lang and 6 <= len(x) <= 26]
        self._tasks = {lang: short(prompts, lang) for lang in ("en", "zh")}
        self._facts = {lang: short(responses, lang) for lang in ("en", "zh")}
        self._known = {}

    def _one(self, items):
        return items[self._random.randint(len(items))]

    def _fill(self, match):
        slot, r = match[1], self._random
        low, high = {"n": (2, 9), "m": (2, 7), "b": (20, 200), "c": (210, 400)}.get(slot, (0, 0))
        return str(r.randint(low, high)) if high else self._one(self._slots[slot])

    def _ids(self, text):
        text = ALTERNATIVES.sub(lambda m: self._one(m[1].split("|")), text)
        return np.array(self._tokenizer.plain(re.sub(r"\{([a-z])\}", self._fill, text)), np.int32)

    def demand(self, lang, kind=None):
        """(kind, ids)"""
        if kind == "two tasks" or (kind is None and self._random.rand() < 0.12):
            return "two tasks", np.concatenate((self._ids(self._one(JOINTS[lang + self._ending])), self._prompts[self._one(self._tasks[lang])]))
        kinds = [k for k, texts in self._groups["demands"].items() if texts.get(lang + self._ending)]
        kind = kind or self._one(kinds)
        return kind, self._ids(self._one(self._groups["demands"][kind][lang + self._ending]))

    def filler(self, lang, base):
        draw = self._random.rand()
        if draw < 0.2:
            return np.concatenate((self._ids(self._one(CONTEXTS[lang + self._ending])), self._responses[self._one(self._facts[lang])]))
        if draw < 0.3 and len(base) <= 30:  # the same once more
            return base
        return self._ids(self._one(self._groups["filler"][self._one(sorted(self._groups["filler"]))][lang + self._ending]))

    def fill(self, lang, base, room):
        """Filler of exactly so many tokens, whole sentences as far as possible."""
        best = []
        for _ in range(6):
            parts, left = [], room
            for _ in range(8):
                part = self.filler(lang, base)
                if len(part) <= left:
                    parts.append(part)
                    left -= len(part)
            if not best or left < best[0]:
                best = [left, parts]
            if best[0] <= 1:
                break
        left, parts = best
        while left > 0:
            part = np.array(self._one(self._pad[lang])[:left], np.int32)
            parts.append(part)
            left -= len(part)
        return parts

    def join(self, base, parts):
        """The prompt with the additions behind, before or around it."""
        parts = [parts[i] for i in self._random.permutation(len(parts))]
        cut = {0: len(parts), 1: 0}.get(self._random.randint(4), self._random.randint(len(parts) + 1) if parts else 0)
        return np.concatenate(parts[:cut] + [base] + parts[cut:]) if self._random.rand() < 0.5 else np.concatenate([base] + parts)

    def pair(self, base, lang, kind=None):
        """(harder ids, easier ids, demands in each, kind of the first demand); both have the same number of tokens."""
        more = 1 if kind else 1 + self._random.randint(4)
        fewer = 0 if kind else self._random.randint(more)
        drawn = [self.demand(lang, kind) for _ in range(more)]
        parts = [ids for _, ids in drawn]
        extra = self.fill(lang, base, self._random.randint(0, 25)) if self._random.rand() < 0.5 else []
        hard = parts + extra
        kept = parts[:fewer]
        easy = kept + self.fill(lang, base, sum(map(len, hard)) - sum(map(len, kept)))
        return self.join(base, hard), self.join(base, easy), more, fewer, drawn[0][0]
