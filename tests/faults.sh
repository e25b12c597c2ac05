#!/usr/bin/env bash
# The whole fault suite: kills at random moments and at every named step, full and read-only disks, damaged files, a changed world. Takes about an hour and a half on
# two cores; as root it mounts small file systems as well. Ends with what was tried, how many faults hit, how many missed and the seeds. Arguments go to dotnet test,
# such as --filter FullyQualifiedName~Kill.
set -uo pipefail
cd "$(dirname "$0")/.."
export SLUICE_FAULT_SUITE=full DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
summary=artifacts/faults/summary.txt
rm -f "$summary"
dotnet test tests/Sluice.Faults.Tests --logger "console;verbosity=normal" "$@"
status=$?
if [ -s "$summary" ]; then
  echo
  awk -F'\t' '
    BEGIN { printf "%-78s %6s %6s %7s %9s\n", "what", "cases", "hit", "missed", "seeds" }
    {
      if (!($1 in cases)) { order[++kinds] = $1 }
      cases[$1]++; hit[$1] += $2; missed[$1] += $3; all += $2; lost += $3; total++
      if ($4 != "-") { seeds[$1] = seeds[$1] (seeds[$1] == "" ? "" : ",") $4 }
      if ($1 ~ /^kill/) { kills += $2 }
    }
    END {
      for (i = 1; i <= kinds; i++) { k = order[i]; printf "%-78s %6d %6d %7d %9s\n", k, cases[k], hit[k], missed[k], seeds[k] == "" ? "-" : seeds[k] }
      printf "%-78s %6d %6d %7d\n", "in all", total, all, lost
      printf "kills that hit: %d\n", kills
    }' "$summary"
fi
exit "$status"
