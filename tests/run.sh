#!/usr/bin/env bash
# Everything that must hold before a change is kept. Prints each stage with its time and, at the
# end, `N passed, N failed`; ends with 1 when anything failed.
#
#     tests/run.sh                 everything (half an hour on two fast cores)
#     tests/run.sh quick           format, tidy, the release build and its tests
#     tests/run.sh STAGE...        only these: format tidy release plain asan tsan fuzz
#
# WORKFLOW_FUZZ_SECONDS (30): time for each fuzz target.  WORKFLOW_JOBS (all cores): at once.
set -uo pipefail
cd "$(dirname "$0")/.."

jobs=${WORKFLOW_JOBS:-$(nproc)}
fuzz_seconds=${WORKFLOW_FUZZ_SECONDS:-30}
all=(format tidy release plain asan tsan fuzz)
case "${1:-all}" in
    all) stages=("${all[@]}") ;;
    quick) stages=(format tidy release) ;;
    -h | --help)
        sed -n '2,10s/^# \{0,1\}//p' "$0"
        exit 0
        ;;
    *) stages=("$@") ;;
esac
for stage in "${stages[@]}"; do
    case " ${all[*]} " in
        *" $stage "*) ;;
        *)
            echo "tests/run.sh: there is no stage '$stage'; the stages are: ${all[*]}" >&2
            exit 2
            ;;
    esac
done

passed=0 failed=0 rows=()
logs=out/tests
mkdir -p "$logs"

# Runs a check and says how it went; its words are shown when it fails.
check() {
    local name=$1 began=$SECONDS log result
    shift
    log=$logs/${name//[^a-z0-9]/-}.log
    printf '%-34s' "$name"
    if "$@" >"$log" 2>&1; then
        passed=$((passed + 1)) result=ok
    else
        failed=$((failed + 1)) result=FAILED
    fi
    printf '%-8s %4d s\n' "$result" $((SECONDS - began))
    rows+=("$result $name")
    if [ "$result" != ok ]; then
        echo "---- last lines of $log"
        tail -n 60 "$log"
        echo "----"
        return 1
    fi
}

# What was compiled before, in whatever folder the checkout was, is not compiled again.
launcher=()
use_compiler_cache() {
    command -v ccache >/dev/null || return 0
    launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
    export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
}

configure_and_build() {  # PRESET [TARGET...]
    local preset=$1
    shift
    cmake --preset "$preset" -DWORKFLOW_UNITY=ON "${launcher[@]}" || return 1
    local targets=()
    [ $# -eq 0 ] || targets=(--target "$@")
    cmake --build --preset "$preset" -j "$jobs" "${targets[@]}"
}

formatted() {
    local files
    mapfile -t files < <(find libworkflow tools examples tests \
        \( -name '*.cpp' -o -name '*.hpp' \) -not -path '*/golden/*' | sort)
    clang-format-14 --dry-run --Werror "${files[@]}"
}

stage_format() { check "format" formatted; }

stage_tidy() {
    check "tidy" python3 -B tests/tidy/tidy.py
    check "tidy: each check bites" python3 -B tests/tidy/test_tidy.py
}

stage_release() {
    check "release: build" configure_and_build release || return
    # tidy has been asked above.
    local began=$SECONDS tests
    tests=$(ctest --test-dir build -N | sed -n 's/^ *Test *#[0-9]*: //p' | grep -v '^tidy')
    echo "release: $(wc -l <<<"$tests") test programs"
    each_test release build "$tests"
    # The conformance test fails when they fall; here they are for the reader.
    build/tests/dmn_tck 2>/dev/null | tail -n 2 | sed 's/^/  DMN kit: /'
    echo "release: tests took $((SECONDS - began)) s"
    check "release: demo" demo
}

# In a folder of its own: what lies in out/ may be somebody's.
demo() {
    local folder=out/tests/demo part
    rm -rf "$folder"
    mkdir -p "$folder"
    cp -r examples "$folder"
    for part in definitions tools build CMakePresets.json; do ln -s "$PWD/$part" "$folder"; done
    WORKFLOW_DEMO_CASES=2000 bash "$folder/examples/demo.sh" &&
        grep -q '"cases": *2000' "$folder/out/trail.json"
}

# Runs the test programs of a build tree side by side and counts each one.
each_test() {  # NAME FOLDER TESTS
    local name=$1 folder=$2 tests=$3 log pattern
    log=$logs/$name-ctest.log
    pattern="^($(paste -sd'|' <<<"$tests"))\$"
    ctest --test-dir "$folder" -j "$jobs" --output-on-failure -R "$pattern" >"$log" 2>&1
    local seen=0 test line
    while read -r test; do
        line=$(grep -E "Test +#[0-9]+: $test [. ]" "$log" | tail -n 1)
        if [[ $line == *Passed* ]]; then
            passed=$((passed + 1))
            printf '%-34s%-8s %s\n' "  $name: $test" ok "$(grep -oE '[0-9.]+ sec' <<<"$line")"
        else
            failed=$((failed + 1)) seen=1
            printf '%-34s%-8s\n' "  $name: $test" FAILED
            rows+=("FAILED $name: $test")
        fi
    done <<<"$tests"
    if [ $seen -ne 0 ]; then
        echo "---- last lines of $log"
        tail -n 120 "$log"
        echo "----"
    fi
}

stage_asan() {
    check "asan+ubsan: build" configure_and_build asan-ubsan || return
    local tests
    tests=$(ctest --test-dir build-asan -N | sed -n 's/^ *Test *#[0-9]*: //p' |
        grep -vE '^(tidy|projects)')
    export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
    export UBSAN_OPTIONS=print_stacktrace=1
    each_test asan build-asan "$tests"
}

# The README's build: it compiles each source alone, so a missing include shows.
stage_plain() {
    check "plain: build" plain_build
}
plain_build() {
    cmake --preset release -B out/plain -DWORKFLOW_BUILD_TESTS=OFF \
        -DWORKFLOW_BUILD_BENCHMARKS=OFF "${launcher[@]}" &&
        cmake --build out/plain -j "$jobs"
}

# Where threads are.
stage_tsan() {
    check "tsan: build" configure_and_build tsan test_shell test_batch test_report || return
    export TSAN_OPTIONS=halt_on_error=1
    each_test tsan build-tsan "$(printf '%s\n' shell batch report)"
}

fuzz_one() {  # TARGET: from the committed corpus, into a copy of it
    local name=$1 corpus
    corpus=out/fuzz/$name
    mkdir -p "$corpus" "out/fuzz/crashes"
    if [ -d "tests/fuzz/corpus/$name" ]; then cp -rn "tests/fuzz/corpus/$name/." "$corpus/"; fi
    "build-asan/tests/fuzz/fuzz_$name" "$corpus" -max_total_time="$fuzz_seconds" \
        -rss_limit_mb=1024 -timeout=10 -max_len=8192 \
        -artifact_prefix="out/fuzz/crashes/$name-" -print_final_stats=1
}

stage_fuzz() {
    # In the tree of the sanitizers: one build of the library serves both.
    check "fuzz: build" configure_and_build asan-ubsan fuzzers || return
    local target name running=()
    for target in tests/fuzz/*.cpp; do
        [ -e "$target" ] || continue
        name=$(basename "$target" .cpp)
        fuzz_one "$name" >"$logs/fuzz-$name.log" 2>&1 &
        running+=("$name:$!")
        if [ ${#running[@]} -ge "$jobs" ]; then
            finish_fuzz "${running[@]}"
            running=()
        fi
    done
    [ ${#running[@]} -eq 0 ] || finish_fuzz "${running[@]}"
}

finish_fuzz() {
    local pair name
    for pair in "$@"; do
        name=${pair%%:*}
        if ! check "fuzz: $name, $fuzz_seconds s" wait "${pair##*:}"; then
            tail -n 60 "$logs/fuzz-$name.log"
        fi
    done
}

began=$SECONDS
wants=(build test)
# Clang builds with sanitizers in half of GCC's time.
[[ " ${stages[*]} " =~ \ (asan|tsan|fuzz)\  ]] && wants+=(fuzz)
check "dependencies" bash tools/dependencies.sh "${wants[@]}" || exit 1
use_compiler_cache
for stage in "${stages[@]}"; do
    "stage_$stage"
done
echo
for row in "${rows[@]}"; do
    [[ $row == FAILED* ]] && echo "$row"
done
echo "$((SECONDS - began)) seconds"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
