#!/usr/bin/python3
"""peers.py CERTS : the peers that no packaged server plays, on loopback. Prints a line when all of them listen.

    2680  HTTP: OCSP answers and revocation lists. A certificate's own URL says how the source behaves:
          /ocsp/MODE/NAME, /crl/MODE/NAME, with the modes of pki.py. GET /asked/ocsp/MODE/NAME answers a line for each
          request that came there: "METHOD hash nonce|- user agent".
    2751  implicit TLS with the certificate of the name asked for, and whatever answer is there as its staple: haproxy
          takes none that is expired, unknown or about another certificate. Behind it is Postfix (NOTLS).
    2752  accepts connections and says nothing, ever
Debian's Python, as in pki.py.
"""
import base64
import collections
import http.server
import os
import select
import socket
import sys
import threading
import types
import urllib.parse

from OpenSSL import SSL
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import ocsp

import pki

CERTS = sys.argv[1]
HTTP, STAPLER, SILENT = 2680, 2751, 2752
POSTFIX = ("127.0.0.1", 2502)


def read(name):
    with open(os.path.join(CERTS, name), "rb") as file:
        return file.read()


class Leaves(dict):
    """As pki.py has them, read when they are asked for."""

    def __missing__(self, name):
        def certificate(file):
            return x509.load_pem_x509_certificate(read(file))

        def key(file):
            return serialization.load_pem_private_key(read(file), None)

        issuer = types.SimpleNamespace(certificate=certificate("inter.pem"), key=key("inter.key"))
        self[name] = certificate(name + ".crt"), key(name + ".key"), issuer
        return self[name]


LEAVES = Leaves()
ASKED = collections.defaultdict(list)
LISTS = {"revoked": "inter.crl", "tampered": "inter-tampered.crl", "other": "unknown-ca.crl",
         "expired": "inter-expired.crl", "pem": "inter.pem"}


class Responder(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path.startswith("/asked/"):
            lines = ASKED[self.path.removeprefix("/asked")]
            return self.say("".join(line + "\n" for line in lines).encode(), "text/plain")
        kind, mode, name, *rest = self.path.lstrip("/").split("/", 3)
        self.path = "/".join(["", kind, mode, name])
        if kind == "ocsp":
            return self.ocsp(mode, name, base64.b64decode(urllib.parse.unquote(rest[0])))
        self.note("-", "-")
        if not self.misbehaves(mode):
            file = "root.crl" if name == "root" else LISTS.get(mode, "inter.crl")
            self.say(b"<html>no list</html>" if mode == "garbage" else read("crl/" + file), "application/pkix-crl",
                     chunked=mode == "chunked")

    def do_POST(self):
        _, kind, mode, name = self.path.split("/")
        request = self.rfile.read(int(self.headers["Content-Length"]))
        if kind != "ocsp" or self.headers["Content-Type"] != "application/ocsp-request":
            return self.send_error(400)
        self.ocsp(mode, name, request)

    def ocsp(self, mode, name, request):
        request = ocsp.load_der_ocsp_request(request)
        extensions = [extension.value for extension in request.extensions]
        nonce = [value for value in extensions if isinstance(value, x509.OCSPNonce)]
        self.note(request.hash_algorithm.name, "nonce" if nonce else "-")
        if self.misbehaves(mode):
            return
        if request.serial_number != LEAVES[name][0].serial_number:
            # Whoever asks about another certificate here has made a mistake.
            status = ocsp.OCSPResponseStatus.UNAUTHORIZED
            answer = ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(serialization.Encoding.DER)
        else:
            answer = pki.answer(LEAVES, name, mode, LEAVES["responder"], request.hash_algorithm, *nonce)
        self.say(answer, "application/ocsp-response", chunked=mode == "chunked")

    def note(self, *words):
        ASKED[self.path].append(" ".join([self.command, *words, self.headers.get("User-Agent", "-")]))

    def misbehaves(self, mode):
        """Whether the mode is one of HTTP's own; then it has been played."""
        if mode in ("missing", "error500"):
            self.send_error(404 if mode == "missing" else 500)
        elif mode in ("redirect", "loop"):
            self.send_response(307)
            self.send_header("Location", self.path.replace("/redirect/", "/good/"))
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif mode == "hang":
            # Until the client has had enough.
            self.rfile.read(1)
            self.close_connection = True
        elif mode == "endless":
            self.send_response(200)
            self.send_header("Connection", "close")
            self.end_headers()
            try:
                while True:
                    self.wfile.write(bytes(65536))
            except OSError:
                self.close_connection = True
        else:
            return False
        return True

    def say(self, octets, kind, chunked=False):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
            half = len(octets) // 2
            parts = [octets[:half], octets[half:], b""]
            octets = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
        else:
            self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128

    def handle_error(self, *arguments):
        # Who tests hangs up early, too.
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(*arguments)


def contexts():
    """The context for each name, made when it is asked for."""
    made = {}

    def context(name):
        if name not in made:
            made[name] = SSL.Context(SSL.TLS_SERVER_METHOD)
            made[name].use_certificate_chain_file(os.path.join(CERTS, name + ".pem"))
            made[name].use_privatekey_file(os.path.join(CERTS, name + ".key"))
            staple = f"ocsp/{name}.der"
            staple = read(staple) if os.path.exists(os.path.join(CERTS, staple)) else b""
            made[name].set_ocsp_server_callback(lambda connection, data: data, staple)
        return made[name]
    return context


def serve_staples(listener):
    context = contexts()

    def choose(connection):
        name = (connection.get_servername() or b"good").decode().split(".")[0]
        if os.path.exists(os.path.join(CERTS, name + ".pem")):
            connection.set_context(context(name))
    context("good").set_tlsext_servername_callback(choose)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=relay, args=(context("good"), client), daemon=True).start()


def relay(context, client):
    tls = SSL.Connection(context, client)
    tls.set_accept_state()
    try:
        tls.do_handshake()
        with socket.create_connection(POSTFIX) as server:
            while True:
                readable = [tls] if tls.pending() else select.select([tls, server], [], [])[0]
                if tls in readable:
                    server.sendall(tls.recv(65536))
                elif octets := server.recv(65536):
                    tls.sendall(octets)
                else:
                    break
        tls.shutdown()
    except (SSL.Error, OSError):
        # The client did not like us, which it tells its own test.
        pass
    finally:
        client.close()


def listen(port):
    return socket.create_server(("127.0.0.1", port), backlog=512)


def main():
    web = Server(("127.0.0.1", HTTP), Responder)
    stapler, silent = listen(STAPLER), listen(SILENT)
    threading.Thread(target=serve_staples, args=(stapler,), daemon=True).start()
    print("ready", flush=True)
    web.serve_forever()
    silent.close()


main()
