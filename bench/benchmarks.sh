#!/usr/bin/env bash
# Runs a mode of tests/Sluice.Benchmarks (parse, encode, kcenter-growth, ...) with the runtime settings of the program itself, building both first.
#
#   bash bench/benchmarks.sh MODE ARGUMENTS...
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
if [ -z "${SLUICE_NO_BUILD:-}" ]; then
    "$here/sluice" --version > /dev/null
    dotnet build "$here/tests/Sluice.Benchmarks" -c Release -v q --nologo 1>&2
fi
exec dotnet exec --runtimeconfig "$here/artifacts/bin/Sluice.Host/release/sluice-host.runtimeconfig.json" \
    "$here/artifacts/bin/Sluice.Benchmarks/release/Sluice.Benchmarks.dll" "$@"
