//! What a part holds: octets out of their transfer encoding (RFC 2045 section 6), text out of its charset.

use super::super::code_page::CodePage;
use bytes::Bytes;
use encodify::{base64, qp};
use encoding_rs::{Encoding as Charset, ISO_2022_JP, UTF_8};
use memchr::{memchr, memmem};
use std::borrow::Cow;

/// The transfer encoding of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// 7bit, 8bit and binary, and all that has no decoder.
    Identity,
    QuotedPrintable,
    Base64,
    Uuencode,
}

impl Encoding {
    pub fn by_name(name: &str) -> Encoding {
        match name {
            "quoted-printable" => Encoding::QuotedPrintable,
            "base64" => Encoding::Base64,
            "x-uuencode" | "x-uue" | "uuencode" => Encoding::Uuencode,
            _ => Encoding::Identity,
        }
    }
}

pub fn decode(body: &Bytes, encoding: Encoding) -> Bytes {
    match encoding {
        Encoding::Identity => body.clone(),
        Encoding::QuotedPrintable => match qp::BODY.decode(body) {
            Ok(Cow::Owned(octets)) => octets.into(),
            _ => body.clone(),
        },
        Encoding::Base64 => base64::MIME.decode(body).unwrap_or_else(|_| sifted(body)).into(),
        Encoding::Uuencode => uudecode(body).into(),
    }
}

/// Characters outside of the alphabet are to be ignored (RFC 2045 section 6.8).
fn sifted(body: &[u8]) -> Vec<u8> {
    let is_known =
        |octet: &u8| octet.is_ascii_alphanumeric() || matches!(octet, b'+' | b'/' | b'=');
    let known: Vec<u8> = body.iter().copied().filter(is_known).collect();
    base64::MIME.decode(&known).unwrap_or_default()
}

/// The file between `begin` and `end`, as uuencode(1) of POSIX writes it.
fn uudecode(body: &[u8]) -> Vec<u8> {
    let mut octets = Vec::with_capacity(body.len() / 4 * 3);
    let lines =
        body.split(|octet| *octet == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    for line in lines.skip_while(|line| !line.starts_with(b"begin ")).skip(1) {
        let Some((first, symbols)) = line.split_first() else {
            continue;
        };
        if line == b"end" {
            break;
        }
        let sextet = |octet: u8| u32::from(octet.wrapping_sub(32) & 63);
        let end = octets.len() + sextet(*first) as usize;
        for group in symbols.chunks(4) {
            let word = group.iter().fold(0, |word, octet| word << 6 | sextet(*octet));
            let word = word << (6 * (4 - group.len()));
            octets.extend_from_slice(&word.to_be_bytes()[1..]);
        }
        octets.truncate(end);
    }
    octets
}

/// The text of octets in a charset; in one that is not known, or none, they are UTF-8. What cannot be read is U+FFFD.
pub fn decode_charset(charset: &[u8], octets: &[u8]) -> String {
    let page = str::from_utf8(charset).ok().and_then(CodePage::by_charset);
    if let Some(text) = page.and_then(|page| page.decode(octets)) {
        return text;
    }
    let named_by_page = || Charset::for_label(page?.charset().as_bytes());
    let charset = Charset::for_label(charset).or_else(named_by_page).unwrap_or(UTF_8);
    let octets = match charset == ISO_2022_JP {
        true => &without_idle_escapes(octets)[..],
        false => octets,
    };
    charset.decode_without_bom_handling(octets).0.into_owned()
}

/// Without the escape sequences to ASCII that another follows at once, as where encoded words were joined (RFC 1468 has each end
/// in ASCII): the decoder takes them for an error.
fn without_idle_escapes(octets: &[u8]) -> Vec<u8> {
    const TO_ASCII: &[u8] = b"\x1b(B";
    let mut without = Vec::with_capacity(octets.len());
    let mut rest = octets;
    while let Some(at) = memmem::find(rest, b"\x1b(B\x1b") {
        without.extend_from_slice(&rest[..at]);
        rest = &rest[at + TO_ASCII.len()..];
    }
    without.extend_from_slice(rest);
    without
}

/// The text of a body, which is free of NUL as all text here is.
pub fn decode_text(charset: &str, content: &[u8]) -> String {
    let text = decode_charset(charset.as_bytes(), content);
    match memchr(0, text.as_bytes()) {
        Some(_) => text.replace('\0', "\u{FFFD}"),
        None => text,
    }
}

/// The code page that the text can go out in again.
pub fn code_page(charset: &str, text: &str) -> &'static CodePage {
    let page = CodePage::by_charset(charset);
    let holds_text =
        |page: &&CodePage| page.is_utf8() || page.encode(text, &mut Vec::new()).is_ok();
    page.filter(holds_text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::fields::field_text;
    use super::super::parameter::parameter;
    use super::*;

    fn decoded(body: &'static [u8], encoding: Encoding) -> Bytes {
        decode(&Bytes::from_static(body), encoding)
    }

    #[test]
    fn transfer_encodings_are_decoded_leniently() {
        use Encoding::*;
        for (body, encoding, expected) in [
            (&b"a=\r\nb"[..], Identity, &b"a=\r\nb"[..]),
            (b"a=\r\n=D0=9f =zz \r\n", QuotedPrintable, b"a\xd0\x9f =zz\r\n"),
            (b"0J/R\r\ngA==\r\n", Base64, "Пр".as_bytes()),
            (b"0J/R*\r\n!gA==", Base64, "Пр".as_bytes()),
            (b"aGk=\r\naGk=", Base64, b"hihi"),
            (b"", Base64, b""),
            (b"x\r\nbegin 644 a.txt\r\n#0V%T\r\n`\r\nend\r\nmore", Uuencode, b"Cat"),
            (b"begin 644 a\n_0V%\n\xff\n", Uuencode, b"Ca@"),
            (b"nothing", Uuencode, b""),
        ] {
            assert_eq!(decoded(body, encoding), expected, "{}", body.escape_ascii());
        }
    }

    #[test]
    fn what_is_not_encoded_is_not_copied() {
        let body = Bytes::from(b"plain".to_vec());
        for encoding in [Encoding::Identity, Encoding::QuotedPrintable] {
            assert_eq!(decode(&body, encoding).as_ptr(), body.as_ptr());
        }
    }

    #[test]
    fn every_code_page_decodes_what_it_encodes() {
        for page in (-1..=65001).filter_map(CodePage::by_number) {
            if page.charset().is_empty() {
                continue;
            }
            let (mut text, mut octets) = (String::new(), Vec::new());
            for sample in ["Plain +1", "é", "Привет", "日本", "日本 a"] {
                if page.encode(sample, &mut Vec::new()).is_ok() {
                    text += sample;
                }
            }
            page.encode(&text, &mut octets).unwrap();
            assert_eq!(decode_text(page.charset(), &octets), text, "{page:?}");
        }
    }

    #[test]
    fn encoded_words_and_parameters_may_be_in_any_code_page() {
        for (word, text) in [
            ("=?IBM00858?Q?5_=D5?=", "5 €"),
            ("=?cp500?B?x5nc?= =?cp500?B?WYVP?=", "Grüße!"),
            ("=?hz-gb-2312?Q?~{VP~}?= =?hz?Q?~{ND~}?=", "中文"),
            ("=?iso-2022-kr?B?GyQpQw5HUTFbDw==?=", "한글"),
            ("=?ms1361?Q?=D0e=8Bi?=", "한글"),
            ("=?cp949?Q?=C7=D1?= =?MS932?B?k/qWew==?=", "한日本"),
            ("=?IBM01140?Q?=C1=0D=25=C2?=", "A  B"),
        ] {
            assert_eq!(field_text(word.as_bytes()), text, "{word}");
        }
        for (value, text) in [
            ("a; name*=x-mac-greek''%B6%EC%EC%C0%E4%E1.txt", "Ελλάδα.txt"),
            ("a; name*0*=johab'ko'%D0; name*1*=e%8Bi", "한글"),
            ("a; name*=cp720''%AB%E9%9F%EA", "سلام"),
        ] {
            assert_eq!(parameter(value.as_bytes(), "name").as_deref(), Some(text), "{value}");
        }
    }

    #[test]
    fn a_code_page_is_one_that_holds_the_text() {
        assert_eq!(code_page("koi8-r", "Привет").number(), 20866);
        assert_eq!(code_page("iso-8859-1", "10 €").number(), -1);
        assert_eq!(code_page("x-unknown", "a").number(), -1);
        assert_eq!(decode_text("x-unknown", b"a\xff\0"), "a\u{FFFD}\u{FFFD}");
    }
}
