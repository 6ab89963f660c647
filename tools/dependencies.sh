#!/usr/bin/env bash
# Installs what is missing from Debian's own packages; quick when nothing is.
#
#     tools/dependencies.sh [build] [test] [fuzz]        (default: build)
#
# build: library and program.  test: also its tests.  fuzz: also clang, which sanitizers need.
set -euo pipefail

build=(
    g++ cmake ninja-build pkg-config
    libboost1.74-dev libboost-graph1.74-dev libboost-program-options1.74-dev
    libyaml-cpp-dev libsqlite3-dev libfmt-dev libssl-dev libpugixml-dev
    nlohmann-json3-dev libutf8proc-dev zlib1g-dev libhowardhinnant-date-dev
    libqrencode-dev tzdata
)
test=(ccache catch2 librapidcheck-dev python3 sqlite3 libxml2-utils openssl clang-format-14)
fuzz=(clang-14 libclang-rt-14-dev)

wanted=()
[ $# -gt 0 ] || set -- build
for set in "$@"; do
    case "$set" in
        build) wanted+=("${build[@]}") ;;
        test) wanted+=("${test[@]}") ;;
        fuzz) wanted+=("${fuzz[@]}") ;;
        *)
            echo "dependencies.sh: there is no set '$set'; the sets are build, test, fuzz" >&2
            exit 2
            ;;
    esac
done

if ! command -v dpkg-query >/dev/null; then
    echo "dependencies.sh: not a Debian system; install the equivalents of: ${wanted[*]}" >&2
    exit 3
fi

installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true)
missing=()
for package in "${wanted[@]}"; do
    grep -qx "installed $package" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "dependencies.sh: not root and no sudo; install: ${missing[*]}" >&2
        exit 3
    fi
    as_root=(sudo)
fi
echo "Installing from Debian: ${missing[*]}" >&2
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
