#!/bin/bash
# up.sh DIR : brings a CA, Dovecot (as SASL server) and Postfix up on loopback, everything below
# DIR, and writes DIR/env. Needs root. The ports are fixed, so run it through run.sh.
# README.md of this folder has the table of listeners.
set -eu
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
started=$EPOCHREALTIME

fail() {
    trap - ERR
    {
        echo "up.sh: $1"
        for log in "${dir:-/nonexistent}"/log/*; do
            [ ! -s "$log" ] || { echo "--- $log"; tail -n 20 "$log"; }
        done
    } >&2
    exit 1
}
trap 'fail "line $LINENO failed"' ERR

mkdir -p "${1:?usage: up.sh DIR}"
dir=$(cd "$1" && pwd)
# Postfix has no quoting for a file name in a list or in an -o option; and the path of a unix
# socket must fit into 108 bytes.
[[ $dir =~ ^[A-Za-z0-9/._-]{1,60}$ ]] || fail "DIR must be short and plain: $dir"
chmod 755 "$dir"
for user in postfix mail; do
    setpriv --reuid=$user --regid=nogroup --clear-groups test -x "$dir" ||
        fail "user $user cannot enter $dir"
done
ca=$dir/ca
dove=$dir/dovecot
post=$dir/postfix
mkdir -p "$dir/log"

plain_ports=()
tls_ports=()
env=()
. "$here/tls.sh"
. "$here/auth.sh"
/usr/bin/python3 "$here/pki.py" "$ca" 2>"$dir/log/pki.log" || fail "no certificates"
tls_start
auth_start
# They are nobody's concern but a proxy's, and squid takes its time.
bash "$here/proxies.sh" "$dir" >"$dir/log/proxies.log" 2>&1 &
proxies=$!
bash "$here/dns.sh" "$dir" >"$dir/log/names.log" 2>&1 &
names=$!

### Dovecot: the SASL server behind Postfix, and a submission server in front of it. It starts
### first, because smtpd asks it for the mechanisms and keeps the answer.

mkdir -p "$dove/run" "$dove/state" "$dove/home"
# Who has a file in the place of a home gets no mail, which LMTP tells behind the message.
touch "$dove/home/broken@test"
chown mail "$dove/home" "$dove/home/broken@test"
cat >"$dove/users" <<'C'
user:{PLAIN}pass
user@test:{PLAIN}pass
usér@test:{PLAIN}pässwörd
C
chown root:dovecot "$dove/users"
chmod 640 "$dove/users"
cat >"$dove/dovecot.conf" <<C
base_dir = $dove/run
state_dir = $dove/state
log_path = $dir/log/dovecot.log
disable_plaintext_auth = no
auth_mechanisms = plain login
# Empty: every character may occur in a user name, é too.
auth_username_chars =
auth_verbose = yes
# No growing penalty for an address that sent wrong passwords.
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
# Nor a pause after a wrong password. auth_failure_delay = 0 would leave half a second; only the
# field "nodelay" takes it away, and only from a passdb that said yes. So this one says yes to
# everybody, which counts for nothing (continue-fail), and leaves the field behind.
passdb {
  driver = static
  args = nopassword=y nodelay=y
  result_success = continue-fail
}
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u $dove/users
}
userdb {
  driver = static
  args = uid=mail gid=mail home=$dove/home/%u allow_all_users=yes
}
service auth {
  unix_listener sasl {
    mode = 0666
  }
}
service lmtp {
  unix_listener lmtp {
    mode = 0666
  }
}
C
tls_dovecot 2741 2742 >>"$dove/dovecot.conf"
dovecot -c "$dove/dovecot.conf" >>"$dir/log/up.log" 2>&1 </dev/null
auth_dovecot

### Postfix: one instance, one listener per situation.

mkdir -p "$post/etc" "$post/queue" "$post/data" "$dir/mail/new" "$dir/mail/tmp"
chown postfix "$post/data"
chown mail "$dir/mail/new" "$dir/mail/tmp"
# A copy, for the checkout may lie where the user "mail" cannot read.
cp "$here/deliver.sh" "$post/deliver.sh"
chmod 755 "$post/deliver.sh"

cat >"$post/etc/recipients" <<'C'
reject@test 550 5.1.1 No such user here
temp@test   450 4.2.0 Mailbox busy, try again later
C
cat >"$post/etc/senders" <<'C'
badsender@test 550 5.1.7 Sender not wanted
C
cat >"$post/etc/main.cf" <<C
compatibility_level = 3.6
queue_directory = $post/queue
data_directory = $post/data
maillog_file_prefixes = $dir
maillog_file = $dir/log/postfix.log
myhostname = localhost
mydestination =
mynetworks =
inet_interfaces = loopback-only
alias_maps =
alias_database =
biff = no
smtp_dns_support_level = disabled
enable_long_queue_ids = yes

# Who may send: to our domains everybody, elsewhere only who logged in. Wherever it is addressed
# to, what was accepted ends in the mail directory, one file per recipient.
virtual_mailbox_domains = test, localhost
virtual_mailbox_maps = static:all
virtual_transport = maildir
default_transport = maildir
maildir_destination_recipient_limit = 1
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_sender_restrictions = check_sender_access texthash:$post/etc/senders
smtpd_recipient_restrictions = check_recipient_access texthash:$post/etc/recipients
# A bad sender is refused at MAIL FROM and not, as Postfix likes to, at RCPT TO.
smtpd_delay_reject = no

# Nothing may be added to a message or taken away: no Message-Id or Date for clients on
# loopback; Bcc and Return-Path stay, so that a test can see whether the sender left them out.
local_header_rewrite_clients =
message_drop_headers =

# Strict where a lenient server would hide a fault of ours: a bare LF, a command sent before its
# turn, a sloppy path.
smtpd_forbid_bare_newline = reject
smtpd_forbid_unauth_pipelining = yes
strict_rfc821_envelopes = yes

# Never a pause, never a limit: tests are many and quick, and make mistakes on purpose.
smtpd_error_sleep_time = 0
smtpd_soft_error_limit = 1000
smtpd_hard_error_limit = 1000
smtpd_junk_command_limit = 1000
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_peername_lookup = no
in_flow_delay = 0
message_size_limit = 52428800

smtpd_tls_security_level = may
smtpd_tls_auth_only = no
smtpd_tls_chain_files = $ca/good.key, $ca/good.pem
smtpd_tls_received_header = yes
smtpd_tls_loglevel = 1
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = $dove/run/sasl
# What Postfix comes with, and the realm for Cyrus' library. Tickets of one second are none that come twice.
import_environment = MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ XAUTHORITY DISPLAY LANG=C POSTLOG_SERVICE POSTLOG_HOSTNAME
 KRB5_CONFIG=$KRB5_CONFIG KRB5_KTNAME=$dir/kerberos/keytab KRB5RCACHENAME=none:
C

listen() { # listen NAME PORT OPTION... : NAME as in INETMAIL_POSTFIX_NAME
    local name=$1 port=$2 host hosts=(127.0.0.1) options=() option
    shift 2
    for option; do options+=(-o "$option"); done
    # The standard ports answer on ::1 too; the others leave "localhost" to the fallback to IPv4.
    case $port in 25 | 465 | 587) [ -z "$ipv6" ] || hosts+=('[::1]') ;; esac
    for host in "${hosts[@]}"; do
        echo "$host:$port inet n - n - - smtpd -o syslog_name=$name ${options[*]}"
    done
    case "${options[*]}" in
        *wrappermode=yes*) tls_ports+=("$port") ;;
        *) plain_ports+=("$port") ;;
    esac
    env+=("INETMAIL_POSTFIX_$name=$port")
}
ipv6=
! grep -q '^0*1 ' /proc/net/if_inet6 2>/dev/null || ipv6=1

implicit=smtpd_tls_wrappermode=yes
all_keywords=pipelining,size,vrfy,etrn,starttls,auth,enhancedstatuscodes,8bitmime,dsn,smtputf8,chunking
{
    listen SMTP 25
    listen SMTPS 465 $implicit
    listen STARTTLS 587
    listen TLSREQUIRED 2501 smtpd_tls_security_level=encrypt
    listen NOTLS 2502 smtpd_tls_security_level=none
    listen AUTHTLS 2503 smtpd_tls_auth_only=yes
    listen BARE 2504 smtpd_discard_ehlo_keywords=$all_keywords
    listen SMALL 2505 message_size_limit=20000
    port=2511
    for cert in expired notyet wronghost selfsigned unknownroot; do
        chain=smtpd_tls_chain_files=$ca/$cert.key,$ca/$cert.pem
        listen ${cert^^} $port "$chain"
        listen ${cert^^}_SMTPS $((port + 10)) "$chain" $implicit
        port=$((port + 1))
    done
    tls_postfix
    auth_postfix
    # The usual services, without chroot. "X": ours is the final delivery (for DSN); "q": quote
    # local parts. null_sender: the empty sender is to be seen as such.
    cat <<C
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr -o smtpd_tls_session_cache_database=btree:$post/data/sessions
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
smtpd unix n - n - - smtpd
maildir unix - n n - - pipe flags=Xq user=mail null_sender=
  argv=$post/deliver.sh $dir/mail \${queue_id} \${sender} \${original_recipient} \${sasl_username} \${sasl_method}
C
} >"$post/etc/master.cf"

# "postfix start" would check and repair an installation, which takes seconds: make the queue's
# tree ourselves and start the master directly. (-w: it returns when the sockets are open.)
private=(active bounce corrupt defer deferred flush hold incoming private saved trace)
(
    cd "$post/queue"
    mkdir -p "${private[@]}" maildrop public pid
    chown postfix "${private[@]}"
    chmod 700 "${private[@]}"
    chown postfix:postdrop maildrop public
    chmod 730 maildrop
    chmod 710 public
)
# Postfix waits until its configuration is 2 s old, lest someone is still writing it.
touch -d '1 minute ago' "$post"/etc/*
# Without these two the master would complain to syslog alone if it cannot start.
export POSTLOG_SERVICE=$post/queue/public/postlog POSTLOG_HOSTNAME=localhost
"$(postconf -dh daemon_directory)/master" -c "$post/etc" -w >>"$dir/log/up.log" 2>&1 </dev/null ||
    fail "Postfix did not start"

### Is everybody answering? An open port is no proof: the master listens for all of them.

banner() { # banner PORT : the greeting of a listener that speaks first
    exec 3<>"/dev/tcp/127.0.0.1/$1" && IFS= read -r -t 5 -u 3 line && [[ $line == 220* ]]
}
banner_tls() { # A bad certificate is fine here; s_client does not judge it.
    timeout 5 openssl s_client -quiet -connect "127.0.0.1:$1" <<<$'QUIT\r' 2>/dev/null | grep -q ^220
}
login() { # login PORT : logs in, for that takes both: Postfix and Dovecot behind it.
    exec 3<>"/dev/tcp/127.0.0.1/$1" && IFS= read -r -t 5 -u 3 line || return
    printf 'EHLO localhost\r\n' >&3
    until [[ $line == '250 '* ]]; do IFS= read -r -t 5 -u 3 line || return; done
    printf 'AUTH PLAIN %s\r\n' "$(printf '\0user\0pass' | base64)" >&3
    IFS= read -r -t 5 -u 3 line && [[ $line == 235* ]]
}
eventually() { # eventually COMMAND... : within 10 s
    local end=$((SECONDS + 10))
    until ("$@") 2>/dev/null; do [ $SECONDS -lt $end ] || return 1; sleep 0.02; done
}
waiting=()
for port in "${plain_ports[@]}"; do eventually banner "$port" & waiting+=($!); done
for port in "${tls_ports[@]}"; do eventually banner_tls "$port" & waiting+=($!); done
eventually login 587 & waiting+=($!)
eventually banner 2741 & waiting+=($!)
eventually banner_tls 2721 & waiting+=($!)
eventually grep -q ready "$dir/log/peers.log" & waiting+=($!)
ports=("${plain_ports[@]}" "${tls_ports[@]}" "587 (login)" "2741 (Dovecot)" "2721 (haproxy)" "2680 (peers.py)")
auth_waiting
for i in "${!waiting[@]}"; do
    wait "${waiting[i]}" || fail "no answer on port ${ports[i]}"
done
auth_names

cat >"$dir/env" <<C
INETMAIL_SERVERS=$dir
INETMAIL_CA=$ca/root.pem
INETMAIL_CERTS=$ca
INETMAIL_MAIL=$dir/mail/new
INETMAIL_LOG=$dir/log/postfix.log
INETMAIL_DOVECOT_LOG=$dir/log/dovecot.log
INETMAIL_DOVECOT_LMTP=unix:$dove/run/lmtp
INETMAIL_POSTFIX_UNIX=unix:$post/queue/public/smtpd
INETMAIL_IPV6=$ipv6
$(printf '%s\n' "${env[@]}")
C
wait "$proxies" || fail "not all proxies came up"
wait "$names" || fail "not all name servers came up"
cat "$dir/proxies/env" "$dir/dns/env" >>"$dir/env"
bash "$here/bulk.sh" "$dir" >>"$dir/log/up.log" 2>&1 || fail "the Postfix for bulk did not start"
ms=$(((${EPOCHREALTIME/[.,]/} - ${started/[.,]/}) / 1000))
echo "up.sh: servers answer after $ms ms" >&2
