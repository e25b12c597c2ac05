"""Ways to spoil an answer, on token ids: what the quality model learns to tell from the real thing."""
import numpy as np

REFUSALS = ["I'm sorry, but I cannot help with that.", "As an AI language model, I cannot do this.", "I am sorry, I don't have enough information to answer that question.",
            "Sorry, I can't assist with that request.", "I'm not able to answer this. Please consult a professional.", "As an AI, I do not have personal opinions or feelings.",
            "Unfortunately I am unable to complete this task. Please provide more details.", "I apologize, but as a language model I cannot fulfil this request. Is there anything else I can help you with?",
            "抱歉，我无法回答这个问题。", "作为一个人工智能语言模型，我不能完成这个请求。", "对不起，我没有足够的信息来回答。", "很抱歉，我无法提供帮助，请咨询专业人士。", "作为AI，我没有个人观点，也无法执行此任务。请问还有什么可以帮您？"]
FILLERS = ["", "", ".", "...", "N/A", "ok", "None", "null", "I don't know.", "nothing", "?", "无", "不知道", "略", "。", "<noinput>", "no output", "-"]
KINDS = ("other answer", "cut off", "repeated", "shuffled words", "refusal", "other language", "empty-ish", "wrong number", "echo of the prompt", "noise",
         "wrong result, last place", "wrong result, throughout")
SHARES = np.array((0.29, 0.21, 0.11, 0.13, 0.06, 0.06, 0.04, 0.02, 0.05, 0.03, 0, 0))
WRONG_RESULT = 0.4  # of the rows that state a computed result, half of it in either way
OPERATORS, CURRENCIES = "+ - * / x × ÷", "$ £ € < ¥"


class Damage:
    """Draws spoiled answers. `responses` are id lists; rows of one source and like length replace each other."""

    def __init__(self, tokenizer, responses, sources, chinese, random_):
        self.random, self.responses, self.chinese = random_, responses, chinese
        self.inside = np.zeros(len(tokenizer.vocab), bool)
        self.digit = np.zeros(len(tokenizer.vocab), bool)
        for token, i in tokenizer.vocab.items():
            self.inside[i] = token.startswith("##")
            self.digit[i] = token.replace("##", "").isascii() and token.replace("##", "").isdigit()
        self.digits = {k: np.flatnonzero(self.digit & (self.inside == k)) for k in (False, True)}
        self.plain, self.text = tokenizer.plain, {i: token.replace("##", "") for token, i in tokenizer.vocab.items()}
        self.equals, self.point, self.comma = (tokenizer.vocab[c] for c in "=.,")
        self.operators, self.currencies = ({tokenizer.vocab[c] for c in text.split() if c in tokenizer.vocab} for text in (OPERATORS, CURRENCIES))
        self.refusals = [np.array(tokenizer.plain(t)) for t in REFUSALS]
        self.fillers = [np.array(tokenizer.plain(t), int) for t in FILLERS]
        lengths = np.array([len(r) for r in responses])
        names, code = np.unique(sources, return_inverse=True)
        self.by_length = {c: np.flatnonzero(code == c)[np.argsort(lengths[code == c], kind="stable")] for c in range(len(names))}
        self.code, self.lengths = code, lengths
        self.everywhere = np.argsort(lengths, kind="stable")
        self.languages = {k: self.everywhere[chinese[self.everywhere] == k] for k in (False, True)}

    def _near(self, order, length):
        """A random row whose answer is about as long."""
        at = np.searchsorted(self.lengths[order], length)
        return self.responses[order[np.clip(at + self.random.randint(-40, 41), 0, len(order) - 1)]]

    def _words(self, ids):
        starts = np.flatnonzero(~self.inside[ids])
        return np.split(ids, starts[starts > 0])

    def numbers(self, ids):
        """(start, end, text) of each number: digits with their continuations, groups of three after a comma, decimals."""
        found, t, n = [], 0, len(ids)
        digit = self.digit[ids] if n else ()
        run = lambda k: next((e for e in range(k + 1, n) if not (digit[e] and self.inside[ids[e]])), n)
        while t < n:
            if not digit[t]:
                t += 1
                continue
            start, t = t, run(t)
            while t + 1 < n and ids[t] == self.comma and digit[t + 1] and len("".join(self.text[k] for k in ids[t + 1:run(t + 1)])) == 3:
                t = run(t + 1)
            if t + 1 < n and ids[t] == self.point and digit[t + 1]:
                t = run(t + 1)
            found.append((start, t, "".join(self.text[k] for k in ids[start:t])))
        return found

    def result(self, ids):
        """Where the computed result stands that is also the answer's last number: (first place, all places, text); None without one.
        Computed: right after an equals sign (and a currency) before which stands a number, and an operator shortly before that."""
        if self.equals not in ids:
            return None
        numbers = self.numbers(ids)
        ends = {end for _, end, _ in numbers}
        for start, _, text in numbers:
            at = start - 1
            while at > 0 and ids[at] in self.currencies:
                at -= 1
            if at > 0 and ids[at] == self.equals and at in ends and text == numbers[-1][2] and not self.operators.isdisjoint(ids[max(0, at - 8):at].tolist()):
                return start, [n[:2] for n in numbers if n[0] >= start and n[2] == text], text
        return None

    def _other_number(self, text):
        """Another number of like size, written alike."""
        whole = text.replace(",", "").replace(".", "")
        value, low = int(whole), 10 ** (len(whole) - 1) if len(whole) > 1 else 0
        while True:
            near = value + self.random.choice((-1, 1)) * self.random.randint(1, max(3, value // 5 + 1))
            new = str(near if self.random.rand() < 0.5 else self.random.randint(low, 10 * max(low, 1)))
            if int(new) != value and not new.startswith("-") and int(new) >= 0:
                break
        new = list(new.rjust(len(text) - text.index(".") if "." in text else 1, "0"))
        for k in range(1, len(text) + 1):
            if text[-k] in ",." and k <= len(new):
                new.insert(len(new) - k + 1, text[-k])
        return "".join(new)

    def draw(self, i, prompt):
        """(kind, ids) of one spoiled answer to row i; kind is an index of KINDS."""
        r = self.random
        if r.rand() < WRONG_RESULT and self.result(self.responses[i]):
            kind = r.randint(10, 12)
        else:
            kind = r.choice(len(KINDS), p=SHARES)
        ids = self.make(kind, i, prompt)
        if ids is None:
            kind = r.choice((5, 6, 4)) if len(self.responses[i]) < 4 else 0
            ids = self.make(kind, i, prompt)
        return kind, ids

    def make(self, kind, i, prompt):
        """The answer to row i spoiled in one way; None where that way does not apply."""
        ids, r = self.responses[i], self.random
        if kind in (1, 2, 3) and len(ids) < 10 or kind == 7 and not self.digit[ids].any() or kind == 0 and len(ids) < 4 or kind == 8 and len(prompt) < 4:
            return None
        if kind == 0:
            return self._near(self.by_length[self.code[i]] if r.rand() < 0.5 else self.languages[self.chinese[i]], len(ids))
        if kind == 1:
            return ids[:min(int(len(ids) * r.uniform(0.2, 0.85)), r.randint(150, 300))]
        if kind == 2:
            piece = r.randint(1, min(25, len(ids) // 2))
            start = r.randint(0, len(ids) - piece)
            keep = 0 if r.rand() < 0.5 else r.randint(0, start + 1)
            return np.concatenate((ids[:keep], np.resize(ids[start:start + piece], max(len(ids) - keep, 2 * piece))))
        if kind == 3:
            words = self._words(ids)
            reach = r.choice((3, 6, len(words)))  # near or far
            order = np.argsort(np.arange(len(words)) + r.uniform(0, reach, len(words)), kind="stable")
            return np.concatenate([words[k] for k in order])
        if kind == 4:
            refusal = self.refusals[r.randint(len(self.refusals))]
            return refusal if r.rand() < 0.5 else np.concatenate((refusal, self.refusals[r.randint(len(self.refusals))]))
        if kind == 5:
            return self._near(self.languages[not self.chinese[i]], len(ids))
        if kind == 6:
            return self.fillers[r.randint(len(self.fillers))]
        if kind == 7:
            out = ids.copy()
            for k in np.flatnonzero(self.digit[ids]):
                if r.rand() < 0.5:
                    out[k] = r.choice(self.digits[self.inside[ids[k]]])
            return out
        if kind == 8:
            return prompt[:r.randint(4, len(prompt) + 1)]
        if kind == 9:
            return r.choice(self.responses[r.choice(self.everywhere)] if r.rand() < 0.3 else len(self.inside), max(len(ids), 4))
        found = self.result(ids)
        if found is None:
            return None
        _, places, text = found
        new, out, at = np.array(self.plain(self._other_number(text)), ids.dtype), [], 0
        for start, end in places if kind == 11 else places[-1:]:
            out += [ids[at:start], new]
            at = end
        return np.concatenate(out + [ids[at:]])
