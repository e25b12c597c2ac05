"""Training texts of the language model: each row in one of the forms it is asked about later, encoded once and kept in training/cache."""
import json
import os

import numpy as np

import corpus
import sources
from bytelevel import ByteLevel

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lm")
TOKENIZER = os.path.join(FOLDER, "tokenizer.json")
LIMIT = 512
TRAINED = 384  # longer texts are cut in training, for its speed; the distance biases carry over to LIMIT
# Balance: a cap on the rows of the sources that are large or repeat themselves.
CAP = {"smilechat_zh": 3500, "sgd_multiturn": 2500, "t0_p3": 7000, "flan_cot": 16000, "gpteacher_toolformer": 4500, "superni15": 2000}
ALPACA = "Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n### Instruction:\n{}\n\n### Response:"
ALPACA_INPUT = ("Below is an instruction that describes a task, paired with an input that provides further context. Write a response that "
                "appropriately completes the request.\n\n### Instruction:\n{}\n\n### Input:\n{}\n\n### Response:")
NAMES = {"user": "User", "assistant": "Assistant", "system": "System", "tool": "Tool"}


def extra(row):
    """What follows the instruction in the prompt: Alpaca's input, Dolly's context."""
    return row.prompt[len(row.instruction) + 1:] if row.prompt.startswith(row.instruction + "\n") else ""


def alpaca(instruction, context):
    return ALPACA_INPUT.format(instruction, context) if context else ALPACA.format(instruction)


def chat(turns):
    return "\n".join(f"{NAMES[role]}: {text}" for role, text in turns)


def text(row, draw):
    """One row in one form. Both sides of IFD, with the prompt and without, are in distribution."""
    several, response = len(row.turns) > 2, row.response
    if draw < 0.20 and len(response) >= 24:
        if draw < 0.09:
            return response
        return "### Response:" + response if draw < 0.15 else "Assistant: " + response
    if several:
        return chat(row.turns) if draw < 0.75 else "\n".join(said for _, said in row.turns)
    if draw < 0.55:
        return row.prompt + "\n" + response
    return alpaca(row.instruction, extra(row)) + response if draw < 0.82 else chat(row.turns)


def load(data):
    """(texts, sources) of the training split, in a fixed random order; the last token of a whole text is <|endoftext|>."""
    path = os.path.join(corpus.CACHE, "lm_train.npz")
    if not os.path.exists(path):
        tokenizer, random_, seen, lists, names = ByteLevel(TOKENIZER), np.random.RandomState(11), {}, [], []
        for row in sources.pool(data):
            if sources.split(row) != "train" or not row.response or seen.get(row.source, 0) >= CAP.get(row.source, 10 ** 9):
                continue
            seen[row.source] = seen.get(row.source, 0) + 1
            ids = tokenizer.encode(text(row, random_.rand())[:6 * LIMIT], 10 ** 9)
            lists.append(np.array((ids + [tokenizer.end])[:LIMIT + 1], np.int32))
            names.append(row.source)
        order = random_.permutation(len(lists))
        stored = corpus.Texts(np.concatenate([lists[i] for i in order]), np.cumsum([0] + [len(lists[i]) for i in order]))
        np.savez(path, flat=stored.flat, offsets=stored.offsets, names=np.array(names)[order])
    with np.load(path) as stored:
        return corpus.Texts(stored["flat"], stored["offsets"]), stored["names"]


def batches(texts, budget, random_):
    """Shuffled batches of like lengths, at most `budget` tokens with their padding."""
    lengths = np.minimum(np.diff(texts.offsets), TRAINED + 1)
    order = random_.permutation(len(lengths))
    for start in range(0, len(order), 2048):
        window = order[start:start + 2048]
        window = window[np.argsort(lengths[window], kind="stable")]
        parts, at = [], len(window)
        while at:
            count = max(1, min(at, budget // int(lengths[window[at - 1]])))
            parts.append(window[at - count:at])
            at -= count
        for k in random_.permutation(len(parts)):
            yield corpus.pad([texts[i][:TRAINED + 1] for i in parts[k]])[:2]


def size(texts, names):
    """Tokens and rows of each source, for the card."""
    lengths = np.diff(texts.offsets)
    return {str(s): {"rows": int((names == s).sum()), "tokens": int(lengths[names == s].sum())} for s in np.unique(names)}


if __name__ == "__main__":
    print(json.dumps(size(*load("../shared/data")), indent=1))
