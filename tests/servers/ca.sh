#!/bin/bash
# ca.sh DIR : a private CA and one leaf certificate per TLS situation, with openssl alone.
# Writes DIR/NAME.key and DIR/NAME.pem, and the two roots root.pem and unknown-ca.pem.
set -eu
mkdir -p "$1"
cd "$1"
exec >>openssl.log 2>&1

# Who may be reached with a good certificate.
names=DNS:localhost,DNS:smtp.test,IP:127.0.0.1,IP:::1

# "openssl ca" and not "openssl x509 -req", for only it can date a certificate into the past or
# the future. The machine's own openssl.cnf is not used: it may be absent or odd.
cat >openssl.cnf <<C
[ca]
default_ca = signer
[signer]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
default_days = 3650
policy = any
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = \$ENV::SAN
C
: >index.txt
export SAN=$names

request() { # request NAME SUBJECT OPTION... : a fresh P-256 key and what is asked for it
    openssl req -config openssl.cnf -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
        -keyout "$1.key" -subj "/CN=$2" "${@:3}"
}
root() { # root NAME SUBJECT
    request "$1" "$2" -x509 -extensions root -days 7300 -out "$1.pem"
}
leaf() { # leaf NAME SAN CA OPTION...
    request "$1" "$1" -out "$1.csr"
    SAN=$2 openssl ca -batch -notext -config openssl.cnf -extensions leaf \
        -keyfile "$3.key" -cert "$3.pem" -in "$1.csr" -out "$1.pem" "${@:4}"
}

root root "inetmail test root"
root unknown-ca "inetmail unknown root"
leaf good $names root
leaf expired $names root -startdate 20200101000000Z -enddate 20210101000000Z
leaf notyet $names root -startdate 20400101000000Z -enddate 20410101000000Z
leaf wronghost DNS:other.example root
leaf unknownroot $names unknown-ca
request selfsigned localhost -x509 -extensions leaf -days 3650 -out selfsigned.pem
chmod 600 ./*.key
chmod 644 ./*.pem
