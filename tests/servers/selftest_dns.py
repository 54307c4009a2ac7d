"""Proves the rows of names, with kdig, which has nothing of ours. selftest.py runs it."""
import re
import subprocess

from sessions import ENV, test

SERVERS = ("KNOT", "UNBOUND")


def ask(server, name, kind="A", *options):
    """The status, the flags, and the answers in lines without their times."""
    command = ["kdig", "@127.0.0.1", "-p", ENV["INETMAIL_DNS_" + server], name, kind, "+timeout=5", "+noauthority", *options]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout
    status, flags = re.search(r"status: (\w+)", said)[1], re.search(r"Flags: ([\w ]+);", said)[1].split()
    records = [line.split() for line in said.splitlines() if line and not line.startswith(";")]
    return status, flags, [" ".join(record[:1] + record[2:]) for record in records]


@test
def zones_have_what_is_said_of_them():
    for server in SERVERS:
        for zone in ("signed.test", "nsec3.test", "plain.test"):
            assert ask(server, f"mail.{zone}")[2] == [f"mail.{zone}. IN A 127.0.0.1"]
            assert ask(server, f"any.wild.{zone}")[2] == [f"any.wild.{zone}. IN A 127.0.0.1"]
            assert len(ask(server, f"long.{zone}")[2]) == 4
            assert ask(server, f"nobody.{zone}")[0] == "NXDOMAIN"
            assert ask(server, f"nothing.{zone}")[0] == "NOERROR" and not ask(server, f"nothing.{zone}")[2]
            assert len(ask(server, f"many.{zone}", "AAAA")[2]) == 60
            assert "tc" in ask(server, f"many.{zone}", "AAAA", "+ignore", "+bufsize=1232")[1]


@test
def over_tls_unbound_shows_who_it_is_and_others_are_somebody_else():
    def tls(server, name):
        options = (f"+tls-ca={ENV['INETMAIL_CA']}", f"+tls-hostname={name}")
        return ask(server, "mail.signed.test", "A", *options)[2]

    for server in ("TLS", "TLS12"):
        for name in ("smtp.test", "127.0.0.1"):
            assert tls(server, name) == ["mail.signed.test. IN A 127.0.0.1"], (server, name)
    assert tls("WRONGHOST", "other.example")
    for server in ("EXPIRED", "WRONGHOST", "SELFSIGNED", "UNKNOWNROOT"):
        try:
            tls(server, "smtp.test")
        except subprocess.CalledProcessError as error:
            assert "certificate" in (error.stdout + error.stderr).lower(), error.stderr
        else:
            raise AssertionError(server)


@test
def unbound_finds_what_is_signed_what_is_not_and_what_is_bogus():
    for zone in ("signed.test", "nsec3.test"):
        for name in ("mail", "alias", "any.wild", "nobody", "nothing"):
            assert "ad" in ask("UNBOUND", f"{name}.{zone}", "A", "+dnssec")[1], name
    status, flags, _ = ask("UNBOUND", "mail.plain.test", "A", "+dnssec")
    assert status == "NOERROR" and "ad" not in flags
    for zone in ("bogus", "forged", "expired"):
        assert ask("UNBOUND", f"mail.{zone}.test")[0] == "SERVFAIL", zone
        assert ask("UNBOUND", f"mail.{zone}.test", "A", "+cdflag")[0] == "NOERROR", zone
    assert ask("KNOT", "mail.forged.test")[2] == ["mail.forged.test. IN A 127.0.0.99"]
