"""What the quality model counts rather than learns, as ONNX nodes; the trainer runs them in ONNX Runtime, so there is one definition only.

Whether tokens and pairs of neighbours occur in the prompt and how often in the response; how usual its pairs are; whether its equations hold."""
import numpy as np

import graph as onnx_graph

CELLS, FLOWS = 2039, 1499977  # of a row's presence map; of the table of counted pairs
FLOW = 1000003, 7919          # the pair (a, b) is counted at (1000003 a + 7919 b) mod FLOWS ...
CHECK = 13, 5                 # ... with (13 a + 5 b) mod 16 beside its count, which tells most strangers of the same place
ITEMS, DRAWN = 64, 40         # pieces of numbers and signs of a response that the arithmetic reads, the last ones; then whole numbers and signs
# Counters of 9 bits, packed into whole numbers a double holds exactly: one look-up and one sum count five classes of tokens (no row has 512).
PACKED = ("chinese", "latin", "number", "stop", "comma"), ("open", "close", "double", "tick", "rare")
NAMES = ["prompt has it", "prompt has it, weighted", "prompt has the pair", "response has its tokens", "weighted", "distinct", "distinct, weighted", "distinct pairs",
         "commonest token", "pair flow", "under 0", "over 2", "over 4", "pairs seen", "lowest flow", "flow at the end",
         "usual tokens of the prompt", "of the response", "difference", "Chinese in prompt", "in response", "difference", "Latin in prompt", "in response", "difference",
         "brackets open", "full stops", "commas", "quotes odd", "backticks odd", "fences odd", "rare tokens", "weight of a token", "numbers", "new numbers",
         "last token in prompt", "response length", "prompt length", "full", "response cut", "right", "wrong", "share wrong", "last right", "last wrong",
         "equations", "last number is the last result", "it stands elsewhere", "number count", "result differs"]


def tables(tokenizer, lists):
    """Counts over id lists: token weights, logarithms of token counts, pair counts of 4 bits with a check of 4 bits; and the constant classes of tokens."""
    size, flat = len(tokenizer.vocab), np.concatenate(lists).astype(np.int64)
    count = np.bincount(flat, minlength=size)
    present = np.bincount(np.concatenate([np.unique(x) for x in lists]), minlength=size)
    first = np.ones(len(flat), bool)
    first[np.cumsum([len(x) for x in lists[:-1]])] = False  # a pair does not cross lists
    pairs, times = np.unique((flat[:-1] * size + flat[1:])[first[1:]], return_counts=True)
    pairs, times = pairs[times > 1], times[times > 1]
    order = np.argsort(times, kind="stable")  # the most frequent is written last and keeps the place
    a, b = pairs[order] // size, pairs[order] % size
    flow = np.zeros(FLOWS, np.uint8)
    flow[(FLOW[0] * a + FLOW[1] * b) % FLOWS] = (CHECK[0] * a + CHECK[1] * b) % 16 * 16 + np.minimum(np.log2(times[order]).round(), 15)
    weight = np.log((len(lists) + 1) / (present + 1)) / np.log(len(lists) + 1)
    weight[:5] = 0
    usual = np.log2(np.maximum(count, 0.5))
    known = {**classes(tokenizer), "rare": usual < 3}
    return {"weight": weight.astype(np.float32), "usual": usual.astype(np.float32), "total": np.float32(np.log2(count.sum())), "flow": flow,
            "kind": np.array(known["kind"], np.float32), "number": np.array(known["number"], np.float32),
            "piece": np.stack([known[c] for c in ("kind", "value", "digits")], 1).astype(np.float32),
            **{f"packed{k}": sum(np.array(known[c], np.float64) * 512 ** at for at, c in enumerate(group)) for k, group in enumerate(PACKED)}}


def classes(tokenizer):
    text = [None] * len(tokenizer.vocab)
    for token, i in tokenizer.vocab.items():
        text[i] = token
    bare = [t[2:] if t.startswith("##") and len(t) > 2 else t for t in text]
    digits = [b.isascii() and b.isdigit() for b in bare]
    signs = {",": 3, ".": 4, "+": 6, "-": 7, "−": 7, "*": 8, "x": 8, "×": 8, "/": 9, "÷": 9, "=": 10}
    skipped = set("$£€¥<>%()")
    # 0 a word, 1 a number's first piece, 2 a further piece, 3 comma, 4 point, 5 skipped, 6..9 operators, 10 equals.
    kind = [(2 if t.startswith("##") else 1) if d else signs.get(t, 5 if t in skipped else 0) for t, d in zip(text, digits)]
    one = lambda those: [t in those for t in text]
    return {"kind": kind, "digits": [len(b) if d else 0 for b, d in zip(bare, digits)], "value": [float(b) if d else 0 for b, d in zip(bare, digits)],
            "number": digits, "chinese": ["\u4e00" <= b[0] <= "\u9fff" for b in bare], "latin": [b.isascii() and b.isalpha() for b in bare],
            "stop": one(".!?。！？…"), "comma": one(",;，；、"), "open": one("([{“「『《"), "close": one(")]}”」』》"), "double": one('"'), "tick": one("`")}


class Features:
    """Emits the nodes. After `emit`, `prompt`, `response`, `position`, `count` and the id slices serve the learned part."""

    def __init__(self, g, tables):
        self.g, self.tables, self._read = g, tables, {}

    def table(self, name, ids):
        """A number of each token. On flat lists GatherElements is three times as fast as Gather of single numbers."""
        g = self.g
        found = g.node("GatherElements", g.constant_once(f"{name}_of_token", self.tables[name]), g.node("Reshape", ids, g.ints([-1])), axis=0)
        return g.node("Reshape", found, g.node("Shape", ids), allowzero=1)

    def classes(self, ids, group, side):
        """How many tokens of each class of a group one side has."""
        g, found = self.g, {}
        name = f"packed{group}"
        if name not in self._read:
            self._read[name] = self.table(name, ids)
        left, base = self.sum(g.node("Mul", self._read[name], g.node("Cast", side, to=11))), g.constant_once("counter", np.float64(512))
        for name in PACKED[group]:
            over = g.node("Floor", g.node("Div", left, base))
            found[name] = g.node("Cast", g.node("Sub", left, g.node("Mul", over, base)), to=1)
            left = over
        return found

    def sum(self, value):
        return self.g.node("ReduceSum", value, self.g.ints([1]), keepdims=1)

    def share(self, weights, values, total=None):
        return self.g.node("Div", self.sum(self.g.node("Mul", weights, values)), self.g.node("Max", total or self.sum(weights), self.g.floats(0.01)))

    def over(self, value, limit, kind="Greater"):
        return self.g.node("Cast", self.g.node(kind, value, self.g.floats(limit)), to=1)

    def hinge(self, value, limit):
        return self.g.node("Relu", self.g.node("Sub", value, self.g.floats(limit)))

    def log(self, value, by=1.0):
        return self.g.node("Div", self.g.node("Log", self.g.node("Add", value, self.g.floats(1))), self.g.floats(by))

    def counts(self, cells, weights, side):
        """How often the cell of each position occurs in the prompt, and in the response (mod 256: one byte a cell is a quarter of the time)."""
        g = self.g
        at = g.node("Add", cells, g.node("Mul", side, g.ints(CELLS)))
        empty = g.node("Expand", g.constant_once("no_cells", np.zeros((1, 1), np.uint8)), g.node("Concat", self.rows, g.ints([2 * CELLS]), axis=0))
        counted = g.node("ScatterElements", empty, at, g.node("Cast", weights, to=2), axis=1, reduction="add")
        read = lambda where: g.node("Cast", g.node("GatherElements", counted, where, axis=1), to=1)
        return read(cells), read(g.node("Add", cells, g.ints(CELLS)))

    def emit(self, ids, mask_ids, types, limit):
        g, sub, mul, add = self.g, *(lambda a, b, k=k: self.g.node(k, a, b) for k in ("Sub", "Mul", "Add"))
        self.rows = g.slice(g.node("Shape", ids), 0, 0, 1)
        mask = self.mask = g.node("Cast", mask_ids, to=1)
        real = g.node("Cast", g.node("Greater", ids, g.ints(4)), to=1)  # no special token
        real = g.node("Max", real, g.node("Cast", g.node("Equal", ids, g.ints(1)), to=1))
        second = mul(mask, g.node("Cast", types, to=1))
        response = self.response = mul(second, real)
        prompt = self.prompt = mul(sub(mask, second), real)
        count = self.count = self.sum(mask)
        n, np_ = self.n, self.np = self.sum(response), self.sum(prompt)
        n_safe = g.node("Max", n, g.floats(1))
        self.before, self.after = g.slice(ids, 1, 0, -1), g.slice(ids, 1, 1, 2 ** 62)
        links = self.links = mul(g.slice(response, 1, 0, -1), g.slice(response, 1, 1, 2 ** 62))
        prompt_links = self.prompt_links = mul(g.slice(prompt, 1, 0, -1), g.slice(prompt, 1, 1, 2 ** 62))
        weight, usual = self.table("weight", ids), self.table("usual", ids)
        of_prompt, of_response = self.classes(ids, 0, prompt), {**self.classes(ids, 0, response), **self.classes(ids, 1, response)}
        in_prompt, in_response = self.counts(g.node("Mod", ids, g.ints(CELLS)), add(prompt, response), types)
        has, known = g.node("Min", in_prompt, g.floats(1)), g.node("Min", in_response, g.floats(1))
        rw, pw = mul(response, weight), mul(prompt, weight)
        n_rw = self.sum(rw)
        single = g.node("Reciprocal", g.node("Max", in_response, g.floats(1)))
        out = [self.share(response, has, n), self.share(rw, has, n_rw)]
        self.hashed = add(mul(self.before, g.ints(31337)), mul(self.after, g.ints(7)))
        pair_in_prompt, pair_in_response = self.counts(g.node("Mod", self.hashed, g.ints(CELLS)), add(links, prompt_links), g.slice(types, 1, 0, -1))
        n_links = self.sum(links)
        out += [self.share(links, g.node("Min", pair_in_prompt, g.floats(1)), n_links), self.share(prompt, known, np_), self.share(pw, known),
                self.share(response, single, n), self.share(rw, single, n_rw),
                self.share(links, g.node("Reciprocal", g.node("Max", pair_in_response, g.floats(1))), n_links),
                g.node("Div", g.node("ReduceMax", mul(rw, in_response), axes=[1], keepdims=1), n_safe)]
        out += self.flow(links, n_links, response, usual)
        sides = [self.share(side, usual, g.node("Mul", length, g.floats(16))) for side, length in ((prompt, np_), (response, n))]
        out += sides + [sub(*sides)]
        for name in ("chinese", "latin"):
            sides = [g.node("Div", counted[name], g.node("Max", length, g.floats(1))) for counted, length in ((of_prompt, np_), (of_response, n))]
            out += sides + [sub(*sides)]
        out.append(g.node("Max", g.node("Min", sub(of_response["open"], of_response["close"]), g.floats(4)), g.floats(-4)))
        out += [g.node("Div", of_response[name], n_safe) for name in ("stop", "comma")]
        odd = lambda v: g.node("Mod", v, g.floats(2), fmod=1)
        out += [odd(of_response["double"]), odd(of_response["tick"]), odd(g.node("Floor", g.node("Div", of_response["tick"], g.floats(3))))]
        out += [g.node("Div", of_response["rare"], n_safe), g.node("Div", n_rw, n_safe)]
        digits = mul(response, self.table("number", ids))
        fresh = mul(sub(g.floats(1), has), self.over(in_response, 1.5, "Less"))
        self.last_index = g.node("Max", sub(g.node("Cast", count, to=7), g.ints(2)), g.ints(0))
        full = self.over(count, limit, "GreaterOrEqual")
        out += [self.log(of_response["number"], 4), self.share(digits, fresh, of_response["number"]), g.node("GatherElements", has, self.last_index, axis=1),
                self.log(n, 6), self.log(np_, 6), full, mul(full, g.node("Cast", g.node("GreaterOrEqual", n, np_), to=1))]
        out += self.arithmetic(ids, response)
        return g.node("Concat", *out, axis=1), len(out)

    def flow(self, links, n_links, response, usual):
        """Pointwise mutual information of neighbours by the counted pairs, in bits; a pair never counted is taken at one half."""
        g = self.g
        mixed = lambda by, size: g.node("Mod", g.node("Add", g.node("Mul", self.before, g.ints(by[0])), g.node("Mul", self.after, g.ints(by[1]))), g.ints(size))
        cell = g.node("Cast", self.table("flow", mixed(FLOW, FLOWS)), to=1)
        check = g.node("Floor", g.node("Mul", cell, g.floats(1 / 16)))
        times = g.node("Sub", cell, g.node("Mul", check, g.floats(16)))
        seen = g.node("Cast", g.node("And", g.node("Equal", check, g.node("Cast", mixed(CHECK, 16), to=1)), g.node("Greater", times, g.floats(0.5))), to=1)
        expected = g.node("Sub", g.node("Add", g.slice(usual, 1, 0, -1), g.slice(usual, 1, 1, 2 ** 62)), g.floats(self.tables["total"]))
        bits = g.node("Mul", links, g.node("Sub", g.node("Sub", g.node("Mul", seen, g.node("Add", times, g.floats(1))), g.floats(1)), g.node("Max", expected, g.floats(-1))))
        mean = lambda v: g.node("Div", self.sum(v), g.node("Max", n_links, g.floats(1)))
        scaled = lambda v: g.node("Mul", v, g.floats(0.25))
        width = g.node("Squeeze", g.slice(g.node("Shape", self.mask), 0, 1, 2), g.ints([0]))
        position = g.node("Cast", g.node("Range", g.ints(0), width, g.ints(1)), to=1)
        # In the padding the exponent is positive and could overflow: 0 x inf is not a number, so it is cut at 0.
        tail = g.node("Mul", response, g.node("Exp", g.node("Div", g.node("Min", g.node("Sub", position, self.count), g.floats(0)), g.floats(4.0))))
        return [scaled(mean(bits)), mean(g.node("Relu", g.node("Neg", bits))), mean(self.hinge(bits, 2)), mean(self.hinge(bits, 4)),
                mean(g.node("Mul", seen, links)), scaled(g.node("ReduceMin", g.node("Pad", bits, g.ints([0, 0, 0, 1])), axes=[1], keepdims=1)), scaled(self.share(g.slice(tail, 1, 0, -1), bits))]

    def arithmetic(self, ids, response):
        """Numbers and signs drawn together into ITEMS places a row, the last of them at the end; then every `a op b (op c (op d)) = e`."""
        g, f = self.g, self.g.floats
        shift = lambda v, by: g.node("Pad", g.slice(v, 1, 0, -by), g.ints([0, by, 0, 0])) if by > 0 else g.node("Pad", g.slice(v, 1, -by, 2 ** 62), g.ints([0, 0, 0, -by]))
        # Pad on the left needs tokens to slice off: the inputs are never shorter than a pair's three special tokens.
        kind = g.node("Mul", response, self.table("kind", ids))
        word = self.over(kind, 0.5, "Less")
        keep = g.node("Mul", response, g.node("Sub", f(1), g.node("Mul", word, shift(word, 1))))
        keep = g.node("Mul", keep, g.node("Cast", g.node("Not", g.node("Equal", kind, f(5))), to=1))
        total = self.sum(keep)
        place = g.node("Add", g.node("Sub", g.node("CumSum", keep, g.ints(1)), total), f(ITEMS))  # 1..ITEMS; less is too early
        place = g.node("Cast", g.node("Mul", keep, g.node("Max", place, f(0))), to=7)
        empty = g.node("Expand", g.ints([[0]]), g.node("Concat", self.rows, g.ints([ITEMS + 1]), axis=0))
        items = g.slice(g.node("ScatterElements", empty, place, ids, axis=1), 1, 1, ITEMS + 1)
        return self.equations(items, shift)

    def equations(self, items, shift):
        g, f = self.g, self.g.floats
        mul, add, sub = (lambda a, b, k=k: self.g.node(k, a, b) for k in ("Mul", "Add", "Sub"))
        piece = g.node("Gather", g.constant("piece_facts", self.tables["piece"]), items)
        kind, first, digits = (g.node("Squeeze", g.slice(piece, 2, k, k + 1), g.ints([2])) for k in range(3))
        value = first
        flag = lambda k: g.node("Cast", g.node("Equal", kind, f(k)), to=1)
        no = lambda v: sub(f(1), v)
        power = lambda v: g.node("Exp", mul(v, f(np.log(10.0))))
        start, further = flag(1), flag(2)
        for _ in range(2):  # pieces of one number: value = value before x 10^digits + piece
            joined = add(mul(shift(value, 1), power(digits)), first)
            value = add(mul(further, joined), mul(no(further), value))
        further_next = shift(further, -1)
        ended = mul(add(start, further), no(further_next))
        merged = mul(mul(start, shift(flag(3), 1)), mul(shift(ended, 2), mul(g.node("Cast", g.node("Equal", digits, f(3)), to=1), no(further_next))))
        for _ in range(2):
            value = add(value, mul(merged, sub(add(mul(shift(value, 2), f(1000)), first), value)))
        decimal = mul(mul(start, shift(flag(4), 1)), no(further_next))
        signs = self.over(kind, 5.5)
        pointed = mul(decimal, g.node("Max", shift(ended, 2), shift(signs, 2)))  # 3.5, and .5 after a sign
        value = add(value, mul(pointed, sub(add(mul(shift(value, 2), shift(ended, 2)), mul(first, power(g.node("Neg", digits)))), value)))
        inner = g.node("Max", shift(merged, -2), shift(mul(pointed, shift(ended, 2)), -2))
        number = mul(ended, no(inner))
        # Second drawing together: numbers, operators, equals and other breaks; what a number has swallowed goes.
        swallowed = g.node("Max", g.node("Max", inner, further_next), g.node("Max", shift(merged, -1), shift(pointed, -1)))
        keep = mul(self.over(kind, -0.5), no(swallowed))
        keep = mul(keep, self.over(g.node("Cast", items, to=1), 0.5))
        place = add(sub(g.node("CumSum", keep, g.ints(1)), self.sum(keep)), f(DRAWN))
        place = g.node("Cast", mul(keep, g.node("Max", place, f(0))), to=7)
        empty = g.node("Expand", f([[0]]), g.node("Concat", self.rows, g.ints([DRAWN + 1]), axis=0))
        drawn = lambda v: g.slice(g.node("ScatterElements", empty, place, v, axis=1), 1, 1, DRAWN + 1)
        value, number, sign = drawn(value), drawn(number), drawn(mul(signs, kind))
        plus, minus, times, over = (g.node("Cast", g.node("Equal", sign, f(k)), to=1) for k in (6, 7, 8, 9))
        equals = g.node("Cast", g.node("Equal", sign, f(10)), to=1)
        operator = add(add(plus, minus), add(times, over))
        cut = lambda v, k: g.slice(v, 1, k, DRAWN - 10 + k) if k < 10 else g.slice(v, 1, 10, DRAWN)
        # The equals sign of a window stands at place 8 of it, the result at 9, what follows at 10; operands at 7, 5, 3, 1, operators between.
        # With one number on the right, x op b = x C + S; `whole` is for a result on the right.
        right_of = shift(value, -1)
        safe = add(right_of, g.node("Cast", g.node("Equal", right_of, f(0)), to=1))
        sign_of, additive = sub(plus, minus), add(plus, minus)
        factor, summand = add(additive, add(mul(times, right_of), g.node("Div", over, safe))), mul(sign_of, right_of)
        step = lambda x, k: add(mul(x, cut(factor, k)), cut(summand, k))

        def whole(x, k, y):
            safe = add(y, g.node("Cast", g.node("Equal", y, f(0)), to=1))
            by = add(cut(additive, k), add(mul(cut(times, k), y), g.node("Div", cut(over, k), safe)))
            return add(mul(x, by), mul(cut(sign_of, k), y))

        a, b, c = (cut(value, k) for k in (1, 3, 5))
        product = step(c, 6)
        four = whole(b, 4, product)
        values = [product, step(step(b, 4), 6), four, step(step(step(a, 2), 4), 6), whole(step(a, 2), 4, product), step(whole(a, 2, step(b, 4)), 6), whole(a, 2, four)]
        x = g.node("Concat", *[g.node("Unsqueeze", v, g.ints([1])) for v in values], axis=1)
        result = cut(value, 9)
        stated = g.node("Unsqueeze", result, g.ints([1]))
        # 3 / 4 = 0.75, and 75 where a percent sign was skipped; a result may be rounded where the exact one has decimals.
        rounded = g.node("Cast", g.node("Greater", g.node("Abs", sub(x, g.node("Round", x))), f(0.01)), to=1)
        fits = g.node("LessOrEqual", g.node("Abs", sub(x, stated)), add(f(0.011), mul(rounded, f(0.5))))
        for by in (100.0, 0.01):
            fits = g.node("Or", fits, g.node("LessOrEqual", g.node("Abs", sub(mul(x, f(by)), stated)), f(0.011)))
        fits = g.node("Cast", fits, to=1)
        fits = [g.node("ReduceMax", g.slice(fits, 1, low, high), axes=[1], keepdims=0) for low, high in ((0, 1), (1, 3), (3, 7))]
        holds = mul(mul(cut(equals, 8), mul(cut(number, 9), no(cut(operator, 10)))), mul(cut(number, 7), mul(cut(operator, 6), cut(number, 5))))
        more = mul(cut(operator, 4), cut(number, 3))
        most = mul(cut(operator, 2), mul(cut(number, 1), more))
        # Longer than four operands: not read.
        right = wrong = None
        for there, fit in zip((mul(holds, no(cut(operator, 4))), mul(holds, mul(more, no(cut(operator, 2)))), mul(holds, mul(most, no(cut(operator, 0))))), fits):
            right, wrong = (mul(there, w) if old is None else add(old, mul(there, w)) for old, w in ((right, fit), (wrong, no(fit))))
        n_right, n_wrong, found = self.sum(right), self.sum(wrong), add(right, wrong)
        places = f(np.arange(1, DRAWN - 9)[None].astype(np.float32))
        at_last = mul(g.node("Cast", g.node("Equal", mul(places, found), g.node("Max", g.node("ReduceMax", mul(places, found), axes=[1], keepdims=1), f(1))), to=1), found)
        outcome = self.sum(mul(at_last, result))
        all_places = f(np.arange(1, DRAWN + 1)[None].astype(np.float32))
        final = g.node("Max", g.node("ReduceMax", mul(all_places, number), axes=[1], keepdims=1), f(1))
        final_value = self.sum(mul(g.node("Cast", g.node("Equal", all_places, final), to=1), value))
        any_, exists = self.over(add(n_right, n_wrong), 0.5), self.over(self.sum(number), 0.5)
        again = self.sum(mul(number, g.node("Cast", g.node("LessOrEqual", g.node("Abs", sub(value, final_value)), f(0.011)), to=1)))
        same = g.node("Cast", g.node("LessOrEqual", g.node("Abs", sub(outcome, final_value)), f(0.011)), to=1)
        return [self.log(n_right), self.log(n_wrong), g.node("Div", n_wrong, g.node("Max", add(n_right, n_wrong), f(1))), self.sum(mul(at_last, right)),
                self.sum(mul(at_last, wrong)), any_, mul(any_, same), mul(exists, self.over(again, 1.5)), self.log(self.sum(number), 4), mul(any_, no(same))]


def save(tables, limit, path):
    """The features alone as a graph, for training."""
    g = onnx_graph.Graph()
    features, width = Features(g, tables).emit("input_ids", "attention_mask", "token_type_ids", limit)
    g.save(path, ["input_ids", "attention_mask", "token_type_ids"], "features", width, features)
    return width
