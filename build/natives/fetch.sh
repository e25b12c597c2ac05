#!/bin/sh
# Puts the native libraries that Sluice binds into natives/ at the root of the repository, once.
# ONNX Runtime and DuckDB come from their vendors' npm packages, CLP and zstd from Debian. Safe to run several times and at once.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out="$root/natives"
stamp="$out/.stamp-$(cksum <"$here/package-lock.json" | cut -d' ' -f1)-2"
mkdir -p "$out"
exec 9>"$out/.lock"
flock 9
[ -e "$stamp" ] && exit 0

say() { printf 'natives: %s\n' "$1"; }
fail() { printf 'natives: error: %s\n' "$1" >&2; exit 1; }

case "$(uname -sm)" in
  "Linux x86_64") ;;
  *) fail "found $(uname -sm), expected Linux x86_64. Put libonnxruntime.so.1, libduckdb.so, libClp.so.1 and libzstd.so.1 for this machine into $out and create the empty file $stamp." ;;
esac

command -v npm >/dev/null 2>&1 || fail "npm was not found; ONNX Runtime and DuckDB are taken from npm packages. Install Node.js with npm, then build again."
work=$(mktemp -d "$out/.fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
cp "$here/package.json" "$here/package-lock.json" "$work/"
say "fetching ONNX Runtime and DuckDB (about 120 MB, once)"
# --ignore-scripts: the CPU library is in the package itself; its script would only fetch CUDA parts.
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >npm.log 2>&1) || { cat "$work/npm.log" >&2; fail "npm ci failed (above)."; }
ort=$(find "$work/node_modules/onnxruntime-node/bin" -path '*linux/x64*' -name 'libonnxruntime.so.1*' -type f | head -1)
duck=$(find "$work/node_modules/@duckdb" -name 'libduckdb.so' -type f | head -1)
[ -n "$ort" ] || fail "libonnxruntime.so.1 is not inside the package onnxruntime-node."
[ -n "$duck" ] || fail "libduckdb.so is not inside the package @duckdb/node-bindings-linux-x64."
mv "$ort" "$out/libonnxruntime.so.1"
mv "$duck" "$out/libduckdb.so"

# Debian's packages are unpacked beside the others, which needs no root; where they are installed already, the system's files serve.
# SLUICE_NATIVES_DOWNLOAD=1 takes them from the packages even so (used to try this path on a machine that has them).
from_system() { [ -n "${SLUICE_NATIVES_DOWNLOAD:-}" ] || ldconfig -p 2>/dev/null | awk -v n="$1" '$1 == n { print $NF; exit }'; }
debian() { # package file...
  package=$1; shift
  missing=no
  for file in "$@"; do
    found=$(from_system "$file")
    if [ -n "$found" ]; then cp -L "$found" "$out/$file"; else missing=yes; fi
  done
  [ "$missing" = yes ] || return 0
  say "fetching $package"
  if ! (cd "$work" && apt-get download "$package" >apt.log 2>&1); then
    [ "$(id -u)" = 0 ] && apt-get update >/dev/null 2>&1 || true
    (cd "$work" && apt-get download "$package" >apt.log 2>&1) || { cat "$work/apt.log" >&2; fail "$package could not be fetched. Run: sudo apt-get update && sudo apt-get install -y $package"; }
  fi
  dpkg-deb -x "$work"/"$package"_*.deb "$work/deb"
  for file in "$@"; do
    found=$(find "$work/deb" -name "$file" | head -1)
    [ -n "$found" ] || fail "$file is not inside Debian's package $package."
    cp -L "$found" "$out/$file"
  done
}
debian libzstd1 libzstd.so.1
debian libbz2-1.0 libbz2.so.1.0
debian libquadmath0 libquadmath.so.0
debian libgfortran5 libgfortran.so.5
debian libblas3 libblas.so.3
debian liblapack3 liblapack.so.3
debian coinor-libcoinutils3v5 libCoinUtils.so.3
debian coinor-libclp1 libClp.so.1
touch "$stamp"
say "ready in natives/"
