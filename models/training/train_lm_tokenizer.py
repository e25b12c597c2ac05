"""Learns the language model's byte-level BPE vocabulary from the training split: merges of the most frequent pair over word counts."""
import argparse
import collections
import heapq
import json
import os
import re

import sources
from bytelevel import BYTES, END, WORDS, letters

# English is about half of the counted bytes and Chinese a third; without caps one source would choose most merges.
CAP = {"smilechat_zh": 3000, "sgd_multiturn": 2000, "t0_p3": 6000, "flan_cot": 8000, "gpteacher_toolformer": 2500}
# A run of Chinese characters is one "word" to the pre-tokenizer and hardly ever comes twice; windows of it do.
CHINESE = re.compile("[\u3400-\u9fff]{9,}")
WINDOW = 8


def count_words(data):
    counts, seen = collections.Counter(), collections.Counter()
    for row in sources.pool(data):
        if sources.split(row) != "train" or seen[row.source] >= CAP.get(row.source, 10 ** 9):
            continue
        seen[row.source] += 1
        for _, text in row.turns:
            counts.update(WORDS.findall(text))
    short = collections.Counter()
    for word, n in counts.items():
        if CHINESE.search(word):
            for i in range(0, len(word), WINDOW):
                short[word[i:i + WINDOW]] += n
        elif len(word) <= 40:
            short[word] += n
    return short


def merges(counts, room):
    """Most frequent adjacent pair first; ties to the lexically smaller pair."""
    items = [(letters(w), n) for w, n in sorted(counts.items()) if n >= 2 or w[:1] >= "\u3400"]
    items = [(w, n) for w, n in items if len(w) > 1]
    pieces = [list(w) for w, _ in items]
    pairs, where = collections.Counter(), collections.defaultdict(set)
    for i, (_, n) in enumerate(items):
        for pair in zip(pieces[i], pieces[i][1:]):
            pairs[pair] += n
            where[pair].add(i)
    heap = [(-n, p) for p, n in pairs.items()]
    heapq.heapify(heap)
    learned = []
    while heap and len(learned) < room:
        n, pair = heapq.heappop(heap)
        if pairs[pair] != -n:
            if pairs[pair] > 0:
                heapq.heappush(heap, (-pairs[pair], pair))
            continue
        learned.append(pair)
        joined, changed = pair[0] + pair[1], set()
        for i in where.pop(pair):
            old, count, new, k = pieces[i], items[i][1], [], 0
            while k < len(old):
                if old[k] == pair[0] and k + 1 < len(old) and old[k + 1] == pair[1]:
                    new.append(joined)
                    k += 2
                else:
                    new.append(old[k])
                    k += 1
            if len(new) == len(old):
                continue
            for p in zip(old, old[1:]):
                pairs[p] -= count
            pieces[i] = new
            for p in zip(new, new[1:]):
                pairs[p] += count
                if joined in p:
                    where[p].add(i)
                    changed.add(p)
        for p in changed:
            heapq.heappush(heap, (-pairs[p], p))
    return learned


def document(vocab, learned):
    end = {"SpecialToken": {"id": END, "type_id": 0}}
    text = lambda name, kind: {"Sequence": {"id": name, "type_id": kind}}
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": vocab[END], "content": END, "single_word": False, "lstrip": False, "rstrip": False,
                          "normalized": False, "special": True}],
        "normalizer": None,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
        "post_processor": {"type": "TemplateProcessing", "single": [end, text("A", 0)], "pair": [end, text("A", 0), text("B", 1)],
                           "special_tokens": {END: {"id": END, "ids": [vocab[END]], "tokens": [END]}}},
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None,
                  "fuse_unk": False, "byte_fallback": False, "vocab": vocab, "merges": [" ".join(p) for p in learned]},
    }


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--out", default="models/lm/tokenizer.json")
    options.add_argument("--size", type=int, default=8192)
    options = options.parse_args()
    counts = count_words(options.data)
    learned = merges(counts, options.size - 257)
    tokens = [END] + [BYTES[b] for b in sorted(BYTES, key=BYTES.get)] + ["".join(p) for p in learned]
    tokens = list(dict.fromkeys(tokens))
    os.makedirs(os.path.dirname(options.out), exist_ok=True)
    with open(options.out, "w", encoding="utf-8", newline="\n") as stream:
        json.dump(document({t: i for i, t in enumerate(tokens)}, learned), stream, ensure_ascii=False, separators=(",", ":"))
        stream.write("\n")
    print(f"{len(counts):,} distinct words, {len(learned):,} merges, {len(tokens):,} tokens")


if __name__ == "__main__":
    main()
