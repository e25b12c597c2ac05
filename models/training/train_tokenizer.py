"""Learns the shared WordPiece vocabulary from the training split: BPE merges over word counts (as the usual WordPiece trainers do)."""
import argparse
import collections
import heapq
import json
import os
import unicodedata

import sources
from wordpiece import SPACE, is_chinese, words

SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def count_words(data):
    chunks = collections.Counter()
    for row in sources.pool(data):
        if sources.split(row) == "train":
            for _, text in row.turns:
                chunks.update(SPACE.split(text))
    counts = collections.Counter()
    for chunk, n in chunks.items():
        for word in words(chunk):
            counts[word] += n
    return counts


def alphabet(counts):
    """Single characters: ASCII, common Chinese (seen five times, or level 1 of GB 2312), other characters seen often."""
    seen = collections.Counter()
    for word, n in counts.items():
        for c in word:
            seen[c] += n
    level1 = {bytes((0xB0 + i, 0xA1 + j)).decode("gb2312", "ignore") for i in range(40) for j in range(94)} - {""}
    kept = {chr(c) for c in range(33, 127) if not chr(c).isupper()} | level1
    kept |= {c for c, n in seen.items() if n >= (5 if is_chinese(c) else 20) and unicodedata.category(c)[0] != "C"}
    return kept, seen


def merges(counts, kept, room):
    """Most frequent adjacent pair first; ties to the lexically smaller pair."""
    items = [(w, n) for w, n in sorted(counts.items()) if n >= 2 and 1 < len(w) <= 40 and all(c in kept for c in w)]
    pieces = [[w[0]] + ["##" + c for c in w[1:]] for w, _ in items]
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
        if -n < 3:
            break
        joined = pair[0] + pair[1][2:]
        learned.append(joined)
        changed = set()
        for i in where.pop(pair):
            old, count, new, k = pieces[i], items[i][1], [], 0
            for p in zip(old, old[1:]):
                pairs[p] -= count
            while k < len(old):
                step = 2 if k + 1 < len(old) and (old[k], old[k + 1]) == pair else 1
                new.append(joined if step == 2 else old[k])
                k += step
            pieces[i] = new
            for p in zip(new, new[1:]):
                pairs[p] += count
                where[p].add(i)
                changed.add(p)
        for p in changed:
            heapq.heappush(heap, (-pairs[p], p))
    return learned


def document(vocab):
    special = lambda name, kind: {"SpecialToken": {"id": name, "type_id": kind}}
    text = lambda name, kind: {"Sequence": {"id": name, "type_id": kind}}
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": vocab[t], "content": t, "single_word": False, "lstrip": False, "rstrip": False,
                          "normalized": False, "special": True} for t in SPECIALS],
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [special("[CLS]", 0), text("A", 0), special("[SEP]", 0)],
            "pair": [special("[CLS]", 0), text("A", 0), special("[SEP]", 0), text("B", 1), special("[SEP]", 1)],
            "special_tokens": {t: {"id": t, "ids": [vocab[t]], "tokens": [t]} for t in ("[CLS]", "[SEP]")}},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": vocab},
    }


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--out", default="models/tokenizer/tokenizer.json")
    options.add_argument("--size", type=int, default=32000)
    options = options.parse_args()
    counts = count_words(options.data)
    kept, seen = alphabet(counts)
    inside = {c for c in kept if not is_chinese(c) and (c.isalnum() or unicodedata.category(c)[0] in "SM")}
    singles = sorted(kept) + ["##" + c for c in sorted(inside)]
    learned = merges(counts, kept, options.size - len(SPECIALS) - len(singles))
    tokens = list(dict.fromkeys(SPECIALS + singles + learned))
    os.makedirs(os.path.dirname(options.out), exist_ok=True)
    with open(options.out, "w", encoding="utf-8", newline="\n") as stream:
        json.dump(document({t: i for i, t in enumerate(tokens)}), stream, ensure_ascii=False, separators=(",", ":"))
        stream.write("\n")
    print(f"{len(counts)} distinct words, {len(singles)} single pieces, {len(learned)} merges, {len(tokens)} tokens")


if __name__ == "__main__":
    main()
