#!/bin/bash
# Everything that is tested, in one go. A part that cannot run here is named at the end; with CI=true that is a failure.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-never}
failed=() left_out=()

part() { # part NAME COMMAND... : exit code 77 means that it could not run here
    printf '\n== %s\n' "$1"
    local start=$SECONDS
    "${@:2}"
    local code=$?
    case $code in
        0) printf -- '-- %s: ok, %s s\n' "$1" $((SECONDS - start)) ;;
        77) left_out+=("$1") ;;
        *) failed+=("$1"); printf -- '-- %s: FAILED (%s)\n' "$1" "$code" ;;
    esac
}

part "tools" tests/tools/install.sh
part "format" cargo fmt --all -- --check
part "lints" cargo clippy --quiet --workspace --all-targets -- -D warnings
part "lints of what needs servers" cargo clippy --quiet --test real_servers -- -D warnings
part "lints with DNSSEC" cargo clippy --quiet --features dnssec --lib --test real_dns -- -D warnings
part "generated files" cargo run --quiet --package xtask -- gen --check
part "code page tables" python3 tests/tools/code_pages.py --check
part "build" cargo build --quiet
part "unit tests, dialogues, face" cargo test --quiet --workspace --no-fail-fast
part "every function, hostile arguments" tests/c/run.sh target/debug
part "Python hosts" python3 tests/python/run.py target/debug/libinetmail.so
part "C examples" python3 tests/python/examples.py target/debug
part "C examples under valgrind" python3 tests/python/examples.py --valgrind target/debug
part "the sink of the benches" python3 benches/test_sink.py
part "the servers themselves" tests/servers/run.sh /usr/bin/python3 tests/servers/selftest.py
part "real servers" tests/servers/run.sh cargo test --quiet --offline --test real_servers
part "real name servers, DNSSEC" tests/servers/run.sh cargo test --quiet --offline --features dnssec --test real_dns
part "the installed tree" tests/install.sh

printf '\n'
[ ${#left_out[@]} -eq 0 ] || printf 'LEFT OUT: %s\n' "${left_out[@]}"
[ ${#failed[@]} -eq 0 ] || printf 'FAILED: %s\n' "${failed[@]}"
if [ "${CI:-}" = true ] && [ ${#left_out[@]} -gt 0 ]; then
    exit 1
fi
[ ${#failed[@]} -eq 0 ] && echo "All parts passed."
