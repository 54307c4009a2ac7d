//! Address lists as RFC 5322 section 3.4 has them: names, comments, groups, and the obsolete forms of section 4.4.

use super::address::{Mailbox, not_an_address, unquote};
use crate::error::{Result, Status};

/// The longest encoded word looked for: a line of a message has no more (RFC 5322 section 2.1.1).
const LONGEST_ENCODED_WORD: usize = 998;

/// All mailboxes of `list`, those inside of groups too. Empty items are passed over, as section 4.4 allows.
pub fn addresses(list: &str) -> Result<Vec<Mailbox>> {
    Items::of(list).map(|item| item?.mailbox()).collect()
}

/// One item of a list that is an address by its form. What it says is for [`Mailbox`] to judge.
#[derive(Debug)]
pub struct Item<'t> {
    text: &'t str,
    name: String,
    address: String,
}

impl Item<'_> {
    /// Whether it is `<>`, the null path of RFC 5321 section 4.5.5.
    pub fn is_null_path(&self) -> bool {
        self.address.is_empty()
    }

    /// As it stands: encoded words are not decoded.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn mailbox(&self) -> Result<Mailbox> {
        Mailbox::with_name(&self.address, &self.name).map_err(|error| match error.status() {
            Status::Address => not_an_address(self.text),
            _ => error,
        })
    }
}

/// The items of a list, one after another. Commas part them, and semicolons even outside of groups: mail programs write
/// lists like that.
pub struct Items<'t> {
    list: &'t str,
    tokens: Tokens<'t>,
    is_in_group: bool,
}

impl<'t> Items<'t> {
    pub fn of(list: &'t str) -> Items<'t> {
        Items { list, tokens: Tokens::of(list), is_in_group: false }
    }
}

impl<'t> Iterator for Items<'t> {
    type Item = Result<Item<'t>>;

    fn next(&mut self) -> Option<Result<Item<'t>>> {
        let mut start = self.tokens.place;
        let mut draft = Draft::default();
        loop {
            let end = self.tokens.place;
            match self.tokens.next() {
                Some(Token::Special(":")) if !self.is_in_group && draft.names_group() => {
                    self.is_in_group = true;
                    draft = Draft::default();
                    start = self.tokens.place;
                }
                Some(token) if !draft.ends_at(token) => draft.take(token),
                separator => {
                    self.is_in_group &= matches!(separator, Some(Token::Special(",")));
                    let text = self.list[start..end].trim_matches([' ', '\t']);
                    match draft.finished(text) {
                        None if separator.is_none() => return None,
                        None => draft = Draft::default(),
                        item => return item,
                    }
                    start = self.tokens.place;
                }
            }
        }
    }
}

/// An item in the making. Until it is over, what stands outside of brackets may be a name or an address.
#[derive(Default)]
struct Draft<'t> {
    phrase: String,
    bare: Specification,
    bracketed: Specification,
    brackets: Brackets,
    comment: Option<&'t str>,
    is_broken: bool,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Brackets {
    #[default]
    None,
    Open,
    Closed,
}

impl<'t> Draft<'t> {
    /// A phrase with a colon behind it opens a group.
    fn names_group(&self) -> bool {
        // The address is searched last, and so once in an item: a colon that opens no group breaks it.
        !self.is_broken
            && self.brackets == Brackets::None
            && !self.bare.text.is_empty()
            && !self.bare.text.contains('@')
    }

    /// Inside of brackets a comma belongs to a source route.
    fn ends_at(&self, token: Token) -> bool {
        matches!(token, Token::Special("," | ";")) && self.brackets != Brackets::Open
    }

    fn take(&mut self, token: Token<'t>) {
        if let Token::Comment(comment) = token {
            self.comment.get_or_insert(comment);
        }
        match (self.brackets, token) {
            (_, Token::Unclosed) => self.is_broken = true,
            (Brackets::None, Token::Special("<")) => self.brackets = Brackets::Open,
            (Brackets::Open, Token::Special(">")) => self.brackets = Brackets::Closed,
            (Brackets::None, Token::Special(":" | ">")) => self.is_broken = true,
            (Brackets::None, token) => {
                self.bare.take(token);
                match token {
                    Token::Quoted(text) => self.phrase.push_str(&unquote(text)),
                    token => self.phrase.push_str(token.text()),
                }
            }
            // A source route (RFC 5322 section 4.4) says nothing that counts any more.
            (Brackets::Open, Token::Special(":")) if self.bracketed.text.starts_with('@') => {
                self.bracketed = Specification::default();
            }
            (Brackets::Open, token) => self.bracketed.take(token),
            (Brackets::Closed, Token::Space(_) | Token::Comment(_)) => {}
            (Brackets::Closed, _) => self.is_broken = true,
        }
    }

    /// `None` where there was nothing but white space and comments.
    fn finished(&self, text: &'t str) -> Option<Result<Item<'t>>> {
        if self.is_broken || self.brackets == Brackets::Open {
            return Some(Err(not_an_address(text)));
        }
        // An old custom: the name stands in a comment.
        let remark = || self.comment.map(comment_text).unwrap_or_default();
        let phrase = self.phrase.trim_matches([' ', '\t']);
        let (name, address) = match self.brackets {
            Brackets::None if self.bare.text.is_empty() => return None,
            Brackets::None => (remark(), &self.bare.text),
            _ if phrase.is_empty() => (remark(), &self.bracketed.text),
            _ => (phrase.to_owned(), &self.bracketed.text),
        };
        Some(Ok(Item { text, name, address: address.clone() }))
    }
}

/// An address without the white space and comments that section 4.4 allows around its dots and its `@`. A space anywhere
/// else stays, so that the address is none.
#[derive(Default)]
struct Specification {
    text: String,
    is_spaced: bool,
}

impl Specification {
    fn take(&mut self, token: Token) {
        if matches!(token, Token::Space(_) | Token::Comment(_)) {
            self.is_spaced = true;
            return;
        }
        let text = token.text();
        let joins = self.text.ends_with(['.', '@']) || text.starts_with(['.', '@']);
        if std::mem::take(&mut self.is_spaced) && !self.text.is_empty() && !joins {
            self.text.push(' ');
        }
        self.text.push_str(text);
    }
}

/// A stretch of a list, as it stands there.
#[derive(Debug, Clone, Copy)]
enum Token<'t> {
    Space(&'t str),
    Word(&'t str),
    Quoted(&'t str),
    Comment(&'t str),
    Special(&'t str),
    /// A quoted string, comment or literal without its end.
    Unclosed,
}

impl<'t> Token<'t> {
    fn text(self) -> &'t str {
        match self {
            Token::Space(text)
            | Token::Word(text)
            | Token::Quoted(text)
            | Token::Comment(text)
            | Token::Special(text) => text,
            Token::Unclosed => "",
        }
    }
}

struct Tokens<'t> {
    list: &'t str,
    place: usize,
    is_bracketed: bool,
    /// Whether a domain has to follow, which alone may be a literal in square brackets.
    is_after_at: bool,
}

impl<'t> Tokens<'t> {
    fn of(list: &'t str) -> Tokens<'t> {
        Tokens { list, place: 0, is_bracketed: false, is_after_at: false }
    }

    fn cut(&mut self, length: usize) -> &'t str {
        let text = &self.list[self.place..][..length];
        self.place += length;
        text
    }

    fn cut_closed(&mut self, length: Option<usize>, token: fn(&'t str) -> Token<'t>) -> Token<'t> {
        match length {
            Some(length) => token(self.cut(length)),
            None => {
                self.place = self.list.len();
                Token::Unclosed
            }
        }
    }

    fn special(&mut self, special: u8) -> Token<'t> {
        match special {
            b'<' => self.is_bracketed = true,
            b'>' => self.is_bracketed = false,
            _ => {}
        }
        Token::Special(self.cut(1))
    }

    fn word(&mut self) -> Token<'t> {
        let rest = &self.list[self.place..];
        let is_delimiter =
            |c| matches!(c, ' ' | '\t' | '"' | '(' | '<' | '>' | ',' | ';' | ':' | '@');
        let encoded = if self.is_bracketed { None } else { encoded_word_length(rest) };
        let length = encoded.or_else(|| rest.find(is_delimiter)).unwrap_or(rest.len());
        Token::Word(self.cut(length))
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let rest = &self.list[self.place..];
        let is_after_at = self.is_after_at;
        let token = match *rest.as_bytes().first()? {
            b' ' | b'\t' => {
                let length = rest.find(|c| !matches!(c, ' ' | '\t')).unwrap_or(rest.len());
                return Some(Token::Space(self.cut(length)));
            }
            b'(' => return Some(self.cut_closed(comment_length(rest), Token::Comment)),
            b'"' => self.cut_closed(quoted_length(rest), Token::Quoted),
            b'[' if is_after_at => self.cut_closed(rest.find(']').map(|at| at + 1), Token::Word),
            special @ (b'<' | b'>' | b',' | b';' | b':' | b'@') => self.special(special),
            _ => self.word(),
        };
        self.is_after_at = matches!(token, Token::Special("@"));
        Some(token)
    }
}

fn quoted_length(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    let end = text.bytes().skip(1).position(|octet| {
        let ends = octet == b'"' && !is_escaped;
        is_escaped = octet == b'\\' && !is_escaped;
        ends
    })?;
    Some(end + 2)
}

/// Comments nest (RFC 5322 section 3.2.2), so that their depth is counted.
fn comment_length(text: &str) -> Option<usize> {
    let (mut depth, mut is_escaped) = (0_usize, false);
    let end = text.bytes().position(|octet| {
        match octet {
            _ if is_escaped => {}
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        is_escaped = octet == b'\\' && !is_escaped;
        depth == 0
    })?;
    Some(end + 1)
}

/// The length of the encoded word (RFC 2047 section 2) that `text` begins with. Senders forget that it must not hold
/// specials, so that it has to be known as a whole.
fn encoded_word_length(text: &str) -> Option<usize> {
    let reach = text.as_bytes().get(..text.len().min(LONGEST_ENCODED_WORD))?;
    let rest = reach.strip_prefix(b"=?")?;
    let is_charset = |octet: &u8| octet.is_ascii_alphanumeric() || b"-_.:+*".contains(octet);
    let charset = rest.iter().take_while(|octet| is_charset(octet)).count();
    let rest = rest.get(charset..)?;
    let [b'?', b'B' | b'b' | b'Q' | b'q', b'?', rest @ ..] = rest else {
        return None;
    };
    let content = rest.iter().position(|octet| matches!(octet, b'?' | b' ' | b'\t'))?;
    let is_whole = rest.get(content..)?.starts_with(b"?=");
    is_whole.then_some("=?".len() + charset + "?Q?".len() + content + "?=".len())
}

fn comment_text(comment: &str) -> String {
    let inner = comment.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let quoted = format!("\"{}\"", inner.unwrap_or_default());
    unquote(&quoted).trim_matches([' ', '\t']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(list: &str) -> Vec<(String, String)> {
        let mailboxes = addresses(list).unwrap_or_else(|error| panic!("{list}: {error}"));
        mailboxes
            .iter()
            .map(|mailbox| (mailbox.address().into(), mailbox.display_name().into()))
            .collect()
    }

    fn found(list: &str) -> Vec<String> {
        parsed(list).into_iter().map(|(address, _)| address).collect()
    }

    #[test]
    fn addresses_are_found_in_every_form() {
        for (list, expected) in [
            ("a@b", &["a@b"][..]),
            ("", &[]),
            (" , ;,", &[]),
            ("a@b, , c@d,", &["a@b", "c@d"]),
            ("a@b; c@d", &["a@b", "c@d"]),
            ("undisclosed-recipients:;", &[]),
            ("Undisclosed recipients:", &[]),
            ("A Group: a@b, Name <c@d>;, e@f", &["a@b", "c@d", "e@f"]),
            ("one: a@b; two:; three: c@d;", &["a@b", "c@d"]),
            ("\"a: b\" (x): a@b;", &["a@b"]),
            ("<@x,@y.z:a@b>", &["a@b"]),
            ("Name < @x , @[IPv6:::1] : a@b >", &["a@b"]),
            ("joe . (x) blow (y) @ (z) example . com", &["joe.blow@example.com"]),
            ("(a, <x@y> (nested \\) ;)) a@b (c, d)", &["a@b"]),
            ("\"x, <y@z>; (\" <a@b>", &["a@b"]),
            ("\"x, y\"@b, \"q\\\"q\"@b", &["\"x, y\"@b", "\"q\\\"q\"@b"]),
            ("=?utf-8?Q?Smith,_<J>?= <a@b>, c@d", &["a@b", "c@d"]),
            ("a@[127.0.0.1], <b@[IPv6:::1]>", &["a@[127.0.0.1]", "b@[IPv6:::1]"]),
            ("[List] x@y <a@b>", &["a@b"]),
            ("пётр@почта.рф, Пётр <c@d>", &["пётр@почта.рф", "c@d"]),
        ] {
            assert_eq!(found(list), expected, "{list}");
        }
    }

    #[test]
    fn names_are_phrases_or_comments() {
        for (list, name) in [
            ("John Q. Public <a@b>", "John Q. Public"),
            ("\"Public, \\\"John\\\"\" <a@b>", "Public, \"John\""),
            ("\"John\"  \"Public\" <a@b>", "John  Public"),
            ("John (Jack) Public <a@b>", "John (Jack) Public"),
            ("a@b (John \\( Public)", "John ( Public"),
            ("<a@b> (John)", "John"),
            ("group: (x) a@b;", "x"),
            ("=?utf-8?Q?J=C3=BC?= <a@b>", "=?utf-8?Q?J=C3=BC?="),
            ("a@b", ""),
        ] {
            assert_eq!(parsed(list), [("a@b".to_owned(), name.to_owned())], "{list}");
        }
    }

    #[test]
    fn what_is_no_address_is_named_and_never_passed_over() {
        for (list, culprit) in [
            ("a@b, c d@e, f@g", "c d@e"),
            ("a@b, Name <x>, c@d", "Name <x>"),
            ("Name <a@b> x, c@d", "Name <a@b> x"),
            ("Name <a@b> <c@d>", "Name <a@b> <c@d>"),
            ("Name a@b>", "Name a@b>"),
            ("a@b, Smith, John <c@d>", "Smith"),
            ("x: y: a@b;", "y: a@b"),
            ("a@b:c@d", "a@b:c@d"),
            ("<a@b>: c@d;", "<a@b>: c@d"),
            ("a@b, <>", "<>"),
            ("a@b, <@x:>", "<@x:>"),
            ("<@x a@b>", "<@x a@b>"),
            ("<:a@b>", "<:a@b>"),
            ("a@b, \"c@d", "\"c@d"),
            ("a@b, c@d (e", "c@d (e"),
            ("a@b, c@[127.0.0.1", "c@[127.0.0.1"),
            ("a@b, <c@d, e@f", "<c@d, e@f"),
            ("=?utf-8?Q?a@b?=", "=?utf-8?Q?a@b?="),
            ("<=?utf-8?Q?a>,b?=@c>", "<=?utf-8?Q?a>"),
            ("a\u{fffd}@b", "a\u{fffd}@b"),
            ("\"\" <a@b\u{fffd}>", "\"\" <a@b\u{fffd}>"),
            ("\"\"", "\"\""),
        ] {
            let error = addresses(list).expect_err(list);
            assert_eq!(error.status(), Status::Address, "{list}");
            let name = format!("'{}'", culprit.escape_debug());
            assert!(error.message().starts_with(&name), "{list}: {error}");
        }
    }

    #[test]
    fn line_breaks_in_addresses_and_names_are_refused() {
        for list in ["a@b\r\nBcc: c@d", "a@b,\nc@d", "x\ry <a@b>", "a\0b <a@b>", "a@b (\r\n)"] {
            assert!(addresses(list).is_err(), "{list:?}");
        }
    }

    #[test]
    fn long_lists_take_no_more_than_their_length() {
        const LENGTH: usize = 1 << 20;
        for pattern in [
            "a@b,",
            "(",
            "\"",
            "\\",
            "<",
            "=?",
            ",=?a?q?",
            "@",
            ":",
            "a:",
            "x ",
            "()",
            "ü",
            "=?utf-8?q?",
            "[@",
        ] {
            let list = pattern.repeat(LENGTH / pattern.len());
            let count = addresses(&list).map(|mailboxes| mailboxes.len());
            assert_eq!(count.is_ok(), matches!(pattern, "a@b," | "()"), "{pattern}");
            if let Err(error) = count {
                assert!(error.message().len() < 2_000, "{pattern}");
            }
        }
        assert_eq!(found(&"a@b,".repeat(LENGTH / 4)).len(), LENGTH / 4);
    }

    #[test]
    fn no_text_at_all_makes_it_panic() {
        const PIECES: [&str; 18] = [
            "a", "@", "b", "<", ">", ",", ";", ":", "\"", "\\", "(", ")", "[", "]", " ", "=?u?q?",
            "?=", "ж",
        ];
        let mut state = 7_u32;
        for _ in 0..50_000 {
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 16) as usize
            };
            let list: String = (0..next() % 14).map(|_| PIECES[next() % PIECES.len()]).collect();
            for mailbox in addresses(&list).unwrap_or_default() {
                assert!(Mailbox::new(mailbox.address()).is_ok(), "{list}");
                assert_eq!(found(&format!("x <{}>", mailbox.address())), [mailbox.address()]);
            }
        }
    }
}
