#!/bin/sh
# Fuzzes the reader of country files for a while, beginning from the shipped countries.
# Usage: run.sh FUZZ_PROGRAM SCENARIO_FOLDER [SECONDS]
set -eu

if [ $# -lt 2 ]; then
  echo "usage: $0 FUZZ_PROGRAM SCENARIO_FOLDER [SECONDS]" >&2
  exit 2
fi
program=$1
scenarios=$2
seconds=${3:-30}
here=$(cd "$(dirname "$0")" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mkdir "$work/corpus" "$work/found"
cp "$scenarios"/*.yaml "$here/../golden/country.yaml" "$work/corpus/"

echo "fuzzing the reader of country files for $seconds s, from $(ls "$work/corpus" | wc -l) countries"
status=0
"$program" -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
  -dict="$here/country.dict" -artifact_prefix="$work/found/" "$work/corpus" >"$work/log" 2>&1 || status=$?

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
