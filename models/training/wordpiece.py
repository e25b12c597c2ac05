"""WordPiece as the Hugging Face `tokenizers` crate does it: BertNormalizer, BertPreTokenizer, greedy longest match."""
import json
import re
import unicodedata

SPACE = re.compile("[ \t\n\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
SPECIAL = re.compile(r"(\[(?:PAD|UNK|CLS|SEP|MASK)\])")
CHINESE = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
           (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
_classes = {}


def is_chinese(c):
    return any(low <= ord(c) <= high for low, high in CHINESE)


def _fold(c):
    """One character of a word after normalisation, as (text, isolated)."""
    known = _classes.get(c)
    if known is None:
        if c in "\0\ufffd" or unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs"):
            known = ("", False)
        else:
            alone = is_chinese(c)
            known = ("".join(p.lower() for p in unicodedata.normalize("NFD", c) if unicodedata.category(p) != "Mn"), alone)
            known = (known[0], alone or (len(known[0]) == 1 and is_punctuation(known[0])))
        _classes[c] = known
    return known


def is_punctuation(c):
    return unicodedata.category(c)[0] == "P" or (c.isascii() and c.isprintable() and not c.isalnum() and c != " ")


def words(chunk):
    """The pre-tokenised words of a text without white space."""
    if chunk.isascii() and chunk.isalnum():
        return [chunk.lower()]
    found, current = [], []
    for c in chunk:
        text, alone = _fold(c)
        if alone:
            if current:
                found.append("".join(current))
                current = []
            found.append(text)
        elif text:
            current.append(text)
    if current:
        found.append("".join(current))
    return [w for w in found if w]


class WordPiece:
    def __init__(self, path):
        with open(path, encoding="utf-8") as stream:
            model = json.load(stream)["model"]
        self.vocab = model["vocab"]
        self.unknown, self.cls, self.sep = self.vocab["[UNK]"], self.vocab["[CLS]"], self.vocab["[SEP]"]
        self.longest = model["max_input_chars_per_word"]
        self._words, self._chunks = {}, {}

    def _pieces(self, word):
        known = self._words.get(word)
        if known is not None:
            return known
        pieces, start = [], 0
        if len(word) > self.longest:
            pieces = [self.unknown]
        while start < len(word) and pieces != [self.unknown]:
            for end in range(len(word), start, -1):
                piece = self.vocab.get(("##" if start else "") + word[start:end])
                if piece is not None:
                    pieces.append(piece)
                    start = end
                    break
            else:
                pieces = [self.unknown]
                break
        self._words[word] = pieces
        return pieces

    def plain(self, text):
        """The ids of a text without special tokens."""
        ids = []
        for part in SPECIAL.split(text) if "[" in text else (text,):
            if part in self.vocab and SPECIAL.fullmatch(part):
                ids.append(self.vocab[part])
                continue
            for chunk in SPACE.split(part):
                known = self._chunks.get(chunk)
                if known is None:
                    known = [piece for word in words(chunk) for piece in self._pieces(word)]
                    if len(chunk) <= 24:
                        self._chunks[chunk] = known
                ids += known
        return ids

    def encode(self, text, limit):
        return [self.cls] + self.plain(text)[:limit - 2] + [self.sep]

    def pair(self, first, second, limit):
        """Ids and type ids of `[CLS] A [SEP] B [SEP]`."""
        a, b = cut_pair(self.plain(first), self.plain(second), limit)
        return [self.cls] + a + [self.sep] + b + [self.sep], [0] * (len(a) + 2) + [1] * (len(b) + 1)


def cut_pair(a, b, limit):
    """Longest-first truncation with both lengths computed at once; the odd token goes to the longer, or to b when either text alone overflows."""
    room, low, high = limit - 3, min(len(a), len(b)), max(len(a), len(b))
    overflow = low >= limit
    if low + high > room:
        high = max(low, room - low)
        if low + high > room:
            low, high = room // 2, room // 2 + room % 2
    first, second = (low, high) if overflow or len(a) <= len(b) else (high, low)
    return a[:first], b[:second]
