"""Trains models/lm, with a checkpoint every few minutes, and exports it."""
import argparse
import ctypes
import json
import os
import time

import numpy as np
import torch
from torch import nn

import corpus
import lm
import lm_graph
import lm_rows
from bytelevel import ByteLevel

CHECKPOINT = os.path.join(corpus.CACHE, "lm_checkpoint.pt")


def keep_memory():
    """glibc gives large arrays back at once; fetching them anew each step took a third of the time."""
    try:
        libc = ctypes.CDLL("libc.so.6")
        for option, value in ((-3, 1 << 30), (-1, 2 ** 31 - 1)):  # M_MMAP_THRESHOLD, M_TRIM_THRESHOLD
            libc.mallopt(option, value)
    except OSError:
        pass


def optimisers(model):
    sparse = [model.pairs.weight, model.triples.weight]
    known = {id(p) for p in sparse}
    others = [p for p in model.parameters() if id(p) not in known]
    matrices = [p for p in others if p.ndim == 2 and p is not model.table]
    rest = [p for p in others if p.ndim == 1]
    return [(torch.optim.AdamW([{"params": matrices, "weight_decay": 0.05, "top": 2.5e-3}, {"params": [model.table], "weight_decay": 0.0, "top": 2.5e-3},
                                {"params": rest, "weight_decay": 0.0, "top": 2.5e-3}], betas=(0.9, 0.98))),
            torch.optim.SparseAdam([{"params": sparse, "top": 4e-3}], betas=(0.9, 0.98))], others


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--tokens", type=float, default=18e6, help="padded tokens to train on in all")
    options.add_argument("--batch", type=int, default=2560)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--stop", type=float, default=1e9, help="end after so many seconds, for trials")
    options.add_argument("--resume", action="store_true", help="go on from the last checkpoint; --tokens may be another number")
    options.add_argument("--export", action="store_true", help="export the last checkpoint and end")
    options = options.parse_args()
    keep_memory()
    torch.set_num_threads(options.threads)
    torch.manual_seed(7)
    tokenizer = ByteLevel(lm_rows.TOKENIZER)
    model = lm.Model(len(tokenizer.vocab))
    if options.export:
        saved = torch.load(CHECKPOINT)
        model.load_state_dict(saved["model"])
        lm_graph.write(model, tokenizer, saved["report"])
        return
    texts, names = lm_rows.load(options.data)
    report = {"training rows": lm_rows.size(texts, names), "curve": []}
    print(json.dumps(report["training rows"]), len(texts.flat), flush=True)
    counts = np.bincount(texts.flat, minlength=len(tokenizer.vocab)) + 1.0
    model.bias.data = torch.from_numpy(np.log(counts / counts.sum())).float()
    order = np.argsort(-counts, kind="stable")
    (dense, sparse), others = optimisers(model)
    steps, random_ = int(options.tokens / (options.batch * 0.93)), np.random.RandomState(7)
    started = reported = saved_at = time.time()
    step, seen, total, count, done, before = 0, 0, 0.0, 0, 0, 0
    if options.resume:
        saved = torch.load(CHECKPOINT)
        model.load_state_dict(saved["model"])
        for part, state in zip((dense, sparse), saved["optimisers"]):
            part.load_state_dict(state)
        report, done, seen, before = saved["report"], saved["step"], saved["report"]["tokens seen"], saved["report"]["seconds"]
    while step < steps and time.time() - started < options.stop:
        for ids, mask in lm_rows.batches(texts, options.batch, random_):
            if step < done:
                step += 1
                continue
            # The last fifth learns from the whole softmax, so that the probabilities sum to one.
            model.sample(order, np.random.RandomState(step) if step < 0.8 * steps else None)
            losses = model(torch.from_numpy(ids), torch.from_numpy(mask).float())
            real = int(mask[:, 1:].sum())
            loss = losses.sum() / real
            for part in (dense, sparse):
                part.zero_grad(set_to_none=True)
                for group in part.param_groups:
                    group["lr"] = group["top"] * lm.rate(step, steps)
            loss.backward()
            nn.utils.clip_grad_norm_(others, 1.0)
            dense.step()
            sparse.step()
            step, seen, total, count = step + 1, seen + real, total + float(loss) * real, count + real
            now = time.time()
            if step % 100 == 0 or step == steps:
                report["curve"].append([step, seen, round(total / count, 4)])
                print(f"step {step}/{steps}, {seen:,} tokens, loss {total / count:.4f}, {count / (now - reported):,.0f} tokens/s, {now - started:.0f} s", flush=True)
                reported, total, count = now, 0.0, 0
            if now - saved_at > 240 or step == steps:
                report.update({"tokens seen": seen, "seconds": round(before + now - started)})
                torch.save({"model": model.state_dict(), "report": report, "step": step, "optimisers": [dense.state_dict(), sparse.state_dict()]}, CHECKPOINT + ".partial")
                os.replace(CHECKPOINT + ".partial", CHECKPOINT)
                saved_at = now
            if step == steps or now - started > options.stop:
                break
    if step == steps:
        lm_graph.write(model, tokenizer, report)


if __name__ == "__main__":
    main()
