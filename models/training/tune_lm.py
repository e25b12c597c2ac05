"""Goes on training models/lm, or a model tuned from it, on the answers of selected rows: the trainer command of an IterIT loop, in small."""
import argparse
import json
import os
import shutil
import sys
import time

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that spin while they wait hinder whoever else computes

import numpy as np
import torch
from torch import nn

import chat_rows
import corpus
import lm
import lm_decode
import lm_graph
import lm_rows
from graph import sha256
from train_lm import keep_memory, optimisers


def encoded(path, template, tokenizer, limit):
    """([(ids, mask)], rows left out): the rows with an answer of which something lies within the first tokens, in the file's order."""
    kept, left_out = [], 0
    for place, _, row in chat_rows.read(path):
        if len(kept) == limit:
            break
        found = template.learned(tokenizer, chat_rows.turns(row, place))
        if found is None or not any(found[1][1:lm_rows.TRAINED + 1]):
            left_out += 1
        else:
            kept.append(tuple(np.array(x[:lm_rows.TRAINED + 1], np.int32) for x in found))
    return kept, left_out


def batches(rows, budget, random_):
    """Padded (ids, mask) of at most `budget` tokens: shuffled and of like length, or in the rows' own order where random_ is None."""
    lengths, parts, at = np.array([len(ids) for ids, _ in rows]), [], 0
    order = np.arange(len(rows)) if random_ is None else random_.permutation(len(rows))
    if random_ is not None:
        order = np.concatenate([w[np.argsort(lengths[w], kind="stable")] for w in np.split(order, range(2048, len(order), 2048))])
    while at < len(order):
        end = at + 1
        while end < len(order) and lengths[order[at:end + 1]].max() * (end + 1 - at) <= budget:
            end += 1
        parts.append(order[at:end])
        at = end
    for k in range(len(parts)) if random_ is None else random_.permutation(len(parts)):
        ids = corpus.pad([rows[i][0] for i in parts[k]])[0]
        yield torch.from_numpy(ids), torch.from_numpy(corpus.pad([rows[i][1] for i in parts[k]])[0]).float()


@torch.no_grad()
def perplexity(model, rows, budget):
    """Of the answers' tokens, their end token counted."""
    total = count = 0.0
    for ids, mask in batches(rows, budget, None):
        total, count = total + float(model(ids, mask).sum()), count + float(mask[:, 1:].sum())
    return round(float(np.exp(total / count)), 3)


def tune(model, rows, options):
    """[step, answer tokens, mean loss] by the way."""
    (dense, sparse), others = optimisers(model)
    random_, curve = None if options.keep_order else np.random.RandomState(options.seed), []
    epochs = [part for _ in range(options.epochs) for part in batches(rows, options.batch, random_)]
    steps, total, count, started = len(epochs), 0.0, 0, time.time()
    for step, (ids, mask) in enumerate(epochs):
        real = int(mask[:, 1:].sum())
        loss = model(ids, mask).sum() / max(1, real)
        for part in (dense, sparse):
            part.zero_grad(set_to_none=True)
            for group in part.param_groups:
                group["lr"] = group["top"] * options.rate * lm.rate(step, steps, warm=max(1, steps // 33))
        loss.backward()
        nn.utils.clip_grad_norm_(others, 1.0)
        dense.step()
        sparse.step()
        if not torch.isfinite(loss):
            raise ValueError(f"Found the loss {float(loss)} at step {step + 1}, expected a number; try a smaller --rate than {options.rate}.")
        total, count = total + float(loss) * real, count + real
        if (step + 1) % 50 == 0 or step + 1 == steps:
            curve.append([step + 1, count, round(total / count, 4)])
            print(f"step {step + 1}/{steps}, loss {total / count:.4f}, {time.time() - started:.0f} s", flush=True)
            total, count = 0.0, 0
    return curve


def parse():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", required=True, help="the selected rows: JSON Lines or a JSON array, .gz or not; Alpaca, Dolly, ShareGPT or messages")
    options.add_argument("--from", dest="source", default="models/lm", help="the model folder to go on from")
    options.add_argument("--to", required=True, help="the model folder to write; a model that is there is replaced at the end")
    options.add_argument("--epochs", type=int, default=1)
    options.add_argument("--template", default="alpaca", help="one of models/templates")
    options.add_argument("--rows-limit", type=int, default=-1, help="the first rows only")
    options.add_argument("--seed", type=int, default=42, help="of the order of the rows")
    options.add_argument("--keep-order", action="store_true", help="train on the rows in the file's order, as a curriculum wants it")
    options.add_argument("--held-out", help="rows to report the perplexity of, before and after; their answers are not trained on")
    options.add_argument("--held-out-rows", type=int, default=256)
    options.add_argument("--rate", type=float, default=0.2, help="learning rates as a share of those that models/lm was trained with")
    options.add_argument("--batch", type=int, default=2048, help="tokens of a step, padding included")
    options.add_argument("--threads", type=int, default=1, help="the last digits move with it")
    options.add_argument("--onnxruntime", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "natives", "libonnxruntime.so.1"))
    return options.parse_args()


def main():
    options, started = parse(), time.time()
    to = os.path.abspath(options.to)
    if to == os.path.abspath(options.source):
        raise ValueError(f"Found {options.to} for both --from and --to, expected two folders: a model is not overwritten by its own successor.")
    if os.path.isdir(to) and os.listdir(to) and not os.path.exists(os.path.join(to, "manifest.json")):
        raise ValueError(f"Found files and no manifest.json in {options.to}, expected a model folder, an empty one or none (--to).")
    if not os.path.exists(options.onnxruntime):
        raise ValueError(f"Found no {options.onnxruntime}, expected ONNX Runtime's library (--onnxruntime); building Sluice fetches it into natives/.")
    keep_memory()
    torch.set_num_threads(options.threads)
    template, (tokenizer, model, manifest) = chat_rows.Template(options.template), lm_decode.load(options.source)
    rows, left_out = encoded(options.data, template, tokenizer, options.rows_limit)
    if not rows:
        raise ValueError(f"Found no row with an answer in {options.data} ({left_out} without), expected some to train on.")
    held = encoded(options.held_out, template, tokenizer, options.held_out_rows)[0] if options.held_out else []
    report = {"from": manifest["model"]["sha256"], "data": sha256(options.data), "template": options.template, "epochs": options.epochs, "seed": options.seed,
              "keep order": options.keep_order, "rate": options.rate, "rows": len(rows), "rows left out": left_out, "tokens": int(sum(len(x) for x, _ in rows)),
              "answer tokens": int(sum(y[1:].sum() for _, y in rows))}
    print(json.dumps(report), flush=True)
    before = perplexity(model, held, options.batch) if held else None
    report["curve"] = tune(model, rows, options)
    if held:
        with torch.no_grad():
            report["held-out answers"] = {"rows": len(held), "perplexity before": before, "after": perplexity(model, held, options.batch)}
        print(json.dumps(report["held-out answers"]), flush=True)
    # A folder is whole or not there: a loop that was killed starts this epoch again.
    partial = to + ".partial"
    shutil.rmtree(partial, ignore_errors=True)
    os.makedirs(partial)
    shutil.copyfile(os.path.join(options.source, manifest["tokenizer"]["file"]), os.path.join(partial, "tokenizer.json"))
    changed = {"name": os.path.basename(to), "version": "tuned", "licence": manifest["licence"].split("; tuned")[0] + "; tuned on rows of your own, whose terms apply"}
    lm_graph.write(model, tokenizer, report, partial, changed, options.onnxruntime)
    shutil.rmtree(to, ignore_errors=True)
    os.replace(partial, to)
    print(f"{options.to}: {time.time() - started:.0f} s, {time.process_time():.0f} CPU seconds", flush=True)


if __name__ == "__main__":
    try:
        main()
    except (ValueError, OSError) as fault:
        sys.exit(f"error: {fault}")
