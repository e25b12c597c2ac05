#!/usr/bin/env bash
# Tokens a second beside Hugging Face's Rust tokenizers, on the same texts, uncut: three turns of peer and ours on 1 and 2 threads; then the medians of the turns' quotients
# and whether all ids are the same.
#
#   bash bench/tokenizer.sh TOKENIZER.json FILE
#
# FILE: JSON Lines with a field text, or with instruction, input and output. Both may be packed (.gz). Needs Node 20 and npm, which fetches the peer's prebuilt binding into
# BENCH_DATA/peers (default runs/bench/peers), once.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
[ $# -eq 2 ] || { echo "usage: tokenizer.sh TOKENIZER.json FILE" >&2; exit 2; }
peers=${BENCH_DATA:-$here/runs/bench}/peers
mkdir -p "$peers"
[ -d "$peers/node_modules/@anush008/tokenizers" ] || npm install --prefix "$peers" --no-audit --no-fund --silent @anush008/tokenizers@0.6.0
bash "$here/bench/machine.sh"
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT
for _ in 1 2 3; do
    for threads in 1 2; do
        PEER_MODULES=$peers node "$here/bench/tokenizer_peer.mjs" "$1" "$2" "$threads" | tee -a "$lines"
        bash "$here/bench/benchmarks.sh" encode "$1" "$2" "$threads" | tee -a "$lines"
    done
done
python3 - "$lines" << 'EOF'
import statistics
import sys

rates, digests = {}, set()
for line in open(sys.argv[1], encoding="utf-8"):
    words = line.split()
    rates.setdefault((words[0], words[2]), []).append(float(words[8]))
    digests.add((words[4], words[6], words[10]))
pairs = [(ours, theirs) for ours in "12" for theirs in "12" if ours >= theirs]
for ours, theirs in pairs:
    ratio = statistics.median(a / b for a, b in zip(rates["ours", ours], rates["peer", theirs]))
    print(f"ours on {ours} / peer on {theirs}: {ratio:.2f} ({statistics.median(rates['ours', ours]):,.0f} and {statistics.median(rates['peer', theirs]):,.0f} tokens/s)")
print("ids: the same" if len(digests) == 1 else f"ids DIFFER: {sorted(digests)}")
sys.exit(len(digests) != 1)
EOF
