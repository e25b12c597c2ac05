#!/usr/bin/env python3
"""Draws what bench/flow.sh and kcenter-growth measured.

usage: plot.py [RESULTS]

RESULTS (default bench/results) holds flow.csv, flow-KIND-ROWS.csv and kcenter.csv; what is absent is left out. Writes run-KIND.png (throughput and memory over the time of the
largest run of a kind), growth.png (throughput and memory against the size of the pool) and kcenter.png beside them. Needs matplotlib (Debian: python3-matplotlib).
"""
import csv
import os
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.ticker import FuncFormatter

COLOURS = {"plain": "#1f6fb4", "models": "#d1622b"}
NAMES = {"plain": "no models, both dedups", "models": "default models, both dedups"}
plt.rcParams.update({
    "figure.figsize": (10, 5), "figure.dpi": 100, "savefig.dpi": 100, "font.size": 12, "axes.titlesize": 13, "figure.facecolor": "white", "axes.facecolor": "white",
    "axes.grid": True, "grid.color": "#e2e2e2", "axes.spines.top": False, "axes.spines.right": False, "lines.linewidth": 2, "legend.frameon": False,
})


def load(path):
    if not os.path.exists(path):
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def short(number, _=None):
    """1500000 as 1.5 M."""
    for size, unit in ((1e6, " M"), (1e3, " k")):
        if abs(number) >= size:
            return f"{number / size:g}{unit}"
    return f"{number:g}"


def save(figure, folder, name):
    figure.tight_layout()
    path = os.path.join(folder, name)
    figure.savefig(path)
    plt.close(figure)
    print(path)


def over_time(folder, kind, line):
    """Throughput between two samples, and memory, over the time of one run; each phase is shaded and named."""
    samples = load(os.path.join(folder, f"flow-{kind}-{line['rows']}.csv"))
    if len(samples) < 3:
        return
    times = [float(sample["seconds"]) for sample in samples]
    figure, (upper, lower) = plt.subplots(2, 1, sharex=True, figsize=(10, 6.5))
    span = max(1, len(samples) // 60)
    at, rates = [], []
    scoring = [sample for sample in samples if sample["phase"] == "Scoring"]
    for before, after in zip(scoring, scoring[span:]):
        seconds = float(after["seconds"]) - float(before["seconds"])
        at.append(float(after["seconds"]))
        rates.append((int(after["phase_rows"]) - int(before["phase_rows"])) / seconds)
    upper.plot(at, rates, color=COLOURS[kind])
    upper.set_ylabel("rows/s")
    upper.set_ylim(bottom=0)
    upper.yaxis.set_major_formatter(FuncFormatter(short))
    upper.set_title(f"{short(int(line['rows']))} rows, {NAMES[kind]}: throughput (over {span} s) and memory over time")
    lower.plot(times, [float(sample["rss_mb"]) for sample in samples], color=COLOURS[kind], label="resident")
    lower.plot(times, [float(sample["anon_mb"]) for sample in samples], color=COLOURS[kind], linestyle="--", label="of that anonymous (not file pages)")
    lower.set_ylabel("memory, MiB")
    lower.set_xlabel("seconds since the start of the process")
    lower.set_ylim(bottom=0)
    lower.legend(loc="upper left")
    phases(upper, samples, times)
    save(figure, folder, f"run-{kind}.png")


def phases(axes, samples, times):
    start = 0
    for i in range(1, len(samples) + 1):
        if i < len(samples) and samples[i]["phase"] == samples[start]["phase"]:
            continue
        name, last = samples[start]["phase"], times[min(i, len(samples) - 1)]
        if name and last - times[start] > 0.08 * times[-1]:
            axes.text((times[start] + last) / 2, 0.03, name.lower(), transform=axes.get_xaxis_transform(), ha="center", color="#606060", fontsize=11)
        if start > 0:
            axes.axvline(times[start], color="#b0b0b0", linewidth=1, linestyle=":")
        start = i


def against_size(folder, lines):
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.8))
    for kind in COLOURS:
        of_kind = [line for line in lines if line["kind"] == kind]
        if not of_kind:
            continue
        rows = [int(line["rows"]) for line in of_kind]
        left.plot(rows, [float(line["flow_rows_per_s"]) for line in of_kind], marker="o", color=COLOURS[kind], label=NAMES[kind])
        left.plot(rows, [float(line["rows_per_s"]) for line in of_kind], marker=".", linestyle=":", color=COLOURS[kind], label="  whole process")
        right.plot(rows, [float(line["flow_peak_rss_mb"]) for line in of_kind], marker="o", color=COLOURS[kind], label=NAMES[kind])
        right.plot(rows, [float(line["peak_rss_mb"]) for line in of_kind], marker=".", linestyle=":", color=COLOURS[kind], label="  whole process")
    left.set_title("Throughput of the flow")
    left.set_ylabel("rows/s")
    right.set_title("Peak resident memory")
    right.set_ylabel("MiB")
    for axes in (left, right):
        axes.set_xscale("log")
        ticks = sorted({int(line["rows"]) for line in lines})
        axes.set_xticks(ticks, [short(tick) for tick in ticks])
        axes.minorticks_off()
        axes.set_xlabel("rows of the pool")
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(FuncFormatter(short))
    # Where no line runs: between the two kinds, and above all of them.
    left.legend(fontsize=10, loc="center right", bbox_to_anchor=(1, 0.36))
    right.legend(fontsize=10, loc="upper left")
    save(figure, folder, "growth.png")


def kcenter(folder, lines):
    """Seconds against rows at one k and against k at one number of rows: those with most points."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.8))
    bounds = sorted({line["bounds"] for line in lines}, reverse=True)
    for axes, along, fixed in ((left, "rows", "picks"), (right, "picks", "rows")):
        value = most_points(lines, along, fixed)
        for bound, colour in zip(bounds, ("#1f6fb4", "#d1622b", "#3c8c4a")):
            points = sorted((int(line[along]), float(line["seconds"])) for line in lines if line["bounds"] == bound and line[fixed] == value)
            axes.plot([x for x, _ in points], [y for _, y in points], marker="o", color=colour, label=f"bounds: {bound.lower()}")
        ticks = sorted({int(line[along]) for line in lines if line[fixed] == value})
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xticks(ticks, [short(tick) for tick in ticks])
        axes.xaxis.set_minor_locator(plt.NullLocator())
        axes.yaxis.set_major_formatter(FuncFormatter(short))
        axes.set_ylabel("seconds")
        axes.set_xlabel("rows n" if along == "rows" else "rows chosen k")
        axes.set_title(f"k-center, k = {short(int(value))}, width {lines[0]['width']}" if along == "rows" else f"k-center, n = {short(int(value))}, width {lines[0]['width']}")
        axes.legend()
    save(figure, folder, "kcenter.png")


def most_points(lines, along, fixed):
    return max({line[fixed] for line in lines}, key=lambda value: (len({line[along] for line in lines if line[fixed] == value}), int(value)))


def main():
    if len(sys.argv) > 2 or sys.argv[1:2] == ["-h"]:
        sys.exit(__doc__)
    folder = sys.argv[1] if len(sys.argv) == 2 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "results")
    flow = load(os.path.join(folder, "flow.csv"))
    for kind in COLOURS:
        of_kind = [line for line in flow if line["kind"] == kind]
        if of_kind:
            over_time(folder, kind, max(of_kind, key=lambda line: int(line["rows"])))
    if flow:
        against_size(folder, flow)
    centres = load(os.path.join(folder, "kcenter.csv"))
    if centres:
        kcenter(folder, centres)
    if not flow and not centres:
        sys.exit(f"Nothing to draw in {folder}: no flow.csv and no kcenter.csv.")


if __name__ == "__main__":
    main()
