#!/bin/bash
# proxies.sh DIR : every kind of proxy, on loopback, with its things below DIR/proxies. Appends to DIR/env. User and password are
# "user" and "pass" wherever a login is asked for. README.md of this folder has the table.
set -eu
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir=$1
ca=$dir/ca
work=$dir/proxies
mkdir -p "$work"
env=()
ports=()

proxy() { # proxy NAME PORT : NAME as in INETMAIL_PROXY_NAME
    env+=("INETMAIL_PROXY_$1=$2")
    ports+=("$2")
}
daemon() { # daemon NAME COMMAND... : its output goes to the log of that name
    "${@:2}" >"$dir/log/$1.log" 2>&1 </dev/null &
}

### microsocks: SOCKS5 alone.

daemon microsocks microsocks -i 127.0.0.1 -p 2901
proxy MICROSOCKS 2901
daemon microsocks-login microsocks -i 127.0.0.1 -p 2902 -u user -P pass
proxy MICROSOCKS_LOGIN 2902

### dante: SOCKS4 and SOCKS5. Its users are the system's, of which this one has a copy of its own.

cp /etc/passwd "$work/passwd"
cp /etc/shadow "$work/shadow"
chmod 640 "$work/shadow"
echo 'user:x:65000:65534::/:/usr/sbin/nologin' >>"$work/passwd"
echo "user:$(openssl passwd -6 pass):20000:0:99999:7:::" >>"$work/shadow"
dante() { # dante PORT METHOD
    cat <<C
logoutput: $dir/log/dante-$1.log
internal: 127.0.0.1 port = $1
external: 127.0.0.1
external.rotation: none
socksmethod: $2
clientmethod: none
user.privileged: root
user.unprivileged: nobody
client pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }
socks block {
  from: 0.0.0.0/0 to: 127.9.9.9/32
  log: connect error
}
socks pass {
  from: 0.0.0.0/0 to: 0.0.0.0/0
  protocol: tcp
  log: connect error
}
C
}
dante 2903 none >"$work/dante.conf"
dante 2904 username >"$work/dante-login.conf"
daemon dante danted -f "$work/dante.conf" -p "$work/dante.pid"
proxy DANTE 2903
daemon dante-login unshare -m bash -c '
    mount --make-rprivate /
    mount --bind "$0/passwd" /etc/passwd
    mount --bind "$0/shadow" /etc/shadow
    exec danted -f "$0/dante-login.conf" -p "$0/dante-login.pid"' "$work"
proxy DANTE_LOGIN 2904

### tinyproxy: CONNECT. It answers 401 where others say 407, and closes.

tiny() { # tiny PORT DIRECTIVE...
    touch "$dir/log/tinyproxy-$1.log"
    chown nobody "$dir/log/tinyproxy-$1.log"
    cat <<C
Port $1
Listen 127.0.0.1
User nobody
Timeout 60
LogFile "$dir/log/tinyproxy-$1.log"
LogLevel Info
MaxClients 50
Allow 127.0.0.1
${*:2}
C
}
tiny 2905 >"$work/tiny.conf"
tiny 2906 BasicAuth user pass >"$work/tiny-basic.conf"
daemon tinyproxy tinyproxy -d -c "$work/tiny.conf"
proxy TINYPROXY 2905
daemon tinyproxy-basic tinyproxy -d -c "$work/tiny-basic.conf"
proxy TINYPROXY_BASIC 2906

### squid: CONNECT, and requests for others; one instance for each way to log in.

printf 'user:%s\n' "$(openssl passwd -apr1 pass)" >"$work/basic"
printf 'user:inetmail:%s\n' "$(printf 'user:inetmail:pass' | md5sum | cut -d' ' -f1)" >"$work/digest"
mkdir -p "$work/squid"
# Debian's squid presents the leaf alone: the root itself has to have issued it.
cp "$ca/direct.pem" "$work/squid/tls.pem"
cp "$ca/direct.key" "$work/squid/tls.key"
# A copy, for the checkout may lie where squid cannot read.
cp "$here/ntlm_helper.py" "$work/squid/ntlm_helper.py"
chown -R proxy "$work/squid"
chmod 644 "$work/basic" "$work/digest"
# Of a name with several addresses squid takes the last one alone.
echo "127.0.0.1 localhost smtp.test good.smtp.test" >"$work/hosts"
squid_conf() { # squid_conf NAME PORT
    cat <<C
http_port 127.0.0.1:$2
pid_filename $work/squid/$1.pid
cache_log $work/squid/$1.cache.log
access_log stdio:$work/squid/$1.access.log
cache deny all
cache_mem 1 MB
memory_pools off
workers 1
shutdown_lifetime 0 seconds
max_filedescriptors 1024
visible_hostname inetmail
coredump_dir $work/squid
pinger_enable off
# Else it opens a port on every address.
udp_outgoing_address 127.0.0.1
dns_nameservers 127.0.0.1
hosts_file $work/hosts
acl forbidden port 2599
http_access deny forbidden
C
}
with_login='acl known proxy_auth REQUIRED
http_access allow known
http_access deny all'
squid_() { # squid_ NAME : with $work/NAME.conf
    ulimit -n 1024
    daemon "squid-$1" squid -N -n "inetmail$1" -f "$work/$1.conf"
}
{
    squid_conf open 2911
    echo "https_port 127.0.0.1:2914 tls-cert=$work/squid/tls.pem tls-key=$work/squid/tls.key"
    echo "http_access allow all"
} >"$work/open.conf"
{
    squid_conf basic 2912
    echo "auth_param basic program /usr/lib/squid/basic_ncsa_auth $work/basic"
    echo "auth_param basic children 1"
    echo "$with_login"
} >"$work/basic.conf"
{
    squid_conf digest 2913
    echo "auth_param digest program /usr/lib/squid/digest_file_auth -c $work/digest"
    echo "auth_param digest realm inetmail"
    echo "auth_param digest children 1"
    echo "$with_login"
} >"$work/digest.conf"
{
    squid_conf ntlm 2915
    echo "auth_param ntlm program /usr/bin/python3 $work/squid/ntlm_helper.py"
    echo "auth_param ntlm children 1"
    echo "$with_login"
} >"$work/ntlm.conf"
for name in open basic digest ntlm; do squid_ $name; done
proxy SQUID 2911
proxy SQUID_BASIC 2912
proxy SQUID_DIGEST 2913
proxy SQUID_TLS 2914
proxy SQUID_NTLM 2915

# Tickets are of the realm of the logins, whose keys come to be while the others start.
end=$((SECONDS + 20))
until [ -s "$dir/kerberos/env" ]; do
    [ $SECONDS -lt $end ] || { echo "no realm" >&2; exit 1; }
    sleep 0.02
done
cp "$dir/kerberos/keytab" "$work/squid/keytab"
chown proxy "$work/squid/keytab"
{
    squid_conf negotiate 2916
    echo "auth_param negotiate program /usr/lib/squid/negotiate_kerberos_auth -k $work/squid/keytab -s HTTP/localhost@INETMAIL.TEST"
    echo "auth_param negotiate children 1"
    echo "$with_login"
} >"$work/negotiate.conf"
squid_ negotiate
proxy SQUID_NEGOTIATE 2916

### Is everybody listening?

for port in "${ports[@]}"; do
    end=$((SECONDS + 20))
    until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        [ $SECONDS -lt $end ] || { echo "no proxy on port $port" >&2; exit 1; }
        sleep 0.02
    done
done
printf '%s\n' "${env[@]}" >"$work/env"
