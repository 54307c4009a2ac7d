//! Header fields, folded (RFC 5322 section 2.2.3).

use super::address::Mailbox;
use super::code_page::CodePage;
use super::date::{DateTime, date_time};
use super::encoded_word::{self, Place};
use super::parameter::Parameter;
use crate::error::{Error, Result, Status};
use memchr::memmem;

/// Where lines are folded: RFC 5322 wants 78, a line that holds an encoded word allows 76 (RFC 2047 section 2).
const LINE: usize = 76;

/// A word longer than this is encoded or refused, so that no line comes near the limit of 998.
const LONGEST_WORD: usize = 900;

/// The fields of a message or of a part, as they are written.
pub struct Header {
    pub octets: Vec<u8>,
    /// It is known that they are ASCII, and that no line of them begins with a dot.
    pub is_plain: bool,
}

/// A block of header fields in the making.
#[derive(Debug, Default)]
pub struct HeaderBlock {
    bytes: Vec<u8>,
    /// Whether fields are in it that were loaded.
    holds_loaded: bool,
    line_start: usize,
    /// Whether a word stands on the line, behind which it may be folded.
    line_has_word: bool,
    needs_smtputf8: bool,
    /// Octets of each line that are left free.
    margin: usize,
}

impl HeaderBlock {
    pub fn with_capacity(octets: usize) -> HeaderBlock {
        HeaderBlock { bytes: Vec::with_capacity(octets), ..HeaderBlock::default() }
    }

    /// A field that is ours, in pieces: ASCII, short, not to be folded.
    #[inline(always)] // The pieces are mostly literals, which then cost a store each and no call.
    pub fn field(&mut self, pieces: &[&str]) {
        pieces.iter().for_each(|piece| self.bytes.extend_from_slice(piece.as_bytes()));
        self.end();
    }

    /// The date of the message.
    pub fn date(&mut self, moment: DateTime) {
        self.bytes.extend_from_slice(b"Date: ");
        self.bytes.extend_from_slice(&date_time(moment));
        self.end();
    }

    /// The id of the message: this number, and the host that it comes from.
    pub fn message_id(&mut self, number: u128, host: &str) {
        self.bytes.extend_from_slice(b"Message-ID: <");
        self.bytes.extend_from_slice(&hexadecimal(number));
        self.field(&["@", host, ">"]);
    }

    /// The subject of the message; an empty one is none.
    pub fn subject(&mut self, subject: &str, page: &CodePage) -> Result<()> {
        const NAME: &str = "Subject: ";
        if subject.is_empty() {
            return Ok(());
        }
        // Most are so short and plain that nothing has to be looked for in them.
        if NAME.len() + subject.len() <= LINE && is_plain(subject) {
            self.field(&[NAME, subject]);
            return Ok(());
        }
        self.text("Subject", subject, page)
    }

    /// Fields that were written before, by a block of that kind.
    pub fn again(&mut self, octets: &[u8], needs_smtputf8: bool) {
        self.bytes.extend_from_slice(octets);
        self.needs_smtputf8 |= needs_smtputf8;
    }

    /// A field as it was loaded.
    pub fn kept(&mut self, octets: &[u8]) {
        self.bytes.extend_from_slice(octets);
        self.holds_loaded = true;
        self.needs_smtputf8 |= !octets.is_ascii() && std::str::from_utf8(octets).is_ok();
    }

    /// A field of printable ASCII that may be folded at its spaces, and nowhere else.
    pub fn words(&mut self, name: &str, text: &str) {
        self.begin(name);
        self.plain(text.trim_matches(' '));
        self.end();
    }

    /// A field of phrases between commas (RFC 5322 section 3.6.5). Empty ones are passed over.
    pub fn phrases<'a>(
        &mut self,
        name: &str,
        phrases: impl Iterator<Item = &'a str>,
        page: &CodePage,
    ) -> Result<()> {
        self.begin(name);
        let phrases = phrases.map(str::trim).filter(|phrase| !phrase.is_empty());
        for (place, phrase) in phrases.enumerate() {
            if place > 0 {
                // RFC 2047 section 5 (3): an encoded word has white space beside it.
                let comma = if self.bytes.ends_with(b"?=") { " ," } else { "," };
                self.bytes.extend_from_slice(comma.as_bytes());
            }
            self.phrase(phrase, page)?;
        }
        self.end();
        Ok(())
    }

    /// An unstructured field (RFC 5322 section 2.2.1). Text that could not come back unchanged otherwise is encoded.
    pub fn text(&mut self, name: &str, text: &str, page: &CodePage) -> Result<()> {
        self.begin(name);
        if is_plain(text) {
            self.plain(text);
        } else {
            refuse_line_breaks(name, text)?;
            encoded_word::write(self, text, page, Place::Text)?;
        }
        self.end();
        Ok(())
    }

    /// A field of mailboxes. A name that the code page lacks goes out in UTF-8: the code page was chosen for the
    /// subject, the names come from elsewhere.
    pub fn mailboxes<'a>(
        &mut self,
        name: &str,
        mailboxes: impl IntoIterator<Item = &'a Mailbox>,
        page: &CodePage,
    ) -> Result<()> {
        self.begin(name);
        let mut mailboxes = mailboxes.into_iter().peekable();
        while let Some(mailbox) = mailboxes.next() {
            let comma = if mailboxes.peek().is_some() { "," } else { "" };
            self.mailbox(mailbox, comma, page)?;
        }
        self.end();
        Ok(())
    }

    /// A field with parameters (RFC 2045 section 5.1), such as Content-Type.
    pub fn parameterised(
        &mut self,
        name: &str,
        value: &str,
        parameters: &[Parameter],
    ) -> Result<()> {
        self.begin(name);
        self.word(" ", &[value]);
        for parameter in parameters {
            for (separator, token) in parameter.tokens()? {
                self.bytes.extend_from_slice(separator.as_bytes());
                self.word(" ", &[&token]);
            }
        }
        self.end();
        Ok(())
    }

    /// Leaves so many octets of each line free from now on.
    pub(super) fn set_margin(&mut self, octets: usize) {
        self.margin = octets;
    }

    pub(super) fn begin(&mut self, name: &str) {
        self.line_start = self.bytes.len();
        self.line_has_word = false;
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.push(b':');
    }

    pub(super) fn end(&mut self) {
        self.bytes.extend_from_slice(b"\r\n");
    }

    /// How many octets a word may have to follow a space on this line.
    pub(super) fn room(&self) -> usize {
        LINE.saturating_sub(self.column() + 1 + self.margin)
    }

    /// Ends the line; the next word brings the space that makes it a continuation.
    pub(super) fn fold(&mut self) {
        self.bytes.extend_from_slice(b"\r\n");
        self.line_start = self.bytes.len();
        self.line_has_word = false;
    }

    /// Appends white space and a word, given in pieces, on a new line if they do not fit on this one.
    #[inline(always)] // As for `field`.
    pub(super) fn word(&mut self, space: &str, word: &[&str]) {
        let length = word.iter().map(|piece| piece.len()).sum::<usize>();
        if self.line_has_word && self.column() + space.len() + length > LINE {
            self.fold();
        }
        self.bytes.extend_from_slice(space.as_bytes());
        word.iter().for_each(|piece| self.bytes.extend_from_slice(piece.as_bytes()));
        self.line_has_word = true;
    }

    /// Whether it holds UTF-8, which only SMTPUTF8 (RFC 6532) allows.
    pub fn needs_smtputf8(&self) -> bool {
        self.needs_smtputf8
    }

    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The header of a text, whose fields are all of this library's making, but for those of a message that was loaded.
    pub fn into_own_header(self) -> Header {
        let is_plain = !self.holds_loaded && !self.needs_smtputf8;
        let is_as_known = || self.bytes.is_ascii() && memmem::find(&self.bytes, b"\n.").is_none();
        debug_assert!(!is_plain || is_as_known());
        Header { octets: self.bytes, is_plain }
    }

    fn column(&self) -> usize {
        self.bytes.len() - self.line_start
    }

    fn plain(&mut self, text: &str) {
        if text.len() <= self.room() {
            return self.word(" ", &[text]);
        }
        let mut space = " ";
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(' ').unwrap_or(rest.len());
            self.word(space, &[&rest[..end]]);
            let after = rest[end..].trim_start_matches(' ');
            space = &rest[end..rest.len() - after.len()];
            rest = after;
        }
    }

    fn mailbox(&mut self, mailbox: &Mailbox, comma: &str, page: &CodePage) -> Result<()> {
        self.needs_smtputf8 |= mailbox.needs_smtputf8();
        let name = mailbox.display_name();
        if name.is_empty() {
            self.word(" ", &[mailbox.wire_address(), comma]);
            return Ok(());
        }
        self.phrase(name, page)?;
        self.word(" ", &["<", mailbox.wire_address(), ">", comma]);
        Ok(())
    }

    fn phrase(&mut self, name: &str, page: &CodePage) -> Result<()> {
        let needs_quotes =
            !name.bytes().all(|byte| is_atext(byte) || byte == b' ') || name.contains("  ");
        // A quoted string has no place to fold at, so a long one goes out as encoded words.
        if !is_plain(name) || needs_quotes && name.len() > LONGEST_WORD / 2 {
            let holds_name = page.encode(name, &mut Vec::new());
            let page = match holds_name {
                Err(error) if error.status() == Status::Unencodable => CodePage::utf8(),
                _ => page,
            };
            return encoded_word::write(self, name, page, Place::Phrase);
        }
        match needs_quotes {
            true => self.word(" ", &[&quoted(name)]),
            false => self.plain(name),
        }
        Ok(())
    }
}

/// Whether text comes back from any parser as it went in, written as it is.
fn is_plain(text: &str) -> bool {
    // Most have no equals sign at all, which is found out together with the rest.
    let is_marked = has_any(text, |octet| !matches!(octet, b' '..=b'~') | (octet == b'='));
    let is_printable = || !has_any(text, |octet| !matches!(octet, b' '..=b'~'));
    (!is_marked || is_printable() && !text.contains("=?"))
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && (text.len() <= LONGEST_WORD || !has_long_word(text))
}

/// Whether any octet is such. Without an early end the compiler takes all octets of a stretch at once.
fn has_any(text: &str, is_such: impl Fn(u8) -> bool) -> bool {
    let any = |octets: &[u8]| octets.iter().fold(false, |any, octet| any | is_such(*octet));
    let (stretches, rest) = text.as_bytes().as_chunks::<16>();
    match text.as_bytes().last_chunk::<16>() {
        Some(last) => stretches.iter().any(|stretch| any(stretch)) || any(last),
        None => any(rest),
    }
}

fn has_long_word(text: &str) -> bool {
    let mut length = 0;
    let mut after_word = false;
    for byte in text.bytes() {
        // A word counts with the white space in front of it: they share a line.
        if byte == b' ' && after_word {
            length = 0;
        }
        after_word = byte != b' ';
        length += 1;
        if length > LONGEST_WORD {
            return true;
        }
    }
    false
}

/// atext of RFC 5322 section 3.2.3.
fn is_atext(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

/// A quoted string (RFC 5322 section 3.2.4) of printable ASCII.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

/// A number as 32 lower-case hexadecimal digits.
pub fn hexadecimal(number: u128) -> [u8; 32] {
    let mut digits = [0; 32];
    for (place, octets) in digits.chunks_exact_mut(8).zip(0..4) {
        let quarter = (number >> (96 - 32 * octets)) as u32;
        place.copy_from_slice(&eight_digits(quarter).to_be_bytes());
    }
    digits
}

/// Eight digits at once: the nibbles are spread over octets, and those above 9 are lifted to the letters.
fn eight_digits(number: u32) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let mut nibbles = u64::from(number);
    nibbles = (nibbles | nibbles << 16) & 0x0000_ffff_0000_ffff;
    nibbles = (nibbles | nibbles << 8) & 0x00ff_00ff_00ff_00ff;
    nibbles = (nibbles | nibbles << 4) & 0x0f0f_0f0f_0f0f_0f0f;
    let letters = (nibbles + 6 * ONES) >> 4 & ONES;
    nibbles + u64::from(b'0') * ONES + letters * u64::from(b'a' - b'0' - 10)
}

/// Refuses text that would end a header line or a command. `what` names the text.
pub fn refuse_line_breaks(what: &str, text: &str) -> Result<()> {
    // Mostly there is no control character at all.
    match has_any(text, |octet| octet < b' ') && text.contains(['\r', '\n', '\0']) {
        true => Err(Error::new(Status::LineBreak, format!("{what} holds a line break or NUL"))),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(write: impl FnOnce(&mut HeaderBlock)) -> String {
        let mut block = HeaderBlock::default();
        write(&mut block);
        String::from_utf8(block.into_bytes()).unwrap()
    }

    fn subject(text: &str) -> String {
        header(|block| block.text("Subject", text, CodePage::utf8()).unwrap())
    }

    fn to(mailboxes: &[Mailbox], page: i32) -> String {
        let page = CodePage::by_number(page).unwrap();
        header(|block| block.mailboxes("To", mailboxes, page).unwrap())
    }

    #[test]
    fn plain_text_is_folded_at_its_spaces_and_unfolds_to_itself() {
        let text = "a  lot of   plain words ".repeat(20) + "end";
        let header = subject(&text);
        assert!(header.lines().count() > 5);
        assert!(header.lines().all(|line| line.len() <= LINE && !line.trim().is_empty()));
        assert_eq!(header.replace("\r\n", ""), format!("Subject: {text}"));
    }

    #[test]
    fn text_that_would_not_come_back_is_encoded() {
        let long = "x".repeat(901);
        for text in [" leading", "trailing ", "=?UTF-8?Q?a?=", "tab\there", "\u{7f}", long.as_str()]
        {
            let header = subject(text);
            assert!(header.starts_with("Subject: =?UTF-8?"), "{header}");
            assert!(header.lines().all(|line| line.len() <= LINE));
        }
    }

    #[test]
    fn names_are_atoms_strings_or_encoded_words() {
        let list = [
            Mailbox::new("a@b").unwrap(),
            Mailbox::with_name("c@d", "Plain Name").unwrap(),
            Mailbox::with_name("e@f", "O'Neil, \"J\"").unwrap(),
            Mailbox::with_name("g@h", "Пётр").unwrap(),
        ];
        assert_eq!(
            to(&list, 1251),
            "To: a@b, Plain Name <c@d>, \"O'Neil, \\\"J\\\"\" <e@f>,\r\n =?windows-1251?B?z7jy8A==?= <g@h>\r\n"
        );
    }

    #[test]
    fn a_name_beyond_the_code_page_goes_out_in_utf8() {
        let list = [Mailbox::with_name("g@h", "日本").unwrap()];
        assert_eq!(to(&list, 1251), "To: =?UTF-8?B?5pel5pys?= <g@h>\r\n");
    }

    #[test]
    fn no_name_makes_a_line_too_long() {
        for name in ["a, b ".repeat(300), "\"".repeat(900), "x".repeat(2000), ", ".repeat(400)] {
            let header = to(&[Mailbox::with_name("a@b", name.trim()).unwrap()], -1);
            assert!(header.lines().all(|line| line.len() <= 998), "{header}");
        }
    }

    #[test]
    fn many_mailboxes_make_many_lines() {
        let list: Vec<_> = (0..50)
            .map(|n| Mailbox::with_name(&format!("user{n}@example.org"), "Ü").unwrap())
            .collect();
        let header = to(&list, -1);
        assert!(header.lines().all(|line| line.len() <= LINE));
        assert_eq!(header.matches("@example.org>").count(), 50);
        assert_eq!(header.matches(',').count(), 49);
    }
}
