# Sourced by up.sh: the servers that people log in at, one listener for each mechanism. README.md of this folder has their table.

auth_users=(user pass user@test pass usér@test pässwörd usér pässwörd 'a,b=c@test' 'p "q\w')
dovecot_mechanisms=(PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-256 OAUTHBEARER XOAUTH2 GSSAPI GSS-SPNEGO ANONYMOUS)
cyrus_mechanisms=(PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-512 NTLM GSSAPI GSS-SPNEGO ANONYMOUS)
packages=${INETMAIL_TEST_PACKAGES:-/usr/local/lib/inetmail-tests}

auth_port() { # auth_port NAME PORT : NAME as in INETMAIL_AUTH_NAME
    env+=("INETMAIL_AUTH_$1=$2")
}

# What runs by itself, beside all the others: the realm, Exim, and the peers written for this.
auth_start() {
    auth=$dir/auth
    mkdir -p "$auth/tokens" "$auth/run" "$auth/state" "$auth/home" "$dir/kerberos"
    chown mail "$auth/home"
    export KRB5_CONFIG=$dir/kerberos/krb5.conf
    (
        # The daemons' first look must find a file. The port comes with the whole one.
        bash "$here/kerberos.sh" "$dir/kerberos" >"$dir/kerberos/said" 2>"$dir/log/kerberos.log" </dev/null
    ) &
    realm=$!
    auth_exim
    PYTHONPATH=$packages/python /usr/bin/python3 "$here/auth_peers.py" "$ca" "$auth/peers" >"$dir/log/auth_peers.log" 2>&1 </dev/null &
    PYTHONPATH=$packages/python /usr/bin/python3 "$here/tokens.py" "$auth" 2>"$dir/log/tokens.log" || fail "no tokens"
}

### A second Dovecot, for the first has PLAIN and LOGIN only. Its submission server knows who has a certificate (EXTERNAL).

auth_dovecot() {
    local i
    for ((i = 0; i < ${#auth_users[@]}; i += 2)); do
        echo "${auth_users[i]}:{PLAIN}${auth_users[i + 1]}::::::k5principals=${auth_users[i]}@INETMAIL.TEST"
    done >"$auth/users"
    # Who logs in with a ticket and does not say as whom is the principal.
    for i in user usér; do echo "$i@INETMAIL.TEST:{PLAIN}pass::::::k5principals=$i@INETMAIL.TEST"; done >>"$auth/users"
    chown root:dovecot "$auth/users"
    chmod 640 "$auth/users"
    cat "$ca/root.pem" "$ca/crl/root.pem" "$ca/inter.pem" "$ca/crl/inter.pem" >"$auth/authorities"
    cat >"$auth/oauth.conf" <<C
introspection_mode = local
local_validation_key_dict = fs:posix:prefix=$auth/keys/
issuers = https://issuer.test
username_attribute = sub
scope = smtp
C
    cat >"$auth/dovecot.conf" <<C
base_dir = $auth/run
state_dir = $auth/state
instance_name = auth
log_path = $dir/log/auth_dovecot.log
import_environment = \$import_environment KRB5_CONFIG=$KRB5_CONFIG KRB5RCACHETYPE=none KRB5RCACHENAME=none:
disable_plaintext_auth = no
auth_mechanisms = ${dovecot_mechanisms[*],,} external
auth_username_chars =
# As it came, not in small letters.
auth_username_format = %u
auth_anonymous_username = user
auth_krb5_keytab = $dir/kerberos/keytab
auth_gssapi_hostname = "\$ALL"
auth_ssl_username_from_cert = yes
auth_verbose = yes
auth_debug = yes
ssl_ca = <$auth/authorities
ssl_verify_client_cert = yes
ssl_cert_username_field = commonName
# As in up.sh: no penalty and no pause.
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
passdb {
  driver = static
  args = nopassword=y nodelay=y
  result_success = continue-fail
}
# The mechanisms are named, for a passdb that takes any would take OAUTHBEARER with an empty token.
passdb {
  driver = passwd-file
  mechanisms = plain login cram-md5 digest-md5 scram-sha-1 scram-sha-256 gssapi gss-spnego anonymous
  args = scheme=PLAIN username_format=%u $auth/users
}
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = $auth/oauth.conf
}
passdb {
  driver = static
  mechanisms = external
  args = nopassword=y
}
userdb {
  driver = static
  args = uid=mail gid=mail home=$auth/home/%u
}
service auth {
  unix_listener sasl {
    mode = 0666
  }
}
C
    tls_dovecot 2841 2842 >>"$auth/dovecot.conf"
    auth_port DOVECOT_EXTERNAL 2841
    auth_port DOVECOT_EXTERNAL_TLS 2842
    dovecot -c "$auth/dovecot.conf" >>"$dir/log/up.log" 2>&1 </dev/null
}

### Postfix: lines of master.cf, STARTTLS at each.

auth_postfix() {
    # Nobody waits for these: the master opens all ports at once, and auth_answers logs in at the slowest.
    local plain_ports=() env_before=${#env[@]} mechanism name port
    local dovecot=(smtpd_sasl_path="$auth/run/sasl" smtpd_sasl_security_options=)
    port=2801
    for mechanism in "${dovecot_mechanisms[@]}"; do
        listen "DOVECOT_${mechanism//-/_}" $((port++)) "${dovecot[@]}" smtpd_sasl_mechanism_filter="$mechanism"
    done
    listen DOVECOT_ALL $port "${dovecot[@]}" smtpd_sasl_mechanism_filter='!anonymous,!external,static:rest'
    # Cyrus' library has the list of mechanisms in a file, whose name is the "path".
    port=2821
    mkdir -p "$post/etc/sasl"
    for mechanism in "${cyrus_mechanisms[@]}" ALL; do
        name=CYRUS_${mechanism//-/_}
        listen "$name" $((port++)) smtpd_sasl_type=cyrus smtpd_sasl_path="$name" smtpd_sasl_security_options= \
            smtpd_sasl_local_domain=localhost smtpd_sasl_mechanism_filter=static:all
        [ $mechanism != ALL ] || mechanism=${cyrus_mechanisms[*]/ANONYMOUS/}
        cat >"$post/etc/sasl/$name.conf" <<C
pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: $auth/sasldb2
mech_list: $mechanism
keytab: $dir/kerberos/keytab
C
    done
    auth_cyrus
    for ((i = env_before; i < ${#env[@]}; i++)); do env[i]=${env[i]/#INETMAIL_POSTFIX_/INETMAIL_AUTH_}; done
}

auth_cyrus() {
    local i user
    for ((i = 0; i < ${#auth_users[@]}; i += 2)); do
        user=${auth_users[i]}
        printf %s "${auth_users[i + 1]}" | saslpasswd2 -p -c -f "$auth/sasldb2" -u "$([[ $user == *@* ]] && echo "${user#*@}" || echo localhost)" "${user%@*}"
    done >>"$dir/log/up.log" 2>&1
    chown postfix "$auth/sasldb2"
    chmod 600 "$auth/sasldb2"
}

### Exim, from its unpacked package: it and Postfix's cannot both be installed. Its user need not exist outside.

auth_exim() {
    local exim=$packages/exim/usr/sbin/exim4 id=990
    local place=$dir/exim
    mkdir -p "$place/spool" "$place/log" "$place/mail"
    [ -x "$exim" ] || fail "no Exim in $packages (tests/tools/install.sh installs it)"
    grep -v '^Debian-exim:' /etc/passwd >"$place/passwd"
    grep -v '^Debian-exim:' /etc/group >"$place/group"
    while grep -q ":$id:" "$place/passwd" "$place/group"; do id=$((id + 1)); done
    echo "Debian-exim:x:$id:$id::/nonexistent:/usr/sbin/nologin" >>"$place/passwd"
    echo "Debian-exim:x:$id:" >>"$place/group"
    install -m 600 -o $id -g $id "$ca/good.key" "$place/key"
    install -m 644 "$ca/good.pem" "$place/certificate"
    chown -R $id:$id "$place/spool" "$place/log" "$place/mail"
    cat >"$place/conf" <<C
primary_hostname = localhost
exim_path = $exim
spool_directory = $place/spool
log_file_path = $place/log/%slog
pid_file_path = $place/pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = 2851 : 2852
tls_on_connect_ports = 2852
tls_advertise_hosts = *
tls_certificate = $place/certificate
tls_privatekey = $place/key
tls_try_verify_hosts = *
tls_verify_certificates = $ca/root.pem
acl_smtp_mail = who
acl_smtp_rcpt = all
acl_smtp_data = all
auth_advertise_hosts = *
smtp_accept_max = 0
rfc1413_query_timeout = 0s
host_lookup =
keep_environment =
never_users =
begin acl
who:
  accept authenticated = *
  deny message = Log in first
all:
  accept
begin routers
all:
  driver = accept
  transport = file
begin transports
file:
  driver = appendfile
  directory = $place/mail
  maildir_format
  user = $id
  group = $id
  create_directory
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{\$auth2}{user}}{eq{\$auth3}{pass}}}}
  server_set_id = \$auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = "Username:: : Password::"
  server_condition = \${if and{{eq{\$auth1}{user}}{eq{\$auth2}{pass}}}}
  server_set_id = \$auth1
cram:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = \${if eq{\$auth1}{user}{pass}fail}
  server_set_id = \$auth1
# Who has a certificate is who it says, and may be another where it is asked for (the authorization identity).
external:
  driver = external
  public_name = EXTERNAL
  server_advertise_condition = \$tls_in_certificate_verified
  server_param2 = \${certextract {subject,CN} {\$tls_in_peercert}{\$value}}
  server_condition = \${if and{{eq{\$auth2}{client}}{or{{eq{\$auth1}{}}{eq{\$auth1}{client}}{eq{\$auth1}{user}}}}}}
  server_set_id = \${if eq{\$auth1}{}{\$auth2}{\$auth1}}
C
    auth_port EXIM 2851
    auth_port EXIM_TLS 2852
    # A mount namespace of its own, for the two files.
    unshare -m bash -c "mount --make-rprivate / && mount --bind '$place/passwd' /etc/passwd && mount --bind '$place/group' /etc/group &&
        exec '$exim' -C '$place/conf' -bdf" >"$dir/log/exim.log" 2>&1 </dev/null &
}

# Adds to what up.sh waits for, and to its names: a login by each of those that have a process of their own.
auth_waiting() {
    eventually grep -q '^ready' "$dir/log/auth_peers.log" & waiting+=($!)
    eventually login 2812 & waiting+=($!)
    eventually login 2832 & waiting+=($!)
    eventually login 2851 & waiting+=($!)
    eventually banner 2841 & waiting+=($!)
    ports+=("of auth_peers.py" "2812 (Dovecot's login)" "2832 (Cyrus' login)" "2851 (Exim's login)" "2841 (Dovecot)")
}

# For the environment, when all is up.
auth_names() {
    wait "$realm" || fail "no Kerberos"
    mapfile -t -O ${#env[@]} env <"$dir/kerberos/said"
    mapfile -t -O ${#env[@]} env < <(grep '^INETMAIL_AUTH_' "$dir/log/auth_peers.log")
    # Who runs in here is in the realm, and has tickets.
    env+=("INETMAIL_TOKENS=$auth/tokens" "KRB5_CONFIG=$KRB5_CONFIG" "KRB5CCNAME=FILE:$dir/kerberos/ccache")
}
