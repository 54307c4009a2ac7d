#!/usr/bin/python3
"""pki.py DIR : a private PKI: one leaf certificate per situation, certificates of clients, revocation lists, OCSP answers.

README.md of this folder tells what each name stands for. Writes into DIR:
    NAME.pem NAME.key     what a server presents, the leaf first; its key
    NAME.crt              the leaf alone
    AUTHORITY.pem .key    root, unknown-ca, inter, ...: one certificate each
    crl/*.crl *.pem       revocation lists, DER and PEM
    ocsp/*.der            OCSP answers about the leaf "good", and the staples
    hosts                 the host names of the leaves
    fingerprints          of the leaves, as Postfix writes them
Everything is made in this one process: a process of openssl for each certificate would take a second and more. Debian's
Python, and not the first on the PATH: it is the one that has python3-cryptography.
"""
import concurrent.futures
import ipaddress
import os
import sys
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

NOW = datetime.utcnow().replace(microsecond=0)
DAY = timedelta(days=1)
FRESH = (NOW - DAY, NOW + 3650 * DAY)
# Where peers.py answers for the certificates that name a source.
RESPONDER = "http://127.0.0.1:2680"
DOMAIN = "smtp.test"
# Who may be reached with a good certificate.
GOOD_NAMES = ["localhost", DOMAIN, "127.0.0.1", "::1"]
PASSWORD = b"secret"

# How a source of OCSP answers and of revocation lists may behave; each has a certificate "ocsp-MODE" or "crl-MODE".
OCSP_MODES = ("good revoked unknown tampered other expired stranger byissuer trylater error500 garbage hang endless loop "
              "redirect chunked counted").split()
CRL_MODES = ("good revoked tampered other expired pem missing error500 garbage hang endless loop redirect chunked "
             "counted").split()


class Authority:
    """A certificate that signs others, and its key."""

    def __init__(self, pki, name, common_name, issuer=None, path_length=None, constraints=None, key=None, source=None):
        self.name = name
        self.key = key or ec.generate_private_key(ec.SECP256R1())
        self.subject = named(common_name)
        issuer = issuer or self
        builder = start(self.subject, issuer, self.key.public_key(), (NOW - DAY, NOW + 7300 * DAY))
        builder = builder.add_extension(x509.BasicConstraints(True, path_length), True)
        builder = builder.add_extension(usage(key_cert_sign=True, crl_sign=True), True)
        if constraints:
            permitted = [x509.DNSName(name) for name in constraints]
            builder = builder.add_extension(x509.NameConstraints(permitted, None), True)
        if source:
            builder = with_sources(builder, [], [f"{RESPONDER}/crl/{source}"])
        self.certificate = builder.sign(issuer.key, hashes.SHA256())
        pki.write(name + ".pem", pem(self.certificate))
        pki.write(name + ".key", pem_key(self.key))


class Pki:
    def __init__(self, folder):
        self.folder = folder
        self.leaves = {}
        self.hosts = []

    def write(self, name, octets):
        path = os.path.join(self.folder, name)
        with open(path, "wb", opener=lambda path, flags: os.open(path, flags, 0o600 if ".key" in name else 0o644)) as file:
            file.write(octets)

    def leaf(self, name, issuer, names=None, chain=None, dates=FRESH, key=None, purpose=ExtendedKeyUsageOID.SERVER_AUTH,
             ocsp_urls=(), crl_urls=(), must_staple=False, authority=False, spoil=lambda octets: octets):
        """A leaf signed by `issuer`, or by itself (None). Its name is a host's too: it is presented to who asks for that.
        `chain`: what is presented behind it; as a rule, its issuer."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        host = f"{name}.{DOMAIN}"
        self.hosts.append(host)
        signer = issuer or type("Itself", (), {"key": key, "subject": named(name)})
        builder = start(named(name), signer, key.public_key(), dates)
        builder = builder.add_extension(x509.BasicConstraints(authority, None), True)
        extra = dict(key_cert_sign=True) if authority else {}
        builder = builder.add_extension(usage(digital_signature=True, **extra), True)
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), False)
        names = [*GOOD_NAMES, host] if names is None else names
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName([general(name) for name in names]), False)
        builder = with_sources(builder, ocsp_urls, crl_urls)
        if must_staple:
            builder = builder.add_extension(x509.TLSFeature([x509.TLSFeatureType.status_request]), False)
        certificate = builder.sign(signer.key, hashes.SHA256())
        certificate = x509.load_der_x509_certificate(spoil(certificate.public_bytes(serialization.Encoding.DER)))
        chain = [issuer] if chain is None and issuer else chain or []
        self.leaves[name] = (certificate, key, issuer)
        self.write(name + ".crt", pem(certificate))
        self.write(name + ".pem", b"".join(map(pem, [certificate, *(link.certificate for link in chain)])))
        self.write(name + ".key", pem_key(key))
        return certificate

    def crl(self, name, issuer, revoked=(), dates=(NOW - DAY, NOW + 30 * DAY), spoil=lambda octets: octets):
        builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.subject)
        builder = builder.last_update(dates[0]).next_update(dates[1])
        builder = builder.add_extension(x509.CRLNumber(1), False)
        builder = builder.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), False)
        for certificate in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number)
            entry = entry.revocation_date(NOW - 2 * DAY)
            entry = entry.add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), False)
            builder = builder.add_revoked_certificate(entry.build())
        crl = builder.sign(issuer.key, hashes.SHA256())
        self.write(f"crl/{name}.crl", spoil(crl.public_bytes(serialization.Encoding.DER)))
        self.write(f"crl/{name}.pem", crl.public_bytes(serialization.Encoding.PEM))

    def answer(self, file, name, mode, digest=hashes.SHA1()):
        self.write(f"ocsp/{file}.der", answer(self.leaves, name, mode, self.leaves["responder"], digest))


def named(common_name):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)])


def general(name):
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def usage(**wanted):
    every = ("digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign "
             "crl_sign encipher_only decipher_only").split()
    return x509.KeyUsage(**{name: wanted.get(name, False) for name in every})


def start(subject, issuer, public_key, dates):
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer.subject).public_key(public_key)
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(dates[0]).not_valid_after(dates[1])
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), False)
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    return builder.add_extension(identifier, False)


def with_sources(builder, ocsp_urls, crl_urls):
    if ocsp_urls:
        access = [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(url))
                  for url in ocsp_urls]
        builder = builder.add_extension(x509.AuthorityInformationAccess(access), False)
    if crl_urls:
        points = [x509.DistributionPoint([x509.UniformResourceIdentifier(url)], None, None, None) for url in crl_urls]
        builder = builder.add_extension(x509.CRLDistributionPoints(points), False)
    return builder


def pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)


def pem_key(key, form=serialization.PrivateFormat.PKCS8, protection=serialization.NoEncryption()):
    return key.private_bytes(serialization.Encoding.PEM, form, protection)


def flipped(octets):
    """With one bit of the end, which is a signature's in everything here, turned over."""
    return octets[:-4] + bytes([octets[-4] ^ 1]) + octets[-3:]


def signed_with_sha1(octets, key):
    """A certificate signed again, octet by octet: python3-cryptography does so no longer."""
    sha256, sha1 = bytes.fromhex("300a06082a8648ce3d040302"), bytes.fromhex("300906072a8648ce3d0401")
    body = x509.load_der_x509_certificate(octets).tbs_certificate_bytes
    body = sequence(body[4:].replace(sha256, sha1))
    signature = key.sign(body, ec.ECDSA(hashes.SHA1()))
    return sequence(body + sha1 + bytes([3, len(signature) + 1, 0]) + signature)


def sequence(content):
    """In DER, with a length of two octets."""
    return b"\x30\x82" + len(content).to_bytes(2, "big") + content


def answer(leaves, name, mode, responder, digest=hashes.SHA1(), nonce=None):
    """What a responder says about a leaf, as the mode has it: octets of an OCSPResponse."""
    if mode == "garbage":
        return b"<html>Not what you think</html>"
    if mode == "trylater":
        status = ocsp.OCSPResponseStatus.TRY_LATER
        return ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(serialization.Encoding.DER)
    if mode == "other":
        # Good, but about another certificate.
        name = "rsa"
    certificate, _, issuer = leaves[name]
    revoked = mode == "revoked"
    dates = (NOW - 10 * DAY, NOW - 3 * DAY) if mode == "expired" else (NOW - DAY, NOW + 30 * DAY)
    status = {"revoked": ocsp.OCSPCertStatus.REVOKED, "unknown": ocsp.OCSPCertStatus.UNKNOWN}
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=certificate, issuer=issuer.certificate, algorithm=digest,
        cert_status=status.get(mode, ocsp.OCSPCertStatus.GOOD), this_update=dates[0], next_update=dates[1],
        revocation_time=NOW - 2 * DAY if revoked else None,
        revocation_reason=x509.ReasonFlags.key_compromise if revoked else None)
    signer = (issuer.certificate, issuer.key) if mode == "byissuer" else responder[:2]
    if mode == "stranger":
        # Signed by a certificate of the same issuer which is no responder's.
        signer = leaves["good"][:2]
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, signer[0])
    if mode != "byissuer":
        builder = builder.certificates([signer[0]])
    if nonce:
        builder = builder.add_extension(nonce, False)
    octets = builder.sign(signer[1], hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    if mode != "tampered":
        return octets
    # The certificate of the responder follows the signature.
    signature = ocsp.load_der_ocsp_response(octets).signature
    return octets.replace(signature, flipped(signature))


def leaves_of_every_kind(pki, rsa_keys):
    root = Authority(pki, "root", "inetmail test root")
    unknown = Authority(pki, "unknown-ca", "inetmail unknown root")
    inter = Authority(pki, "inter", "inetmail test intermediate", root, 0)
    blocked = Authority(pki, "inter-blocked", "inetmail blocked intermediate", root, 0)
    revoked = Authority(pki, "inter-revoked", "inetmail revoked intermediate", root, 0, source="good/root")
    narrow = Authority(pki, "inter-narrow", "inetmail constrained intermediate", root, 0, ["other.example"])
    shallow = Authority(pki, "inter-shallow", "inetmail shallow intermediate", root, 0)
    deep = Authority(pki, "inter-deep", "inetmail deep intermediate", shallow)
    # One key with two certificates: by a root that nobody knows, and by the one to trust.
    crossed = Authority(pki, "inter-crossed-unknown", "inetmail crossed intermediate", unknown)
    crossed_well = Authority(pki, "inter-crossed", "inetmail crossed intermediate", root, key=crossed.key)
    # Two that vouch for each other, and nobody for them.
    first = Authority(pki, "inter-loop", "inetmail first of a loop")
    second = Authority(pki, "inter-loop-2", "inetmail second of a loop", first)
    first_again = Authority(pki, "inter-loop", "inetmail first of a loop", second, key=first.key)

    leaf = pki.leaf
    leaf("good", inter)
    leaf("direct", root, chain=[])
    leaf("expired", inter, dates=(datetime(2020, 1, 1), datetime(2021, 1, 1)))
    leaf("notyet", inter, dates=(datetime(2040, 1, 1), datetime(2041, 1, 1)))
    leaf("wronghost", inter, ["other.example"])
    leaf("wildcard", inter, ["*." + DOMAIN])
    pki.hosts.append("two.labels." + DOMAIN)
    leaf("idn", inter, ["xn--e1afmkfd." + DOMAIN])
    pki.hosts.append("xn--e1afmkfd." + DOMAIN)
    leaf("ipsan", inter, ["127.0.0.1"])
    leaf("cnonly", inter, [])
    leaf("selfsigned", None)
    leaf("selfsigned-ca", None, authority=True)
    leaf("unknownroot", unknown, chain=[])
    leaf("unknownroot-presented", unknown)
    leaf("nochain", inter, chain=[])
    leaf("extra", inter, chain=[root, blocked, inter, unknown])
    leaf("crossed", crossed, chain=[crossed, crossed_well])
    leaf("loop", first, chain=[first_again, second])
    leaf("blocked-ca", blocked)
    leaf("revoked-ca", revoked)
    leaf("forged", inter, spoil=flipped)
    leaf("sha1", inter, spoil=lambda octets: signed_with_sha1(octets, inter.key))
    leaf("clientonly", inter, purpose=ExtendedKeyUsageOID.CLIENT_AUTH)
    leaf("nameconstraints", narrow)
    leaf("pathlen", deep, chain=[deep, shallow])
    leaf("ed25519", inter, key=ed25519.Ed25519PrivateKey.generate())
    leaf("p384", inter, key=ec.generate_private_key(ec.SECP384R1()))

    leaf("muststaple", inter, must_staple=True)
    for name in "staple-good staple-revoked staple-unknown staple-tampered staple-other staple-expired staple-stranger " \
                "staple-garbage muststaple-good muststaple-revoked muststaple-tampered muststaple-expired".split():
        leaf(name, inter, must_staple=name.startswith("must"))
    # By OCSP alone, by lists alone, and by both where the responder is out of order.
    for mode in OCSP_MODES:
        leaf("ocsp-" + mode, inter, ocsp_urls=[f"{RESPONDER}/ocsp/{mode}/ocsp-{mode}"])
    gone = [leaf("revoked-crl", inter), leaf("crl-revoked", inter, crl_urls=[f"{RESPONDER}/crl/good/crl-revoked"])]
    leaf("revoked-ocsp", inter, ocsp_urls=[f"{RESPONDER}/ocsp/revoked/revoked-ocsp"])
    for mode in set(CRL_MODES) - {"revoked"}:
        leaf("crl-" + mode, inter, crl_urls=[f"{RESPONDER}/crl/{mode}/crl-{mode}"])
    leaf("crl-ldap", inter, crl_urls=["ldap://127.0.0.1/cn=inetmail"])
    for name, ocsp_mode, crl_mode in [("both-good", "good", "good"), ("both-fallback", "error500", "good"),
                                      ("both-fallback-revoked", "error500", "good"), ("both-dead", "error500", "missing"),
                                      ("both-at-odds", "good", "good")]:
        made = leaf(name, inter, ocsp_urls=[f"{RESPONDER}/ocsp/{ocsp_mode}/{name}"],
                    crl_urls=[f"{RESPONDER}/crl/{crl_mode}/{name}"])
        if name in ("both-fallback-revoked", "both-at-odds"):
            gone.append(made)
    leaf("responder", inter, [], purpose=ExtendedKeyUsageOID.OCSP_SIGNING)

    leaf("rsa", inter, key=rsa_keys[0].result())
    leaf("rsa1024", inter, key=rsa_keys[1].result())

    pki.crl("inter", inter, gone)
    pki.crl("inter-expired", inter, gone, (NOW - 10 * DAY, NOW - 3 * DAY))
    pki.crl("inter-tampered", inter, gone, spoil=flipped)
    pki.crl("root", root, [revoked.certificate])
    pki.crl("inter-revoked", revoked)
    pki.crl("unknown-ca", unknown)
    for mode in "good revoked unknown tampered other expired stranger byissuer".split():
        pki.answer(mode, "good", mode)
    pki.answer("good-sha256", "good", "good", hashes.SHA256())
    for name in pki.leaves:
        if name.startswith(("staple-", "muststaple-")):
            pki.answer(name, name, name.split("-")[1])

    client = ExtendedKeyUsageOID.CLIENT_AUTH
    leaf("client", inter, [], purpose=client)
    leaf("client-rsa", inter, [], purpose=client, key=rsa_keys[0].result())
    leaf("client-p384", inter, [], purpose=client, key=ec.generate_private_key(ec.SECP384R1()))
    leaf("client-ed25519", inter, [], purpose=client, key=ed25519.Ed25519PrivateKey.generate())
    leaf("client-unwanted", inter, [], purpose=client)
    leaf("client-expired", inter, [], purpose=client, dates=(datetime(2020, 1, 1), datetime(2021, 1, 1)))
    leaf("client-stranger", unknown, [], purpose=client)
    for name in pki.leaves:
        if name.startswith("client-") or name == "client":
            forms_of_a_key(pki, name)


def forms_of_a_key(pki, name):
    """Every form in which a host may have a client's key; the password, where there is one, is "secret"."""
    certificate, key, issuer = pki.leaves[name]
    forms = serialization.PrivateFormat
    protection = serialization.BestAvailableEncryption(PASSWORD)
    pki.write(name + ".pkcs8.key.der", key.private_bytes(serialization.Encoding.DER, forms.PKCS8, serialization.NoEncryption()))
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        pki.write(name + ".traditional.key", pem_key(key, forms.TraditionalOpenSSL))
    pki.write(name + ".encrypted.key", pem_key(key, forms.PKCS8, protection))
    pki.write(name + ".with.key.pem", pem_key(key) + pem(certificate) + pem(issuer.certificate))
    pki.write(name + ".p12", pkcs12.serialize_key_and_certificates(
        name.encode(), key, certificate, [issuer.certificate], protection))


def main(folder):
    for part in ("", "crl", "ocsp"):
        os.makedirs(os.path.join(folder, part), exist_ok=True)
    pki = Pki(folder)
    # The only keys that take their time; it is spent beside the rest, without Python's lock.
    with concurrent.futures.ThreadPoolExecutor() as pool:
        rsa_keys = [pool.submit(rsa.generate_private_key, 65537, bits) for bits in (2048, 1024)]
        leaves_of_every_kind(pki, rsa_keys)
    pki.write("fingerprints", "".join(
        leaf[0].fingerprint(hashes.SHA256()).hex(":").upper() + f" {name}\n" for name, leaf in pki.leaves.items()).encode())
    pki.write("hosts", "".join(host + "\n" for host in pki.hosts).encode())


if __name__ == "__main__":
    main(sys.argv[1])
