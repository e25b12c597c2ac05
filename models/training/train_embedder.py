"""Trains, measures and exports models/embedder: a 128-d unit vector of an instruction, learned by contrast with in-batch negatives."""
import argparse
import json
import os
import time

import numpy as np
import torch
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer
from scipy.sparse import csr_matrix
from torch import nn

import corpus
import graph as onnx_graph
import sources
from bag import Bag, Optimiser, emit_bag, store_quantised
from wordpiece import WordPiece

MAX_TOKENS, WIDTH, BUCKETS, SEEN, BATCH = 128, 128, 32749, 96, 512
CAP = {"smilechat_zh": 8000, "sgd_multiturn": 4000, "flan_cot": 8000, "gpteacher_toolformer": 3000}
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "embedder")


class Embedder(nn.Module):
    def __init__(self, vocabulary, frequency):
        super().__init__()
        self.bag = Bag(vocabulary, BUCKETS, WIDTH, seed=2)
        self.bag.gain.weight.data[:, 0] = torch.log(1e-3 / (1e-3 + frequency))  # smooth inverse frequency (Arora et al. 2017), then learned

    def forward(self, ids, mask):
        pooled = self.bag(ids, mask, (mask / mask.sum(1, keepdim=True).clamp(min=1)).unsqueeze(1)).squeeze(1)
        return pooled / pooled.norm(dim=1, keepdim=True).clamp(min=1e-6)


def export(model, path):
    g = onnx_graph.Graph()
    mask = g.node("Cast", "attention_mask", to=1)
    count = g.node("Max", g.node("ReduceSum", mask, g.ints([1]), keepdims=1), g.floats(1))
    weights = g.node("Unsqueeze", g.node("Div", mask, count), g.ints([1]))
    pooled = g.node("Squeeze", emit_bag(g, model.bag, "input_ids", mask, weights), g.ints([1]))
    norm = g.node("Max", g.node("ReduceL2", pooled, axes=[1], keepdims=1), g.floats(1e-6))
    g.save(path, ["input_ids", "attention_mask"], "embedding", WIDTH, g.node("Div", pooled, norm))


class Positives:
    """Two texts that belong together, drawn anew each epoch: instruction and answer, two parts of one text, two thinned copies of one instruction."""

    def __init__(self, rows, views, random_):
        self.views, self.random = views, random_
        seen, self.rows = {}, []
        for i in random_.permutation(len(rows)):
            source = rows[i]["source"]
            if rows[i]["split"] == "train" and seen.get(source, 0) < CAP.get(source, 10 ** 9):
                seen[source] = seen.get(source, 0) + 1
                self.rows.append(i)
        self.sources = np.array([rows[i]["source"] for i in self.rows])

    def _crop(self, ids):
        start = self.random.randint(0, max(1, len(ids) - SEEN + 1))
        return ids[start:start + SEEN]

    def pair(self, i):
        instruction, prompt, response = (self.views[v][i] for v in ("instruction", "prompt", "response"))
        kind = self.random.rand()
        if kind < 0.5 and len(response) >= 8:
            return self._crop(instruction), self._crop(response)
        body = prompt if len(prompt) >= len(response) else response
        if kind < 0.7 and len(body) >= 40:
            middle = self.random.randint(len(body) // 3, 2 * len(body) // 3)
            return self._crop(body[:middle]), self._crop(body[middle:])
        thin = [instruction[self.random.rand(len(instruction)) < 0.6] for _ in range(2)]
        return tuple(self._crop(t) if len(t) else instruction[:SEEN] for t in thin)

    def batches(self):
        """Half of the batches are of one source alone, where the negatives are hard."""
        order = self.random.permutation(len(self.rows))
        half = len(order) // 2
        alone = order[:half][np.argsort(self.sources[order[:half]], kind="stable")]
        parts = [part[s:s + BATCH] for part in (alone, order[half:]) for s in range(0, len(part) - BATCH // 2, BATCH)]
        for k in self.random.permutation(len(parts)):
            yield [self.pair(self.rows[j]) for j in parts[k]]


def vectors(model, lists, wrap):
    model.eval()
    order, out = np.argsort([len(x) for x in lists]), np.zeros((len(lists), WIDTH), np.float32)
    with torch.no_grad():
        for start in range(0, len(order), 512):
            part = order[start:start + 512]
            ids, mask, _ = corpus.pad([wrap(lists[i]) for i in part])
            out[part] = model(torch.from_numpy(ids), torch.from_numpy(mask).float()).numpy()
    return out


def counted(lists, vocabulary):
    counts = csr_matrix((np.ones(sum(map(len, lists))), np.concatenate(lists), np.cumsum([0] + [len(x) for x in lists])), (len(lists), vocabulary))
    counts.sum_duplicates()
    return counts


class Lsa:
    """The baseline of equal size: TF-IDF of training rows, cut to as many dimensions by singular values."""

    def __init__(self, rows, views, vocabulary):
        chosen = np.random.RandomState(1).permutation([i for i in range(len(rows)) if rows[i]["split"] == "train"])[:24000]
        documents = counted([np.concatenate((views["prompt"][i][:150], views["response"][i][:150])) for i in chosen], vocabulary)
        self.idf = TfidfTransformer(sublinear_tf=True).fit(documents)
        self.svd = TruncatedSVD(WIDTH, n_iter=3, random_state=1).fit(self.idf.transform(documents))

    def __call__(self, counts):
        x = self.svd.transform(self.idf.transform(counts))
        return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-6)


def recall(a, b):
    similarity = a @ b.T
    similarity = similarity.toarray() if hasattr(similarity, "toarray") else similarity
    return float((similarity.argmax(1) == np.arange(len(similarity))).mean())


def neighbours(x, classes, k=10):
    """Leave-one-out accuracy of the majority class of the k nearest."""
    similarity = x @ x.T
    similarity = similarity.toarray() if hasattr(similarity, "toarray") else similarity
    np.fill_diagonal(similarity, -2)
    names, codes = np.unique(classes, return_inverse=True)
    near = codes[np.argsort(-similarity, 1, kind="stable")[:, :k]]
    return float((np.array([np.bincount(n, minlength=len(names)).argmax() for n in near]) == codes).mean())


def measure(model, rows, views, data, tokenizer, vocabulary, short=False):
    """Each task by the model, by sparse TF-IDF over the same tokens (up to 32,000 dimensions) and by LSA."""
    wrap = lambda x: np.concatenate(([tokenizer.cls], x[:MAX_TOKENS - 2], [tokenizer.sep]))
    report, random_ = {}, np.random.RandomState(9)
    group, lsa = ("dev", None) if short else ("test", Lsa(rows, views, vocabulary))
    held = [i for i in range(len(rows)) if rows[i]["split"] == group]

    def both(name, lists, figure):
        cut = [[np.asarray(x[:MAX_TOKENS - 2], int) for x in part] for part in lists]
        idf = TfidfTransformer(sublinear_tf=True).fit(counted([x for part in cut for x in part], vocabulary))
        counts = [counted(part, vocabulary) for part in cut]
        report[name] = {"rows": len(lists[0]), "embedder": round(figure(*[vectors(model, part, wrap) for part in cut]), 4),
                        "sparse tf-idf": round(figure(*[idf.transform(c) for c in counts]), 4)}
        if lsa:
            report[name]["lsa, 128 wide"] = round(figure(*[lsa(c) for c in counts]), 4)

    for language, names in {"english": ("dolly", "gpteacher_codegen", "gpteacher_roleplay", "gsm8k_train"), "chinese": ("huatuo_med_zh", "smilechat_zh", "oasst_zh")}.items():
        chosen = [i for i in held if rows[i]["source"] in names and len(views["response"][i]) >= 8]
        chosen = random_.permutation(chosen)[:1000]
        both(f"recall@1 instruction to response, {language}", [[views[v][i] for i in chosen] for v in ("instruction", "response")], recall)
    domains = {i: rows[i]["meta"]["services"][0].split("_")[0] for i in held if rows[i]["source"] == "sgd_multiturn" and len(rows[i]["meta"]["services"]) == 1}
    both("10-nearest accuracy, service of an sgd dialogue", [[views["instruction"][i] for i in domains]], lambda x: neighbours(x, list(domains.values())))
    if not short:
        twins = list(sources.lines(os.path.join(data, "dedup", "gsm8k_rephrase_pairs.jsonl.gz")))
        both("recall@1 gsm8k question to its paraphrase", [[np.array(tokenizer.plain(t[k])) for t in twins] for k in ("a", "b_text")], recall)
        dolly = [i for i in held if rows[i]["source"] == "dolly"]
        both("10-nearest accuracy, dolly category", [[views["instruction"][i] for i in dolly]], lambda x: neighbours(x, [rows[i]["meta"]["category"] for i in dolly]))
        mixed = random_.permutation([i for i in held if rows[i]["labels"]])[:3000]
        both("10-nearest accuracy, primary category of 3,000 mixed rows", [[views["instruction"][i] for i in mixed]], lambda x: neighbours(x, [rows[i]["labels"][0] for i in mixed]))
    return report


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--epochs", type=int, default=5)
    options.add_argument("--threads", type=int, default=2)
    options = options.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(7)
    rows, views = corpus.load(options.data)
    tokenizer = WordPiece(corpus.TOKENIZER)
    vocabulary = len(tokenizer.vocab)
    counts = np.bincount(views["prompt"].flat, minlength=vocabulary) + np.bincount(views["response"].flat, minlength=vocabulary)
    model = Embedder(vocabulary, torch.from_numpy(counts / counts.sum()).float())
    positives = Positives(rows, views, np.random.RandomState(7))
    optimiser = Optimiser(model, 4e-3, options.epochs * (len(positives.rows) // BATCH))
    for epoch in range(options.epochs):
        started, total, steps = time.time(), 0.0, 0
        model.train()
        for pairs in positives.batches():
            sides = []
            for side in zip(*pairs):
                ids, mask, _ = corpus.pad([np.concatenate(([tokenizer.cls], x, [tokenizer.sep])) for x in side])
                sides.append(model(torch.from_numpy(ids), torch.from_numpy(mask).float()))
            similarity = sides[0] @ sides[1].T / 0.05
            target = torch.arange(len(pairs))
            loss = (nn.functional.cross_entropy(similarity, target) + nn.functional.cross_entropy(similarity.T, target)) / 2
            optimiser.step(loss)
            total, steps = total + float(loss), steps + 1
        figures = {k.split(",")[-1]: v["embedder"] for k, v in measure(model, rows, views, options.data, tokenizer, vocabulary, short=True).items()}
        print(f"epoch {epoch}: loss {total / steps:.4f}, dev {figures}, {time.time() - started:.0f} s", flush=True)
    for table in (model.bag.tokens, model.bag.pairs):
        store_quantised(table)
    report = {"training rows": {k: int((positives.sources == k).sum()) for k in np.unique(positives.sources)},
              "test": measure(model, rows, views, options.data, tokenizer, vocabulary)}
    os.makedirs(FOLDER, exist_ok=True)
    export(model, os.path.join(FOLDER, "model.onnx"))
    text = "How do vaccines train the immune system?\n疫苗如何训练免疫系统？"
    expected = vectors(model, [np.array(tokenizer.plain(text))], lambda x: np.concatenate(([tokenizer.cls], x, [tokenizer.sep])))[0]
    onnx_graph.write_manifest(
        FOLDER, "embedder", "embedding", "instruction", MAX_TOKENS, ["input_ids", "attention_mask"], "embedding", WIDTH, onnx_graph.LICENCE,
        {"text": text, "expected": [round(float(x), 6) for x in expected], "tolerance": 0.001}, normalize=False)
    with open(os.path.join(FOLDER, "figures.json"), "w", encoding="utf-8", newline="\n") as stream:
        json.dump(report, stream, ensure_ascii=False, indent=1)
        stream.write("\n")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
