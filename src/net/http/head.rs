//! The head of an answer.

/// More fields than any sane answer has.
pub const MOST_FIELDS: usize = 64;

/// What stands above an answer's body.
#[derive(Debug)]
pub struct Head {
    pub status: u16,
    /// The server's own words behind the status, with a space before them.
    pub reason: String,
    is_http_11: bool,
    fields: Vec<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    Octets(usize),
    Chunks,
    /// The body ends with the connection.
    Open,
}

/// Why an answer is of no use.
pub type Malformed = String;

impl Head {
    /// The head and its length, if all of it is there.
    pub fn parse(octets: &[u8], longest: usize) -> Result<Option<(Head, usize)>, Malformed> {
        let too_long = || "the answer has more header than any sane answer".to_owned();
        let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
        let mut response = httparse::Response::new(&mut fields);
        let end = match response.parse(octets) {
            Ok(httparse::Status::Complete(end)) if end <= longest => end,
            Ok(httparse::Status::Partial) if octets.len() <= longest => return Ok(None),
            Ok(_) => return Err(too_long()),
            Err(error) => return Err(format!("the answer is no HTTP ({error})")),
        };
        let value = |field: &httparse::Header| {
            std::str::from_utf8(field.value).unwrap_or("\u{fffd}").trim().to_owned()
        };
        let mut head = Head {
            status: response.code.unwrap_or(0),
            reason: response.reason.unwrap_or_default().to_owned(),
            is_http_11: response.version == Some(1),
            fields: Vec::new(),
        };
        for field in response.headers.iter() {
            head.fields.push((field.name.to_owned(), value(field)));
        }
        Ok(Some((head, end)))
    }

    /// The status within a sentence, with what is said of it.
    pub fn shown(&self) -> String {
        match self.reason.as_str() {
            "" => self.status.to_string(),
            reason => format!("{} {}", self.status, shown(reason)),
        }
    }

    /// The values of the fields of that name.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.fields.iter().filter(move |(other, _)| other.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// Whether a field that is a list of words has this one.
    fn has_word(&self, name: &str, word: &str) -> bool {
        let mut words = self.values(name).flat_map(|value| value.split(','));
        words.any(|other| other.trim().eq_ignore_ascii_case(word))
    }

    /// How long the body is (RFC 9112 section 6.3).
    pub fn length(&self) -> Result<Length, Malformed> {
        let not_asked_for = || "the answer is encoded in a way that was not asked for".to_owned();
        let mut length = Length::Open;
        for value in self.values("Content-Length") {
            if value.is_empty() || !value.bytes().all(|digit| digit.is_ascii_digit()) {
                return Err("the answer's Content-Length is malformed".into());
            }
            let octets = Length::Octets(value.parse().unwrap_or(usize::MAX));
            if length != Length::Open && length != octets {
                return Err("the answer's Content-Length is malformed".into());
            }
            length = octets;
        }
        for value in self.values("Transfer-Encoding") {
            if !value.eq_ignore_ascii_case("chunked") {
                return Err(not_asked_for());
            }
            // It outweighs a length.
            length = Length::Chunks;
        }
        match self.values("Content-Encoding").all(|value| value.eq_ignore_ascii_case("identity")) {
            true => Ok(length),
            false => Err(not_asked_for()),
        }
    }

    /// Whether the connection may carry another request behind the body (RFC 9112 section 9.3). Proxies of old have a field of
    /// their own for it.
    pub fn persists(&self) -> bool {
        let says =
            |word| self.has_word("Connection", word) || self.has_word("Proxy-Connection", word);
        (self.is_http_11 || says("keep-alive")) && !says("close")
    }
}

/// A stranger's words within a sentence.
pub fn shown(text: &str) -> String {
    crate::error::shown(text, 60)
}
