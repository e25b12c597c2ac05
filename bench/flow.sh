#!/usr/bin/env bash
# How the flow behaves as the pool grows: for each size one run with the default models and one without any (both dedups on), on demo rows as JSON Lines.
#
#   bash bench/flow.sh [--models-all] [--plain-only] [SIZES...]
#
# SIZES (default 200000 1000000 2000000 5000000) are rows. With models only sizes up to 2 million are run, unless --models-all asks for all. Rows, pools and logs lie in the
# folder BENCH_DATA (default runs/bench); rows stay for the next time, pools and outputs are made anew by each run and deleted after it, unless BENCH_KEEP is set.
# BENCH_ARGUMENTS are given to each run besides, such as "--set Pool:Sync=false".
# Writes to bench/results (or BENCH_RESULTS): flow.csv, a line a kind and size, and flow-KIND-ROWS.csv, a line a second. Needs Python 3, nothing else.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
data=${BENCH_DATA:-$here/runs/bench}
results=${BENCH_RESULTS:-$here/bench/results}
host=$here/artifacts/bin/Sluice.Host/release/sluice-host
most_with_models=2000000
kinds="plain models"
sizes=()
for argument in "$@"; do
    case $argument in
        --models-all) most_with_models=999999999999 ;;
        --plain-only) kinds=plain ;;
        *[!0-9]* | '') echo "usage: flow.sh [--models-all] [--plain-only] [SIZES...]" >&2; exit 2 ;;
        *) sizes+=("$argument") ;;
    esac
done
[ ${#sizes[@]} -gt 0 ] || sizes=(200000 1000000 2000000 5000000)
read -ra more <<< "${BENCH_ARGUMENTS:-}"
mkdir -p "$data" "$results"
data=$(cd "$data" && pwd)

bash "$here/bench/machine.sh"
"$here/sluice" --version > /dev/null # builds what has changed

# What the default models are fed for a row of the demo's mix, all of them together: a run does not count its tokens.
tokens=0
if [ "$kinds" != plain ]; then
    for model in tagger quality complexity embedder; do
        each=$("$host" models bench "$model" --json --rows 2048 --seconds 2 2> /dev/null | python3 -c '
import json, sys
mixed = [line for line in map(json.loads, sys.stdin) if line["rows"] == "mixed"][-1]
print(mixed["tokens"] / mixed["count"])')
        tokens=$(awk -v a="$tokens" -v b="$each" 'BEGIN { printf "%.1f", a + b }')
    done
    echo "tokens a row, four models together: $tokens"
fi

off='"Script": { "Enabled": false }, "Tag": { "Enabled": false }, "Quality": { "Enabled": false }, "Complexity": { "Enabled": false }, "Embed": { "Enabled": false }'
for rows in "${sizes[@]}"; do
    file=$data/rows-$rows.jsonl
    if [ ! -f "$file" ]; then
        "$host" demo --rows "$rows" --seed 11 --out "$data/making.jsonl" > /dev/null
        mv "$data/making.jsonl.truth.json" "$file.truth.json"
        mv "$data/making.jsonl" "$file"
    fi
    for kind in $kinds; do
        if [ "$kind" = models ] && [ "$rows" -gt "$most_with_models" ]; then
            continue
        fi
        # A step that costs next to nothing: what is measured is the flow.
        if [ "$kind" = models ]; then
            stages='' fed=$tokens recipe='{ "Step": "Top", "Column": "quality", "Count": 1000 }'
        else
            stages=$off fed=0 recipe='{ "Step": "TagCoverage", "Column": "source", "Count": 10 }'
        fi
        printf '{ "Name": "%s", "Sources": [ { "Path": "%s", "Label": "demo" } ], "Stages": { %s }, "Recipe": [ %s ], "Output": { "Directory": "out-%s", "Work": "work-%s" } }\n' \
            "$kind" "rows-$rows.jsonl" "$stages" "$recipe" "$kind" "$kind" > "$data/$kind-$rows.json"
        rm -rf "$data/work-$kind" "$data/out-$kind"
        # Every run finds its file in the system's cache, and no writes of an earlier one still under way.
        cat "$file" > /dev/null
        sync
        python3 "$here/bench/flow_run.py" run "$kind" "$rows" "$results/flow-$kind-$rows.csv" "$results/flow.csv" "$data" "$fed" -- \
            "$host" run "$data/$kind-$rows.json" --json --fresh "${more[@]}"
        [ -n "${BENCH_KEEP:-}" ] || rm -rf "$data/work-$kind" "$data/out-$kind"
    done
done
python3 "$here/bench/flow_run.py" growth "$results/flow.csv"
