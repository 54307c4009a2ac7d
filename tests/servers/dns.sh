#!/bin/bash
# dns.sh DIR : name servers on loopback, with their things below DIR/dns. Writes DIR/dns/env. The certificates are those of pki.py in DIR/ca.
# README.md of this folder has the table of zones.
set -eu
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
dir=$1
work=$dir/dns
mkdir -p "$work/zones" "$work/keys" "$work/run" "$dir/log"
ca=$dir/ca
knot=2961 unbound=2962 tls=2963
# Certificates that are not good, each at a port of its own.
declare -A badly=([EXPIRED]=2964 [WRONGHOST]=2965 [SELFSIGNED]=2966 [UNKNOWNROOT]=2967)

# The zones and the algorithms of their keys. What a zone below "test" has as its DS is written into that.
declare -A algorithms=(
    [.]=ed25519 [test]=ecdsap384sha384 [signed.test]=ecdsap256sha256 [nsec3.test]=rsasha256 [bogus.test]=ecdsap256sha256
    [forged.test]=ecdsap256sha256 [expired.test]=ecdsap256sha256
)
children=(signed.test nsec3.test plain.test bogus.test forged.test expired.test)

zone_top() { # zone_top ZONE : what every zone begins with
    printf '$ORIGIN %s\n$TTL 60\n@ SOA ns.test. hostmaster.test. 1 3600 600 86400 60\n@ NS ns.test.\n' "${1%.}."
}
leaf() { # leaf ZONE : a zone with servers of mail in it
    zone_top "$1"
    cat <<'C'
mail A 127.0.0.1
both A 127.0.0.1
both AAAA ::1
alias CNAME mail
long CNAME long2
long2 CNAME alias
plain CNAME mail.plain.test.
bogus CNAME mail.bogus.test.
*.wild A 127.0.0.1
nothing TXT "no address"
many A 127.0.0.1
C
    # More than fits into a datagram.
    for i in {1..60}; do printf 'many AAAA fd00::%x\n' "$i"; done
}
settings() { # settings SIGNING : a configuration of knot that signs so: on, or off
    cat <<C
server:
    rundir: "$work/run"
    listen: 127.0.0.1@$knot
    pidfile: "$work/run/knot.pid"
    background-workers: 1
    udp-workers: 1
    tcp-workers: 1
log:
  - target: stderr
    any: info
database:
    storage: "$work/keys"
policy:
C
    for nsec3 in off on; do
        printf '  - id: nsec3-%s\n    manual: on\n    single-type-signing: on\n    nsec3: %s\n' "$nsec3" "$nsec3"
    done
    printf 'template:\n  - id: default\n    storage: "%s"\n    zonefile-sync: -1\n    journal-content: none\nzone:\n' "$work/zones"
    for zone in . test "${children[@]}"; do
        printf '  - domain: "%s"\n    file: "%s.zone"\n' "$zone" "${zone/#./root}"
        local signing=$1 nsec3=off
        case $zone in
            plain.test) signing=off ;;
            forged.test | expired.test) [ "$1" = all ] || signing=off ;;
            nsec3.test) nsec3=on ;;
        esac
        [ $signing = off ] || printf '    dnssec-signing: on\n    dnssec-policy: nsec3-%s\n' $nsec3
    done
}
settings all >"$work/all.conf"
settings on >"$work/knot.conf"
manage() { keymgr -c "$work/all.conf" "$@" 2>>"$dir/log/dns.log"; }
digest() { # digest ZONE : its DS of SHA-256
    manage "$1" ds | grep ' DS [0-9]* [0-9]* 2 '
}

### Keys first, for a zone has the digests of those below it.

for zone in "${!algorithms[@]}"; do
    since=
    [ $zone != expired.test ] || since='created=-2y publish=-2y ready=-2y active=-2y'
    manage "$zone" generate "algorithm=${algorithms[$zone]}" ksk=yes zsk=yes $since >>"$dir/log/dns.log"
done
for zone in "${children[@]}"; do leaf "$zone" >"$work/zones/$zone.zone"; done
{
    zone_top test
    echo 'ns A 127.0.0.1'
    for zone in "${children[@]}"; do
        echo "$zone. NS ns.test."
        case $zone in
            plain.test) ;;
            # The digest of a key that the zone does not have.
            bogus.test) digest signed.test | sed 's/^signed/bogus/' ;;
            *) digest "$zone" ;;
        esac
    done
} >"$work/zones/test.zone"
{
    zone_top .
    echo 'test. NS ns.test.'
    echo 'ns.test. A 127.0.0.1'
    digest test
} >"$work/zones/root.zone"
manage . dnskey | sed 's/ DNSKEY/ IN DNSKEY/' >"$work/anchors"

### Signed beforehand: one whose addresses were changed since, and one whose signatures have expired.

mkdir "$work/signed"
kzonesign -c "$work/all.conf" -o "$work/signed" forged.test >>"$dir/log/dns.log" 2>&1
kzonesign -c "$work/all.conf" -o "$work/signed" -t $(($(date +%s) - 31536000)) expired.test >>"$dir/log/dns.log" 2>&1
sed -E 's/^(mail\.forged\.test\.\s.*\sA\s+)127\.0\.0\.1/\1127.0.0.99/' "$work/signed/forged.test.zone" >"$work/zones/forged.test.zone"
cp "$work/signed/expired.test.zone" "$work/zones/expired.test.zone"
cmp -s "$work/signed/forged.test.zone" "$work/zones/forged.test.zone" && { echo "nothing was forged" >&2; exit 1; }

knotd -c "$work/knot.conf" >"$dir/log/knot.log" 2>&1 </dev/null &

### unbound, which validates for its clients, unless they say that they do it themselves.

{
    cat <<C
server:
  verbosity: 1
  use-syslog: no
  chroot: ""
  username: ""
  directory: "$work"
  pidfile: "$work/run/unbound.pid"
  num-threads: 1
  interface: 127.0.0.1@$unbound
  interface: 127.0.0.1@$tls
  tls-port: $tls
  tls-service-key: "$ca/good.key"
  tls-service-pem: "$ca/good.pem"
  outgoing-interface: 127.0.0.1
  do-not-query-localhost: no
  do-ip6: no
  module-config: "validator iterator"
  trust-anchor-file: "$work/anchors"
  local-zone: "test." nodefault
  so-rcvbuf: 0
remote-control:
  control-enable: no
C
    for zone in . test "${children[@]}"; do
        printf 'stub-zone:\n  name: "%s"\n  stub-addr: 127.0.0.1@%s\n  stub-prime: no\n' "$zone" $knot
    done
} >"$work/unbound.conf"
unbound -d -c "$work/unbound.conf" >"$dir/log/unbound.log" 2>&1 </dev/null &

### TLS before unbound by haproxy: certificates that are not good, and TLS 1.2 alone.

front() { # front PORT LEAF OPTION...
    cat "$ca/$2.key" "$ca/$2.pem" >"$work/$2.pem"
    printf 'listen %s\n  bind 127.0.0.1:%s ssl crt %s %s\n  server unbound 127.0.0.1:%s\n' "$1" "$1" "$work/$2.pem" "${*:3}" $unbound
}
{
    printf 'defaults\n  mode tcp\n  timeout connect 10s\n  timeout client 60s\n  timeout server 60s\n'
    for name in "${!badly[@]}"; do front ${badly[$name]} ${name,,}; done
    front 2968 rsa ssl-max-ver TLSv1.2
} >"$work/haproxy.cfg"
haproxy -f "$work/haproxy.cfg" >"$dir/log/names-haproxy.log" 2>&1 </dev/null &

### Does everybody answer, and is everything signed?

answers() { # answers PORT OPTION...
    kdig +short +dnssec +timeout=1 +retry=0 @127.0.0.1 -p "$1" "${@:2}" mail.nsec3.test A 2>/dev/null | grep -q '^A 8 '
}
await() { # await PORT OPTION...
    local end=$((SECONDS + 20))
    until answers "$@"; do
        [ $SECONDS -lt $end ] || { echo "no name server on port $1" >&2; exit 1; }
        sleep 0.02
    done
}
for port in $knot $unbound; do await $port; done
for port in $tls 2968 ${badly[*]}; do await $port +tls; done
cat >"$work/env" <<C
INETMAIL_DNS_KNOT=$knot
INETMAIL_DNS_UNBOUND=$unbound
INETMAIL_DNS_TLS=$tls
INETMAIL_DNS_TLS12=2968
INETMAIL_DNS_ANCHORS=$work/anchors
C
for name in "${!badly[@]}"; do echo "INETMAIL_DNS_$name=${badly[$name]}"; done >>"$work/env"
