#!/bin/bash
# install.sh : installs what the tests need and this machine lacks (Debian, root, apt-get).
# Elsewhere it names what is missing; with CI=true that is a failure, because a test which
# silently did not run looks exactly like a test that passed.
set -u
# The servers live in sbin, which is not on every caller's PATH.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

# One line per need: the package, then the command that proves it is there. Looking for the
# thing and not for the package takes milliseconds, and accepts a python3 that came otherwise.
# python3-aiosmtpd and its neighbours: Debian's own Python has them, which need not be the first on the PATH.
# libc6-dbg: without it Debian's valgrind does not even start ("function redirection").
# "pip:" is a package of PyPI for Debian's Python, without what it needs (Debian has that, and two of a kind disagree). "unpacked:" is one
# of Debian's that is not installed but only unpacked: Exim cannot be installed beside Postfix.
place=${INETMAIL_TEST_PACKAGES:-/usr/local/lib/inetmail-tests}
needs='
gcc                   command -v gcc
g++                   command -v g++
make                  command -v make
pkg-config            command -v pkg-config
python3               command -v python3
python3-aiosmtpd      /usr/bin/python3 -c "import aiosmtpd"
python3-cryptography  /usr/bin/python3 -c "import cryptography"
python3-openssl       /usr/bin/python3 -c "import OpenSSL"
python3-venv          python3 -c "import venv, ensurepip"
openssl               command -v openssl
valgrind              command -v valgrind
libc6-dbg             test -d /usr/lib/debug/.build-id
postfix               command -v postfix
dovecot-core          command -v dovecot
dovecot-submissiond   test -x /usr/lib/dovecot/submission
dovecot-lmtpd         test -x /usr/lib/dovecot/lmtp
haproxy               command -v haproxy
krb5-kdc              command -v krb5kdc
krb5-admin-server     command -v kadmin.local
krb5-user             command -v kinit
python3-gssapi        /usr/bin/python3 -c "import gssapi"
dovecot-gssapi        test -e /usr/lib/dovecot/modules/auth/libmech_gssapi.so
libsasl2-modules      compgen -G "/usr/lib/*/sasl2/libntlm.so"
libsasl2-modules-gssapi-mit compgen -G "/usr/lib/*/sasl2/libgssapiv2.so"
sasl2-bin             command -v saslpasswd2
gsasl                 command -v gsasl
msmtp                 command -v msmtp
swaks                 command -v swaks
curl                  command -v curl
python3-pip           /usr/bin/python3 -m pip --version
libgnutls-dane0       compgen -G "/usr/lib/*/libgnutls-dane.so.0"
libfaketime           compgen -G "/usr/lib/*/faketime/libfaketime.so.1"
pip:scramp            PYTHONPATH=$place/python /usr/bin/python3 -c "import scramp"
pip:asn1crypto        PYTHONPATH=$place/python /usr/bin/python3 -c "import asn1crypto.x509"
pip:pyspnego          PYTHONPATH=$place/python /usr/bin/python3 -c "import spnego"
unpacked:exim4-daemon-light test -x $place/exim/usr/sbin/exim4
microsocks            command -v microsocks
dante-server          command -v danted
tinyproxy-bin         command -v tinyproxy
squid                 command -v squid
knot                  command -v knotd
knot-dnssecutils      command -v kzonesign
knot-dnsutils         command -v kdig
unbound               command -v unbound
util-linux            command -v unshare
iproute2              command -v ip
libcurl4-openssl-dev  compgen -G "/usr/include/*/curl/curl.h" || test -f /usr/include/curl/curl.h
'

missing() {
    local package check
    while read -r package check; do
        [ -z "$package" ] || (eval "$check") >/dev/null 2>&1 </dev/null || printf '%s\n' "$package"
    done <<<"$needs"
}

mapfile -t wanted < <(missing)
if [ ${#wanted[@]} -eq 0 ]; then
    echo "install: nothing is missing"
    exit 0
fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # A package must not start its daemon: it would take port 25 and outlive the tests.
    # Only a policy of our own is removed again.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e $policy ]; then
        trap 'rm -f $policy' EXIT
        trap 'exit 130' INT TERM HUP
        printf '#!/bin/sh\nexit 101\n' >$policy
        chmod 755 $policy
    fi
    log=$(mktemp)
    echo "install: installing ${wanted[*]}"
    export DEBIAN_FRONTEND=noninteractive
    by_apt() {
        apt-get -qy -o DPkg::Lock::Timeout=120 install --no-install-recommends "$@" || return
        echo "install: apt installed $*" >&3
    }
    by_pip() {
        /usr/bin/python3 -m pip install --disable-pip-version-check --root-user-action=ignore --no-deps --upgrade \
            --target "$place/python" "$@" || return
        echo "install: pip installed $*" >&3
    }
    unpack() {
        local folder
        folder=$(mktemp -d)
        (cd "$folder" && apt-get -q download "$@") && mkdir -p "$place/exim" && dpkg-deb -x "$folder"/*.deb "$place/exim" || return
        rm -rf "$folder"
        echo "install: unpacked $*" >&3
    }
    packages=() pips=() unpacked=()
    for want in "${wanted[@]}"; do
        case $want in
            pip:*) pips+=("${want#*:}") ;;
            unpacked:*) unpacked+=("${want#*:}") ;;
            *) packages+=("$want") ;;
        esac
    done
    {
        apt-get -q update &&
            { [ ${#packages[@]} -eq 0 ] || by_apt "${packages[@]}"; } &&
            { [ ${#pips[@]} -eq 0 ] || by_pip "${pips[@]}"; } &&
            { [ ${#unpacked[@]} -eq 0 ] || unpack "${unpacked[@]}"; }
    } 3>&1 >"$log" 2>&1 </dev/null || tail -n 30 "$log" >&2
    rm -f "$log"
    # What counts is what is there now, not what apt said.
    mapfile -t wanted < <(missing)
    [ ${#wanted[@]} -gt 0 ] || exit 0
fi

{
    echo "**********************************************************************"
    echo "*** MISSING, tests that need it cannot run: ${wanted[*]}"
    echo "*** As root on Debian this script gets them from apt and PyPI."
    echo "**********************************************************************"
} >&2
[ "${CI:-}" != true ]
