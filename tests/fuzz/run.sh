#!/bin/sh
# Fuzzes a reader for a while, beginning from good files.
# Usage: run.sh FUZZ_PROGRAM SECONDS [FILE...]; tests/CMakeLists.txt has the programs (scenario, claims, article, draws,
# table) and their files.
set -eu

if [ $# -lt 2 ]; then
  echo "usage: $0 FUZZ_PROGRAM SECONDS [FILE...]" >&2
  exit 2
fi
program=$1
seconds=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mkdir "$work/corpus" "$work/found"
if [ $# -gt 0 ]; then cp "$@" "$work/corpus/"; fi
# Keys and words, for what is YAML.
dict=
case "$*" in *.yaml*) dict="-dict=$here/files.dict" ;; esac

echo "$(basename "$program") for $seconds s, from $(ls "$work/corpus" | wc -l) files"
status=0
"$program" -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
  ${dict:+"$dict"} -artifact_prefix="$work/found/" "$work/corpus" >"$work/log" 2>&1 || status=$?

if [ "$status" -eq 0 ]; then
  echo "good: $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/log") files tried, no crash, no hang"
  exit 0
fi

# The input that did it is kept where it can be looked at; all else is thrown away.
echo "FAILED: the fuzz program ended with $status"
tail -n 60 "$work/log"
for input in "$work"/found/*; do
  [ -e "$input" ] || continue
  kept="${TMPDIR:-/tmp}/interregnum-$(basename "$input")"
  cp "$input" "$kept"
  echo "the input is kept in $kept; again with: $program $kept"
done
exit 1
