#!/bin/bash
# The installed tree as a new user meets it: `make install` into a folder of its own, then the programs of README.md, taken from it
# as they stand, built with pkg-config and run against a capture server.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
server_PID=
trap '[ -z "$server_PID" ] || kill "$server_PID" 2>/dev/null || :; rm -rf "$work"' EXIT
passed=0
holds() { # holds WHAT COMMAND...
    "${@:2}" || { echo "install.sh: $1: does not hold" >&2; exit 1; }
    passed=$((passed + 1))
}
# The Nth block of a language in README.md.
block() { awk -v open="^\`\`\`$1\$" -v n="$2" '$0 ~ open { k++; inside = 1; next } /^```/ { inside = 0 } inside && k == n' README.md; }

prefix=$work/prefix
make --silent install PREFIX="$prefix"
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig LD_LIBRARY_PATH=$prefix/lib
holds "the links lead to the library" test -e "$prefix/lib/libinetmail.so"
holds "the description of the ABI is there" cmp api/inetmail.json "$prefix/share/inetmail/inetmail.json"
holds "pkg-config knows the version" test "$(pkg-config --modversion inetmail)" = "$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)"

coproc server { exec python3 tests/tools/capture_server.py --dir "$work/mail"; }
exec {answers}<&"${server[0]}"
read -r word port <&"$answers"
[ "$word" = PORT ]

block c 1 >"$work/first.c"
read -ra flags <<<"$(pkg-config --cflags --libs inetmail)"
holds "the first program of the README compiles" \
    "${CC:-cc}" -std=c99 -Wall -Wextra -pedantic -Werror "$work/first.c" -o "$work/first" "${flags[@]}"
holds "it needs the library by its SONAME" bash -c "readelf -d '$work/first' | grep -q 'libinetmail.so.0'"
holds "it sends" "$work/first" 127.0.0.1 "$port"

read -ra static <<<"$(pkg-config --static --libs inetmail)"
holds "it links statically" "${CC:-cc}" -std=c99 -I"$prefix/include" "$work/first.c" -o "$work/first-static" \
    "$prefix/lib/libinetmail.a" $(printf '%s\n' "${static[@]}" | grep -v -- '-linetmail')
holds "and sends" "$work/first-static" 127.0.0.1 "$port"

block python 1 >"$work/first.py"
holds "the Python program of the README sends" python3 "$work/first.py" 127.0.0.1 "$port"
holds "all three arrived" test "$(ls "$work"/mail/*.eml | wc -l)" = 3
echo "$passed passed, 0 failed"
