use super::*;

fn encode(number: i32, text: &str) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    CodePage::by_number(number).unwrap().encode(text, &mut out)?;
    Ok(out)
}

#[test]
fn the_table_is_sorted_and_78_pages_besides_the_default_encode() {
    assert!(CODE_PAGES.is_sorted_by(|a, b| a.number < b.number));
    let encoders = CODE_PAGES.iter().filter(|page| !page.charset.is_empty()).count();
    assert_eq!(encoders, 79);
    for page in &CODE_PAGES {
        assert_eq!(page.charset.is_empty(), matches!(page.encoder, Missing), "{page:?}");
    }
}

#[test]
fn the_documentation_lists_them() {
    let documentation = include_str!("../../../docs/fore.md");
    for page in CODE_PAGES.iter().filter(|page| !page.charset.is_empty()) {
        let row = format!("| {} | {} | {} |", page.number, page.fore_name, page.charset);
        assert!(documentation.contains(&row), "{row} is missing in docs/fore.md");
    }
}

#[test]
fn known_texts_have_known_bytes() {
    assert_eq!(encode(21866, "Їжак").unwrap(), b"\xb7\xd6\xc1\xcb");
    assert_eq!(encode(1251, "Привет").unwrap(), b"\xcf\xf0\xe8\xe2\xe5\xf2");
    assert_eq!(encode(28591, "é\u{9f}").unwrap(), b"\xe9\x9f");
    assert_eq!(encode(28599, "ığ").unwrap(), b"\xfd\xf0");
    assert_eq!(encode(1200, "a€").unwrap(), b"a\0\xac\x20");
    assert_eq!(encode(12001, "a").unwrap(), b"\0\0\0a");
    assert_eq!(encode(50220, "日本").unwrap(), b"\x1b$BF|K\\\x1b(B");
    assert_eq!(encode(65000, "ä").unwrap(), b"+AOQ-");
    assert_eq!(encode(-1, "ä").unwrap(), "ä".as_bytes());
}

#[test]
fn known_texts_have_known_bytes_in_the_pages_of_tables() {
    let texts: [(i32, &str, &[u8]); 31] = [
        (437, "naïve ½", b"na\x8bve \xab"),
        (500, "Grüße!", b"\xc7\x99\xdcY\x85O"),
        (720, "سلام", b"\xab\xe9\x9f\xea"),
        (737, "Ελλάδα", b"\x84\xa2\xa2\xe1\x9b\x98"),
        (775, "ąžuolas", b"\xd0\xd8uolas"),
        (850, "Größe ¾", b"Gr\x94\xe1e \xf3"),
        (852, "Łódź", b"\x9d\xa2d\xab"),
        (855, "Привет", b"\xdd\xe1\xb7\xeb\xa8\xe5"),
        (857, "ığŞ", b"\x8d\xa7\x9e"),
        (858, "5 €", b"5 \xd5"),
        (860, "João", b"Jo\x84o"),
        (861, "Þórður", b"\x8d\xa2r\x8cur"),
        (862, "שלום", b"\x99\x8c\x85\x8d"),
        (863, "français", b"fran\x87ais"),
        (864, "ﺱﻼﻡ٪", b"\xbc\x9e\xef%"),
        (865, "Ørsted", b"\x9drsted"),
        (869, "Ελλάδα", b"\xa8\xe5\xe5\x9b\xdd\xd6"),
        (875, "Ελλάδα\u{1a}", b"E\x9e\x9e\xb1\x8d\x8a?"),
        (1026, "ığŞ", b"y\xd0|"),
        (1140, "5 €\r\n", b"\xf5@\x9f\r%"),
        (1361, "한글 똠ㄳㅏ漢±", b"\xd0e\x8bi \x99\xb1\x84D\x84a\xf7\xd3\xd9N"),
        (10006, "Ελλάδα", b"\xb6\xec\xec\xc0\xe4\xe1"),
        (10010, "București", b"Bucure\xbfti"),
        (10029, "Łódź", b"\xfc\x97d\x90"),
        (10079, "Þórður", b"\xde\x97r\xddur"),
        (10081, "ığŞ", b"\xdd\xdb\xde"),
        (10082, "čćžšđ", b"\xe8\xe6\xbe\xb9\xf0"),
        (20273, "Größe", b"\xc7\x99j\xa1\x85"),
        (20424, "שלום", b"iTFU"),
        (50225, "a한글\n±", b"\x1b$)Ca\x0eGQ1[\x0f\n\x0e!>\x0f"),
        (52936, "~中文a\n文", b"~~~{VPND~}a\n~{ND~}"),
    ];
    for (number, text, bytes) in texts {
        assert_eq!(encode(number, text).unwrap(), bytes, "{number}");
    }
}

/// What each page encodes, to the octet, and what it refuses, is what Python's codec does: see `tables::DIGESTS`.
#[test]
fn the_pages_of_tables_have_the_characters_of_pythons_codecs_and_no_others() {
    for (number, count, digest) in tables::DIGESTS {
        let page = CodePage::by_number(number).unwrap();
        let mut bytes = Vec::new();
        let mut found = (0, 0xcbf2_9ce4_8422_2325_u64);
        for c in '\0'..='\u{FFFF}' {
            bytes.clear();
            bytes.extend((c as u32).to_le_bytes());
            if page.encode(c.encode_utf8(&mut [0; 4]), &mut bytes).is_ok() {
                found.0 += 1;
                found.1 = bytes.iter().fold(found.1, |hash, byte| {
                    (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
                });
            }
        }
        assert_eq!(found, (count, digest), "{number}");
        for beyond in ["\u{10000}", "\u{100A0}", "\u{1F600}", "\u{20041}", "\u{10FFFF}"] {
            assert!(page.encode(beyond, &mut bytes).is_err(), "{number}");
        }
    }
}

#[test]
fn ascii_is_kept_where_a_page_says_so() {
    let ascii: String = ('\0'..='\x7F').collect();
    for page in CODE_PAGES.iter().filter(|page| !page.charset.is_empty()) {
        let mut bytes = Vec::new();
        let is_kept = page.encode(&ascii, &mut bytes).is_ok() && bytes == ascii.as_bytes();
        // These shift out of ASCII and back, so that a text is more than the sum of its characters.
        let is_shifted = page.charset.starts_with("ISO-2022-");
        assert_eq!(page.keeps_ascii(), is_kept && !is_shifted, "{}", page.number);
    }
}

#[test]
fn line_breaks_are_those_of_ascii_but_for_wide_pages_and_ebcdic() {
    let differ = [500, 875, 1026, 1140, 1200, 1201, 12000, 12001, 20273, 20424];
    for page in CODE_PAGES.iter().filter(|page| !page.charset.is_empty()) {
        let mut bytes = Vec::new();
        page.encode("\r\n", &mut bytes).unwrap();
        assert_eq!(page.breaks_lines_as_ascii(), bytes == b"\r\n", "{}", page.number);
        assert_eq!(page.breaks_lines_as_ascii(), !differ.contains(&page.number));
    }
}

#[test]
fn nothing_is_replaced() {
    for (number, text) in [
        (20127, "ä"),
        (28591, "€"),
        (28599, "ý"),
        (1251, "日"),
        (21866, "ў"),
        (932, "¥"),
        (51932, "‾"),
        (936, "€"),
        (20936, "镕"),
        (20936, "ⅰ"),
        (51936, "\u{E000}"),
        (51949, "똠"),
        (437, "Ё"),
        (864, "%"),
        (1361, "é"),
        (50225, "가\x0e"),
        (50225, "똠"),
        (52936, "한"),
        (50221, "ｱ"),
    ] {
        assert_eq!(encode(number, text).unwrap_err().status(), Status::Unencodable);
    }
}

#[test]
fn pages_without_an_encoder_say_so() {
    for number in [31, 870, 20261, 57002] {
        assert_eq!(encode(number, "a").unwrap_err().status(), Status::UnsupportedCodePage);
    }
    assert!(CodePage::by_number(4711).is_none());
}

#[test]
fn a_charset_has_its_page_by_any_of_its_names() {
    for (name, number) in [
        ("windows-1251", 1251),
        ("CP1251", 1251),
        ("koi8-r", 20866),
        ("utf8", 65001),
        ("us-ascii", 65001),
        ("ISO-8859-1", 28591),
        ("iso-8859-9", 28599),
        ("latin1", 1252),
        ("gb2312", 20936),
        ("euc-jp", 20932),
        ("ks_c_5601-1987", 949),
        ("iso-2022-jp", 50220),
        ("utf-7", 65000),
    ] {
        assert_eq!(CodePage::by_charset(name).map(CodePage::number), Some(number), "{name}");
    }
    assert!(CodePage::by_charset("").is_none() && CodePage::by_charset("x-unknown").is_none());
}
