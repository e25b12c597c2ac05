#!/usr/bin/env bash
# Reading and parsing JSON Lines: ours and DuckDB's read_json in turn on 1 and 2 threads, then simdjson on-demand on one, from memory.
#
#   bash bench/parse.sh [FILE]
#
# FILE (default 200,000 demo rows in BENCH_DATA, which is runs/bench by default) holds instruction, input and output. Needs g++ and libsimdjson-dev for the last; without them
# it is left out.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
data=${BENCH_DATA:-$here/runs/bench}
mkdir -p "$data"
file=${1:-$data/rows-200000.jsonl}
if [ ! -f "$file" ]; then
    [ $# -eq 0 ] || { echo "$file: no such file" >&2; exit 1; }
    "$here/sluice" demo --rows 200000 --seed 11 --out "$file" > /dev/null
fi
bash "$here/bench/machine.sh"
cat "$file" > /dev/null
bash "$here/bench/benchmarks.sh" parse "$file" 1 2
if g++ -O3 -march=native -std=c++17 "$here/bench/parse_peer.cpp" -lsimdjson -o "$data/parse_peer" 2> "$data/parse_peer.log"; then
    "$data/parse_peer" "$file" 5
else
    echo "simdjson: not measured ($(head -n 1 "$data/parse_peer.log"))"
fi
