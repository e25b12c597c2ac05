#!/usr/bin/env bash
# What a changed option costs once the pool is there: makes a pool of demo rows when it is absent, runs several recipes on it and prints wall seconds, CPU seconds and
# peak memory of each process, start-up included.
#
#   bash bench/rerun.sh [FOLDER] [ROWS] [RUNS]
#
# FOLDER (default runs/rerun) holds rows, pool and outputs; ROWS (default 1000000) is the size of the demo pool; each recipe runs RUNS times (default 3), the median of
# the wall times is printed. SLUICE names another program to measure, on the same pool. Needs GNU time.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$here/runs/rerun}
rows=${2:-1000000}
runs=${3:-3}
sluice=${SLUICE:-$here/sluice}
mkdir -p "$folder"
cd "$folder"

[ -f rows.parquet ] || "$sluice" demo --rows "$rows" --seed 11 --out rows.parquet
pipeline() { printf '{ "Name": "rerun", "Sources": [ { "Path": "rows.parquet", "Label": "demo" } ], "Recipe": [ %s ], "Output": { "Directory": "out-%s", "Work": "work" } }\n' "$2" "$1" > "$1.json"; }
pipeline top '{ "Step": "Top", "Column": "quality", "Count": '$((rows / 20))' }'
pipeline small '{ "Step": "Top", "Column": "complexity", "Count": '$((rows / 1000))' }'
pipeline threshold '{ "Step": "Threshold", "Column": "quality", "Above": 0.3 }'
pipeline curriculum '{ "Step": "Proportions", "Count": '$((rows / 20))', "Shift": 0.03 }, { "Step": "Curriculum", "Seed": 1 }'
pipeline kcenter '{ "Step": "Threshold", "Column": "quality", "Above": 0.3 }, { "Step": "KCenter", "Count": '$((rows / 500))' }, { "Step": "Proportions", "Count": '$((rows / 20))', "Shift": 0.03, "From": "pool" }'
pipeline scorefirst '{ "Step": "ScoreFirst", "MaxSimilarity": 0.9, "Count": '$((rows / 50))', "QualityScale": "logistic" }'

# Finds a finished pool finished, and else scores what it lacks.
"$sluice" run top.json --quiet

measure() {
    local name=$1
    shift
    for _ in $(seq "$runs"); do
        /usr/bin/time -a -o times.txt -f "%e %U %S %M" "$@" --quiet > /dev/null
    done
    sort -n times.txt | awk -v name="$name" '{ wall[NR] = $1; cpu[NR] = $2 + $3; if ($4 > rss) rss = $4 }
        END { middle = int((NR + 1) / 2); printf "| %s | %.1f | %.1f | %.0f |\n", name, wall[middle], cpu[middle], rss / 1024 }'
    rm -f times.txt
}

rm -f times.txt
echo "| recipe | wall s | CPU s | peak MB |"
echo "|---|---|---|---|"
for recipe in small top threshold curriculum kcenter scorefirst; do
    measure "select $recipe" "$sluice" select "$recipe.json" --pool work --out "out-$recipe"
done
measure "run top, another count" "$sluice" run top.json --set "Recipe:0:Count=$((rows / 25))"
