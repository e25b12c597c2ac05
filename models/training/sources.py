"""The rows that may be trained on, their text views, and the split."""
import gzip
import hashlib
import json
import os
import re
from dataclasses import dataclass, field

# Only files marked MIT, Apache-2.0, CC0 or CC BY-SA in the data kit's README. Everything else there is left out.
POOL = {
    "dolly": "CC BY-SA 3.0", "flan_cot": "Apache-2.0", "glaive_toolcall_en": "Apache-2.0", "glaive_toolcall_zh": "Apache-2.0",
    "gpteacher_codegen": "MIT", "gpteacher_roleplay": "MIT", "gpteacher_toolformer": "MIT", "gsm8k_train": "MIT",
    "huatuo_med_zh": "Apache-2.0", "mtbench101": "Apache-2.0", "oasst_zh": "Apache-2.0", "sgd_multiturn": "CC BY-SA 4.0",
    "smilechat_zh": "CC0-1.0", "superni15": "Apache-2.0", "t0_p3": "Apache-2.0",
}
PREFS = {"dpo_en_demo": "Apache-2.0", "dpo_zh_demo": "Apache-2.0", "gsm8k_solutions": "MIT", "hh_harmless_test": "MIT",
         "kto_en_demo": "Apache-2.0", "oasst_rm_zh": "Apache-2.0"}
ROLES = {"human": "user", "user": "user", "gpt": "assistant", "assistant": "assistant", "function_call": "assistant",
         "observation": "tool", "tool": "tool", "system": "system"}


@dataclass
class Row:
    id: str
    source: str
    turns: list  # of (role, text)
    instruction: str
    meta: dict = field(default_factory=dict)

    @property
    def prompt(self):
        return "\n".join(text for role, text in self.turns if role != "assistant")

    @property
    def response(self):
        return "\n".join(text for role, text in self.turns if role == "assistant")

    @property
    def user_turns(self):
        return sum(role == "user" for role, _ in self.turns)


def fold(key):
    """0..9 by the hash of a key: 0 is the test split, 1 the development split, the rest is trained on."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % 10


def split(row):
    """A t0_p3 row falls by its template, so that test templates are never seen in training; any other row by its id."""
    key = row.meta.get("template") if row.source == "t0_p3" else row.id
    return ("test", "dev")[fold(key)] if fold(key) < 2 else "train"


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def parse(name, raw, index):
    meta = dict(raw.get("meta") or {})
    if "conversations" in raw:
        turns = [(ROLES[t["from"]], t["value"]) for t in raw["conversations"]]
        instruction = next((text for role, text in turns if role == "user"), "")
    elif "context" in raw:
        meta["category"] = raw["category"]
        instruction, extra = raw["instruction"], raw["context"]
        turns = [("user", instruction + ("\n" + extra if extra else "")), ("assistant", raw["response"])]
    else:
        instruction, extra = raw["instruction"], raw["input"]
        turns = [("user", instruction + ("\n" + extra if extra else "")), ("assistant", raw["output"])]
    return Row(raw.get("id") or f"{name}-{index}", name, turns, instruction, meta)


def pool(data, names=POOL):
    for name in names:
        for index, raw in enumerate(lines(os.path.join(data, "pool", name + ".jsonl.gz"))):
            yield parse(name, raw, index)


def _transcript(text):
    parts = re.split(r"\n\n(Human|Assistant):", text)
    return [("user" if who == "Human" else "assistant", said.strip()) for who, said in zip(parts[1::2], parts[2::2])]


def preferences(data):
    """Yields (id, source, prompt, chosen, rejected); a missing side is None (single labels of kto)."""
    for name in PREFS:
        for index, raw in enumerate(lines(os.path.join(data, "prefs", name + ".jsonl.gz"))):
            key = f"{name}-{index}"
            if name == "hh_harmless_test":
                a, b = _transcript(raw["chosen"]), _transcript(raw["rejected"])
                sides = [Row(key, name, t, "") for t in (a, b)]
                if a[:-1] == b[:-1]:
                    yield key, name, sides[0].prompt, sides[0].response, sides[1].response
            elif name == "kto_en_demo":
                row = Row(key, name, [(ROLES[m["role"]], m["content"]) for m in raw["messages"]], "")
                yield key, name, row.prompt, row.response if raw["label"] else None, None if raw["label"] else row.response
            elif "conversations" in raw:
                row = Row(key, name, [(ROLES[t["from"]], t["value"]) for t in raw["conversations"]], "")
                before = row.response + "\n" if row.response else ""
                yield key, name, row.prompt, before + raw["chosen"]["value"], before + raw["rejected"]["value"]
            else:
                turns = [t for pair in raw.get("history") or [] for t in (("user", pair[0]), ("assistant", pair[1]))]
                row = Row(key, name, turns + [("user", raw["prompt"])], "")
                before = row.response + "\n" if row.response else ""
                yield key, name, row.prompt, before + raw["chosen"], before + raw["rejected"]
