//! A configuration file as text: UTF-8, UTF-16, or what its XML declaration names.

use super::ill;
use crate::error::Result;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use zeroize::Zeroizing;

/// How far the XML declaration is looked for: it stands at the very beginning.
const DECLARATION: usize = 256;

/// It may hold a password: wiped when it is dropped.
pub fn text(octets: &[u8]) -> Result<Zeroizing<String>> {
    let (encoding, mark) = encoding(octets)?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(&octets[mark..]);
    let text =
        text.ok_or_else(|| ill(format!("it is not in {}, which it should be", encoding.name())))?;
    Ok(Zeroizing::new(text.into_owned()))
}

/// The encoding, and the length of the mark that tells it.
fn encoding(octets: &[u8]) -> Result<(&'static Encoding, usize)> {
    if let Some(marked) = Encoding::for_bom(octets) {
        return Ok(marked);
    }
    match octets {
        [b'<', 0, ..] => return Ok((UTF_16LE, 0)),
        [0, b'<', ..] => return Ok((UTF_16BE, 0)),
        _ => {}
    }
    let Some(label) = declared(octets) else { return Ok((UTF_8, 0)) };
    let known = Encoding::for_label_no_replacement(label.as_bytes());
    match known {
        // A declaration that could be read octet by octet is not in UTF-16, whatever it says.
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok((UTF_8, 0)),
        Some(encoding) => Ok((encoding, 0)),
        None => Err(ill(format!("its encoding '{}' is not known", label.escape_debug()))),
    }
}

/// What stands behind `encoding=` in the XML declaration.
fn declared(octets: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&octets[..octets.len().min(DECLARATION)]).into_owned();
    let declaration = start.strip_prefix("<?xml")?.split("?>").next()?;
    let (_, behind) = declaration.split_once("encoding")?;
    let value = behind.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (label, _) = value[1..].split_once(quote)?;
    Some(label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(octets: &[u8]) -> String {
        text(octets).expect("a text").to_string()
    }

    fn refusal(octets: &[u8]) -> String {
        text(octets).expect_err("a refusal").message().to_owned()
    }

    fn utf_16(text: &str, octets_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(octets_of).collect()
    }

    #[test]
    fn every_way_to_write_a_file_gives_the_same_text() {
        let plain = "<smtp from='ёж@server.ru'/>";
        assert_eq!(decoded(plain.as_bytes()), plain);
        assert_eq!(decoded(&[b"\xef\xbb\xbf", plain.as_bytes()].concat()), plain);
        for octets_of in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(decoded(&utf_16(plain, octets_of)), plain);
            assert_eq!(decoded(&utf_16(&format!("\u{feff}{plain}"), octets_of)), plain);
        }
        for declaration in [
            "<?xml version='1.0' encoding='windows-1251'?>",
            "<?xml version=\"1.0\" encoding = \"CP1251\" ?>",
        ] {
            let whole = format!("{declaration}{plain}");
            let (octets, ..) = encoding_rs::WINDOWS_1251.encode(&whole);
            assert_eq!(decoded(&octets), whole);
        }
    }

    #[test]
    fn a_mark_counts_for_more_than_the_declaration_and_utf_16_in_octets_is_none() {
        let whole = "<?xml version='1.0' encoding='utf-16'?><smtp from='ё'/>";
        assert_eq!(decoded(whole.as_bytes()), whole);
        let other = "<?xml version='1.0' encoding='koi8-r'?><smtp from='ё'/>";
        assert_eq!(decoded(&[b"\xef\xbb\xbf", other.as_bytes()].concat()), other);
    }

    #[test]
    fn what_is_in_no_known_encoding_is_refused() {
        assert!(refusal(b"<a>\xff\xfe</a>").contains("not in UTF-8"));
        assert!(refusal(b"\xff\xfe<\0a\0>").contains("not in UTF-16LE"));
        let unknown = refusal(b"<?xml version='1.0' encoding='rot13'?><a/>");
        assert!(unknown.contains("'rot13' is not known"), "{unknown}");
        assert!(refusal(b"<?xml version='1.0' encoding='hz-gb-2312'?><a/>").contains("hz-gb-2312"));
    }

    #[test]
    fn odd_declarations_are_none() {
        for start in [
            "",
            "<",
            "<?xml",
            "<?xml encoding",
            "<?xml encoding=",
            "<?xml encoding='",
            "<?xml encoding=utf-8?>",
            "<?xml?> encoding='rot13'",
        ] {
            assert_eq!(decoded(start.as_bytes()), start);
        }
    }
}
