//! The 151 code pages of Fore's `CodePage`, and the encoders and decoders of those that have them.

mod aliases;
mod johab;
mod planes;
mod shifted;
mod single_byte;
mod tables;

use self::planes::{gb2312, ksx1001};
use self::single_byte::SingleByte;
use crate::error::{Error, Result, Status};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, EncoderResult, Encoding, GB18030, GBK, IBM866, ISO_2022_JP, ISO_8859_2,
    ISO_8859_3, ISO_8859_4, ISO_8859_5, ISO_8859_6, ISO_8859_7, ISO_8859_8, ISO_8859_8_I,
    ISO_8859_15, KOI8_R, KOI8_U, MACINTOSH, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_874,
    WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255,
    WINDOWS_1256, WINDOWS_1257, WINDOWS_1258, X_MAC_CYRILLIC,
};
use std::fmt;

/// One code page: its number, Fore's name for it, and the charset name that a mail carries.
pub struct CodePage {
    number: i32,
    fore_name: &'static str,
    charset: &'static str,
    encoder: Encoder,
}

#[derive(Clone, Copy)]
enum Encoder {
    Utf8,
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
    Utf7,
    Ascii,
    Latin1,
    /// ISO-8859-9 proper; the WHATWG encoder of that name is windows-1254.
    Latin5,
    Whatwg(&'static Encoding),
    /// A WHATWG encoder without the characters that it puts where the charset of that name has others.
    Without(&'static Encoding, fn(char) -> bool),
    Table(&'static SingleByte),
    /// ASCII, and a plane of 94 by 94 characters with the high bit set.
    Euc(fn(char) -> Option<[u8; 2]>),
    Johab,
    Iso2022Kr,
    Hz,
    Missing,
}

impl CodePage {
    /// The code page of that number, if it is one of the 151.
    pub fn by_number(number: i32) -> Option<&'static CodePage> {
        let index = CODE_PAGES.binary_search_by_key(&number, |page| page.number).ok()?;
        Some(&CODE_PAGES[index])
    }

    /// The code page of a charset name as it stands in mails, be it the name that the table has or another label of the
    /// same charset. Of several pages the one with the lowest number; `Default`, which is none of its own, is not meant.
    pub fn by_charset(name: &str) -> Option<&'static CodePage> {
        // ASCII is UTF-8 as it stands, and as UTF-8 the text may be changed to hold any character.
        if name.eq_ignore_ascii_case("US-ASCII") {
            return Some(CodePage::utf8());
        }
        let is_there = |page: &&CodePage| !page.charset.is_empty();
        let mut pages = CODE_PAGES[1..].iter().filter(is_there);
        let named = pages.clone().find(|page| page.charset.eq_ignore_ascii_case(name));
        let labelled = || {
            let encoding = Encoding::for_label(name.as_bytes())?;
            pages.find(|page| page.whatwg() == Some(encoding))
        };
        named
            .or_else(labelled)
            .or_else(|| aliases::number(name).and_then(CodePage::by_number).filter(is_there))
    }

    /// The WHATWG encoding whose labels all mean this page.
    fn whatwg(&self) -> Option<&'static Encoding> {
        match self.encoder {
            Encoder::Utf8 => Some(UTF_8),
            Encoder::Utf16Le => Some(UTF_16LE),
            Encoder::Utf16Be => Some(UTF_16BE),
            Encoder::Whatwg(encoding) | Encoder::Without(encoding, _) => Some(encoding),
            _ => None,
        }
    }

    /// Refuses the pages that have no encoder.
    pub fn require_encoder(&self) -> Result<()> {
        match self.encoder {
            Encoder::Missing => Err(Error::new(
                Status::UnsupportedCodePage,
                format!("code page {} ({}) has no encoder", self.number, self.fore_name),
            )),
            _ => Ok(()),
        }
    }

    pub fn utf8() -> &'static CodePage {
        CodePage::by_number(65001).expect("the table holds UTF-8")
    }

    pub fn number(&self) -> i32 {
        self.number
    }

    /// The charset name of the IANA registry. Where it has none, or one that few readers know (858, 1140), the name that
    /// most know: Windows' for the pages of the Macintosh, Python's for the others.
    pub fn charset(&self) -> &'static str {
        self.charset
    }

    pub fn is_utf8(&self) -> bool {
        matches!(self.encoder, Encoder::Utf8)
    }

    /// Whether ASCII text is encoded as itself, and a text as the sum of its characters.
    pub fn keeps_ascii(&self) -> bool {
        match self.encoder {
            Encoder::Utf8 | Encoder::Ascii | Encoder::Latin1 | Encoder::Latin5 => true,
            Encoder::Euc(_) | Encoder::Johab => true,
            Encoder::Whatwg(encoding) | Encoder::Without(encoding, _) => {
                encoding.is_ascii_compatible()
            }
            Encoder::Table(table) => table.keeps_ascii(),
            _ => false,
        }
    }

    /// Whether the octets CR and LF are line breaks and nothing else, as a transport takes them. Not so in the wide code
    /// pages and in EBCDIC, whose line feed is 0x25.
    pub fn breaks_lines_as_ascii(&self) -> bool {
        match self.encoder {
            Encoder::Utf16Le | Encoder::Utf16Be | Encoder::Utf32Le | Encoder::Utf32Be => false,
            Encoder::Table(table) => table.octet('\n') == Some(b'\n'),
            _ => true,
        }
    }

    /// The code page for encoded words: ISO-2022-KR is for bodies, headers have EUC-KR instead (RFC 1557).
    pub fn in_headers(&self) -> &CodePage {
        match self.encoder {
            Encoder::Iso2022Kr => CodePage::by_number(51949).unwrap_or(self),
            _ => self,
        }
    }

    /// Appends `text` in this code page to `out`. Nothing is replaced: a character that is not there is an error.
    pub fn encode(&self, text: &str, out: &mut Vec<u8>) -> Result<()> {
        let unencodable = match self.encoder {
            Encoder::Utf8 => {
                out.extend_from_slice(text.as_bytes());
                None
            }
            Encoder::Utf16Le => encode_units(text, out, u16::to_le_bytes),
            Encoder::Utf16Be => encode_units(text, out, u16::to_be_bytes),
            Encoder::Utf32Le => encode_each(text, |c| Some((c as u32).to_le_bytes()), out),
            Encoder::Utf32Be => encode_each(text, |c| Some((c as u32).to_be_bytes()), out),
            Encoder::Utf7 => {
                encodify::utf7::MAIL.encode_append(text, out);
                None
            }
            Encoder::Ascii => encode_each(text, |c| c.is_ascii().then_some([c as u8]), out),
            Encoder::Latin1 => encode_each(text, |c| u8::try_from(c).ok().map(|b| [b]), out),
            Encoder::Latin5 => encode_each(text, |c| latin5(c).map(|b| [b]), out),
            Encoder::Without(encoding, lacks) => match text.chars().find(|c| lacks(*c)) {
                None => encode_whatwg(encoding, text, out),
                found => found,
            },
            Encoder::Table(table) => encode_each(text, |c| table.octet(c).map(|b| [b]), out),
            Encoder::Euc(plane) => encode_euc(text, plane, out),
            Encoder::Johab => johab::encode(text, out),
            Encoder::Iso2022Kr => shifted::encode_iso_2022_kr(text, out),
            Encoder::Hz => shifted::encode_hz(text, out),
            Encoder::Whatwg(encoding) => encode_whatwg(encoding, text, out),
            Encoder::Missing => return self.require_encoder(),
        };
        match unencodable {
            None => Ok(()),
            Some(c) => Err(Error::new(
                Status::Unencodable,
                format!(
                    "code page {} ({}) has no character U+{:04X} '{c}'",
                    self.number, self.fore_name, c as u32
                ),
            )),
        }
    }

    /// The text of octets in this code page, U+FFFD in the place of broken ones. `None` where the page is one that every
    /// decoder of mails knows.
    pub fn decode(&self, octets: &[u8]) -> Option<String> {
        match self.encoder {
            Encoder::Utf32Le => Some(decode_utf32(octets, u32::from_le_bytes)),
            Encoder::Utf32Be => Some(decode_utf32(octets, u32::from_be_bytes)),
            Encoder::Utf7 => Some(encodify::utf7::MAIL.lenient().decode_lossy(octets)),
            Encoder::Table(table) => Some(table.decode(octets)),
            Encoder::Johab => Some(johab::decode(octets)),
            Encoder::Iso2022Kr => Some(shifted::decode_iso_2022_kr(octets)),
            Encoder::Hz => Some(shifted::decode_hz(octets)),
            _ => None,
        }
    }
}

/// The tables are too long for a message about a failed test.
impl fmt::Debug for CodePage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "CodePage {} ({})", self.number, self.fore_name)
    }
}

/// `CodePage.Default`: the code page of the operating system, which is UTF-8 here.
impl Default for &CodePage {
    fn default() -> Self {
        &CODE_PAGES[0]
    }
}

/// Encodes with `encoding`; returns the first character that it lacks.
fn encode_whatwg(encoding: &'static Encoding, text: &str, out: &mut Vec<u8>) -> Option<char> {
    if text.is_ascii() && encoding.is_ascii_compatible() {
        out.extend_from_slice(text.as_bytes());
        return None;
    }
    let mut encoder = encoding.new_encoder();
    let mut rest = text;
    loop {
        let room = encoder
            .max_buffer_length_from_utf8_without_replacement(rest.len())
            .unwrap_or(usize::MAX / 2);
        out.reserve(room);
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, out, true);
        match result {
            EncoderResult::InputEmpty => return None,
            EncoderResult::OutputFull => rest = &rest[read..],
            EncoderResult::Unmappable(c) => return Some(c),
        }
    }
}

fn encode_units(text: &str, out: &mut Vec<u8>, bytes: fn(u16) -> [u8; 2]) -> Option<char> {
    out.extend(text.encode_utf16().flat_map(bytes));
    None
}

fn encode_each<const N: usize>(
    text: &str,
    encode: impl Fn(char) -> Option<[u8; N]>,
    out: &mut Vec<u8>,
) -> Option<char> {
    for c in text.chars() {
        match encode(c) {
            Some(bytes) => out.extend_from_slice(&bytes),
            None => return Some(c),
        }
    }
    None
}

fn encode_euc(text: &str, plane: fn(char) -> Option<[u8; 2]>, out: &mut Vec<u8>) -> Option<char> {
    for c in text.chars() {
        match u8::try_from(c) {
            Ok(octet) if octet.is_ascii() => out.push(octet),
            _ => match plane(c) {
                Some(octets) => out.extend_from_slice(&octets.map(|octet| octet | 0x80)),
                None => return Some(c),
            },
        }
    }
    None
}

fn decode_utf32(octets: &[u8], number: fn([u8; 4]) -> u32) -> String {
    let (numbers, _) = octets.as_chunks::<4>();
    let character = |octets: &[u8; 4]| char::from_u32(number(*octets));
    numbers.iter().map(|octets| character(octets).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// ISO-8859-9 is ISO-8859-1 with six Icelandic letters replaced by Turkish ones.
fn latin5(c: char) -> Option<u8> {
    match c {
        'Ğ' => Some(0xD0),
        'İ' => Some(0xDD),
        'Ş' => Some(0xDE),
        'ğ' => Some(0xF0),
        'ı' => Some(0xFD),
        'ş' => Some(0xFE),
        'Ð' | 'Ý' | 'Þ' | 'ð' | 'ý' | 'þ' => None,
        _ => u8::try_from(c).ok(),
    }
}

/// KOI8-U of RFC 2319 has box drawings in the place of these; WHATWG's is rather KOI8-RU.
fn is_short_u(c: char) -> bool {
    matches!(c, '\u{40E}' | '\u{45E}')
}

/// The Japanese encoders of WHATWG write these as backslash, tilde and full-width minus.
fn is_stand_in(c: char) -> bool {
    matches!(c, '¥' | '‾' | '\u{2212}')
}

/// Half-width katakana, which ISO-2022-JP does not have: the encoder writes full-width ones, as code page 50220 wants it.
fn is_halfwidth(c: char) -> bool {
    matches!(c, '\u{FF61}'..='\u{FF9F}')
}

const fn page(
    number: i32,
    fore_name: &'static str,
    charset: &'static str,
    encoder: Encoder,
) -> CodePage {
    CodePage { number, fore_name, charset, encoder }
}

use self::Encoder::{
    Ascii, Euc, Hz, Iso2022Kr, Johab, Latin1, Latin5, Missing, Table, Utf7, Utf8, Utf16Be, Utf16Le,
    Utf32Be, Utf32Le, Whatwg, Without,
};

/// Sorted by number. A page without a charset has no encoder.
#[rustfmt::skip]
static CODE_PAGES: [CodePage; 151] = [
    page(-1, "Default", "UTF-8", Utf8),
    page(31, "EBCDIC_US", "", Missing),
    page(437, "OEM_US", "IBM437", Table(&tables::CP437)),
    page(500, "EBCDIC_International", "IBM500", Table(&tables::CP500)),
    page(708, "Arabic_ASMO708", "", Missing),
    page(709, "Arabic_ASMO449", "", Missing),
    page(710, "Arabic_TransparentArabic", "", Missing),
    page(720, "Arabic_TransparentASMO", "cp720", Table(&tables::CP720)),
    page(737, "OEM_Greek", "cp737", Table(&tables::CP737)),
    page(775, "OEM_Baltic", "IBM775", Table(&tables::CP775)),
    page(850, "OEM_MultilingualLatinI", "IBM850", Table(&tables::CP850)),
    page(852, "OEM_LatinII", "IBM852", Table(&tables::CP852)),
    page(855, "OEM_Cyrillic", "IBM855", Table(&tables::CP855)),
    page(857, "OEM_Turkish", "IBM857", Table(&tables::CP857)),
    page(858, "OEM_MultlingualLatinI_Euro", "IBM858", Table(&tables::CP858)),
    page(860, "OEM_Portuguese", "IBM860", Table(&tables::CP860)),
    page(861, "OEM_Icelandic", "IBM861", Table(&tables::CP861)),
    page(862, "OEM_Hebrew", "IBM862", Table(&tables::CP862)),
    page(863, "OEM_Canadian", "IBM863", Table(&tables::CP863)),
    page(864, "OEM_Arabic", "IBM864", Table(&tables::CP864)),
    page(865, "OEM_Nordic", "IBM865", Table(&tables::CP865)),
    page(866, "OEM_Russian", "IBM866", Whatwg(IBM866)),
    page(869, "OEM_ModernGreek", "IBM869", Table(&tables::CP869)),
    page(870, "EBCDIC_ROECE", "", Missing),
    page(874, "OEM_Thai", "windows-874", Whatwg(WINDOWS_874)),
    page(875, "EBCDIC_ModernGreek", "cp875", Table(&tables::CP875)),
    page(932, "OEM_Japanese", "Shift_JIS", Without(SHIFT_JIS, is_stand_in)),
    page(936, "OEM_SimplifiedChinese", "GBK", Without(GBK, |c| c == '€')),
    page(949, "OEM_Korean", "EUC-KR", Whatwg(EUC_KR)),
    page(950, "OEM_TraditionalChinese", "Big5", Whatwg(BIG5)),
    page(1026, "EBCDIC_TurkishLatin5", "IBM1026", Table(&tables::CP1026)),
    page(1047, "EBCDIC_LatinI", "", Missing),
    page(1140, "EBCDIC_US_Euro", "IBM1140", Table(&tables::CP1140)),
    page(1141, "EBCDIC_Germany_Euro", "", Missing),
    page(1142, "EBCDIC_Denmark_Norway_Euro", "", Missing),
    page(1143, "EBCDIC_Finland_Sweden_Euro", "", Missing),
    page(1144, "EBCDIC_Italy_Euro", "", Missing),
    page(1145, "EBCDIC_LatinAmerica_Spain_Euro", "", Missing),
    page(1146, "EBCDIC_UnitedKingdom_Euro", "", Missing),
    page(1147, "EBCDIC_France_Euro", "", Missing),
    page(1148, "EBCDIC_International_Euro", "", Missing),
    page(1149, "EBCDIC_Icelandic_Euro", "", Missing),
    page(1200, "UCS2_LittleEndian", "UTF-16LE", Utf16Le),
    page(1201, "UCS2_BigEndian", "UTF-16BE", Utf16Be),
    page(1250, "ANSI_CentralEuropean", "windows-1250", Whatwg(WINDOWS_1250)),
    page(1251, "ANSI_Cyrillic", "windows-1251", Whatwg(WINDOWS_1251)),
    page(1252, "ANSI_Latin", "windows-1252", Whatwg(WINDOWS_1252)),
    page(1253, "ANSI_Greek", "windows-1253", Whatwg(WINDOWS_1253)),
    page(1254, "ANSI_Turkish", "windows-1254", Whatwg(WINDOWS_1254)),
    page(1255, "ANSI_Hebrew", "windows-1255", Whatwg(WINDOWS_1255)),
    page(1256, "ANSI_Arabic", "windows-1256", Whatwg(WINDOWS_1256)),
    page(1257, "ANSI_Baltic", "windows-1257", Whatwg(WINDOWS_1257)),
    page(1258, "ANSI_OEM_Vietnamese", "windows-1258", Whatwg(WINDOWS_1258)),
    page(1361, "Korean", "Johab", Johab),
    page(10000, "MAC_Roman", "macintosh", Whatwg(MACINTOSH)),
    page(10001, "MAC_Japanese", "", Missing),
    page(10002, "MAC_TraditionalChinese", "", Missing),
    page(10003, "MAC_Korean", "", Missing),
    page(10004, "MAC_Arabic", "", Missing),
    page(10005, "MAC_Hebrew", "", Missing),
    page(10006, "MAC_Greek", "x-mac-greek", Table(&tables::MAC_GREEK)),
    page(10007, "MAC_Cyrillic", "x-mac-cyrillic", Whatwg(X_MAC_CYRILLIC)),
    page(10008, "MAC_SimplifiedChinese", "", Missing),
    page(10010, "MAC_Romania", "x-mac-romanian", Table(&tables::MAC_ROMANIAN)),
    page(10017, "MAC_Ukraine", "x-mac-cyrillic", Whatwg(X_MAC_CYRILLIC)),
    page(10021, "MAC_Thai", "", Missing),
    page(10029, "MAC_LatinII", "x-mac-ce", Table(&tables::MAC_LATIN2)),
    page(10079, "MAC_Icelandic", "x-mac-icelandic", Table(&tables::MAC_ICELAND)),
    page(10081, "MAC_Turkish", "x-mac-turkish", Table(&tables::MAC_TURKISH)),
    page(10082, "MAC_Croatia", "x-mac-croatian", Table(&tables::MAC_CROATIAN)),
    page(12000, "UCS4_LittleEndian", "UTF-32LE", Utf32Le),
    page(12001, "UCS4_BigEndian", "UTF-32BE", Utf32Be),
    page(20000, "CNS_Taiwan", "", Missing),
    page(20001, "TCA_Taiwan", "", Missing),
    page(20002, "Eten_Taiwan", "", Missing),
    page(20003, "IBM5550_Taiwan", "", Missing),
    page(20004, "TeleText_Taiwan", "", Missing),
    page(20005, "Wang_Taiwan", "", Missing),
    page(20105, "IA5_International", "", Missing),
    page(20106, "IA5_German", "", Missing),
    page(20107, "IA5_Swedish", "", Missing),
    page(20108, "IA5_Norwegian", "", Missing),
    page(20127, "US_ASCII", "US-ASCII", Ascii),
    page(20261, "T61", "", Missing),
    page(20269, "ISO6937", "", Missing),
    page(20273, "EBCDIC_Germany", "IBM273", Table(&tables::CP273)),
    page(20277, "EBCDIC_Denmark_Norway", "", Missing),
    page(20278, "EBCDIC_Finland_Sweden", "", Missing),
    page(20280, "EBCDIC_Italy", "", Missing),
    page(20284, "EBCDIC_LatinAmerica_Spain", "", Missing),
    page(20285, "EBCDIC_UnitedKingdom", "", Missing),
    page(20290, "EBCDIC_JapaneseKatakanaExtended", "", Missing),
    page(20297, "EBCDIC_France", "", Missing),
    page(20420, "EBCDIC_Arabic", "", Missing),
    page(20423, "EBCDIC_Greek", "", Missing),
    page(20424, "EBCDIC_Hebrew", "IBM424", Table(&tables::CP424)),
    page(20833, "EBCDIC_KoreanExtended", "", Missing),
    page(20838, "EBCDIC_Thai", "", Missing),
    page(20866, "KOI8R", "KOI8-R", Whatwg(KOI8_R)),
    page(20871, "EBCDIC_Icelandic", "", Missing),
    page(20880, "EBCDIC_CyrillicRussian", "", Missing),
    page(20905, "EBCDIC_Turkish", "", Missing),
    page(20924, "EBCDIC_LatinI_Euro", "", Missing),
    page(20932, "JISX", "EUC-JP", Without(EUC_JP, is_stand_in)),
    page(20936, "SimplifiedChineseGB2312", "GB2312", Euc(gb2312)),
    page(21025, "EBCDIC_CyrillicSerbianBulgarian", "", Missing),
    page(21027, "ExtendedAlphaLowercase", "", Missing),
    page(21866, "KOI8U", "KOI8-U", Without(KOI8_U, is_short_u)),
    page(28591, "ISO_LatinI", "ISO-8859-1", Latin1),
    page(28592, "ISO_CentralEurope", "ISO-8859-2", Whatwg(ISO_8859_2)),
    page(28593, "ISO_Latin3", "ISO-8859-3", Whatwg(ISO_8859_3)),
    page(28594, "ISO_Baltic", "ISO-8859-4", Whatwg(ISO_8859_4)),
    page(28595, "ISO_Cyrillic", "ISO-8859-5", Whatwg(ISO_8859_5)),
    page(28596, "ISO_Arabic", "ISO-8859-6", Whatwg(ISO_8859_6)),
    page(28597, "ISO_Greek", "ISO-8859-7", Whatwg(ISO_8859_7)),
    page(28598, "ISO_Hebrew", "ISO-8859-8", Whatwg(ISO_8859_8)),
    page(28599, "ISO_Latin5", "ISO-8859-9", Latin5),
    page(28605, "ISO_Latin9", "ISO-8859-15", Whatwg(ISO_8859_15)),
    page(29001, "Europa3", "", Missing),
    page(38598, "ISO_Hebrew2", "ISO-8859-8-I", Whatwg(ISO_8859_8_I)),
    page(50220, "ISO_JapaneseWithNoHalfwidthKatakana", "ISO-2022-JP", Whatwg(ISO_2022_JP)),
    page(50221, "ISO_JapaneseWithHalfwidthKatakana", "ISO-2022-JP", Without(ISO_2022_JP, is_halfwidth)),
    page(50222, "ISO_JapaneseJISX", "ISO-2022-JP", Without(ISO_2022_JP, is_halfwidth)),
    page(50225, "ISO_Korean", "ISO-2022-KR", Iso2022Kr),
    page(50227, "ISO_SimplifiedChinese", "", Missing),
    page(50229, "ISO_TraditionalChinese", "", Missing),
    page(50930, "JapaneseKatakanaExtended", "", Missing),
    page(50931, "USCanadaAndJapanese", "", Missing),
    page(50933, "KoreanExtendedAndKorean", "", Missing),
    page(50935, "SimplifiedChineseExtendedAndSimplifiedChinese", "", Missing),
    page(50936, "SimplifiedChinese", "", Missing),
    page(50937, "USCanadaAndTraditionalChinese", "", Missing),
    page(50939, "JapaneseExtendedAndJapanese", "", Missing),
    page(51932, "EUC_Japanese", "EUC-JP", Without(EUC_JP, is_stand_in)),
    page(51936, "EUC_SimplifiedChinese", "GB2312", Euc(gb2312)),
    page(51949, "EUC_Korean", "EUC-KR", Euc(ksx1001)),
    page(51950, "EUC_TraditionalChinese", "", Missing),
    page(52936, "HZGB2312_SimplifiedChinese", "HZ-GB-2312", Hz),
    page(54936, "GB18030_SimplifiedChinese", "GB18030", Whatwg(GB18030)),
    page(57002, "ISCII_Devanagari", "", Missing),
    page(57003, "ISCII_Bengali", "", Missing),
    page(57004, "ISCII_Tamil", "", Missing),
    page(57005, "ISCII_Telugu", "", Missing),
    page(57006, "ISCII_Assamese", "", Missing),
    page(57007, "ISCII_Oriya", "", Missing),
    page(57008, "ISCII_Kannada", "", Missing),
    page(57009, "ISCII_Malayalam", "", Missing),
    page(57010, "ISCII_Gujarati", "", Missing),
    page(57011, "ISCII_Punjabi", "", Missing),
    page(65000, "UTF7", "UTF-7", Utf7),
    page(65001, "UTF8", "UTF-8", Utf8),
];

#[cfg(test)]
mod tests;
