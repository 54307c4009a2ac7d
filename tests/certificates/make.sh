#!/bin/bash
# Makes the files beside it, which the unit tests of src/pki read: forms of keys that rcgen does not write. OpenSSL 3.
# The password is "пароль" throughout, in UTF-8. The certificates are good for a century; what they sign is nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
password=pass:пароль

openssl ecparam -name prime256v1 -genkey -noout -out ec.sec1.pem
openssl req -x509 -new -key ec.sec1.pem -days 36500 -subj "/CN=ec" -out ec.pem
openssl pkcs8 -topk8 -nocrypt -in ec.sec1.pem -out ec.pkcs8.pem
openssl pkcs8 -topk8 -nocrypt -in ec.sec1.pem -outform DER -out ec.pkcs8.der
openssl pkcs8 -topk8 -in ec.sec1.pem -passout $password -v2 aes-256-cbc -v2prf hmacWithSHA256 -out ec.aes256.pem
openssl pkcs8 -topk8 -in ec.sec1.pem -passout $password -v2 aes-128-cbc -v2prf hmacWithSHA1 -outform DER -out ec.aes128.der
openssl pkcs8 -topk8 -in ec.sec1.pem -passout $password -v2 des3 -out ec.des3.pem
openssl pkcs8 -topk8 -in ec.sec1.pem -passout $password -scrypt -out ec.scrypt.pem
openssl pkcs8 -topk8 -in ec.sec1.pem -passout $password -v1 PBE-SHA1-3DES -out ec.pkcs12-3des.pem
openssl pkcs8 -topk8 -in ec.sec1.pem -passout $password -v1 PBE-SHA1-RC2-128 -provider legacy -provider default -out ec.pkcs12-rc2.pem
openssl pkcs8 -topk8 -in ec.sec1.pem -passout $password -v1 PBE-MD5-DES -provider legacy -provider default -out ec.md5-des.pem
openssl ec -in ec.sec1.pem -aes128 -passout $password -out ec.traditional.pem

openssl genrsa -traditional -out rsa.pkcs1.pem 2048
openssl req -x509 -new -key rsa.pkcs1.pem -days 36500 -subj "/CN=rsa" -out rsa.pem

openssl genrsa -traditional -out weak.pkcs1.pem 1024

export() { # export FILE OPTION... : leaf and its key, and another certificate behind it
    openssl pkcs12 -export -in ec.pem -inkey ec.sec1.pem -certfile rsa.pem -name ec "${@:2}" -out "$1"
}
export modern.p12 -passout $password
export modern-sha512.p12 -passout $password -macalg sha512 -certpbe AES-128-CBC -keypbe AES-128-CBC
export legacy.p12 -passout $password -legacy
export 3des.p12 -passout $password -legacy -descert
export without-password.p12 -passout pass:
export without-encryption.p12 -passout $password -keypbe NONE -certpbe NONE
export without-mac.p12 -passout $password -nomac
openssl pkcs12 -export -nokeys -in ec.pem -certfile rsa.pem -passout $password -out certificates.p12
openssl crl2pkcs7 -nocrl -certfile ec.pem -outform DER -out ec.p7b

# Version 1, which roots of long ago are.
openssl req -new -key ec.sec1.pem -subj "/O=two in one+CN=v1" | openssl x509 -req -key ec.sec1.pem -days 36500 -out v1.pem

# A list of revoked certificates of ec.pem and an OCSP response about it, good for a century.
ca=$(mktemp -d)
trap 'rm -r "$ca"' EXIT
touch "$ca/index"
echo 01 >"$ca/number"
cat >"$ca/conf" <<EOF
[ca]
default_ca = own
[own]
database = $ca/index
crlnumber = $ca/number
default_md = sha256
default_crl_days = 36500
EOF
openssl ca -config "$ca/conf" -gencrl -cert ec.pem -keyfile ec.sec1.pem -out list.pem
openssl crl -in list.pem -outform DER -out list.der
openssl ocsp -issuer ec.pem -cert rsa.pem -reqout "$ca/request" -no_nonce
openssl ocsp -index "$ca/index" -CA ec.pem -rsigner ec.pem -rkey ec.sec1.pem -reqin "$ca/request" -respout response.der -ndays 36500
