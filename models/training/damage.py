"""Ways to spoil an answer, on token ids: what the quality model learns to tell from the real thing."""
import numpy as np

REFUSALS = ["I'm sorry, but I cannot help with that.", "As an AI language model, I cannot do this.", "I am sorry, I don't have enough information to answer that question.",
            "Sorry, I can't assist with that request.", "I'm not able to answer this. Please consult a professional.", "As an AI, I do not have personal opinions or feelings.",
            "Unfortunately I am unable to complete this task. Please provide more details.", "I apologize, but as a language model I cannot fulfil this request. Is there anything else I can help you with?",
            "抱歉，我无法回答这个问题。", "作为一个人工智能语言模型，我不能完成这个请求。", "对不起，我没有足够的信息来回答。", "很抱歉，我无法提供帮助，请咨询专业人士。", "作为AI，我没有个人观点，也无法执行此任务。请问还有什么可以帮您？"]
FILLERS = ["", "", ".", "...", "N/A", "ok", "None", "null", "I don't know.", "nothing", "?", "无", "不知道", "略", "。", "<noinput>", "no output", "-"]
KINDS = ("other answer", "cut off", "repeated", "shuffled words", "refusal", "other language", "empty-ish", "wrong number", "echo of the prompt", "noise")
SHARES = np.array((0.27, 0.14, 0.12, 0.14, 0.07, 0.07, 0.05, 0.05, 0.06, 0.03))


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

    def draw(self, i, prompt):
        """(kind, ids) of one spoiled answer to row i; kind is an index of KINDS."""
        ids, r = self.responses[i], self.random
        kind = r.choice(len(KINDS), p=SHARES)
        if kind in (1, 2, 3) and len(ids) < 10 or kind == 7 and not self.digit[ids].any() or kind == 0 and len(ids) < 4 or kind == 8 and len(prompt) < 4:
            kind = r.choice((5, 6, 4)) if len(ids) < 4 else 0
        if kind == 0:
            return kind, self._near(self.by_length[self.code[i]] if r.rand() < 0.5 else self.languages[self.chinese[i]], len(ids))
        if kind == 1:
            return kind, ids[:min(int(len(ids) * r.uniform(0.2, 0.85)), r.randint(150, 300))]
        if kind == 2:
            piece = r.randint(1, min(25, len(ids) // 2))
            start = r.randint(0, len(ids) - piece)
            keep = 0 if r.rand() < 0.5 else r.randint(0, start + 1)
            return kind, np.concatenate((ids[:keep], np.resize(ids[start:start + piece], max(len(ids) - keep, 2 * piece))))
        if kind == 3:
            words = self._words(ids)
            reach = r.choice((3, 6, len(words)))  # near or far
            order = np.argsort(np.arange(len(words)) + r.uniform(0, reach, len(words)), kind="stable")
            return kind, np.concatenate([words[k] for k in order])
        if kind == 4:
            refusal = self.refusals[r.randint(len(self.refusals))]
            return kind, refusal if r.rand() < 0.5 else np.concatenate((refusal, self.refusals[r.randint(len(self.refusals))]))
        if kind == 5:
            return kind, self._near(self.languages[not self.chinese[i]], len(ids))
        if kind == 6:
            return kind, self.fillers[r.randint(len(self.fillers))]
        if kind == 7:
            out = ids.copy()
            for k in np.flatnonzero(self.digit[ids]):
                if r.rand() < 0.5:
                    out[k] = r.choice(self.digits[self.inside[ids[k]]])
            return kind, out
        if kind == 8:
            return kind, prompt[:r.randint(4, len(prompt) + 1)]
        return kind, r.choice(self.responses[r.choice(self.everywhere)] if r.rand() < 0.3 else len(self.inside), max(len(ids), 4))
