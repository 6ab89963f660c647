#!/usr/bin/env bash
# From a clean checkout to 100,000 cases worked through, verified and drawn. Installs what it needs
# from Debian's packages; a second run skips what is done.
#
#     examples/demo.sh
#     WORKFLOW_DEMO_CASES=5000 examples/demo.sh          for a quick look
set -euo pipefail
cd "$(dirname "$0")/.."

cases=${WORKFLOW_DEMO_CASES:-100000}
item=social-card.replace-lost
workflow=build/workflow
store=out/demo.db
backlog=out/backlog.csv
rejected=out/backlog.rejected.csv
picture=out/$item.svg
export WORKFLOW_CATALOG=definitions
export WORKFLOW_ACCEPTED=draws,ratings,vault,checkpoints,operator    # a demo keeps no secrets
mkdir -p out

bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$'\e[1m' plain=$'\e[0m'; fi
stage() {
    printf '\n%s%s%s\n' "$bold" "$*" "$plain"
    began=$(date +%s%N)
}
seconds() { awk -v from="$began" -v to="$(date +%s%N)" 'BEGIN {printf "%.1f", (to - from) / 1e9}'; }
number_of() { sed -n "s/.*\"$1\": *\([0-9.]*\).*/\1/p" "$2" | head -n 1; }  # KEY FILE

stage "1. What is needed from Debian"
bash tools/dependencies.sh build
echo "all there"

stage "2. The library and the program"
if [ ! -f build/build.ninja ]; then
    launcher=()
    if command -v ccache >/dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
    cmake --preset release -DWORKFLOW_UNITY=ON "${launcher[@]}" \
        -DWORKFLOW_BUILD_TESTS=OFF -DWORKFLOW_BUILD_BENCHMARKS=OFF \
        -DWORKFLOW_WARNINGS_AS_ERRORS=OFF >out/configure.log 2>&1 ||
        { cat out/configure.log && exit 1; }
fi
cmake --build --preset release --target workflow_program
build_seconds=$(seconds)

stage "3. The shipped definitions"
"$workflow" validate definitions

stage "4. A backlog of $cases applications"
if [ -f "$backlog" ] && [ "$(wc -l <"$backlog")" -eq $((cases + 1)) ]; then
    echo "$backlog is there already"
else
    rm -f "$store" "$store"-* out/batch.json        # another backlog, another store
    awk -v rows="$cases" -f examples/backlog.awk >"$backlog.part"
    mv "$backlog.part" "$backlog"
    echo "$backlog written"
fi

stage "5. Worked through by examples/backlog.yaml"
# 1 says that rules refused some rows: the file of rejected rows says which and why. Without a
# report nothing was worked through.
"$workflow" batch examples/backlog.yaml --store "$store" --rejected "$rejected" --format json \
    >out/batch.part || { [ $? -eq 1 ] && [ -s out/batch.part ]; } ||
    { echo "examples/backlog.yaml could not be worked through" >&2 && exit 1; }
batch_seconds=$(seconds)
done_now=$(number_of done out/batch.part)
if [ "${done_now:-0}" -gt 0 ] || [ ! -f out/batch.json ]; then
    mv out/batch.part out/batch.json
    echo "$done_now rows in $(seconds) s"
else
    rm -f out/batch.part
    echo "every row has been worked through already"
fi

stage "6. What time has brought about since: who never answered lets the case lapse"
"$workflow" advance --store "$store"

stage "7. The whole trail: chains, replay, work list"
"$workflow" trail verify --store "$store" --format json >out/trail.json ||
    { cat out/trail.json && exit 1; }
verify_seconds=$(seconds)
echo "$(number_of cases out/trail.json) cases, $(number_of events out/trail.json) events: intact"

stage "8. The process, with the cases on its arrows"
"$workflow" graph "$item" --as svg --store "$store" >"$picture.part"
mv "$picture.part" "$picture"
echo "$picture"

"$workflow" cases --store "$store" --format json |
    awk -v batch="$(number_of seconds out/batch.json)" -v build="$build_seconds" \
        -v verify="$verify_seconds" -v events="$(number_of events out/trail.json)" \
        -v bold="$bold" -v plain="$plain" '
        function field(name,    text) {
            if (!match($0, "\"" name "\": ?\"[^\"]*\"")) return ""
            text = substr($0, RSTART, RLENGTH)
            sub(/^"[^"]*": ?"/, "", text)
            return substr(text, 1, length(text) - 1)
        }
        function row(name, value) { printf "  %-28s %10s\n", name, value }
        /"status"/ {
            cases++
            status = field("status")
            count[status]++
            due = field("promised_due")
            if (status != "open" && due != "") {
                limited++
                if (substr(field("changed"), 1, 10) <= due) in_time++
            }
        }
        END {
            printf "\n%sSummary%s\n", bold, plain
            split("granted,refused,not accepted,withdrawn,answered,lapsed,open", order, ",")
            for (i = 1; i <= 7; i++)
                if (count[order[i]]) row(order[i], count[order[i]])
            row("cases", cases)
            row("events in the trail", events)
            if (limited) row("kept the promised limit", sprintf("%.2f %%", 100 * in_time / limited))
            row("seconds for the batch", sprintf("%.1f", batch))
            if (batch > 0) row("cases a second", int(cases / batch))
            row("seconds to verify", verify)
            row("seconds to build", build)
        }'

cat <<TEXT

Where the files are:
  $store        every case, its events and the work list (SQLite)
  $backlog   the applications; examples/backlog.yaml says what was done with them
  $picture   the drawing, for any browser
Look closer:
  $workflow cases --store $store --status refused --limit 5
  $workflow trail \$($workflow cases --store $store --limit 1 --format json |
      sed -n 's/.*"case": *"\([^"]*\)".*/\1/p') --store $store
TEXT
