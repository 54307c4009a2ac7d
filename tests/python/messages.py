"""Random messages, built through ctypes and read by Python's email.

    messages.py LIBRARY [SEED [COUNT]]

Prints the seed. Exits non-zero, with what differs, if a message says another thing than it was told.

Subjects, names and fields are read by the policy compat32, which leaves them as they came, and by the decoder below: the
parser of policy.default keeps the space between adjacent encoded words of a name, makes one of several spaces in a
name, and takes what stands in a name's encoded words for syntax. Names of files, texts and the structure are read by
policy.default: compat32 takes an escaped backslash before a quote for an escaped quote.
"""

import base64
import codecs
import ctypes
import email
import email.policy
import email.utils
import functools
import hashlib
import quopri
import random
import re
import sys
from ctypes import CFUNCTYPE, c_char_p, c_int32, c_int64, c_size_t, c_void_p, memmove
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from code_pages import OTHERS, SINGLE_BYTE

WHATWG = {
    866: "cp866", 874: "cp874", 932: "shift_jis", 936: "gbk", 949: "euc_kr", 950: "big5", 1250: "cp1250",
    1251: "cp1251", 1252: "cp1252", 1253: "cp1253", 1254: "cp1254", 1255: "cp1255", 1256: "cp1256", 1257: "cp1257",
    10000: "mac_roman", 10007: "mac_cyrillic", 20127: "ascii", 20866: "koi8_r", 20936: "gb2312", 21866: "koi8_u",
    28591: "latin_1", 28592: "iso8859_2", 28593: "iso8859_3", 28594: "iso8859_4", 28595: "iso8859_5",
    28596: "iso8859_6", 28597: "iso8859_7", 28598: "iso8859_8", 28599: "iso8859_9", 28605: "iso8859_15",
    50220: "iso2022_jp", 51932: "euc_jp", 51949: "euc_kr", 54936: "gb18030",
}
UNICODE = {-1: "utf_8", 65001: "utf_8", 65000: "utf_7", 1200: "utf_16_le", 1201: "utf_16_be", 12000: "utf_32_le",
           12001: "utf_32_be"}
PAGES = SINGLE_BYTE | OTHERS | WHATWG | UNICODE

EAST_ASIAN = ("big5", "euc_jp", "euc_kr", "gb2312", "gbk", "iso2022_jp", "shift_jis")

# Charset names of mails that are other names to Python.
CHARSETS = {
    "windows-874": "cp874", "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "x-mac-greek": "mac_greek",
    "x-mac-romanian": "mac_romanian", "x-mac-ce": "mac_latin2", "x-mac-icelandic": "mac_iceland",
    "x-mac-turkish": "mac_turkish", "x-mac-croatian": "mac_croatian",
}

POOL = ("abcXYZ äöüßéñçøåąčęłńóśźżğışĞ абвгдеёЖЯіїєґЇҐ αβγδωΩΛ אבגדש ابتثج กขคงจ 日本語中文简体繁體字 ひらカタ 한글나라 "
        "€№—«»±½ 😀👩𝔘")
AWKWARD = "\"\\'%=?<>@,;:()[]{}/*&~+-_.# \t"
ALPHABETS = {}


def alphabet(page):
    """What of the pool the code page has."""
    if page not in ALPHABETS:
        ALPHABETS[page] = [c for c in POOL if encodes(c, page)] + ["Q"]
    return ALPHABETS[page]


class Random(random.Random):
    def word(self, page):
        kind = self.random()
        if kind < 0.4:
            return "".join(self.choices("abcdefghijKLMNOP0123456789", k=self.randint(1, 12)))
        if kind < 0.8:
            return "".join(self.choices(alphabet(page), k=self.randint(1, 14)))
        if kind < 0.9:
            return "".join(self.choices(AWKWARD, k=self.randint(1, 4)))
        return self.choice(["=?", "=?UTF-8?Q?a?=", "%41", "UTF-8''a", "''", "w" * 75, "w" * 78, "L" * 901])

    def phrase(self, page, words):
        text = "".join(self.word(page) + self.choice(["", " ", " ", " ", "  "]) for _ in range(self.randint(0, words)))
        text = self.choice(["", "", "", " "]) + text
        return "".join(c for c in text if encodes(c, page))

    def text(self, page):
        lines = (self.choice([self.phrase(page, 12), ".", "From me", "--", "l" * 999, "a \t"]) +
                 self.choice(["\r\n", "\n", "\r", "\n\n", ""]) for _ in range(self.randint(0, 10)))
        return "".join(c for c in "".join(lines) if encodes(c, page))

    def person(self, page):
        user = "".join(self.choices("abcdefg0123!#$%&'*+/=^_`{|}~-", k=self.randint(1, 12)))
        # A name that the code page lacks goes out in UTF-8. The web's code pages of East Asia have more than Python's.
        names = page if PAGES[page] in EAST_ASIAN else self.choice([page, -1])
        return self.phrase(names, 4), f"{user}@example{self.randint(1, 9)}.org"

    def people(self, page, least, most):
        return [self.person(page) for _ in range(self.randint(least, most))]

    def file_name(self):
        kind = self.random()
        if kind < 0.4:
            return self.phrase(-1, 4) + self.choice(["", ".txt", ".pdf", ".html"])
        if kind < 0.6:
            return self.choice(["x", "ш", "😀", "a b", "\"", "%", "'", "\\"]) * self.randint(20, 90) + ".bin"
        return self.choice(["", "a.txt", "Отчёт.pdf", "a \"b\".txt", "C:\\a.txt", "100%.txt", "rock'n'roll.txt",
                            "UTF-8''x.txt", "a;b=c.txt", " lead", "trail ", "name*0=x", "ends\\", "日本語", "\\", "\""])

    def item(self):
        encoding = self.choice([-1, 0, 1, 2, 3])
        octets = self.randbytes(self.choice([0, 1, 56, 57, 58, 500]))
        if self.random() < 0.3:
            octets = bytes(self.choices(b"\r\n =.\t-a", k=self.randint(0, 300)))
        if encoding in (2, 3):
            octets = self.text(20127).encode().replace(b"l" * 999, b"l" * 998).replace(b"L" * 901, b"")
            octets = octets if all(len(line) < 999 for line in octets.splitlines()) else b""
        if self.random() < 0.05:
            encoding, octets = self.choice([0, 1]), self.randbytes(57 * 1680 + self.randint(-2, 2))
        content_id = f"id{self.randint(0, 10 ** 9)}@x" if self.random() < 0.4 else ""
        return {"name": self.file_name(), "encoding": encoding, "octets": octets, "id": content_id,
                "inline": self.random() < 0.3, "stream": self.random() < 0.4}

    def plan(self, depth=0):
        page, body_page = self.choice(list(PAGES)), self.choice(list(PAGES))
        plan = {
            "page": page, "body_page": body_page, "from": self.people(page, 1, 2), "to": self.people(page, 0, 5),
            "cc": self.people(page, 0, 2), "reply_to": self.people(page, 0, 2), "bcc": self.people(page, 0, 1),
            "subject": self.phrase(page, 16), "plain": self.text(body_page), "html": self.text(body_page),
            "headers": [(f"X-Field-{n}", self.phrase(page, 12) + "x") for n in range(self.randint(0, 3))],
            "old_names": self.random() < 0.3, "views": [], "linked": [], "attachments": [],
            "references": " ".join(f"<{n}.{self.randint(0, 10 ** 12)}@x>" for n in range(self.randint(0, 12))),
        }
        for key in ("plain", "html"):
            if self.random() < 0.3:
                plan[key] = ""
        if plan["plain"] or plan["html"]:
            pages = self.choices(list(PAGES), k=self.randint(0, 2))
            plan["views"] = [(self.text(page), page) for page in pages]
        plan["linked"] = [self.item() | {"id": f"linked{n}@x", "inline": True} for n in range(self.randint(0, 2))]
        plan["attachments"] = [self.item() for _ in range(self.randint(0, 3))]
        if depth < 3 and self.random() < 0.4:
            plan["attachments"].append({"message": self.plan(depth + 1), "name": "", "id": "", "inline": False})
        return plan


@functools.cache
def encodes(c, page):
    # A tilde is none in the Japanese code pages of the web, nor is a backslash.
    if PAGES[page] in ("shift_jis", "euc_jp", "iso2022_jp") and c in "\\~":
        return False
    # The web's Big5 has kana and Cyrillic in other places than Python's, its EUC-JP has no JIS X 0212.
    if PAGES[page] in ("big5", "euc_jp") and "~" < c < "\u4e00":
        return False
    try:
        return c.encode(PAGES[page]).decode(PAGES[page]) == c
    except UnicodeError:
        return False


READ = CFUNCTYPE(c_int32, c_int64, c_void_p, c_size_t, c_void_p)
HANDLE = ["INetMailMessage_Create", "INetMailAddress_CreateWithName", "INetMailMessage_GetFromList",
          "INetMailMessage_GetTo", "INetMailMessage_GetCC", "INetMailMessage_GetBcc", "INetMailMessage_GetReplyToList",
          "INetMailMessage_GetAttachments", "INetMailMessage_GetLinkedResources", "INetMailMessage_GetAlternateViews",
          "INetAttachment_CreateFromBytes", "INetAttachment_CreateFromStream", "INetAttachment_CreateFromMessage",
          "INetLinkedResource_CreateFromBytes", "INetLinkedResource_CreateFromStream",
          "INetAlternateView_CreateFromString"]


class Library:
    def __init__(self, path):
        self.inet = ctypes.CDLL(path)
        for name in HANDLE:
            getattr(self.inet, name).restype = c_void_p
        self.inet.INetMailMessage_GetBytes.restype = c_int64
        self.inet.INetError_GetMessage.restype = c_int64
        self.callbacks = []

    def call(self, name, *arguments):
        """Handles are ints beyond 32 bits, numbers are small; a failure is an exception."""
        function = getattr(self.inet, name)
        result = function(*[self.argument(argument) for argument in arguments])
        if result is None or name not in HANDLE and result < 0:
            sentence = ctypes.create_string_buffer(1024)
            self.inet.INetError_GetMessage(sentence, c_size_t(len(sentence)))
            raise AssertionError(f"{name}: {result} {sentence.value.decode()}")
        return result

    @staticmethod
    def argument(value):
        if isinstance(value, str):
            return c_char_p(value.encode())
        if isinstance(value, int) and value > 1 << 32:
            return c_void_p(value)
        return value

    def build(self, plan):
        """The message, and all other references that are to be released."""
        call = self.call
        mail = call("INetMailMessage_Create")
        held = [mail]
        lists = [("GetFromList", "from"), ("GetTo", "to"), ("GetCC", "cc"), ("GetBcc", "bcc"),
                 ("GetReplyToList", "reply_to")]
        for getter, key in lists:
            collection = call(f"INetMailMessage_{getter}", mail)
            held.append(collection)
            for name, address in plan[key]:
                held.append(call("INetMailAddress_CreateWithName", address, name))
                call("INetMailAddressCollection_Add", collection, held[-1])
        call("INetMailMessage_SetSubjectEncoding", mail, plan["page"])
        call("INetMailMessage_SetBodyEncoding", mail, plan["body_page"])
        call("INetMailMessage_SetSubject", mail, plan["subject"])
        call("INetMailMessage_SetPlainText", mail, plan["plain"])
        call("INetMailMessage_SetHtmlText", mail, plan["html"])
        call("INetMailMessage_SetReferences", mail, plan["references"])
        call("INetMailMessage_SetRfc2047Names", mail, int(plan["old_names"]))
        for name, value in plan["headers"]:
            call("INetMailMessage_AddHeader", mail, name, value)
        views = call("INetMailMessage_GetAlternateViews", mail)
        linked = call("INetMailMessage_GetLinkedResources", mail)
        attachments = call("INetMailMessage_GetAttachments", mail)
        held += [views, linked, attachments]
        for text, page in plan["views"]:
            held.append(call("INetAlternateView_CreateFromString", text, "text/calendar; method=REQUEST", page))
            call("INetAlternateViewCollection_Add", views, held[-1])
        for item in plan["linked"]:
            held.append(self.resource(item))
            call("INetLinkedResourceCollection_Add", linked, held[-1])
        for item in plan["attachments"]:
            held += self.attachment(item)
            call("INetAttachmentCollection_Add", attachments, held[-1])
        return mail, held

    def stream(self, octets):
        def read(offset, buffer, capacity, _):
            block = octets[offset:offset + min(capacity, 1000)]
            memmove(buffer, block, len(block))
            return len(block)
        self.callbacks.append(READ(read))
        length = len(octets) if len(octets) % 2 else -1
        return c_int64(length), self.callbacks[-1], None, None

    def attachment(self, item):
        held = []
        octets = item.get("octets")
        if "message" in item:
            mail, held = self.build(item["message"])
            made = self.call("INetAttachment_CreateFromMessage", mail)
        elif item["stream"]:
            made = self.call("INetAttachment_CreateFromStream", item["name"], *self.stream(octets))
        else:
            made = self.call("INetAttachment_CreateFromBytes", octets, c_size_t(len(octets)), item["name"])
        self.call("INetAttachment_SetTransferEncoding", made, item.get("encoding", -1))
        self.call("INetAttachment_SetContentId", made, item["id"])
        self.call("INetAttachment_SetIsInline", made, int(item["inline"]))
        return [*held, made]

    def resource(self, item):
        octets = item["octets"]
        if item["stream"]:
            name = "INetLinkedResource_CreateFromStream"
            made = self.call(name, item["name"], item["id"], *self.stream(octets))
        else:
            name = "INetLinkedResource_CreateFromBytes"
            made = self.call(name, octets, c_size_t(len(octets)), item["name"], item["id"])
        self.call("INetLinkedResource_SetTransferEncoding", made, item["encoding"])
        return made

    def octets(self, plan):
        mail, held = self.build(plan)
        length = self.call("INetMailMessage_GetBytes", mail, None, c_size_t(0))
        buffer = ctypes.create_string_buffer(length)
        assert self.call("INetMailMessage_GetBytes", mail, buffer, c_size_t(length)) == length
        for handle in held:
            self.call("INetObject_Release", handle)
        self.callbacks.clear()
        return buffer.raw[:length]


def codec_of(charset):
    return codecs.lookup(CHARSETS.get(charset.lower(), charset))


ENCODED_WORD = re.compile(r"=\?([^? ]+)\?([BQ])\?([^? ]*)\?=")


def unfolded(raw):
    return re.sub(r"\r?\n", "", str(raw))


def words_decoded(text):
    """Text with its encoded words decoded, the space between two of them left out. Each is whole (RFC 2047 section 5)."""
    def decoded(match):
        charset, encoding, data = match.groups()
        octets = base64.b64decode(data) if encoding == "B" else quopri.decodestring(data.replace("_", "=20"))
        return codec_of(charset).decode(octets, "strict")[0]
    text = re.sub(r"(?<=\?=) +(?==\?)", "", text)
    return ENCODED_WORD.sub(decoded, text)


def people_of(raw):
    """The mailboxes of a field. The encoded words are decoded when the syntax is done with (RFC 2047 section 6.2)."""
    people = email.utils.getaddresses([unfolded(raw)]) if raw else []
    return [(words_decoded(name), address) for name, address in people if address]


def with_crlf(octets):
    return re.sub(rb"\r\n|\r|\n", b"\r\n", octets)


def text_of(part):
    octets = part.get_payload(decode=True)
    return codec_of(part.get_content_charset()).decode(octets, "strict")[0]


class Difference(Exception):
    pass


def same(what, found, expected):
    if found != expected:
        raise Difference(f"{what}\n   found {found!r}\nexpected {expected!r}")


def compare(plan, plain_header, message):
    """`message` is read by policy.default, `plain_header` is the same by compat32."""
    same("subject", words_decoded(unfolded(plain_header["Subject"] or "")), plan["subject"])
    for field, key in [("From", "from"), ("Cc", "cc"), ("Reply-To", "reply_to"), ("To", "to")]:
        expected = [(re.sub(" +", " ", name), address) for name, address in plan[key]]
        found = [(re.sub(" +", " ", name), address) for name, address in people_of(plain_header[field])]
        if not plan["to"] and key == "to":
            continue
        same(field, found, expected)
    sender = plan["from"][0][1] if len(plan["from"]) > 1 else None
    same("Sender", [address for _, address in people_of(plain_header["Sender"])], [sender] if sender else [])
    same("Bcc", plain_header["Bcc"], None)
    same("References", unfolded(plain_header["References"] or ""), plan["references"])
    for name, value in plan["headers"]:
        same(name, words_decoded(unfolded(plain_header[name])), value)
    same("defects", [defect for part in message.walk() for defect in part.defects], [])

    inner, plain_inner = message, plain_header
    for key, subtype, compare_item in [("attachments", "mixed", compare_attachment), ("linked", "related", compare_leaf)]:
        if plan[key]:
            same("type", inner.get_content_type(), f"multipart/{subtype}")
            [inner, *parts], [plain_inner, *plain_parts] = inner.get_payload(), plain_inner.get_payload()
            same(key, len(parts), len(plan[key]))
            for item, part, plain_part in zip(plan[key], parts, plain_parts):
                compare_item(item, part, plain_part)
    texts = [("text/plain", plan["plain"]), ("text/html", plan["html"])]
    texts = [(kind, text) for kind, text in texts if text] or [("text/plain", "")]
    texts += [("text/calendar", text) for text, _ in plan["views"]]
    if len(texts) > 1:
        same("type", inner.get_content_type(), "multipart/alternative")
    parts = inner.get_payload() if len(texts) > 1 else [inner]
    same("texts", [part.get_content_type() for part in parts], [kind for kind, _ in texts])
    for (_, text), part in zip(texts, parts):
        expected, found = with_crlf(text.encode()).decode(), text_of(part)
        if part is message and not expected.endswith("\r\n"):
            found = found.removesuffix("\r\n")
        same("text", found, expected)


def compare_attachment(item, part, plain_part):
    if "message" not in item:
        return compare_leaf(item, part, plain_part)
    same("type", part.get_content_type(), "message/rfc822")
    compare(item["message"], plain_part.get_payload(0), part.get_payload(0))


def compare_leaf(item, part, plain_part):
    same("file name", part["Content-Disposition"].params.get("filename", ""), item["name"])
    same("disposition", part.get_content_disposition(), "inline" if item["inline"] else "attachment")
    same("content id", part.get("Content-ID", "").strip("<>"), item["id"])
    octets = with_crlf(item["octets"]) if item["encoding"] in (2, 3) else item["octets"]
    found = part.get_payload(decode=True)
    same("length", len(found), len(octets))
    same("digest", hashlib.sha256(found).digest(), hashlib.sha256(octets).digest())


def main(library, seed=None, count=250):
    # The same messages each time, unless others are asked for: a change must not fail for what it did not change.
    seed = int(seed) if seed else 1
    print(f"seed {seed}", flush=True)
    source, inet = Random(seed), Library(library)
    for number in range(int(count)):
        plan = source.plan()
        octets = inet.octets(plan)
        try:
            message = email.message_from_bytes(octets, policy=email.policy.default)
            compare(plan, email.message_from_bytes(octets), message)
        except Exception as difference:
            sys.stdout.write(octets.decode("utf-8", "replace")[:6000] + "\n")
            raise SystemExit(f"message {number} of seed {seed}: {type(difference).__name__} {difference}") from difference
    handles = inet.inet.INetLibrary_GetLiveHandleCount()
    assert handles == 0, f"{handles} handles were left"


if __name__ == "__main__":
    main(*sys.argv[1:])
