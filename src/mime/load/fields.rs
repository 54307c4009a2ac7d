//! Header fields as they are found, and the text, the addresses and the date in them.

use super::super::address::Mailbox;
use super::super::address_list::Items;
use super::content::decode_charset;
use super::too_complex;
use crate::error::{Error, Result};
use bytes::Bytes;
use encodify::rfc2047;
use memchr::{memchr2, memmem};
use std::borrow::Cow;

/// No server takes a message for as many recipients.
const MAX_ADDRESSES: usize = 50_000;

/// The fields in front of a message or a part.
#[derive(Debug, Clone, Copy)]
pub struct Header<'a>(&'a [u8]);

/// One field: its name, what stands behind the colon, and both with the CRLF.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    pub name: &'a [u8],
    pub value: &'a [u8],
    pub octets: &'a [u8],
}

impl<'a> Header<'a> {
    /// The header that `entity` begins with. It ends in front of the first line that is no field.
    pub fn of(entity: &'a [u8]) -> Header<'a> {
        let length = Header(entity).fields().map(|field| field.octets.len()).sum::<usize>();
        Header(&entity[..length])
    }

    pub fn octets(self) -> &'a [u8] {
        self.0
    }

    /// What stands behind the header of `entity` and the empty line.
    pub fn behind(self, entity: &'a [u8]) -> &'a [u8] {
        let rest = &entity[self.0.len()..];
        rest.strip_prefix(b"\r\n").unwrap_or(rest)
    }

    pub fn fields(self) -> impl Iterator<Item = Field<'a>> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let field = first_field(rest)?;
            rest = &rest[field.octets.len()..];
            Some(field)
        })
    }

    /// The values of all fields of that name.
    pub fn values(self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        let is_wanted = move |field: &Field<'_>| field.name.eq_ignore_ascii_case(name.as_bytes());
        self.fields().filter(is_wanted).map(|field| field.value)
    }

    /// The value of the first field of that name: of those that may stand once only, the first is the one shown.
    pub fn value(self, name: &str) -> Option<&'a [u8]> {
        self.values(name).next()
    }
}

/// The field that the octets begin with: a name of printable ASCII (RFC 5322 section 2.2), a colon, which may have space
/// before it (section 4.5), and all lines that begin with space behind it.
fn first_field(octets: &[u8]) -> Option<Field<'_>> {
    let colon = octets.iter().position(|octet| !matches!(octet, b'!'..=b'9' | b';'..=b'~'))?;
    let (name, rest) = octets.split_at(colon);
    let spaces = rest.iter().take_while(|octet| matches!(octet, b' ' | b'\t')).count();
    if name.is_empty() || rest.get(spaces) != Some(&b':') {
        return None;
    }
    let start = colon + spaces + 1;
    let is_last = |at: &usize| !matches!(octets.get(at + 2), Some(b' ' | b'\t'));
    let breaks = memmem::find_iter(&octets[start..], b"\r\n").map(|at| start + at);
    let end = breaks.into_iter().find(is_last).map_or(octets.len(), |at| at + 2);
    Some(Field { name, value: &octets[start..end], octets: &octets[..end] })
}

/// What stands behind the colon of a field.
pub fn value(field: &[u8]) -> &[u8] {
    first_field(field).map_or(&[], |field| field.value)
}

/// With the CRLF that a header lacks where its message or part ends without one.
pub fn terminated(header: Bytes) -> Bytes {
    match header.is_empty() || header.ends_with(b"\r\n") {
        true => header,
        false => [&header[..], b"\r\n"].concat().into(),
    }
}

/// The text of a field's value: unfolded, its encoded words (RFC 2047) decoded, octets beyond ASCII read as UTF-8. Line
/// breaks and other control characters, which only an encoded word can bring, are spaces.
pub fn field_text(octets: &[u8]) -> String {
    clean(&rfc2047::decode_text(&unfolded(octets), append_decoded))
}

/// Without its line breaks: the space behind them is a part of the text (RFC 5322 section 2.2.3), all of it.
fn unfolded(value: &[u8]) -> Cow<'_, [u8]> {
    match memchr2(b'\r', b'\n', value) {
        Some(_) => line(value).into(),
        None => value.into(),
    }
}

fn append_decoded(charset: &[u8], octets: &[u8], out: &mut String) {
    out.push_str(&decode_charset(charset, octets));
}

/// The text with spaces in the place of control characters, and none at its ends.
pub fn clean(text: &str) -> String {
    let text = text.trim();
    match text.contains(char::is_control) {
        true => text.replace(char::is_control, " ").trim().to_owned(),
        false => text.to_owned(),
    }
}

/// A value without its folding, and the line end that the parser looks for.
fn line(value: &[u8]) -> Vec<u8> {
    let is_kept = |octet: &u8| !matches!(octet, b'\r' | b'\n');
    value.iter().copied().filter(is_kept).chain(*b"\r\n").collect()
}

/// Reads the address fields of one message, with a limit on all of them.
#[derive(Debug, Default)]
pub struct Addresses {
    count: usize,
}

impl Addresses {
    /// The mailboxes of the first field of that name.
    pub fn first_of(&mut self, header: Header<'_>, name: &str) -> Result<Read> {
        self.read(header.values(name).take(1), name)
    }

    /// The mailboxes of all fields of that name: there is to be one, but some programs write one for each recipient.
    pub fn all_of(&mut self, header: Header<'_>, name: &str) -> Result<Read> {
        self.read(header.values(name), name)
    }

    fn read<'a>(&mut self, values: impl Iterator<Item = &'a [u8]>, name: &str) -> Result<Read> {
        let mut read = Read::default();
        for value in values {
            // Counted before they are read.
            let is_end = |octet: &&u8| matches!(octet, b',' | b';' | b':');
            self.count += 1 + value.iter().filter(is_end).count();
            if self.count > MAX_ADDRESSES {
                return Err(too_complex(format!("the field {name} has too many addresses")));
            }
            append_mailboxes(value, &mut read);
        }
        Ok(read)
    }
}

/// The mailboxes of a list, and what is wrong with the first item that is none.
type Read = (Vec<Mailbox>, Option<Error>);

/// Appends the mailboxes of a field. Groups are dissolved.
fn append_mailboxes(value: &[u8], (mailboxes, unreadable): &mut Read) {
    let line = line(value);
    let list = String::from_utf8_lossy(&line);
    for item in Items::of(list.trim_ascii()) {
        let mailbox = item.and_then(|item| match item.is_null_path() {
            true => item.mailbox(),
            false => Mailbox::with_name(item.address(), &field_text(item.name().as_bytes())),
        });
        match mailbox {
            Ok(mailbox) => mailboxes.push(mailbox),
            Err(error) => {
                unreadable.get_or_insert(error);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Vec<String> {
        let mut read = Read::default();
        append_mailboxes(value.as_bytes(), &mut read);
        read.0.iter().map(|m| format!("{}|{}", m.display_name(), m.address())).collect()
    }

    #[test]
    fn addresses_are_read_as_they_are_written() {
        for (value, expected) in [
            ("a@b", &["|a@b"][..]),
            (" \"A, B\" <a@b>,\r\n\tc@d (C D)\r\n", &["A, B|a@b", "C D|c@d"]),
            ("Friends: a@b, \"x\" <c@d>;, e@f", &["|a@b", "x|c@d", "|e@f"]),
            ("Foo <a@b>; Bar <c@d>", &["Foo|a@b", "Bar|c@d"]),
            ("undisclosed-recipients:;", &[]),
            ("nobody, a b@c, <>, <a@b", &[]),
            ("x@[IPv6:::1], \"a b>c\"@d, ~=?a@b", &["|x@[IPv6:::1]", "|\"a b>c\"@d", "|~=?a@b"]),
            ("Пётр <a@b>", &["Пётр|a@b"]),
            ("=?utf-8?B?0J/R?=\r\n =?utf-8?B?gNC4?= (=?koi8-r?Q?=CD?=) <a@b>", &["При (м)|a@b"]),
            ("\"=?utf-8?Q?Doe,_John?= =?utf-8?Q?_Jr?=\" <a@b>", &["Doe, John Jr|a@b"]),
            ("=?utf-8?Q?Doe,_John?= <a@b>, =?x <c@d>", &["Doe, John|a@b", "=?x|c@d"]),
            ("=?utf-8?Q?a=0D=0ABcc:=00x?= <a@b>", &["a  Bcc: x|a@b"]),
            ("=?utf-8?Q?a=40b?=, <=?utf-8?Q?a=40b?=>", &[]),
            ("", &[]),
        ] {
            assert_eq!(read(value), expected, "{value}");
        }
    }

    #[test]
    fn text_is_unfolded_decoded_and_free_of_control_characters() {
        for (value, expected) in [
            (" Plain  text\r\n", "Plain  text"),
            (" folded\r\n\there\r\n", "folded here"),
            (" folded\r\n   here", "folded   here"),
            (" Re: =?utf-8?B?0J/R?=\r\n =?utf-8?B?gNC4?= x", "Re: При x"),
            ("=?koi8-r?Q?=F0=D2=C9?= =?windows-1251?B?7w==?=", "Прип"),
            ("=?iso-2022-jp?B?GyRCRnwbKEI=?= =?iso-2022-jp?B?GyRCS1wbKEI=?=", "日本"),
            ("сырой UTF-8", "сырой UTF-8"),
            ("=?utf-8?Q?a=0D=0ABcc:_x=00?=", "a  Bcc: x"),
            ("=?utf-8?Q?broken", "=?utf-8?Q?broken"),
            ("", ""),
        ] {
            assert_eq!(field_text(value.as_bytes()), expected, "{value}");
        }
        assert_eq!(field_text(b"a\xff"), "a\u{FFFD}");
    }

    #[test]
    fn a_header_ends_in_front_of_the_first_line_that_is_no_field() {
        for (entity, header, body) in [
            ("A: b\r\n c\r\nD:\r\n\r\nbody", "A: b\r\n c\r\nD:\r\n", "body"),
            ("A : b\r\n\r\n", "A : b\r\n", ""),
            ("A: b", "A: b", ""),
            ("A: b\r\nno field\r\n", "A: b\r\n", "no field\r\n"),
            ("A: b\r\nno field: x\r\n", "A: b\r\n", "no field: x\r\n"),
            ("\r\nA: b\r\n", "", "A: b\r\n"),
            (" A: b\r\n", "", " A: b\r\n"),
            (": b", "", ": b"),
            ("", "", ""),
        ] {
            let found = Header::of(entity.as_bytes());
            assert_eq!(found.octets(), header.as_bytes(), "{entity:?}");
            assert_eq!(found.behind(entity.as_bytes()), body.as_bytes(), "{entity:?}");
        }
    }
}
