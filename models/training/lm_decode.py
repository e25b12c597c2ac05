"""Greedy answers of the language model: what was read is kept, so that a token costs one step; the network is that of lm.py."""
import json
import os
import queue
from concurrent.futures import ThreadPoolExecutor

import torch
from torch.nn import functional

import lm
import lm_graph
import lm_rows
from bytelevel import ByteLevel

SLICE = 32  # prompts read at once: their scores stay in the cache


def load(folder):
    """(tokenizer, model, manifest) of a Sluice model folder that lm_graph.py wrote."""
    path = os.path.join(folder, "manifest.json")
    if not os.path.exists(path):
        raise ValueError(f"Found no {path}, expected a model folder such as models/lm.")
    with open(path, encoding="utf-8") as stream:
        manifest = json.load(stream)
    if manifest.get("task") != "perplexity":
        raise ValueError(f"Found the task {manifest.get('task')} in {path}, expected perplexity: models/lm or a model tuned from it.")
    tokenizer = ByteLevel(os.path.join(folder, manifest["tokenizer"]["file"]))
    return tokenizer, lm_graph.read(os.path.join(folder, manifest["model"]["file"]), len(tokenizer.vocab)), manifest


class Past:
    """What the tokens read so far left behind, rows padded on the left: distances count alike wherever a text begins."""

    def __init__(self, real, room):
        self.real, self.room = real, room  # real [B, W]: 1 for a token, 0 for padding
        self.kept, self.rows, self.at = {}, slice(None), 0

    def join(self, name, value):
        if name not in self.kept:
            kind = value.dtype if name.startswith("value") else torch.float32
            self.kept[name] = torch.zeros(len(self.real), *value.shape[1:-2], self.room, value.shape[-1], dtype=kind)
        kept, end = self.kept[name][self.rows], self.at + value.shape[-2]
        kept[..., self.at:end, :] = value
        return kept[..., :end, :] if self.at else value

    def shift(self, value):
        """Each token gets the value of the one before it; the first of a text zeros."""
        before = self.kept.setdefault("before", torch.zeros(len(self.real), 1, value.shape[-1]))[self.rows]
        value = value * self.real[self.rows, self.at:self.at + value.shape[1], None]
        shifted = torch.cat([before, value[:, :-1]], 1)
        before[:] = value[:, -1:]
        return shifted

    def keep(self, rows):
        self.real, self.kept = self.real[rows], {name: value.index_select(0, rows) for name, value in self.kept.items()}


class Decoder:
    def __init__(self, folder, exact=False):
        self.tokenizer, self.model, self.manifest = load(folder)
        self.model.exact, self.step, halves = exact, False, {}

        def product(x, weight):
            if id(weight) not in halves:
                halves[id(weight)] = weight.detach().to(torch.bfloat16)
            return functional.linear(x.to(torch.bfloat16), halves[id(weight)]).float()

        if not exact:  # the scores of one token are faster in float32
            self.model.product, self.model.narrow = product, lambda x: x if self.step else x.to(torch.bfloat16)

    def read(self, past, ids, start, end):
        """(hidden, share) after the last of the tokens [start, end); ids [B, room]."""
        bias, future = lm.distances(torch.arange(start, end)[:, None], torch.arange(end))
        closed = torch.where(past.real[past.rows, None, :end] > 0, 0.0, -1e9)
        source, padded, past.at, self.step = ids[past.rows], functional.pad(ids[past.rows], (2, 0)), start, start > 0
        hidden, share = self.model.states(source[:, start:end], padded[:, start + 1:end + 1], padded[:, start:end], bias + closed[:, None], future + closed, past)
        return hidden[:, -1], share[:, -1]

    def mixture(self, hidden, share, source):
        """[B, V]: the probability of each next token."""
        learned = (self.model.product(hidden, self.model.table) + self.model.bias).softmax(1).mul_(share[:, :1])
        return learned.scatter_add_(1, source, share[:, 1:])

    @torch.no_grad()
    def answers(self, prompts, most):
        """The ids that follow each prompt: at most most[i], the end token last where it came. Texts beyond the model's limit are the caller's to cut."""
        width, end = max(2, max(map(len, prompts))), self.tokenizer.end
        ids = torch.zeros(len(prompts), width + max(most), dtype=torch.long)
        real = torch.zeros(ids.shape)
        for i, prompt in enumerate(prompts):
            ids[i, width - len(prompt):width] = torch.tensor(prompt)
            real[i, width - len(prompt):] = 1
        past, states = Past(real, ids.shape[1]), []
        for start in range(0, len(prompts), SLICE):
            past.rows = slice(start, start + SLICE)
            states.append(self.read(past, ids, 0, width))
        past.rows, found = slice(None), [[] for _ in prompts]
        hidden, share = (torch.cat(parts) for parts in zip(*states))
        row, left = torch.arange(len(prompts)), torch.tensor(most)
        for at in range(width, ids.shape[1]):
            token = highest(self.mixture(hidden, share, ids[:, :at]))
            for i, t in zip(row.tolist(), token.tolist()):
                found[i].append(t)
            ids[:, at] = token
            going = (token != end) & (left > at - width + 1)
            live = int(going.sum())
            if live == 0:
                break
            # Rows that are done are taken out when they are many: until then they go along, and what they say is not heard.
            if live < 0.8 * len(row) or live < 16:
                going = going.nonzero()[:, 0]
                ids, row, left = ids[going], row[going], left[going]
                past.keep(going)
            hidden, share = self.read(past, ids, at, at + 1)
        return [cut(x, n, end) for x, n in zip(found, most)]


class Pool:
    """Several decoders, each with one thread of its own: their batches run side by side and never wait for each other."""

    def __init__(self, folder, threads):
        self._free = queue.SimpleQueue()
        for _ in range(threads):
            self._free.put(Decoder(folder))
        self._run, self.tokenizer = ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,)), load(folder)[0]

    def answers(self, prompts, most):
        decoder = self._free.get()
        try:
            return decoder.answers(prompts, most)
        finally:
            self._free.put(decoder)

    def submit(self, prompts, most):
        return self._run.submit(self.answers, prompts, most)

    def map(self, parts):
        return self._run.map(lambda part: self.answers(*part), parts)

    def text(self, ids):
        return self.tokenizer.text([i for i in ids if i != self.tokenizer.end])


def highest(values):
    """The place of each row's highest value, the first of equals: in two steps, since argmax over a whole vocabulary is slow."""
    if values.shape[1] % 64:
        return values.argmax(1)
    blocks = values.view(len(values), 64, -1)
    best = blocks.amax(2).argmax(1)
    inside = blocks[torch.arange(len(values)), best].argmax(1)
    return best * blocks.shape[2] + inside


def cut(ids, most, end):
    ids = ids[:most]
    return ids[:ids.index(end) + 1] if end in ids else ids


@torch.no_grad()
def check(folder, prompts, most=24):
    """Answers step by step are, token for token, those of the whole network of lm.py read anew for each token; and batches change nothing."""
    exact, fast = Decoder(folder, exact=True), Decoder(folder)
    together, quick = exact.answers(prompts, [most] * len(prompts)), fast.answers(prompts, [most] * len(prompts))
    worst, same, first, count = 0.0, 0, 0, 0
    for prompt, answer, other in zip(prompts, together, quick):
        assert exact.answers([prompt], [most]) == [answer], "an answer depends on its batch"
        ids = torch.tensor([prompt + answer])
        losses = exact.model(ids, torch.ones(ids.shape))[0]
        for k, token in enumerate(answer):
            at = torch.tensor([prompt + answer[:k]])
            bias, future = lm.distances(torch.arange(at.shape[1])[:, None], torch.arange(at.shape[1]))
            hidden, share = exact.model.states(at, *lm.before(at), bias, future, lm.Whole)
            chances = exact.mixture(hidden[:, -1], share[:, -1], at)[0]
            assert int(chances.argmax()) == token, f"token {k} differs: found {token}, expected {int(chances.argmax())}"
            assert abs(float(chances.sum()) - 1) < 1e-3, "the mixture does not sum to one"
            worst = max(worst, abs(float(-chances[token].log() - losses[len(prompt) + k - 1])))
        assert worst < 1e-3, f"the loss of a chosen token is off by {worst}"
        alike = next((k for k, (a, b) in enumerate(zip(answer, other)) if a != b), min(len(answer), len(other)))
        same, first, count = same + alike, first + (answer == other), count + len(answer)
    return {"prompts": len(prompts), "tokens": count, "largest difference of a loss": worst,
            "bfloat16 (as served): tokens alike before the first that differs": round(same / count, 3), "whole answers alike": round(first / len(prompts), 3)}
