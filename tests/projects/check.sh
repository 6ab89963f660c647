#!/usr/bin/env bash
# Installs the build tree into an empty folder and builds the examples against it, as a
# stranger would: by find_package, by pkg-config; and takes the source in by add_subdirectory.
#
#     tests/projects/check.sh SOURCE BUILD [COMPILER]
set -euo pipefail

source=$1 build=$2 compiler=${3:-c++}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
example=$source/examples/embed.cpp

quietly() {  # shows what a command said only when it fails
    "$@" >"$work/log" 2>&1 || { cat "$work/log"; echo "failed: $*"; exit 1; }
}
runs() {  # the example carries a case to its end
    "$1" "$2" >"$work/trail" || { cat "$work/trail"; echo "failed: $1 $2"; exit 1; }
    grep -q 'case_ended' "$work/trail" || { cat "$work/trail"; echo "no end in the trail"; exit 1; }
}

quietly cmake --install "$build" --prefix "$work/prefix"
for part in bin/workflow include/workflow/workflow.hpp share/workflow/definitions/catalog.yaml \
    share/man/man1/workflow.1 share/doc/workflow/LICENSE share/doc/workflow/docs/language.md; do
    [ -e "$work/prefix/$part" ] || { echo "not installed: $part"; exit 1; }
done
"$work/prefix/bin/workflow" --version >/dev/null
"$work/prefix/bin/workflow" validate --quiet "$work/prefix/share/workflow/definitions"

quietly cmake -S "$here/find_package" -B "$work/found" -G Ninja -DEXAMPLE="$example" \
    -DLANGUAGE_EXAMPLE="$source/examples/decide.cpp" \
    -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_PREFIX_PATH="$work/prefix"
quietly cmake --build "$work/found"
[ "$(cat "$work/found/definitions.txt")" -ef "$work/prefix/share/workflow/definitions" ]
runs "$work/found/embed" "$work/prefix/share/workflow/definitions"
if ldd "$work/found/decide" | grep -q libcrypto; then
    echo "workflow::feel brings OpenSSL along"
    exit 1
fi
"$work/found/decide" "$source/examples/fare.dmn" | grep -A1 'Fare: 1.5' | grep -q 'by rule 2'
echo "find_package: ok"

pc=$(dirname "$(find "$work/prefix" -name workflow.pc)")
flags=$(PKG_CONFIG_PATH=$pc pkg-config --static --cflags --libs workflow)
# shellcheck disable=SC2086
quietly "$compiler" -std=c++20 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror \
    "$example" -o "$work/by-pkg-config" $flags
runs "$work/by-pkg-config" "$work/prefix/share/workflow/definitions"
echo "pkg-config: ok"

# Of the shared library only the interface can be seen.
quietly cmake --build "$build" --target workflow_shared
shared=$(find "$build/libworkflow" -name 'libworkflow.so.*.*.*')
if nm -DC --defined-only "$shared" | cut -c20- | grep -v 'workflow::v0::' | grep .; then
    echo "the shared library shows more than its interface"
    exit 1
fi
quietly "$compiler" -std=c++20 -I"$work/prefix/include" "$example" -o "$work/shared" \
    "$shared" -Wl,-rpath,"$(dirname "$shared")"
runs "$work/shared" "$work/prefix/share/workflow/definitions"
echo "shared library: ok"

# Configuring is what may go wrong here; the layers themselves have been built above.
quietly cmake -S "$here/add_subdirectory" -B "$work/inside" -G Ninja -DEXAMPLE="$example" \
    -DWORKFLOW="$source" -DCMAKE_CXX_COMPILER="$compiler"
quietly cmake --build "$work/inside" --target embed -- -n
echo "add_subdirectory: ok"
