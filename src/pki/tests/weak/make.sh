#!/bin/sh
# Makes the certificates beside it, whose keys and signatures rcgen does not make. They are valid for a hundred years, so that
# this is run again only when another is needed: sh src/pki/tests/weak/make.sh
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/ext" <<END
[ca]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
[server]
subjectAltName=DNS:mail.example.com
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
END
key() { openssl genpkey -algorithm RSA -pkeyopt "rsa_keygen_bits:$2" -out "$work/$1.key" 2>/dev/null; }
# certificate NAME SECTION ISSUER HASH
certificate() {
    openssl req -new -key "$work/$1.key" -subj "/CN=$1" -out "$work/$1.csr"
    if [ "$3" = "$1" ]; then by="-signkey $work/$1.key"; else by="-CA $work/$3.pem -CAkey $work/$3.key"; fi
    openssl x509 -req -in "$work/$1.csr" $by -set_serial "0x$(openssl rand -hex 8 | sed s/^./1/)" -days 36500 "-$4" \
        -extfile "$work/ext" -extensions "$2" -out "$work/$1.pem" 2>/dev/null
    openssl x509 -in "$work/$1.pem" -outform DER -out "$1.der"
}
key root 2048; key sha1 2048; key md5 2048; key short 1024; key short-ca 1024; key under-short 2048; key old-root 2048
certificate root ca root sha256
certificate sha1 server root sha1
certificate md5 server root md5
certificate short server root sha256
certificate short-ca ca root sha256
certificate under-short server short-ca sha256
# A root is not believed for its own signature.
certificate old-root ca old-root sha1
key under-old-root 2048
certificate under-old-root server old-root sha256
