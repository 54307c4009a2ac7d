#!/bin/bash
# run.sh CMD... : runs CMD against fresh servers (up.sh) in network, process and mount namespaces
# of their own. No port can clash, nothing leaves loopback, and every process dies with the run.
# Exits with CMD's code, or with 77 (the usual code for "skipped") where it cannot be done.
set -u
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# The second half: we are process 1 of the new namespace.
if [ "${1:-}" = --inside ]; then
    dir=$2
    shift 2
    ip link set lo up 2>/dev/null || python3 "$here/../tools/lo_up.py" || exit 1
    # The certificates also name smtp.test, so that name has to lead here. No name but those in
    # this file can be resolved: the namespace has no way to a DNS server.
    printf '127.0.0.1 localhost smtp.test\n::1 localhost smtp.test\n' >"$dir/hosts"
    chmod 644 "$dir/hosts"
    mount --bind "$dir/hosts" /etc/hosts || exit 1
    "$here/up.sh" "$dir" || exit $?
    # Each leaf certificate has a name of its own; they stand in the file since the servers made them.
    sed 's/^/127.0.0.1 /' "$dir/ca/hosts" >>"$dir/hosts"
    while IFS= read -r line; do export "${line?}"; done <"$dir/env"
    # Not exec: process 1 has to outlive CMD to reap the daemons' children, and it would miss
    # the default actions of signals.
    "$@"
    exit $?
fi

skip() {
    echo "run.sh: SKIPPED, $1" >&2
    exit 77
}
[ $# -gt 0 ] || { echo "usage: run.sh CMD..." >&2; exit 2; }
for tool in unshare setpriv python3 openssl postfix dovecot haproxy krb5kdc kadmin.local kinit saslpasswd2 \
    microsocks danted tinyproxy squid curl knotd keymgr kzonesign kdig unbound; do
    command -v $tool >/dev/null || skip "no $tool here (tests/tools/install.sh installs it)"
done
export INETMAIL_TEST_PACKAGES=${INETMAIL_TEST_PACKAGES:-/usr/local/lib/inetmail-tests}
[ -x "$INETMAIL_TEST_PACKAGES/exim/usr/sbin/exim4" ] || skip "no Exim here (tests/tools/install.sh unpacks it)"
for module in aiosmtpd cryptography OpenSSL gssapi scramp spnego; do
    PYTHONPATH=$INETMAIL_TEST_PACKAGES/python /usr/bin/python3 -c "import importlib.util as u; exit(not u.find_spec('$module'))" ||
        skip "no Python module $module here (tests/tools/install.sh installs it)"
done
[ "$(id -u)" = 0 ] || skip "only root can give the servers a namespace of their own"
new=(unshare --net --pid --fork --kill-child --mount-proc)
"${new[@]}" true 2>/dev/null || skip "this machine does not let us unshare namespaces"

# Always /tmp: a TMPDIR may be closed to the servers' users, or hold a space, which Postfix's
# configuration cannot quote everywhere.
dir=$(mktemp -d /tmp/inetmail.XXXXXX) || exit 1
child=
cleanup() {
    [ -z "$child" ] || { disown "$child" && kill -KILL "$child"; }
    # After a kill the namespace may still be dying, and writing.
    for _ in {1..50}; do rm -rf "$dir" 2>/dev/null && break; sleep 0.1; done
}
trap cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# In the background, so that a signal reaches us at once (unshare itself ignores INT and TERM).
# A shell starts background jobs with INT and QUIT ignored and without input: undo both for CMD.
# pdeathsig ends everything even when this shell is killed with KILL.
env --default-signal=INT,QUIT setpriv --pdeathsig KILL \
    "${new[@]}" "$here/run.sh" --inside "$dir" "$@" <&0 &
child=$!
wait "$child"
code=$?
child=
exit $code
