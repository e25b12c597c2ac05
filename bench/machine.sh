#!/usr/bin/env bash
# Prints what a measurement was made on: processor, cores, memory, kernel, .NET, commit, and how busy the machine is.
set -euo pipefail
cd "$(dirname "$0")/.."
model=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)
memory=$(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)
changed=$(git status --porcelain --untracked-files=no -- src models appsettings.json | wc -l)
echo "machine: ${model:-unknown processor}, $(nproc) cores, $memory GiB; $(uname -sr); .NET $(dotnet --version); commit $(git rev-parse --short HEAD)$([ "$changed" -eq 0 ] || echo ' with changes'); load $(cut -d ' ' -f 1-3 /proc/loadavg)"
