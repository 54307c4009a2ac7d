#!/bin/bash
# kerberos.sh DIR [--until-eof] : a Kerberos realm (MIT krb5) on loopback, everything below DIR. Needs no root.
# It says INETMAIL_KRB5_...=VALUE, a line each, when the KDC answers; DIR/env has the same lines. The KDC then stays behind
# (its process id is in DIR/kdc.pid), or, with --until-eof, ends when the standard input of this script does.
#
# Who uses the realm: KRB5_CONFIG=$INETMAIL_KRB5_CONFIG, for a server KRB5_KTNAME=$INETMAIL_KRB5_KEYTAB beside it, and for a
# client with tickets KRB5CCNAME=$INETMAIL_KRB5_CCACHE. KRB5_CONFIG may hold several files, with colons between them.
set -eu
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
REALM=INETMAIL.TEST
HOSTS=(localhost smtp.test)
SERVICES=(smtp imap HTTP)

mkdir -p "${1:?usage: kerberos.sh DIR [--until-eof]}"
dir=$(cd "$1" && pwd)
[[ $dir =~ ^[A-Za-z0-9/._-]+$ ]] || { echo "kerberos.sh: DIR must be plain: $dir" >&2; exit 1; }
log=$dir/kerberos.log
kdc=
fail() {
    trap - ERR
    { echo "kerberos.sh: $1"; tail -n 20 "$log" "$dir/kdc.log"; } >&2 2>/dev/null
    [ -z "$kdc" ] || kill -KILL "$kdc" 2>/dev/null
    exit 1
}
trap 'fail "line $LINENO failed"' ERR
: >"$log"
export KRB5_CONFIG=$dir/krb5.conf KRB5_KDC_PROFILE=$dir/kdc.conf

configure() { # configure PORT
    # TCP alone (udp_preference_limit): a port that nobody has is refused at once, and nothing is sent twice.
    cat >"$dir/krb5.conf" <<C
[libdefaults]
  default_realm = $REALM
  dns_lookup_kdc = false
  dns_lookup_realm = false
  dns_canonicalize_hostname = false
  rdns = false
  udp_preference_limit = 1
  forwardable = true
[realms]
  $REALM = {
    kdc = 127.0.0.1:$1
  }
[domain_realm]
  localhost = $REALM
  .test = $REALM
C
    cat >"$dir/kdc.conf" <<C
[kdcdefaults]
  kdc_listen = 127.0.0.1:$1
  kdc_tcp_listen = 127.0.0.1:$1
[realms]
  $REALM = {
    database_name = $dir/principal
    acl_file = $dir/kadm5.acl
    key_stash_file = $dir/stash
    max_life = 1d
    supported_enctypes = aes256-cts:normal aes128-cts:normal
  }
[logging]
  kdc = FILE:$dir/kdc.log
C
}

principals() {
    echo "addprinc -pw pass user"
    echo "addprinc -pw pässwörd usér"
    # Its password has to be changed before it gets any ticket; and one that is locked out.
    echo "addprinc -pw pass +needchange stale"
    echo "addprinc -pw pass -allow_tix locked"
    local host service
    for host in "${HOSTS[@]}"; do
        for service in "${SERVICES[@]}"; do
            echo "addprinc -randkey $service/$host"
            echo "ktadd -k $dir/keytab $service/$host"
        done
    done
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

configure 88
rm -f "$dir"/principal* "$dir/stash" "$dir/keytab" "$dir/ccache"
kdb5_util create -r $REALM -s -P master >>"$log" 2>&1 </dev/null
principals | kadmin.local -r $REALM >>"$log" 2>&1
# Servers read it under users of their own.
chmod 644 "$dir/keytab" "$dir/krb5.conf"

# A KDC takes no port of the system's choice, so one is tried that was free a moment ago.
for _ in 1 2 3 4 5; do
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    configure "$port"
    krb5kdc -n -r $REALM >>"$log" 2>&1 </dev/null 3>&- &
    kdc=$!
    until answers "$port"; do
        kill -0 "$kdc" 2>/dev/null || { kdc=; break; }
        sleep 0.01
    done
    [ -z "$kdc" ] || break
done
[ -n "$kdc" ] || fail "the KDC does not start"
echo "$kdc" >"$dir/kdc.pid"
kinit -c "FILE:$dir/ccache" user@$REALM >>"$log" 2>&1 <<<pass

tee "$dir/env" <<C
INETMAIL_KRB5_CONFIG=$dir/krb5.conf
INETMAIL_KRB5_REALM=$REALM
INETMAIL_KRB5_CCACHE=FILE:$dir/ccache
INETMAIL_KRB5_KEYTAB=$dir/keytab
INETMAIL_KRB5_KDC=$port
C
[ "${2:-}" = --until-eof ] || exit 0
exec >&-
while read -r _; do :; done
disown "$kdc"
kill -KILL "$kdc"
