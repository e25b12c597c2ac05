#!/usr/bin/env python3
"""One measured run of bench/flow.sh, and what its lines say together.

usage: flow_run.py run KIND ROWS SAMPLES.csv RESULTS.csv FOLDER TOKENS -- COMMAND...
       flow_run.py growth RESULTS.csv

run starts COMMAND (a `sluice run ... --json` that leaves out-KIND and work-KIND in FOLDER), writes a line a second to SAMPLES.csv and one line to RESULTS.csv, in the place of
an earlier one of the same kind and rows. TOKENS is what the models are fed for a row, 0 where none are on. growth prints the exponents of time and memory in the number of rows.
"""
import csv
import json
import math
import os
import subprocess
import sys
import time

COLUMNS = ["kind", "rows", "seconds", "rows_per_s", "flow_seconds", "flow_rows_per_s", "tokens_per_s", "cpu_user_s", "cpu_sys_s", "peak_rss_mb", "flow_peak_rss_mb",
           "peak_anon_mb", "pool_mb", "input_mb", "bottleneck", "bottleneck_busy"]
SAMPLES = ["seconds", "phase", "phase_rows", "rss_mb", "anon_mb", "cpu_s"]
TICKS = os.sysconf("SC_CLK_TCK")


def status(pid):
    """Resident and anonymous MB and CPU seconds of a process; None when it is gone."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
            fields = dict(line.split(":", 1) for line in file)
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            after = file.read().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    if "VmRSS" not in fields:
        return None
    return int(fields["VmRSS"].split()[0]) / 1024, int(fields["RssAnon"].split()[0]) / 1024, (int(after[11]) + int(after[12])) / TICKS


class Progress:
    """The last line of progress that the program wrote."""

    def __init__(self, path):
        self._file = open(path, encoding="utf-8", errors="replace")
        self._rest = ""
        self.phase, self.rows = "", 0

    def read(self):
        lines = (self._rest + self._file.read()).split("\n")
        self._rest = lines.pop()
        for line in lines:
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if event.get("event") in ("progress", "done"):
                self.phase, self.rows = event["phase"], event["rows"]


def folder_bytes(path):
    return sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(path) for name in names)


def run(kind, rows, samples, results, folder, tokens, command):
    rows, tokens = int(rows), float(tokens)
    log = os.path.join(folder, f"log-{kind}-{rows}.jsonl")
    anon = 0.0
    started = time.monotonic()
    with open(log, "wb") as errors, open(samples, "w", newline="", encoding="utf-8") as out:
        write = csv.writer(out, lineterminator="\n")
        write.writerow(SAMPLES)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        progress = Progress(log)
        following = 0.0
        while True:
            ended, code, usage = os.wait4(process.pid, os.WNOHANG)
            seconds = time.monotonic() - started
            if ended:
                break
            if seconds >= following:
                following = math.floor(seconds) + 1
                progress.read()
                if (now := status(process.pid)) is not None:
                    anon = max(anon, now[1])
                    write.writerow([f"{seconds:.1f}", progress.phase, progress.rows, *(f"{value:.1f}" for value in now)])
            time.sleep(0.02)
    process.returncode = os.waitstatus_to_exitcode(code)
    if process.returncode != 0:
        with open(log, encoding="utf-8", errors="replace") as file:
            sys.exit(f"{' '.join(command)}: exit code {process.returncode}\n{''.join(file.readlines()[-5:])}")
    with open(os.path.join(folder, f"out-{kind}", "run.json"), encoding="utf-8") as file:
        report = json.load(file)
    annotate = report["annotate"]
    busiest = max(annotate["stages"], key=lambda stage: stage["busyShare"] / stage["workers"])
    line = {
        "kind": kind,
        "rows": rows,
        "seconds": f"{seconds:.2f}",
        "rows_per_s": f"{rows / seconds:.0f}",
        "flow_seconds": f"{annotate['seconds']:.2f}",
        "flow_rows_per_s": f"{annotate['rowsPerSecond']:.0f}",
        "tokens_per_s": f"{tokens * annotate['rowsPerSecond']:.0f}" if tokens else "",
        "cpu_user_s": f"{usage.ru_utime:.2f}",
        "cpu_sys_s": f"{usage.ru_stime:.2f}",
        "peak_rss_mb": f"{usage.ru_maxrss / 1024:.0f}",
        "flow_peak_rss_mb": f"{annotate['peakRssBytes'] / 2**20:.0f}",
        "peak_anon_mb": f"{anon:.0f}",
        "pool_mb": f"{folder_bytes(os.path.join(folder, f'work-{kind}', 'pool')) / 1e6:.0f}",
        "input_mb": f"{sum(file['bytes'] for file in report['files']) / 1e6:.0f}",
        "bottleneck": busiest["name"],
        "bottleneck_busy": f"{busiest['busyShare'] / busiest['workers']:.2f}",
    }
    lines = [old for old in load(results) if (old["kind"], old["rows"]) != (kind, str(rows))] + [line]
    with open(results, "w", newline="", encoding="utf-8") as file:
        write = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        write.writeheader()
        write.writerows(sorted(lines, key=lambda each: (each["kind"], int(each["rows"]))))
    print(" ".join(f"{name}={line[name]}" for name in COLUMNS), flush=True)


def load(path):
    if not os.path.exists(path):
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def slope(points):
    """Least squares of log y against log x."""
    xs = [math.log(x) for x, _ in points]
    ys = [math.log(y) for _, y in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / sum((x - mean_x) ** 2 for x in xs)


def growth(results):
    lines = load(results)
    for kind in sorted({line["kind"] for line in lines}):
        of_kind = [line for line in lines if line["kind"] == kind]
        if len(of_kind) < 2:
            continue
        sizes = " ".join(line["rows"] for line in of_kind)
        exponents = [f"{name} ~ rows^{slope([(int(line['rows']), float(line[column])) for line in of_kind]):.2f}"
                     for name, column in [("time", "seconds"), ("time of the flow", "flow_seconds"), ("peak RSS", "peak_rss_mb"), ("peak RSS of the flow", "flow_peak_rss_mb")]]
        print(f"growth, {kind} ({sizes}): {', '.join(exponents)}")


def main():
    if sys.argv[1:2] == ["run"] and "--" in sys.argv:
        at = sys.argv.index("--")
        run(*sys.argv[2:at], sys.argv[at + 1:])
    elif sys.argv[1:2] == ["growth"] and len(sys.argv) == 3:
        growth(sys.argv[2])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
