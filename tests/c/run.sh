#!/bin/bash
# run.sh LIBDIR : the header alone, as C99 and as C++17; then against the library of LIBDIR: forks among threads and among
# operations, and the generated hostile program, these two also under valgrind.
set -euo pipefail
library=$(realpath "$1")/libinetmail.so
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Programs look for the library under its SONAME.
soname=$(readelf -d "$library" | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p')
ln -s "$library" "$work/$soname"

strict=(-Wall -Wextra -pedantic -Werror -I "$root/include")
echo '#include <inetmail.h>' >"$work/alone.c"
"${CC:-cc}" -std=c99 "${strict[@]}" -fsyntax-only "$work/alone.c"
"${CXX:-c++}" -std=c++17 "${strict[@]}" -fsyntax-only -x c++ "$work/alone.c"

for program in fork operations; do
    "${CC:-cc}" -std=c11 -g -D_POSIX_C_SOURCE=200809L "${strict[@]}" "$root/tests/c/$program.c" -o "$work/$program" \
        "$library" -pthread -Wl,-rpath,"$work"
    "$work/$program"
done

"${CC:-cc}" -std=c99 -g "${strict[@]}" "$root/tests/c/hostile.c" -o "$work/hostile" "$library" -Wl,-rpath,"$work"
"$work/hostile"
# A child by fork loses what the threads of its parent held.
for program in "$work/operations 0" "$work/hostile"; do
    valgrind --quiet --leak-check=full --errors-for-leak-kinds=definite,indirect,possible \
        --error-exitcode=9 $program
done
