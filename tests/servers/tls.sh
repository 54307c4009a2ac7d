# Sourced by up.sh: the listeners of transport security beyond a bad certificate each. README.md of this folder has their table.

responder_port=2680
modern12='TLSv1.2' modern13='TLSv1.3'

# For a daemon's own port; `listen` of up.sh does it for Postfix.
tls_port() { # tls_port NAME PORT : NAME as in INETMAIL_TLS_NAME
    env+=("INETMAIL_TLS_$1=$2")
}

# One line of a table for Postfix's tls_server_sni_maps for each host of the PKI: which files are presented for the name.
tls_names() {
    local host leaf
    while read -r host; do
        leaf=${host%%.*}
        case $leaf in
            two | labels) leaf=wildcard ;;
            xn--*) leaf=idn ;;
        esac
        echo "$host $ca/$leaf.key, $ca/$leaf.pem"
    done <"$ca/hosts"
}

# Lines of master.cf. Their variables are INETMAIL_POSTFIX_NAME as those of up.sh, and they have STARTTLS but for _SMTPS.
tls_postfix() {
    # Nobody waits for these: the master opens all ports at once, and the first listeners tell that it has.
    local plain_ports=() tls_ports=()
    local maps=tls_server_sni_maps=texthash:$post/etc/names
    local ipsan=smtpd_tls_chain_files=$ca/ipsan.key,$ca/ipsan.pem
    tls_names >"$post/etc/names"
    listen BYNAME 2531 "$maps"
    listen BYNAME_SMTPS 2532 "$maps" "$implicit"
    listen IPSAN 2533 "$ipsan"
    listen IPSAN_SMTPS 2534 "$ipsan" "$implicit"
    listen TLS12 2541 smtpd_tls_protocols=$modern12
    listen TLS13 2542 smtpd_tls_protocols=$modern13
    # What nobody should talk any more. OpenSSL does it at its lowest level of security, which Postfix sets by itself.
    listen TLS10 2543 smtpd_tls_protocols=TLSv1 tls_medium_cipherlist=ALL:@SECLEVEL=0
    listen TLS11 2544 smtpd_tls_protocols=TLSv1.1 tls_medium_cipherlist=ALL:@SECLEVEL=0

    # Who shows the certificate "client" may send anywhere, as if logged in; "client-unwanted" is refused.
    sed -n 's/ client-unwanted$/ 554 5.7.1 This certificate is not wanted/p' "$ca/fingerprints" >"$post/etc/unwanted"
    grep -E ' client(-rsa|-p384|-ed25519)?$' "$ca/fingerprints" >"$post/etc/wanted"
    local certificates=(
        smtpd_tls_CAfile="$ca/root.pem" smtpd_tls_fingerprint_digest=sha256 relay_clientcerts=texthash:"$post/etc/wanted"
        smtpd_relay_restrictions=permit_sasl_authenticated,permit_tls_clientcerts,reject_unauth_destination
        smtpd_sender_restrictions=check_ccert_access,texthash:"$post/etc/unwanted"
    )
    listen CCERTASKED 2551 "${certificates[@]}" smtpd_tls_ask_ccert=yes
    listen CCERTREQUIRED 2552 "${certificates[@]}" smtpd_tls_req_ccert=yes smtpd_tls_security_level=encrypt
    listen CCERTREQUIRED12 2553 "${certificates[@]}" smtpd_tls_req_ccert=yes smtpd_tls_security_level=encrypt \
        smtpd_tls_protocols=$modern12

    # Resumption: by ticket, by session id from the cache (up.sh gives it to tlsmgr), by TLS 1.3's pre-shared key.
    listen TICKETS12 2561 smtpd_tls_protocols=$modern12
    listen IDS12 2562 smtpd_tls_protocols=$modern12 tls_ssl_options=NO_TICKET
    listen TICKETS13 2563 smtpd_tls_protocols=$modern13
}

# haproxy: what Postfix cannot do for one listener alone, all of it implicit TLS with Postfix's NOTLS behind it.
tls_haproxy() {
    local suite version group name port=2701
    local bind="crt $proxy/good" rsa="crt $proxy/rsa"
    front() { # front NAME PORT OPTION...
        printf 'listen %s\n  bind 127.0.0.1:%s ssl %s\n  server postfix 127.0.0.1:2502\n' "$1" "$2" "${*:3}"
        tls_port "$1" "$2"
    }
    cat <<X
global
  maxconn 1000
  ssl-default-bind-options ssl-min-ver TLSv1.2
  # Without tickets there is no resumption, then.
  tune.ssl.cachesize 0
defaults
  mode tcp
  timeout connect 10s
  timeout client 60s
  timeout server 60s
X
    for suite in TLS_AES_128_GCM_SHA256 TLS_AES_256_GCM_SHA384 TLS_CHACHA20_POLY1305_SHA256; do
        front "SUITE_$suite" $((port++)) "$bind" ssl-min-ver $modern13 ciphersuites $suite
    done
    # IANA's name and OpenSSL's.
    while read -r suite name; do
        case $suite in *_RSA_*) version=$rsa ;; *) version=$bind ;; esac
        front "SUITE_$suite" $((port++)) "$version" ssl-max-ver $modern12 ciphers "$name"
    done <<'X'
TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 ECDHE-ECDSA-AES128-GCM-SHA256
TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 ECDHE-ECDSA-AES256-GCM-SHA384
TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 ECDHE-ECDSA-CHACHA20-POLY1305
TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 ECDHE-RSA-AES128-GCM-SHA256
TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 ECDHE-RSA-AES256-GCM-SHA384
TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 ECDHE-RSA-CHACHA20-POLY1305
X
    # A suite that rustls does not have.
    front SUITE_CBC 2710 "$rsa" ssl-max-ver $modern12 ciphers ECDHE-RSA-AES128-SHA
    port=2711
    for version in $modern12 $modern13; do
        for group in X25519:X25519 SECP256R1:P-256 SECP384R1:P-384; do
            front "GROUP${version//[^0-9]/}_${group%:*}" $((port++)) "$bind" \
                ssl-min-ver "$version" ssl-max-ver "$version" curves "${group#*:}"
        done
    done
    # A group that rustls has not with ring.
    front GROUP13_SECP521R1 2717 "$bind" ssl-min-ver $modern13 curves P-521

    # Staples, by the name asked for.
    front STAPLES 2721 crt-list "$proxy/staples"
    # A client's certificate, refused in the handshake.
    for version in $modern12 $modern13; do
        name=${version//[^0-9]/}
        front "MUTUAL${name}" $((2760 + name)) "$bind" ssl-min-ver "$version" ssl-max-ver "$version" \
            verify required ca-file "$ca/root.pem"
        front "FORGETFUL${name}" $((2780 + name)) "$bind" ssl-min-ver "$version" ssl-max-ver "$version" no-tls-tickets
    done
}

# haproxy wants key, certificate and staple beside each other.
tls_staples() {
    local name
    mkdir -p "$proxy"
    for name in good rsa muststaple; do cat "$ca/$name.key" "$ca/$name.pem" >"$proxy/$name"; done
    for name in staple-good staple-revoked staple-tampered staple-stranger muststaple-good muststaple-revoked \
        muststaple-tampered; do
        cat "$ca/$name.key" "$ca/$name.pem" >"$proxy/$name"
        cp "$ca/ocsp/$name.der" "$proxy/$name.ocsp"
        echo "$proxy/$name $name.smtp.test"
    done >"$proxy/list"
    {
        echo "$proxy/good localhost"
        echo "$proxy/muststaple muststaple.smtp.test"
        cat "$proxy/list"
    } >"$proxy/staples"
}

# The submission server of a Dovecot: its ports in clear (with STARTTLS) and implicit.
tls_dovecot() { # tls_dovecot PORT PORT
    cat <<X
protocols = submission lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <$ca/good.pem
ssl_key = <$ca/good.key
ssl_min_protocol = TLSv1.2
mail_location = maildir:~/Maildir
first_valid_uid = 1
first_valid_gid = 1
hostname = localhost
submission_relay_host = 127.0.0.1
submission_relay_port = 2502
submission_relay_trusted = no
service submission-login {
  inet_listener submission {
    port = $1
  }
  inet_listener submissions {
    port = $2
    ssl = yes
  }
}
X
}

tls_start() {
    proxy=$dir/haproxy
    tls_staples
    tls_haproxy >"$proxy/haproxy.cfg"
    haproxy -f "$proxy/haproxy.cfg" >"$dir/log/haproxy.log" 2>&1 </dev/null &
    tls_port SUBMISSION 2741
    tls_port SUBMISSIONS 2742
    tls_port STAPLER 2751
    tls_port SILENT 2752
    env+=("INETMAIL_RESPONDER=http://127.0.0.1:$responder_port")
    /usr/bin/python3 "$here/peers.py" "$ca" >"$dir/log/peers.log" 2>&1 </dev/null &
}
