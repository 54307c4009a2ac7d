"""Certificates as objects: what OpenSSL has made and tells of them, the library reads and tells alike.

    certificates.py LIBRARY DIRECTORY

DIRECTORY takes the files.
"""

import ctypes
import hashlib
import re
import subprocess
import sys
from ctypes import c_char_p, c_int32, c_int64, c_size_t, c_void_p
from datetime import datetime, timezone
from pathlib import Path

TEXT = (c_int64, c_void_p, c_char_p, c_size_t)
ITEM = (c_int64, c_void_p, c_int32, c_char_p, c_size_t)
NUMBER = (c_int32, c_void_p)
CERTIFICATE = {
    "CreateFromFile": (c_void_p, c_char_p, c_char_p),
    "CreateFromFileWithKey": (c_void_p, c_char_p, c_char_p, c_char_p),
    "CreateFromBytes": (c_void_p, c_char_p, c_size_t, c_char_p),
    "GetBytes": TEXT, "ToPem": TEXT, "SaveToFile": (c_int32, c_void_p, c_char_p),
    "HasPrivateKey": NUMBER, "GetHandle": (c_int64, c_void_p), "Release": NUMBER,
    "GetSubject": TEXT, "GetIssuer": TEXT, "GetSubjectRDN": TEXT, "GetIssuerRDN": TEXT,
    "GetSubjectRDNCount": NUMBER, "GetSubjectRDNOid": ITEM, "GetSubjectRDNValue": ITEM,
    "GetSerialNumber": TEXT, "GetValidFrom": TEXT, "GetValidTo": TEXT,
    "GetValidFromSeconds": (c_int64, c_void_p), "GetValidToSeconds": (c_int64, c_void_p),
    "GetFingerprint": (c_int64, c_void_p, c_char_p, c_char_p, c_size_t),
    "GetKeyFingerprint": (c_int64, c_void_p, c_char_p, c_char_p, c_size_t),
    "GetPublicKeyBytes": TEXT, "GetKeyAlgorithm": TEXT, "GetSigAlgorithm": TEXT,
    "GetKeyBits": NUMBER, "GetKeyUsage": NUMBER, "GetSelfSigned": NUMBER, "GetIsCA": NUMBER,
    "GetCAKeyId": TEXT, "GetSubjectKeyId": TEXT,
    "GetSubjectAltNameCount": NUMBER, "GetSubjectAltName": ITEM,
    "GetSubjectAltNameType": (c_int32, c_void_p, c_int32),
    "GetOcspUrlCount": NUMBER, "GetOcspUrl": ITEM, "GetIssuerUrlCount": NUMBER,
    "GetIssuerUrl": ITEM, "GetCrlUrlCount": NUMBER, "GetCrlUrl": ITEM,
}
STORE = {
    "Create": (c_void_p,), "Release": NUMBER, "GetCount": NUMBER, "GetBytes": ITEM,
    "AddFile": (c_int32, c_void_p, c_char_p), "AddBytes": (c_int32, c_void_p, c_char_p, c_size_t),
    "RemoveAt": (c_int32, c_void_p, c_int32), "Clear": NUMBER,
    "GetHandle": (c_int64, c_void_p, c_int32), "SetHandle": (c_int32, c_void_p, c_int32, c_int64),
    "SetCount": (c_int32, c_void_p, c_int32),
}
COLLECTION = STORE | {
    "AddFile": (c_int32, c_void_p, c_char_p, c_char_p),
    "AddBytes": (c_int32, c_void_p, c_char_p, c_size_t, c_char_p),
    "Add": (c_int32, c_void_p, c_void_p), "Remove": (c_int32, c_void_p, c_void_p),
    "Contains": (c_int32, c_void_p, c_void_p), "IndexOf": (c_int32, c_void_p, c_void_p),
    "GetItem": (c_void_p, c_void_p, c_int32),
}
PASSWORD = "пароль".encode()
PRIVATE_KEY, WRONG_PASSWORD, REVOCATION_DATA, ASN1 = -1700, -1701, -1702, -1703
CERTIFICATE_FILE, FILE_NOT_FOUND, ARGUMENT, INDEX_OUT_OF_RANGE = -1452, -1104, -1100, -1103


class Face:
    """One type of the library: its functions by their verbs."""

    def __init__(self, inet, name, signatures):
        for verb, (restype, *argtypes) in signatures.items():
            function = getattr(inet, f"{name}_{verb}")
            function.restype, function.argtypes = restype, argtypes
            setattr(self, verb, function)


def octets(get, *arguments):
    length = get(*arguments, None, 0)
    assert length >= 0, length
    buffer = ctypes.create_string_buffer(length + 1)
    assert get(*arguments, buffer, length + 1) == length
    return buffer.raw[:length]


def text(get, *arguments):
    return octets(get, *arguments).decode()


def openssl(*words, given=None):
    words = ["openssl", *map(str, words)]
    result = subprocess.run(words, input=given, capture_output=True, check=False)
    assert result.returncode == 0, (words, result.stderr.decode())
    return result.stdout


CONFIGURATION = """
[req]
distinguished_name = name
[name]
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth, clientAuth, emailProtection
subjectAltName = DNS:mail.example.org, DNS:*.example.org, IP:127.0.0.1, IP:2001:db8::1, email:a@example.org, \
URI:https://example.org/, RID:1.2.3.4, dirName:directory
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:http://127.0.0.1/ocsp, caIssuers;URI:http://127.0.0.1/ca.der
crlDistributionPoints = URI:http://127.0.0.1/1.crl, URI:http://127.0.0.1/2.crl
[directory]
O = Post
CN = Directory
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
"""
NAME = "/C=DE/O=Röhren, \"Rohre\" \\+ <Co>;/OU=#1/CN=first/CN=mail.example.org/emailAddress=a@example.org"
KEYS = {
    "rsa": (["rsa", "-pkeyopt", "rsa_keygen_bits:2048"], "rsaEncryption"),
    "rsa3072": (["rsa", "-pkeyopt", "rsa_keygen_bits:3072"], "rsaEncryption"),
    "p256": (["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], "id-ecPublicKey"),
    "p384": (["ec", "-pkeyopt", "ec_paramgen_curve:P-384"], "id-ecPublicKey"),
    "ed25519": (["ed25519"], "id-Ed25519"),
}
ALGORITHMS = {"rsaEncryption", "id-ecPublicKey", "ED25519"}


def make_pki(directory):
    configuration = directory / "configuration"
    configuration.write_text(CONFIGURATION)
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-nodes", "-keyout",
            directory / "ca.key", "-out", directory / "ca.pem", "-days", 30, "-subj", "/CN=Authority",
            "-config", configuration, "-extensions", "authority")
    for name, (options, _) in KEYS.items():
        key, leaf = directory / f"{name}.key", directory / f"{name}.pem"
        openssl("genpkey", "-algorithm", *options, "-out", key)
        request = openssl("req", "-new", "-utf8", "-key", key, "-subj", NAME, "-config", configuration,
                          "-nameopt", "utf8")
        openssl("x509", "-req", "-CA", directory / "ca.pem", "-CAkey", directory / "ca.key", "-days", 9,
                "-extfile", configuration, "-extensions", "leaf", "-out", leaf, given=request)


class Test:
    """The cases, which share the files."""

    def __init__(self, inet, directory):
        self.directory = directory
        self.certificate = Face(inet, "INetCertificate", CERTIFICATE)
        self.collection = Face(inet, "INetCertificateCollection", COLLECTION)
        self.crls = Face(inet, "INetCrlCollection", STORE)
        self.ocsps = Face(inet, "INetOcspCollection", STORE)
        self.inet = inet

    def path(self, name):
        return str(self.directory / name).encode()

    def read(self, name, password=None):
        handle = self.certificate.CreateFromFile(self.path(name), password)
        assert handle, (name, self.status(), self.sentence())
        return handle

    def refused(self, name, password=None):
        assert not self.certificate.CreateFromFile(self.path(name), password), name
        assert name in self.sentence(), self.sentence()
        return self.status()

    def status(self):
        return self.inet.INetError_GetStatus()

    def sentence(self):
        return text(self.inet.INetError_GetMessage)

    def fields(self, name, authority="ca.pem"):
        """Every field against what openssl x509 says."""
        get, file = self.certificate, self.directory / name
        handle = self.read(name)

        def told(*options):
            return openssl("x509", "-in", file, "-noout", "-nameopt", "RFC2253,-esc_msb,utf8,sname", *options)

        def line(*options):
            return told(*options).decode().strip().partition("=")[2].strip()

        der = openssl("x509", "-in", file, "-outform", "DER")
        assert octets(get.GetBytes, handle) == der
        assert text(get.ToPem, handle).split() == openssl("x509", "-in", file).decode().split()
        assert text(get.GetSubjectRDN, handle) == line("-subject")
        assert text(get.GetIssuerRDN, handle) == line("-issuer")
        serial = octets(get.GetSerialNumber, handle)
        assert int.from_bytes(serial, "big", signed=True) == int(line("-serial"), 16)
        for verb, option in ("GetValidFrom", "-startdate"), ("GetValidTo", "-enddate"):
            moment = datetime.strptime(line(option), "%b %d %H:%M:%S %Y GMT").replace(tzinfo=timezone.utc)
            assert text(getattr(get, verb), handle) == moment.strftime("%Y-%m-%dT%H:%M:%SZ")
            assert getattr(get, verb + "Seconds")(handle) == int(moment.timestamp())
        for algorithm in "SHA1", "SHA256", "SHA384", "SHA512":
            expected = line("-fingerprint", "-" + algorithm.lower()).replace(":", "")
            assert text(get.GetFingerprint, handle, algorithm.encode()) == expected
        assert text(get.GetFingerprint, handle, None) == hashlib.sha256(der).hexdigest().upper()
        public = openssl("pkey", "-pubin", "-outform", "DER", given=told("-pubkey"))
        assert octets(get.GetPublicKeyBytes, handle) == public
        assert text(get.GetKeyFingerprint, handle, None) == hashlib.sha256(public).hexdigest().upper()
        everything = told("-text").decode()
        algorithm = re.search(r"Public Key Algorithm: (\S+)", everything)[1]
        assert algorithm in ALGORITHMS
        assert text(get.GetKeyAlgorithm, handle).replace("id-Ed", "ED") == algorithm.replace("ED", "ED")
        bits = re.search(r"Public-Key: \((\d+) bit\)", everything)
        assert get.GetKeyBits(handle) == (int(bits[1]) if bits else 256)
        assert text(get.GetSigAlgorithm, handle) == re.search(r"Signature Algorithm: (\S+)", everything)[1]

        def key_id(header):
            found = re.search(header + r":[^\n]*\n\s+(?:keyid:)?([0-9A-F:]{59})", everything)
            return found[1].replace(":", "") if found else ""

        assert text(get.GetSubjectKeyId, handle) == key_id("Subject Key Identifier") != ""
        assert text(get.GetCAKeyId, handle) == key_id("Authority Key Identifier")
        if name != authority:
            assert text(get.GetCAKeyId, handle) == self.key_id_of(authority)
        get.Release(handle)

    def key_id_of(self, name):
        handle = self.read(name)
        answer = text(self.certificate.GetSubjectKeyId, handle)
        self.certificate.Release(handle)
        return answer

    def names_and_urls(self):
        get, handle = self.certificate, self.read("p256.pem")
        assert text(get.GetSubject, handle) == "mail.example.org"
        assert text(get.GetIssuer, handle) == "Authority"
        pairs = [(text(get.GetSubjectRDNOid, handle, index), text(get.GetSubjectRDNValue, handle, index))
                 for index in range(get.GetSubjectRDNCount(handle))]
        assert pairs == [
            ("2.5.4.6", "DE"), ("2.5.4.10", "Röhren, \"Rohre\" + <Co>;"), ("2.5.4.11", "#1"), ("2.5.4.3", "first"),
            ("2.5.4.3", "mail.example.org"), ("1.2.840.113549.1.9.1", "a@example.org")], pairs
        names = [(get.GetSubjectAltNameType(handle, index), text(get.GetSubjectAltName, handle, index))
                 for index in range(get.GetSubjectAltNameCount(handle))]
        assert names == [
            (2, "mail.example.org"), (2, "*.example.org"), (7, "127.0.0.1"), (7, "2001:db8::1"),
            (1, "a@example.org"), (6, "https://example.org/"), (8, "1.2.3.4"), (4, "CN=Directory,O=Post")], names
        assert get.GetSubjectAltNameType(handle, len(names)) == INDEX_OUT_OF_RANGE
        for verb, expected in (("OcspUrl", ["http://127.0.0.1/ocsp"]), ("IssuerUrl", ["http://127.0.0.1/ca.der"]),
                               ("CrlUrl", ["http://127.0.0.1/1.crl", "http://127.0.0.1/2.crl"])):
            count = getattr(get, f"Get{verb}Count")(handle)
            assert [text(getattr(get, f"Get{verb}"), handle, index) for index in range(count)] == expected
        assert get.GetKeyUsage(handle) == 0x1 | 0x4 | 0x200 | 0x400 | 0x1000
        assert (get.GetIsCA(handle), get.GetSelfSigned(handle)) == (0, 0)
        assert get.GetFingerprint(handle, b"MD5", None, 0) == ARGUMENT
        authority = self.read("ca.pem")
        assert (get.GetIsCA(authority), get.GetSelfSigned(authority)) == (1, 1)
        assert get.GetKeyUsage(authority) == 0x20 | 0x40
        saved = self.path("saved.pem")
        assert get.SaveToFile(handle, saved) == 0
        again = self.read("saved.pem")
        assert octets(get.GetBytes, again) == octets(get.GetBytes, handle)
        assert get.GetHandle(again) != get.GetHandle(handle) > 0
        for certificate in handle, authority, again:
            get.Release(certificate)

    def keys(self):
        get, here = self.certificate, self.directory
        for name in KEYS:
            key = here / f"{name}.key"
            openssl("pkcs8", "-topk8", "-in", key, "-passout", "pass:пароль", "-out", here / f"{name}.encrypted")
            for key_file, password in (f"{name}.key", None), (f"{name}.encrypted", PASSWORD):
                handle = get.CreateFromFileWithKey(self.path(f"{name}.pem"), self.path(key_file), password)
                assert handle, self.sentence()
                assert get.HasPrivateKey(handle) == 1
                assert get.SaveToFile(handle, self.path("saved.pem")) == 0
                assert b"PRIVATE" not in (here / "saved.pem").read_bytes()
                assert "PRIVATE" not in text(get.ToPem, handle)
                get.Release(handle)
            for password in None, b"", b"password":
                refused = get.CreateFromFileWithKey(
                    self.path(f"{name}.pem"), self.path(f"{name}.encrypted"), password)
                assert not refused and self.status() == WRONG_PASSWORD, self.sentence()
            both = (here / f"{name}.encrypted").read_bytes() + (here / "ca.pem").read_bytes()
            assert not get.CreateFromBytes(both, len(both), PASSWORD)
            assert self.status() == PRIVATE_KEY, self.sentence()
            both += (here / f"{name}.pem").read_bytes()
            handle = get.CreateFromBytes(both, len(both), PASSWORD)
            assert text(get.GetSubject, handle) == "mail.example.org" and get.HasPrivateKey(handle) == 1
            get.Release(handle)

    def pkcs12(self):
        here, get = self.directory, self.collection
        for number, options in enumerate(([], ["-legacy"], ["-legacy", "-descert"], ["-macalg", "sha384"],
                                          ["-keypbe", "NONE", "-certpbe", "NONE"])):
            file = here / f"{number}.p12"
            openssl("pkcs12", "-export", "-in", here / "p256.pem", "-inkey", here / "p256.key", "-certfile",
                    here / "ca.pem", "-name", "имя", "-passout", "pass:пароль", "-out", file, *options)
            all_of_it = get.Create()
            assert get.AddFile(all_of_it, str(file).encode(), PASSWORD) == 0, self.sentence()
            items = [get.GetItem(all_of_it, index) for index in range(get.GetCount(all_of_it))]
            assert [text(self.certificate.GetSubject, item) for item in items] == ["mail.example.org", "Authority"]
            assert [self.certificate.HasPrivateKey(item) for item in items] == [1, 0]
            for item in items:
                self.certificate.Release(item)
            assert get.AddFile(all_of_it, str(file).encode(), b"password") == WRONG_PASSWORD
            assert get.AddFile(all_of_it, str(file).encode(), None) == WRONG_PASSWORD
            assert get.GetCount(all_of_it) == 2
            get.Release(all_of_it)

    def collections(self):
        get, one = self.collection, self.certificate
        store, other = get.Create(), get.Create()
        assert get.AddFile(store, self.path("p256.pem"), None) == 0
        assert get.AddFile(store, self.path("ca.pem"), None) == 0
        again = self.read("p256.pem")
        assert (get.Contains(store, again), get.IndexOf(store, again), get.Contains(other, again)) == (1, 0, 0)
        assert get.Add(store, again) == 0 and get.GetHandle(store, 2) == one.GetHandle(again)
        assert octets(get.GetBytes, store, 2) == octets(get.GetBytes, store, 0) == octets(one.GetBytes, again)
        assert get.SetHandle(other, 0, get.GetHandle(store, 1)) == 0
        assert get.SetHandle(other, 0, one.GetHandle(again)) == 0
        assert get.GetCount(other) == 1 and get.GetHandle(other, 0) == one.GetHandle(again)
        assert get.SetHandle(other, 0, 10 ** 9) == ARGUMENT and get.SetHandle(other, 2, 1) in (
            ARGUMENT, INDEX_OUT_OF_RANGE)
        assert get.SetCount(store, 1) == 0 and get.SetCount(store, 2) == INDEX_OUT_OF_RANGE
        assert get.Remove(store, again) == 1 and get.Remove(store, again) == 0
        assert get.RemoveAt(other, 0) == 0 and get.RemoveAt(other, 0) == INDEX_OUT_OF_RANGE
        assert not get.GetItem(other, 0) and self.status() == INDEX_OUT_OF_RANGE
        one.Release(again)
        for collection in store, other:
            assert get.Clear(collection) == 0 and get.GetCount(collection) == 0
            get.Release(collection)

    def revocation(self):
        here = self.directory
        (here / "index").write_text("")
        (here / "number").write_text("01")
        (here / "ca.conf").write_text(f"[ca]\ndefault_ca = own\n[own]\ndatabase = {here}/index\n"
                                      f"crlnumber = {here}/number\ndefault_md = sha256\ndefault_crl_days = 9\n")
        authority = ["-CA", here / "ca.pem", "-rsigner", here / "ca.pem", "-rkey", here / "ca.key"]
        pem = openssl("ca", "-config", here / "ca.conf", "-gencrl", "-cert", here / "ca.pem", "-keyfile",
                      here / "ca.key")
        der = openssl("crl", "-outform", "DER", given=pem)
        openssl("ocsp", "-issuer", here / "ca.pem", "-cert", here / "p256.pem", "-reqout", here / "request")
        openssl("ocsp", "-index", here / "index", *authority, "-reqin", here / "request", "-respout",
                here / "response", "-ndays", 9)
        response = (here / "response").read_bytes()
        (here / "list.pem").write_bytes(b"\xef\xbb\xbf" + pem.replace(b"\n", b"\r\n"))
        lists, responses = self.crls.Create(), self.ocsps.Create()
        assert self.crls.AddFile(lists, self.path("list.pem")) == 0, self.sentence()
        assert self.crls.AddBytes(lists, der, len(der)) == 0, self.sentence()
        assert self.crls.GetCount(lists) == 2
        assert octets(self.crls.GetBytes, lists, 0) == octets(self.crls.GetBytes, lists, 1) == der
        assert self.crls.AddBytes(lists, response, len(response)) == REVOCATION_DATA
        assert self.crls.SetHandle(lists, 2, self.crls.GetHandle(lists, 0)) == 0
        assert self.crls.RemoveAt(lists, 0) == 0 and self.crls.GetCount(lists) == 2
        assert self.ocsps.AddFile(responses, self.path("response")) == 0, self.sentence()
        assert self.ocsps.AddBytes(responses, der, len(der)) == REVOCATION_DATA
        assert octets(self.ocsps.GetBytes, responses, 0) == response
        for face, store in (self.crls, lists), (self.ocsps, responses):
            assert face.AddFile(store, self.path("no such file")) == FILE_NOT_FOUND
            assert face.Clear(store) == 0 and face.GetCount(store) == 0
            face.Release(store)

    def strange_files(self):
        here = self.directory
        assert self.refused("absent.pem") == FILE_NOT_FOUND
        assert not self.certificate.CreateFromFile(str(here).encode(), None)
        assert self.status() == CERTIFICATE_FILE
        certificate = (here / "p256.pem").read_bytes()
        for name, octets_of_it, expected in (
                ("empty", b"", CERTIFICATE_FILE),
                ("text", b"0 certificates", CERTIFICATE_FILE),
                ("cut", certificate[:-40], CERTIFICATE_FILE),
                ("halves", certificate[:60] + certificate[90:], CERTIFICATE_FILE),
                ("key", (here / "p256.key").read_bytes(), CERTIFICATE_FILE),
                ("other key", (here / "rsa.key").read_bytes() + certificate, PRIVATE_KEY),
                ("deep", b"".join(bytes([0x30, 2 * (59 - depth)]) for depth in range(60)), ASN1)):
            (here / name).write_bytes(octets_of_it)
            assert self.refused(name) == expected, (name, self.sentence())
        text_around = b"\xef\xbb\xbfsubject=x\r\n" + certificate.replace(b"\n", b"\r\n") + b"-- \r\n"
        (here / "around").write_bytes(text_around)
        self.certificate.Release(self.read("around"))


def main(library, directory):
    directory = Path(directory)
    make_pki(directory)
    inet = ctypes.CDLL(library)
    inet.INetError_GetStatus.restype = c_int32
    inet.INetError_GetMessage.restype, inet.INetError_GetMessage.argtypes = c_int64, [c_char_p, c_size_t]
    test = Test(inet, directory)
    for name in KEYS:
        test.fields(f"{name}.pem")
    test.fields("ca.pem")
    test.names_and_urls()
    test.keys()
    test.pkcs12()
    test.collections()
    test.revocation()
    test.strange_files()
    assert inet.INetLibrary_GetLiveHandleCount() == 0


if __name__ == "__main__":
    main(*sys.argv[1:])
