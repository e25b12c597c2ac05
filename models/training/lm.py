"""The causal language model: a small transformer with hashed bigram and trigram vectors at its input and a pointer to earlier tokens at its output."""
import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional

WIDTH, LAYERS, HEADS, INNER, NARROW, BUCKETS, POINTER = 160, 3, 5, 640, 40, 65521, 64
# The hashes of (previous, this) and of (one before, previous, this).
PAIR, TRIPLE = (31337, 7), (1000003, 31337, 7)
# ALiBi: how much a head's score falls per token of distance; the last sees all positions alike.
SLOPES = (0.5, 0.125, 0.03, 0.008, 0.0)


COMMON, DRAWN = 1024, 1024  # columns of the estimated softmax: the most frequent tokens, and some of the others


class Half(torch.autograd.Function):
    """x w^T in bfloat16 with float32 sides: on CPUs with the instructions many times faster, and near enough for training."""

    @staticmethod
    def forward(ctx, x, weight):
        x, weight = x.to(torch.bfloat16), weight.to(torch.bfloat16)
        ctx.save_for_backward(x, weight)
        return functional.linear(x, weight).float()

    @staticmethod
    def backward(ctx, gradient):
        x, weight = ctx.saved_tensors
        gradient = gradient.to(torch.bfloat16)
        flat = gradient.reshape(-1, gradient.shape[-1])
        return (gradient @ weight).float(), (flat.t() @ x.reshape(-1, x.shape[-1])).float()


class LogProbability(torch.autograd.Function):
    """ln softmax(h E^T + b)[target], by slices of rows so that the logits stay in the cache; the probabilities are kept in one buffer.

    With `candidates` the sum over the vocabulary is estimated from those columns alone, each weighted by exp(correction) = 1 / its chance to be
    drawn; the target's own column is always exact, so the estimate of the sum has no bias."""
    buffer = torch.zeros(0)

    @staticmethod
    def forward(ctx, hidden, table, bias, targets, candidates, correction):
        rows, rows_of = len(hidden), table[targets]
        own = (hidden * rows_of).sum(1) + bias[targets]
        place = torch.full((len(table),), -1)
        place[candidates] = torch.arange(len(candidates))
        place, exact = place[targets], table.shape
        hidden, table, bias = hidden.to(torch.bfloat16), table[candidates].to(torch.bfloat16), bias[candidates] + correction
        if LogProbability.buffer.shape[0] < rows or LogProbability.buffer.shape[1] != len(candidates):
            LogProbability.buffer = torch.zeros(rows, len(candidates), dtype=torch.bfloat16)
        kept, found = LogProbability.buffer[:rows], []
        for start in range(0, rows, 256):
            part, y = functional.linear(hidden[start:start + 256], table).float().add_(bias), place[start:start + 256]
            inside = (y >= 0).nonzero()[:, 0]
            part[inside, y[inside]] = -1e9
            total = torch.logaddexp(torch.logsumexp(part, 1), own[start:start + 256])
            found.append(own[start:start + 256] - total)
            kept[start:start + 256] = part.sub_(total[:, None]).exp_()
        result = torch.cat(found)
        ctx.save_for_backward(hidden, table, targets, candidates, result)
        ctx.exact, ctx.rows = exact, rows_of
        return result

    @staticmethod
    def backward(ctx, gradient):
        hidden, table, targets, candidates, result = ctx.saved_tensors
        kept, own = LogProbability.buffer[:len(hidden)], gradient * (1 - result.exp())
        down, bias = -gradient.to(torch.bfloat16)[:, None], torch.zeros(ctx.exact[0])
        for start in range(0, len(hidden), 256):
            kept[start:start + 256].mul_(down[start:start + 256])
        ones = torch.ones(1, len(hidden), dtype=torch.bfloat16)
        bias[candidates] = (ones @ kept).float()[0]
        bias.index_add_(0, targets, own)
        whole = torch.zeros(ctx.exact)
        whole[candidates] = (kept.t() @ hidden).float()
        whole.index_add_(0, targets, own[:, None] * hidden.float())
        return (kept @ table).float() + own[:, None] * ctx.rows, whole, bias, None, None, None


class Whole:
    """All tokens of a text at once: nothing is remembered from before."""
    join = staticmethod(lambda name, value: value)
    shift = staticmethod(lambda value: functional.pad(value, (0, 0, 1, 0))[:, :-1])


def before(source):
    """The token before each, and the one before that; 0 in front of the text."""
    return functional.pad(source, (1, 0))[:, :-1], functional.pad(source, (2, 0))[:, :-2]


def distances(query, key):
    """(what is added to the scores of each head [H, Q, K], the same for the pointer: only the future is shut [Q, K]) from places [Q, 1] and [K]."""
    distance = (query - key).float()
    future = torch.where(distance < 0, -1e9, 0.0)
    return future - torch.tensor(SLOPES)[:, None, None] * distance.clamp(min=0), future


class Model(nn.Module):
    def __init__(self, vocabulary, seed=5):
        super().__init__()
        draw = torch.Generator().manual_seed(seed)
        normal = lambda *shape, scale: nn.Parameter(torch.randn(*shape, generator=draw) * scale)
        self.candidates, self.correction = torch.arange(vocabulary), torch.zeros(vocabulary)
        self.exact = False  # float32 products throughout, for checking an exported graph
        self.table = normal(vocabulary, WIDTH, scale=0.05)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.pairs, self.triples = (nn.Embedding.from_pretrained(torch.zeros(BUCKETS, NARROW), freeze=False, sparse=True) for _ in range(2))
        self.widen = normal(WIDTH, 2 * NARROW, scale=NARROW ** -0.5)
        gain = lambda: nn.Parameter(torch.ones(WIDTH))
        self.first, self.last = gain(), gain()
        self.layers = nn.ModuleList()
        for _ in range(LAYERS):
            layer = nn.Module()
            layer.before, layer.between = gain(), gain()
            layer.qkv = normal(3 * WIDTH, WIDTH, scale=WIDTH ** -0.5)
            layer.qkv.data[:WIDTH] *= (WIDTH // HEADS) ** -0.5  # the usual division of the scores
            layer.out = normal(WIDTH, WIDTH, scale=0.3 * WIDTH ** -0.5)
            layer.up, layer.down = normal(INNER, WIDTH, scale=WIDTH ** -0.5), normal(WIDTH, INNER, scale=0.3 * INNER ** -0.5)
            self.layers.append(layer)
        self.ask, self.key, self.key_before = (normal(POINTER, WIDTH, scale=WIDTH ** -0.5) for _ in range(3))
        self.sentinel, self.sentinel_bias = normal(1, WIDTH, scale=0.01), nn.Parameter(torch.full((1,), 2.0))

    def sample(self, order, random_):
        """Candidates for the next batches: the first tokens of `order` (most frequent first) and a draw of the rest; None for the whole vocabulary."""
        if random_ is None:
            self.candidates, self.correction = torch.arange(len(order)), torch.zeros(len(order))
        else:
            drawn = order[COMMON:][random_.permutation(len(order) - COMMON)[:DRAWN]]
            self.candidates = torch.from_numpy(np.concatenate((order[:COMMON], drawn)))
            self.correction = torch.zeros(COMMON + DRAWN)
            self.correction[COMMON:] = math.log((len(order) - COMMON) / DRAWN)

    def product(self, x, weight):
        return functional.linear(x, weight) if self.exact else Half.apply(x, weight)

    def narrow(self, x):
        return x if self.exact else x.to(torch.bfloat16)

    def states(self, source, one, two, bias, future, past):
        """(hidden [B, Q, WIDTH], share [B, Q, 1 + K]): the last layer's values of Q tokens, and how the pointer shares itself among its sentinel and
        the K tokens that `past` holds with these. one, two: the tokens before and two before; bias, future: what is added to the scores."""
        rows, width = source.shape
        norm = lambda x, gain: functional.layer_norm(x, (WIDTH,), gain)
        grams = torch.cat([self.pairs((one * PAIR[0] + source * PAIR[1]) % BUCKETS),
                           self.triples((two * TRIPLE[0] + one * TRIPLE[1] + source * TRIPLE[2]) % BUCKETS)], 2)
        x = start = norm(functional.embedding(source, self.table) + self.product(grams, self.widen), self.first)
        bias = self.narrow(bias)
        for i, layer in enumerate(self.layers):
            heads = self.product(norm(x, layer.before), layer.qkv).view(rows, width, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
            query, key, value = self.narrow(heads).unbind(0)
            key, value = past.join(f"key{i}", key), past.join(f"value{i}", value)
            mixed = (query @ key.transpose(2, 3) + bias).softmax(3).to(value.dtype) @ value
            x = x + self.product(mixed.float().transpose(1, 2).reshape(rows, width, WIDTH), layer.out)
            x = x + self.product(functional.relu(self.product(norm(x, layer.between), layer.up)).square(), layer.down)
        hidden = norm(x, self.last)
        # The key of a token knows what came before it: the pointer finds what followed a like place earlier.
        keys = past.join("pointer", self.product(start, self.key) + past.shift(self.product(hidden, self.key_before)))
        scores = (self.narrow(self.product(hidden, self.ask)) @ self.narrow(keys).transpose(1, 2)).float() * POINTER ** -0.5 + future
        none = functional.linear(hidden, self.sentinel, self.sentinel_bias)
        return hidden, torch.cat([none, scores], 2).softmax(2)

    def forward(self, ids, mask):
        """[B, T - 1]: the loss of each token but the first; 0 where mask is 0."""
        source, targets = ids[:, :-1], ids[:, 1:]
        rows, width = source.shape
        bias, future = distances(torch.arange(width)[:, None], torch.arange(width))
        hidden, share = self.states(source, *before(source), bias, future, Whole)
        copied = (share[:, :, 1:] * (targets[:, :, None] == source[:, None, :])).sum(2)
        if self.exact:
            learned = torch.log_softmax(functional.linear(hidden, self.table, self.bias), 2).gather(2, targets[:, :, None])[:, :, 0]
        else:
            chosen = mask[:, 1:].bool()
            learned = torch.zeros(rows, width).masked_scatter(chosen, LogProbability.apply(hidden[chosen], self.table, self.bias, targets[chosen],
                                                                                           self.candidates, self.correction))
        return -torch.log(share[:, :, 0] * learned.exp() + copied + 1e-20) * mask[:, 1:]


def rate(step, steps, warm=150):
    """Warm-up, then half a cosine down to a fiftieth."""
    return min(1.0, (step + 1) / warm) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps))))
