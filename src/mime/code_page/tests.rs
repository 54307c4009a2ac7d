use super::*;

fn encode(number: i32, text: &str) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    CodePage::by_number(number).unwrap().encode(text, &mut out)?;
    Ok(out)
}

fn decode(number: i32, bytes: &[u8]) -> String {
    CodePage::by_number(number).unwrap().decode(bytes).unwrap()
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
        assert_eq!(decode(number, bytes), text, "{number}");
    }
}

/// How many items, and their FNV-1a hash.
#[derive(Debug, PartialEq)]
struct Digest(usize, u64);

impl Default for Digest {
    fn default() -> Self {
        Digest(0, 0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    fn add(&mut self, item: &[u8]) {
        self.0 += 1;
        for byte in item {
            self.1 = (self.1 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

/// What each page encodes, to the octet, and what it refuses, is what Python's codec does: see `tables::ENCODED`.
#[test]
fn the_pages_of_tables_have_the_characters_of_pythons_codecs_and_no_others() {
    for (number, count, digest) in tables::ENCODED {
        let page = CodePage::by_number(number).unwrap();
        let mut bytes = Vec::new();
        let mut found = Digest::default();
        for c in '\0'..='\u{FFFF}' {
            bytes.clear();
            bytes.extend((c as u32).to_le_bytes());
            if page.encode(c.encode_utf8(&mut [0; 4]), &mut bytes).is_ok() {
                found.add(&bytes);
            }
        }
        assert_eq!(found, Digest(count, digest), "{number}");
        for beyond in ["\u{10000}", "\u{100A0}", "\u{1F600}", "\u{20041}", "\u{10FFFF}"] {
            assert!(page.encode(beyond, &mut bytes).is_err(), "{number}");
        }
    }
}

/// All pairs of octets that may be one character, with what stands around it.
fn pairs(number: i32) -> Vec<Vec<u8>> {
    let (leads, trails, [before, behind]): (_, _, [&[u8]; 2]) = match number {
        1361 => (0x80..=0xFF, 0..=0xFF, [b"", b""]),
        50225 => (0x21..=0x7D, 0x21..=0x7E, [b"\x1b$)C\x0e", b"\x0f"]),
        52936 => (0x21..=0x7D, 0x21..=0x7E, [b"~{", b"~}"]),
        _ => return Vec::new(),
    };
    let pairs = leads.flat_map(|lead| trails.clone().map(move |trail| [lead, trail]));
    pairs.map(|pair| [before, &pair, behind].concat()).collect()
}

/// What octets and pairs of octets are read as, and which are broken, is what Python's codec says: see `tables::DECODED`.
#[test]
fn the_pages_of_tables_decode_as_pythons_codecs_do() {
    for (number, count, digest) in tables::DECODED {
        let mut found = Digest::default();
        for octets in (0..=0xFF).map(|octet| vec![octet]).chain(pairs(number)) {
            let text = decode(number, &octets);
            if !text.contains('\u{FFFD}') {
                found.add(&[&octets, text.as_bytes()].concat());
            }
        }
        assert_eq!(found, Digest(count, digest), "{number}");
    }
}

#[test]
fn line_breaks_of_ebcdic_are_crlf() {
    for (bytes, text) in [
        (&b"\xc1\r%\xc2"[..], "A\r\nB"),
        (b"\xc1\x15\xc2\x15\x15", "A\r\nB\r\n\r\n"),
        (b"\xc1\r\x15\xc2", "A\r\nB"),
        (b"\xc1%\r", "A\n\r"),
    ] {
        for number in [500, 875, 1026, 1140, 20273, 20424] {
            assert_eq!(decode(number, bytes), text, "{number}");
        }
    }
    assert_eq!(decode(864, b"\r\n\x15%"), "\r\n\x15٪");
}

#[test]
fn broken_octets_are_replaced_and_what_follows_is_read() {
    for (number, bytes, text) in [
        (857, &b"a\xd5b"[..], "a\u{FFFD}b"),
        (1361, b"\xd0e\xd0", "한\u{FFFD}"),
        (1361, b"\xd0\r\n\xff\xd0e", "\u{FFFD}\r\n\u{FFFD}한"),
        (50225, b"a\x0eGQ1[\x0f\x0f b", "a한글 b"),
        (50225, b"\x1b$)C\x0eGQ\r\nGQ\x0eGQ 1[", "한\r\nGQ한 글"),
        (50225, b"\x0eG\x0fx\x0eG\nx\x0eG", "\u{FFFD}x\u{FFFD}\nx\u{FFFD}"),
        (50225, b"\x1b$)AGQ\x1b(B\x1b", "\u{FFFD}$)AGQ\u{FFFD}"),
        (50225, b"\xc7\xd1\x0e-!GQ", "\u{FFFD}\u{FFFD}\u{FFFD}한"),
        (52936, b"~~~{VPND~}a~\r\nb~\nc", "~中文abc"),
        (52936, b"~{VP\r\nND~}~{ND", "中\r\nND文"),
        (52936, b"a~b~{V", "a\u{FFFD}b\u{FFFD}"),
        (52936, b"~{V\n~{{{VP~}\xd6~", "\u{FFFD}\n\u{FFFD}中\u{FFFD}\u{FFFD}"),
        (12000, b"a\0\0\0\0\0\x11\0", "a\u{FFFD}"),
    ] {
        assert_eq!(decode(number, bytes), text, "{number} {}", bytes.escape_ascii());
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
    for name in ["", "x-", "x-unknown", "cp", "cp-1", "IBM870", "cp99999999999", "ISO-2022-CN"] {
        assert!(CodePage::by_charset(name).is_none(), "{name}");
    }
}

#[test]
fn the_pages_of_tables_have_many_names() {
    for (names, number) in [
        ("IBM437 ibm437 CP437 cp-437 437 csPC8CodePage437", 437),
        ("IBM500 cp500 ebcdic-cp-be", 500),
        ("cp720 DOS-720 IBM720 ibm-720", 720),
        ("cp737 x-IBM737", 737),
        ("IBM775 csPC775Baltic", 775),
        ("IBM850 cp850 csPC850Multilingual", 850),
        ("csPCp852", 852),
        ("IBM858 IBM00858 cp858 CP00858 CCSID00858 PC-Multilingual-850+euro", 858),
        ("cp-is", 861),
        ("DOS-862", 862),
        ("cp-gr", 869),
        ("IBM1140 IBM01140 csIBM1140 ebcdic-us-37+euro", 1140),
        ("Johab x-Johab ms1361 cp1361", 1361),
        ("x-mac-greek mac_greek macgreek x-MacGreek", 10006),
        ("x-mac-romanian mac_romanian x-MacRomania", 10010),
        ("x-mac-ce mac_latin2 x-MacCentralEurope mac_centeuro", 10029),
        ("x-mac-icelandic mac_iceland x-MacIceland", 10079),
        ("x-mac-turkish mac_turkish", 10081),
        ("x-mac-croatian mac_croatian x-MacCroatian", 10082),
        ("IBM273 cp273 20273", 20273),
        ("IBM424 cp424 ebcdic-cp-he", 20424),
        ("iso-2022-kr csISO2022KR iso2022_kr", 50225),
        ("HZ hz-gb-2312 HZ-GB-2312 hz_gb csHZGB2312", 52936),
        ("cp932 MS932 windows-932", 932),
        ("cp949 windows-949", 949),
        ("EUC-CN", 51936),
    ] {
        for name in names.split(' ') {
            assert_eq!(CodePage::by_charset(name).map(CodePage::number), Some(number), "{name}");
        }
    }
}

#[test]
fn a_failed_test_shows_a_page_by_its_number_and_name() {
    assert_eq!(format!("{:?}", CodePage::by_number(437)), "Some(CodePage 437 (OEM_US))");
}
