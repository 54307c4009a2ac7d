#!/bin/bash
# bulk.sh DIR : a second Postfix below DIR/bulk, for many messages at a time. A test may stop it and start it again, which
# nobody else notices. It has the limits that Postfix comes with, and writes into one Maildir itself, without a process for each
# message. Appends to DIR/env. README.md of this folder has the table of listeners.
set -eu
dir=$1
post=$dir/bulk

mkdir -p "$post/etc" "$post/queue" "$post/data" "$post/mail"
chown postfix "$post/data"
chown mail "$post/mail"

cat >"$post/etc/recipients" <<'C'
reject@test 550 5.1.1 No such user here
C
cat >"$post/etc/main.cf" <<C
compatibility_level = 3.6
queue_directory = $post/queue
data_directory = $post/data
maillog_file_prefixes = $dir
maillog_file = $dir/log/bulk.log
myhostname = localhost
mydestination =
mynetworks =
inet_interfaces = loopback-only
alias_maps =
alias_database =
biff = no
smtp_dns_support_level = disabled
smtpd_peername_lookup = no
enable_long_queue_ids = yes
local_header_rewrite_clients =

virtual_mailbox_domains = test
virtual_mailbox_base = $post/mail
virtual_mailbox_maps = static:box/
virtual_uid_maps = static:$(id -u mail)
virtual_gid_maps = static:$(id -g mail)
virtual_minimum_uid = 1
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access texthash:$post/etc/recipients
smtpd_forbid_bare_newline = reject
smtpd_forbid_unauth_pipelining = yes
strict_rfc821_envelopes = yes

# A pause after each error would make a test wait; how many there may be is left as it is. Nor is anybody to wait until
# the mail of others is delivered.
smtpd_error_sleep_time = 0
in_flow_delay = 0
C

env=()
listen() { # listen NAME PORT OPTION... : NAME as in INETMAIL_POSTFIX_NAME
    local name=$1 port=$2 options=() option
    shift 2
    for option; do options+=(-o "$option"); done
    echo "127.0.0.1:$port inet n - n - - smtpd -o syslog_name=$name ${options[*]}"
    env+=("INETMAIL_POSTFIX_$name=$port")
}
{
    listen BULK 2601
    listen NARROW 2602 smtpd_client_connection_count_limit=2
    cat <<'C'
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
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
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
C
} >"$post/etc/master.cf"

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
# As in up.sh: Postfix waits for a configuration to grow old, and "quick-start" saves it the check of an installation.
touch -d '1 minute ago' "$post"/etc/*
touch "$post/queue/quick-start"
postfix -c "$post/etc" start </dev/null

cat >>"$dir/env" <<C
INETMAIL_BULK=$post
$(printf '%s\n' "${env[@]}")
C
