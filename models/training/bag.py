"""The common part of all three models: static token vectors and hashed bigram vectors, pooled by several position weightings at once."""
import numpy as np
import torch
from torch import nn

HASH_LEFT, HASH_RIGHT = 31337, 7


class Bag(nn.Module):
    """pooled[b, k] = sum_t w[b, k, t] (g[id_t] E[id_t] + m_t+1 B[hash(id_t, id_t+1)]) with g a learned weight of each token."""

    def __init__(self, vocabulary, buckets, width, seed):
        super().__init__()
        draw = torch.Generator().manual_seed(seed)
        self.buckets = buckets
        self.tokens = nn.Embedding.from_pretrained(torch.randn(vocabulary, width, generator=draw) * 0.1, freeze=False, sparse=True)
        self.pairs = nn.Embedding.from_pretrained(torch.zeros(buckets, width), freeze=False, sparse=True)
        self.gain = nn.Embedding.from_pretrained(torch.zeros(vocabulary, 1), freeze=False, sparse=True)

    def forward(self, ids, mask, weights):
        """ids, mask: [B, T]; weights: [B, K, T], zero where padded."""
        gain = self.gain(ids).squeeze(-1).exp()
        hashed = (ids[:, :-1] * HASH_LEFT + ids[:, 1:] * HASH_RIGHT) % self.buckets
        pooled = torch.bmm(weights * gain.unsqueeze(1), self.tokens(ids))
        return pooled + torch.bmm(weights[:, :, :-1] * mask[:, 1:].unsqueeze(1), self.pairs(hashed))


def quantise(table):
    """(int8 table, float32 scale of each row)."""
    table = table.detach().numpy().astype(np.float32)
    scale = np.maximum(np.abs(table).max(1), 1e-8) / 127
    return np.round(table / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def store_quantised(embedding):
    """Replaces a table by what the exported int8 table means, so that figures are those of the exported model."""
    table, scale = quantise(embedding.weight)
    embedding.weight.data = torch.from_numpy(table.astype(np.float32) * scale[:, None])


def emit_bag(graph, bag, ids, mask, weights):
    """The same computation as ONNX nodes; the row scales and gains go into the pooling weights, so no vector is multiplied twice."""
    tokens, scale = quantise(bag.tokens.weight)
    pairs, pair_scale = quantise(bag.pairs.weight)
    gain = np.exp(bag.gain.weight.detach().numpy()[:, 0]).astype(np.float32) * scale
    axis = graph.ints([1])
    per_token = graph.node("Unsqueeze", graph.node("Gather", graph.constant("token_gain", gain), ids), axis)
    vectors = graph.node("Cast", graph.node("Gather", graph.constant("token_table", tokens), ids), to=1)
    pooled = graph.node("MatMul", graph.node("Mul", weights, per_token), vectors)
    left, right = graph.slice(ids, 1, 0, -1), graph.slice(ids, 1, 1, 2 ** 62)
    hashed = graph.node("Mod", graph.node("Add", graph.node("Mul", left, graph.ints(HASH_LEFT)), graph.node("Mul", right, graph.ints(HASH_RIGHT))),
                        graph.ints(bag.buckets))
    per_pair = graph.node("Mul", graph.node("Gather", graph.constant("pair_gain", pair_scale), hashed), graph.slice(mask, 1, 1, 2 ** 62))
    pair_weights = graph.node("Mul", graph.slice(weights, 2, 0, -1), graph.node("Unsqueeze", per_pair, axis))
    vectors = graph.node("Cast", graph.node("Gather", graph.constant("pair_table", pairs), hashed), to=1)
    return graph.node("Add", pooled, graph.node("MatMul", pair_weights, vectors))


class Optimiser:
    """Adam whose table updates touch only the rows of the batch; the rate falls linearly to a fiftieth."""

    def __init__(self, model, rate, steps):
        tables = [m.weight for m in model.modules() if isinstance(m, nn.Embedding)]
        known = {id(t) for t in tables}
        others = [p for p in model.parameters() if id(p) not in known]
        self._parts = [torch.optim.SparseAdam(tables)] + ([torch.optim.Adam(others)] if others else [])
        self._rate, self._steps, self._step = rate, steps, 0

    def step(self, loss):
        for part in self._parts:
            part.zero_grad()
            for group in part.param_groups:
                group["lr"] = self._rate * max(0.02, 1 - self._step / self._steps)
        loss.backward()
        for part in self._parts:
            part.step()
        self._step += 1
