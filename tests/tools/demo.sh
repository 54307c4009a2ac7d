#!/usr/bin/env bash
# Sends the Fore sample to a capture server on loopback and shows the letter as it arrived.
#
#   demo.sh LIBRARY      LIBRARY is libinetmail.so or the directory it is in
#
# Exits non-zero if anything failed or the letter did not arrive whole.
set -euo pipefail

library=${1:?usage: demo.sh LIBRARY}
[ -d "$library" ] && library=$library/libinetmail.so
library=$(realpath "$library")
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")

work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || :; rm -rf "$work"' EXIT

heading() { printf '\n\033[1m== %s\033[0m\n' "$1"; }

heading "Compiling examples_c/fore_sample.c"
# A program looks for the library under the name that the library gives itself.
soname=$(objdump -p "$library" | awk '$1 == "SONAME" { print $2 }')
ln -s "$library" "$work/${soname:-libinetmail.so}"
(
    set -x
    "${CC:-cc}" -std=c99 -Wall -Wextra -pedantic -Werror -I "$root/include" \
        "$root/examples_c/fore_sample.c" -o "$work/fore_sample" "$library" -Wl,-rpath,"$work"
)

heading "Starting a capture server on loopback"
# The server ends when its standard input does: it cannot outlive this script.
coproc capture { exec python3 "$root/tests/tools/capture_server.py" --dir "$work/mail" --show; }
server=$capture_PID
exec {answers}<&"${capture[0]}"
read -r word port <&"$answers"
[ "$word" = PORT ]
echo "listening on 127.0.0.1:$port"

heading "Sending the Fore sample, with an attachment"
attachment="$work/Отчёт за май.txt"
printf 'Выручка: 1 234 567 руб.\nРасходы: 765 432 руб.\n' > "$attachment"
(
    set -x
    "$work/fore_sample" 127.0.0.1 "$port" "$attachment"
)

exec {capture[1]}>&-
cat <&"$answers" > "$work/decoded.txt"
wait "$server"
server=

heading "The letter as it arrived: source"
tr -d '\r' < "$work/mail/0001.eml"

heading "The letter as it arrived: decoded"
cat "$work/decoded.txt"

missing() { echo "demo: $1" >&2; exit 1; }
[ ! -e "$work/mail/0002.eml" ] || missing "the letter arrived more than once"
for text in '<ivanov@server.ru>' '<petrov@server.ru>' 'Subject: Тестовое письмо' 'Текст письма' \
    "Отчёт за май.txt, text/plain, $(wc -c < "$attachment") bytes"; do
    grep -qF -- "$text" "$work/decoded.txt" || missing "the letter came without: $text"
done
heading "Delivered."
