//! What a server says it can do (RFC 5321 section 4.1.1.1).

use super::reply::Reply;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// RFC 2920.
    pub pipelining: bool,
    /// RFC 3207.
    pub starttls: bool,
    /// RFC 6531.
    pub smtputf8: bool,
    /// RFC 6152.
    pub eight_bit_mime: bool,
    /// RFC 3030.
    pub chunking: bool,
    /// RFC 3030. It is of use only together with CHUNKING.
    pub binary_mime: bool,
    /// RFC 1870: offered, and the largest message where the server names one.
    pub size: Option<Option<u64>>,
    /// RFC 4954: the mechanisms, in capitals.
    pub auth: Vec<String>,
}

impl Capabilities {
    /// From the reply to EHLO, whose first line is the greeting. Keywords come in any letter case.
    pub fn from_ehlo(reply: &Reply) -> Capabilities {
        let mut capabilities = Capabilities::default();
        for line in reply.lines().skip(1) {
            let (keyword, parameters) = line.split_once([' ', '=']).unwrap_or((&line, ""));
            capabilities.add(&keyword.to_ascii_uppercase(), parameters);
        }
        capabilities
    }

    /// Whether content may travel that is no lines.
    pub fn takes_binary(&self) -> bool {
        self.binary_mime && self.chunking
    }

    fn add(&mut self, keyword: &str, parameters: &str) {
        match keyword {
            "PIPELINING" => self.pipelining = true,
            "STARTTLS" => self.starttls = true,
            "SMTPUTF8" => self.smtputf8 = true,
            "8BITMIME" => self.eight_bit_mime = true,
            "CHUNKING" => self.chunking = true,
            "BINARYMIME" => self.binary_mime = true,
            // 0 means no limit (RFC 1870 section 3).
            "SIZE" => self.size = Some(parameters.trim().parse().ok().filter(|&limit| limit > 0)),
            // Old servers write AUTH=PLAIN.
            "AUTH" => {
                for name in parameters.split([' ', '=']).filter(|name| !name.is_empty()) {
                    let name = name.to_ascii_uppercase();
                    if !self.auth.contains(&name) {
                        self.auth.push(name);
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::reply::ReplyParser;
    use super::*;

    fn capabilities(lines: &str) -> Capabilities {
        let mut parser = ReplyParser::default();
        parser.push(lines.as_bytes());
        Capabilities::from_ehlo(&parser.next_reply().unwrap().unwrap())
    }

    #[test]
    fn keywords_come_in_any_letter_case() {
        let offered = capabilities(
            "250-pipelining\r\n250-Pipelining\r\n250-size 1000\r\n250-auth plain LOGIN\r\n\
             250-AUTH=LOGIN CRAM-MD5\r\n250-SmtpUtf8\r\n250-8bitMIME\r\n250-chunking\r\n\
             250-BinaryMime\r\n250 starttls\r\n",
        );
        assert_eq!(
            offered,
            Capabilities {
                pipelining: true,
                starttls: true,
                smtputf8: true,
                eight_bit_mime: true,
                chunking: true,
                binary_mime: true,
                size: Some(Some(1000)),
                auth: ["PLAIN", "LOGIN", "CRAM-MD5"].map(String::from).to_vec(),
            }
        );
    }

    #[test]
    fn the_first_line_is_a_name_and_odd_lines_are_passed_over() {
        let offered = capabilities("250-STARTTLS\r\n250-SIZE 0\r\n250-\r\n250 X-PIPELINING\r\n");
        assert_eq!(offered, Capabilities { size: Some(None), ..Capabilities::default() });
        assert_eq!(capabilities("250-x\r\n250 SIZE lots\r\n").size, Some(None));
        assert_eq!(capabilities("250-x\r\n250 SIZE 99999999999999999999999\r\n").size, Some(None));
    }
}
