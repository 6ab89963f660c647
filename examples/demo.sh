#!/usr/bin/env bash
# From a clean checkout to 100,000 cases worked through, verified and drawn. Installs what it needs
# from Debian's packages; a second run skips what is done.
#
#     examples/demo.sh            WORKFLOW_DEMO_CASES=5000 examples/demo.sh   for a quick look
set -euo pipefail
cd "$(dirname "$0")/.."

cases=${WORKFLOW_DEMO_CASES:-100000}
item=social-card.replace-lost
workflow=build/workflow
store=out/demo.db
backlog=out/backlog.csv
picture=out/$item.svg
mkdir -p out

bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$'\e[1m' plain=$'\e[0m'; fi
step() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
seconds() { echo $((SECONDS - began)); }

began=$SECONDS
step "1. What is needed from Debian"
bash tools/dependencies.sh build
echo "there"

step "2. Building the library and the program"
launcher=()
if command -v ccache >/dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
if [ ! -f build/build.ninja ]; then
    cmake --preset release "${launcher[@]}" \
        -DWORKFLOW_BUILD_TESTS=OFF -DWORKFLOW_BUILD_BENCHMARKS=OFF >out/configure.log ||
        { cat out/configure.log; exit 1; }
fi
cmake --build --preset release --target workflow_program
built=$(seconds)

step "3. The shipped definitions"
"$workflow" validate definitions

step "4. A backlog of $cases applications"
if [ -f "$backlog" ] && [ "$(wc -l <"$backlog")" -eq $((cases + 1)) ]; then
    echo "$backlog is there"
else
    rm -f "$store" "$store"-*        # another backlog, another store
    awk -v rows="$cases" -f examples/backlog.awk >"$backlog.part"
    mv "$backlog.part" "$backlog"
    echo "$backlog written"
fi

step "5. Working through it"
began=$SECONDS
"$workflow" batch examples/backlog.yaml --store "$store" --format json >out/batch.json
worked=$(seconds)
