"""Proves the rows of the proxies, with sockets and Python's ssl alone. selftest.py runs it."""
import base64
import os
import socket
import ssl
import struct
import subprocess

from sessions import ENV, HOST, port, test

BASIC = base64.b64encode(b"user:pass").decode()


def proxy_port(name):
    return int(ENV["INETMAIL_PROXY_" + name])


def connection(name):
    return socket.create_connection((HOST, proxy_port(name)), 20)


def take(stream, count):
    octets = b""
    while len(octets) < count:
        more = stream.recv(count - len(octets))
        assert more, f"closed after {octets!r}"
        octets += more
    return octets


def check_server(stream):
    """What speaks behind the proxy is the server that was asked for."""
    greeting = b""
    while not greeting.endswith(b"\r\n"):
        greeting += take(stream, 1)
    assert greeting.startswith(b"220 "), greeting
    stream.sendall(b"QUIT\r\n")
    assert take(stream, 4) == b"221 "


def socks5(name, login=None):
    """Takes SOCKS5 up to the answer to the request, which is told; nothing where the login failed."""
    stream = connection(name)
    stream.sendall(b"\x05\x01\x00" if login is None else b"\x05\x01\x02")
    version, method = take(stream, 2)
    assert version == 5
    if login is None and method == 0xff:
        return stream, None
    assert method == (0 if login is None else 2)
    if login is not None:
        user, password = login
        stream.sendall(bytes([1, len(user)]) + user + bytes([len(password)]) + password)
        if take(stream, 2)[1] != 0:
            return stream, None
    stream.sendall(b"\x05\x01\x00\x01" + socket.inet_aton(HOST) + struct.pack("!H", port("NOTLS")))
    answer = take(stream, 4)
    take(stream, {1: 4, 4: 16}[answer[3]] + 2)
    return stream, answer[1]


@test
def socks5_proxies_lead_to_the_server():
    for name in ("MICROSOCKS", "DANTE"):
        stream, code = socks5(name)
        with stream:
            assert code == 0, (name, code)
            check_server(stream)


@test
def socks5_proxies_with_a_login_want_the_right_one():
    for name in ("MICROSOCKS_LOGIN", "DANTE_LOGIN"):
        for login, works in ((None, False), ((b"user", b"wrong"), False), ((b"user", b"pass"), True)):
            stream, code = socks5(name, login)
            with stream:
                assert (code == 0) == works, (name, login, code)
                if works:
                    check_server(stream)


@test
def dante_speaks_socks4_and_microsocks_does_not():
    request = b"\x04\x01" + struct.pack("!H", port("NOTLS")) + socket.inet_aton(HOST) + b"user\0"
    with connection("DANTE") as stream:
        stream.sendall(request)
        assert take(stream, 8)[:2] == b"\0\x5a"
        check_server(stream)
    with connection("MICROSOCKS") as stream:
        stream.sendall(request)
        assert take(stream, 2) == b"\x05\xff"


def connect(stream, *fields):
    """Sends CONNECT; tells the status and the head of the answer."""
    target = f"{HOST}:{port('NOTLS')}"
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}", *fields]
    stream.sendall("".join(line + "\r\n" for line in lines + [""]).encode())
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += take(stream, 1)
    return int(head.split()[1]), head.decode("latin-1")


@test
def open_http_proxies_lead_to_the_server():
    for name, server in (("TINYPROXY", "tinyproxy"), ("SQUID", "squid")):
        with connection(name) as stream:
            status, head = connect(stream)
            assert status == 200, (name, head)
            check_server(stream)
        with connection(name) as stream:
            stream.sendall(b"GET /nothing HTTP/1.0\r\n\r\n")
            assert server in stream.recv(65536).decode("latin-1").lower(), name


@test
def http_proxies_with_a_login_offer_theirs():
    for name, scheme in (("TINYPROXY_BASIC", "Basic"), ("SQUID_BASIC", "Basic"), ("SQUID_DIGEST", "Digest"),
                         ("SQUID_NTLM", "NTLM"), ("SQUID_NEGOTIATE", "Negotiate")):
        with connection(name) as stream:
            status, head = connect(stream)
            assert status in (401, 407), (name, head)
            assert f"proxy-authenticate: {scheme.lower()}" in head.lower() or status == 401, head


@test
def basic_opens_and_a_wrong_password_does_not():
    wrong = base64.b64encode(b"user:wrong").decode()
    for name in ("TINYPROXY_BASIC", "SQUID_BASIC"):
        with connection(name) as stream:
            status, head = connect(stream, f"Proxy-Authorization: Basic {wrong}")
            assert status in (401, 407), (name, head)
        with connection(name) as stream:
            status, head = connect(stream, f"Proxy-Authorization: Basic {BASIC}")
            assert status == 200, (name, head)
            check_server(stream)


def opened_by_curl(name, *options, env=None):
    """Whether curl, which is nobody's of ours, gets through: the server behind answers a mail dialogue."""
    command = ["curl", "-sS", "--max-time", "20", "-x", f"http://localhost:{proxy_port(name)}", *options,
               "-p", f"smtp://{HOST}:{port('NOTLS')}", "-X", "NOOP"]
    result = subprocess.run(command, capture_output=True, text=True, env=env)
    return result.returncode == 0, result.stderr


@test
def digest_and_ntlm_open_to_who_knows_the_password():
    for name, option in (("SQUID_DIGEST", "--proxy-digest"), ("SQUID_NTLM", "--proxy-ntlm")):
        for login, works in (("user:pass", True), ("user:wrong", False)):
            opened, why = opened_by_curl(name, option, "-U", login)
            assert opened == works, (name, login, why)


@test
def negotiate_opens_to_who_has_a_ticket():
    for cache, works in ((ENV["INETMAIL_KRB5_CCACHE"], True), ("FILE:/nowhere", False)):
        env = dict(os.environ, KRB5_CONFIG=ENV["INETMAIL_KRB5_CONFIG"], KRB5CCNAME=cache)
        opened, why = opened_by_curl("SQUID_NEGOTIATE", "--proxy-negotiate", "-U", ":", env=env)
        assert opened == works, (cache, why)


@test
def the_proxy_under_tls_leads_to_the_server_and_is_who_it_says():
    context = ssl.create_default_context(cafile=ENV["INETMAIL_CA"])
    with context.wrap_socket(connection("SQUID_TLS"), server_hostname="localhost") as stream:
        status, head = connect(stream)
        assert status == 200, head
        check_server(stream)
