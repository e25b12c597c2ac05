"""Rows as users have them (Alpaca, Dolly, ShareGPT, messages; JSON Lines or one array, gzipped or not), written through Sluice's chat templates."""
import gzip
import json
import os
import re

import sources

TEMPLATES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "templates")


def read(path):
    """Yields (place, number from 0, row) of a file; the place is what messages name. Blank lines count but give nothing."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8-sig") as stream:
        first = stream.readline()
        while first and not first.strip():
            first = stream.readline()
        stream.seek(0)
        if first.lstrip().startswith("["):
            yield from ((f"{path}, row {number}", number, _row(row, f"{path}, row {number}")) for number, row in enumerate(_parse(stream.read(), path)))
            return
        for number, line in enumerate(stream):
            place = f"{path}, line {number + 1}"
            if line.strip():
                yield place, number, _row(_parse(line, place), place)


def _parse(text, place):
    try:
        return json.loads(text)
    except ValueError as fault:
        raise ValueError(f"{place}: found no JSON ({fault}), expected one row a line, or one array of rows.") from None


def _row(row, place):
    if not isinstance(row, dict):
        raise ValueError(f"{place}: found {type(row).__name__}, expected an object.")
    return row


def turns(row, place):
    """[(role, text)] of a row, with (instruction, input) in place of the first user's text where the row has an input apart from it."""
    said = row.get("conversations") or row.get("messages")
    try:
        if said:
            roles = [t.get("from") or t["role"] for t in said]
            if unknown := [r for r in roles if r not in sources.ROLES]:
                raise ValueError(f"{place}: found the role {unknown[0]!r}, expected one of {', '.join(sources.ROLES)}.")
            return [(sources.ROLES[r], t["value"] if "value" in t else t["content"] or "") for r, t in zip(roles, said)]
        extra, answer = row.get("input") or row.get("context") or "", row.get("output") or row.get("response") or ""
        return [("user", (row["instruction"], extra) if extra else row["instruction"])] + ([("assistant", answer)] if answer else [])
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"{place}: found the fields {', '.join(row)} and no {fault}, expected instruction (with input, output), "
                         "conversations of from and value, or messages of role and content.") from None


class Template:
    """One of models/templates, filled as Sluice fills it."""

    def __init__(self, name):
        path = os.path.join(TEMPLATES, name + ".json")
        if not os.path.exists(path):
            there = ", ".join(sorted(f[:-5] for f in os.listdir(TEMPLATES) if f.endswith(".json")))
            raise ValueError(f"Found the chat templates {there}, expected '{name}' (--template).")
        with open(path, encoding="utf-8") as stream:
            self._forms = json.loads(re.sub(r"(?m)^\s*//.*$", "", stream.read()))

    def parts(self, said):
        """[(text, whether it is an answer with what closes it)] of turns."""
        forms, found, first = self._forms, [], True
        if not said or said[0][0] != "system":
            found.append((forms.get("start", ""), False))
        for i, (role, text) in enumerate(said):
            if role == "assistant":
                found += [(forms["response"]["before"], False), (text + forms["response"]["after"], True)]
            elif role == "user" and first:
                first, asked = False, text if isinstance(text, tuple) else (text, "")
                form = forms["firstWithInput" if asked[1] else "first"]
                found.append((form.replace("{input}", "\0").replace("{instruction}", asked[0]).replace("\0", asked[1]), False))
            else:
                found.append((forms["system" if role == "system" and i == 0 else "next"].replace("{text}", text), False))
        return found

    def _front(self, tokenizer):
        return [tokenizer.end] if self._forms.get("addSpecialTokens", True) else []

    def learned(self, tokenizer, said):
        """(ids, 1 where a token belongs to an answer) of a whole conversation, closed by the end token; None where nobody answers."""
        last = max((i for i, (role, _) in enumerate(said) if role == "assistant"), default=-1)
        ids, mask = self._front(tokenizer), []
        mask += [0] * len(ids)
        for text, answer in self.parts(said[:last + 1]):
            part = tokenizer.plain(text)
            ids, mask = ids + part, mask + [int(answer)] * len(part)
        return (ids + [tokenizer.end], mask + [1]) if last >= 0 else None

    def prompt(self, tokenizer, said):
        """The ids that an answer to the last question follows."""
        last = max((i for i, (role, _) in enumerate(said) if role != "assistant"), default=-1)
        text = "".join(text for text, _ in self.parts(said[:last + 1])) + self._forms["response"]["before"]
        return self._front(tokenizer) + tokenizer.plain(text)
