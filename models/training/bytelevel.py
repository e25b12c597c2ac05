"""Byte-level BPE as the Hugging Face `tokenizers` crate does it: the ByteLevel pre-tokenizer of GPT-2, merges by rank, `<|endoftext|>` in front."""
import json
import re
import sys
import unicodedata

END = "<|endoftext|>"


def _printable():
    """GPT-2's map of the 256 bytes to printable characters."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in kept]
    return {b: chr(b if b in kept else 256 + others.index(b)) for b in range(256)}


BYTES = _printable()
_TABLE = {b: c for b, c in BYTES.items()}


def _class(first):
    """A regular expression class of all characters whose general category starts with a letter."""
    ranges, start = [], None
    for code in range(sys.maxunicode + 2):
        inside = code <= sys.maxunicode and unicodedata.category(chr(code))[0] == first
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            ranges.append((start, code - 1))
            start = None
    return "".join(f"\\U{a:08x}-\\U{b:08x}" for a, b in ranges)


# Unicode's White_Space, which is not what Python's \s takes.
SPACE = "\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
LETTER, NUMBER = _class("L"), _class("N")
WORDS = re.compile(f"'s|'t|'re|'ve|'m|'ll|'d| ?[{LETTER}]+| ?[{NUMBER}]+| ?[^{SPACE}{LETTER}{NUMBER}]+|[{SPACE}]+(?![^{SPACE}])|[{SPACE}]+")


def letters(word):
    """A word as the printable characters of its UTF-8 bytes."""
    return "".join(map(_TABLE.__getitem__, word.encode("utf-8", "replace")))


class ByteLevel:
    def __init__(self, path):
        with open(path, encoding="utf-8") as stream:
            document = json.load(stream)
        model = document["model"]
        self.vocab = model["vocab"]
        pairs = [tuple(m.split(" ")) if isinstance(m, str) else tuple(m) for m in model["merges"]]
        self._ranks = {pair: i for i, pair in enumerate(pairs)}
        self.end = next(t["id"] for t in document["added_tokens"] if t["content"] == END)
        self._words, self._bytes = {}, None

    def _pieces(self, word):
        known = self._words.get(word)
        if known is not None:
            return known
        parts, ranks, never = list(letters(word)), self._ranks, len(self._ranks)
        costs = [ranks.get(p, never) for p in zip(parts, parts[1:])]
        while costs:
            best = min(costs)
            if best == never:
                break
            i = costs.index(best)
            parts[i:i + 2] = [parts[i] + parts[i + 1]]
            del costs[i]
            if i:
                costs[i - 1] = ranks.get((parts[i - 1], parts[i]), never)
            if i < len(costs):
                costs[i] = ranks.get((parts[i], parts[i + 1]), never)
        known = [self.vocab[p] for p in parts]
        if len(word) <= 16:
            self._words[word] = known
        return known

    def plain(self, text):
        """The ids of a text without the token in front."""
        ids = []
        for i, part in enumerate(text.split(END)):
            if i:
                ids.append(self.end)
            for word in WORDS.findall(part):
                ids += self._pieces(word)
        return ids

    def text(self, ids):
        """The text of ids; what is no UTF-8 becomes U+FFFD."""
        if self._bytes is None:
            of = {c: b for b, c in BYTES.items()}
            self._bytes = {i: bytes(of[c] for c in piece) for piece, i in self.vocab.items() if i != self.end}
        return b"".join(self._bytes.get(i, b"") for i in ids).decode("utf-8", "replace")

    def encode(self, text, limit):
        return [self.end] + self.plain(text)[:limit - 1]
