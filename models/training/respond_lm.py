"""Writes what a tuned model answers to each row's instruction into a file: the responses that MoDS's necessity evaluation reads."""
import argparse
import itertools
import json
import os
import sys
import time

import chat_rows
import lm_decode
import lm_rows
from train_lm import keep_memory

WINDOW = 2048  # rows that are sorted by length among each other; the file grows by so many at once


def written(path):
    """The rows that the file has; a last line that was torn is cut off."""
    if not os.path.exists(path):
        return set()
    with open(path, "rb+") as stream:
        text = stream.read()
        whole = text.rfind(b"\n") + 1
        stream.truncate(whole)
    done = set()
    for number, line in enumerate(text[:whole].splitlines()):
        try:
            done.add(json.loads(line)["row"])
        except (ValueError, KeyError, TypeError):
            raise ValueError(f"{path}, line {number + 1}: found no response of a row, expected {{\"row\": n, \"response\": \"...\"}} (--to).") from None
    return done


def parse():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--model", required=True, help="a model folder: models/lm or one of tune_lm.py")
    options.add_argument("--rows", required=True, help="JSON Lines or a JSON array, .gz or not; Alpaca, Dolly, ShareGPT or messages. An answer that is there is not read")
    options.add_argument("--to", required=True, help="JSON Lines of row and response, in the rows' order; rows that it has are not answered again")
    options.add_argument("--template", default="alpaca", help="one of models/templates: the one that the model was tuned with")
    options.add_argument("--max-tokens", type=int, default=48)
    options.add_argument("--batch", type=int, default=256)
    options.add_argument("--threads", type=int, default=2, help="batches answered at the same time")
    return options.parse_args()


def main():
    options = parse()
    keep_memory()
    if not 1 <= options.max_tokens <= lm_rows.LIMIT // 2:
        raise ValueError(f"Found --max-tokens {options.max_tokens}, expected 1 to {lm_rows.LIMIT // 2}.")
    template, done, started = chat_rows.Template(options.template), written(options.to), time.time()
    pool = lm_decode.Pool(options.model, options.threads)
    left = ((row.get("row", number), chat_rows.turns(row, place)) for place, number, row in chat_rows.read(options.rows))
    left = ((number, turns) for number, turns in left if number not in done)
    answered = tokens = shortened = 0
    with open(options.to, "a", encoding="utf-8", newline="\n") as stream:
        while window := list(itertools.islice(left, WINDOW)):
            prompts = [template.prompt(pool.tokenizer, turns) for _, turns in window]
            # The end of a prompt that is too long is kept: there stands the question, or its last words.
            room = lm_rows.LIMIT - options.max_tokens
            shortened += sum(len(p) > room for p in prompts)
            order = sorted(range(len(window)), key=lambda i: len(prompts[i]))
            parts = [order[k:k + options.batch] for k in range(0, len(order), options.batch)]
            found = [None] * len(window)
            for part, answers in zip(parts, pool.map([([prompts[i][-room:] for i in part], [options.max_tokens] * len(part)) for part in parts])):
                for i, ids in zip(part, answers):
                    found[i], tokens = pool.text(ids), tokens + len(ids)
            stream.writelines(json.dumps({"row": number, "response": text}, ensure_ascii=False) + "\n" for (number, _), text in zip(window, found))
            stream.flush()
            answered += len(window)
            print(f"{answered} answers of {tokens / answered:.1f} tokens, {time.time() - started:.0f} s, {time.process_time():.0f} CPU seconds", flush=True)
    print(f"{options.to}: {answered} rows answered, {len(done)} were there; {shortened} prompts cut in front to the model's {lm_rows.LIMIT} tokens", flush=True)


if __name__ == "__main__":
    try:
        main()
    except (ValueError, OSError) as fault:
        sys.exit(f"error: {fault}")
