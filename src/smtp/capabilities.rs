//! What a server says it can do (RFC 5321 section 4.1.1.1).

use super::date_time;
use super::reply::Reply;
use std::sync::Arc;

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
    /// RFC 2034.
    pub enhanced_status_codes: bool,
    /// RFC 3461.
    pub dsn: bool,
    /// RFC 8689. It means something only on a connection under TLS.
    pub require_tls: bool,
    /// RFC 2852: offered, and the least time of mode R where the server names one.
    pub deliver_by: Option<Option<u32>>,
    /// RFC 6710: offered, and the profile of priorities, empty where the server names none.
    pub priority: Option<Box<str>>,
    /// RFC 4865.
    pub future_release: Option<FutureRelease>,
    /// RFC 9422.
    pub limits: Limits,
    pub vrfy: bool,
    pub expn: bool,
    pub help: bool,
    /// Whether they are known at all, which they are not behind HELO.
    pub are_known: bool,
    /// The answer to EHLO or HELO as it came, its lines joined by line feeds. Keywords are looked up in here by their names.
    pub text: Arc<str>,
}

/// How long a server holds messages back, where it says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FutureRelease {
    pub longest_seconds: Option<u32>,
    /// The latest moment, in seconds since 1970-01-01 UTC.
    pub latest: Option<i64>,
}

/// What a server will take within one session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// Transactions.
    pub messages: Option<u32>,
    /// Recipients of one transaction.
    pub recipients: Option<u32>,
    /// Different domains of recipients.
    pub domains: Option<u32>,
}

impl Capabilities {
    /// From the reply to EHLO, whose first line is the greeting. Keywords come in any letter case.
    pub fn from_ehlo(reply: &Reply) -> Capabilities {
        let text = Arc::<str>::from(reply.text());
        let mut capabilities = Capabilities { are_known: true, ..Capabilities::default() };
        for (keyword, parameters) in entries(&text) {
            capabilities.add(&keyword.to_ascii_uppercase(), parameters);
        }
        capabilities.text = text;
        capabilities
    }

    /// From the reply to HELO, which tells nothing that a client could use.
    pub fn from_helo(reply: &Reply) -> Capabilities {
        Capabilities { text: reply.text().into(), ..Capabilities::default() }
    }

    /// Whether content may travel that is no lines.
    pub fn takes_binary(&self) -> bool {
        self.binary_mime && self.chunking
    }

    /// The keywords as the server wrote them, each once, in its order.
    pub fn keywords(&self) -> Vec<&str> {
        let mut keywords: Vec<&str> = Vec::new();
        for (keyword, _) in self.entries() {
            if !keywords.iter().any(|other| other.eq_ignore_ascii_case(keyword)) {
                keywords.push(keyword);
            }
        }
        keywords
    }

    /// The parameters of a keyword in any letter case, empty where it has none. Those of a keyword that comes twice, as AUTH does
    /// for old clients, are joined.
    pub fn parameters(&self, keyword: &str) -> Option<String> {
        let same = self.entries().filter(|(other, _)| other.eq_ignore_ascii_case(keyword));
        let parameters: Vec<&str> = same.map(|(_, parameters)| parameters).collect();
        let words = parameters.iter().filter(|text| !text.is_empty()).copied();
        (!parameters.is_empty()).then(|| words.collect::<Vec<_>>().join(" "))
    }

    fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        let text = if self.are_known { &*self.text } else { "" };
        entries(text)
    }

    fn add(&mut self, keyword: &str, parameters: &str) {
        let mut words = parameters.split_ascii_whitespace();
        match keyword {
            "PIPELINING" => self.pipelining = true,
            "STARTTLS" => self.starttls = true,
            "SMTPUTF8" => self.smtputf8 = true,
            "8BITMIME" => self.eight_bit_mime = true,
            "CHUNKING" => self.chunking = true,
            "BINARYMIME" => self.binary_mime = true,
            "ENHANCEDSTATUSCODES" => self.enhanced_status_codes = true,
            "DSN" => self.dsn = true,
            "REQUIRETLS" => self.require_tls = true,
            "VRFY" => self.vrfy = true,
            "EXPN" => self.expn = true,
            "HELP" => self.help = true,
            // 0 means no limit (RFC 1870 section 3).
            "SIZE" => self.size = Some(parameters.parse().ok().filter(|&limit| limit > 0)),
            // Old servers write AUTH=PLAIN, and Exchange says X-EXPS for what it offers to its kin.
            "AUTH" | "X-EXPS" => {
                for name in parameters.split([' ', '=']).filter(|name| !name.is_empty()) {
                    let name = name.to_ascii_uppercase();
                    if !self.auth.contains(&name) {
                        self.auth.push(name);
                    }
                }
            }
            // A list between commas, of which one member is known so far (RFC 2852 section 2).
            "DELIVERBY" => {
                let least =
                    parameters.split(',').next().and_then(|least| least.trim().parse().ok());
                self.deliver_by = Some(least.filter(|&least| least > 0));
            }
            "MT-PRIORITY" => self.priority = Some(words.next().unwrap_or_default().into()),
            "FUTURERELEASE" => {
                self.future_release = Some(FutureRelease {
                    longest_seconds: words.next().and_then(|seconds| seconds.parse().ok()),
                    latest: words.next().and_then(date_time::parse),
                });
            }
            "LIMITS" => words.for_each(|limit| self.limits.add(limit)),
            _ => {}
        }
    }
}

impl Limits {
    /// A limit that is not known, or no number, is passed over (RFC 9422 section 3).
    fn add(&mut self, limit: &str) {
        let Some((name, value)) = limit.split_once('=') else {
            return;
        };
        let place = match name.to_ascii_uppercase().as_str() {
            "MAILMAX" => &mut self.messages,
            "RCPTMAX" => &mut self.recipients,
            "RCPTDOMAINMAX" => &mut self.domains,
            _ => return,
        };
        *place = value.parse().ok().filter(|&limit| limit > 0);
    }
}

/// Keywords and parameters of an answer to EHLO.
fn entries(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = text.split('\n').skip(1);
    let entries = lines.map(|line| line.split_once([' ', '=']).unwrap_or((line, "")));
    let entries = entries.map(|(keyword, parameters)| (keyword, parameters.trim()));
    entries.filter(|(keyword, _)| !keyword.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::reply::ReplyParser;
    use super::*;

    fn capabilities(lines: &str) -> Capabilities {
        let mut parser = ReplyParser::default();
        let reply = parser.next_reply(&mut lines.as_bytes());
        Capabilities::from_ehlo(&reply.unwrap().unwrap())
    }

    #[test]
    fn keywords_come_in_any_letter_case() {
        let offered = capabilities(
            "250-pipelining\r\n250-Pipelining\r\n250-size 1000\r\n250-auth plain LOGIN\r\n\
             250-AUTH=LOGIN CRAM-MD5\r\n250-SmtpUtf8\r\n250-8bitMIME\r\n250-chunking\r\n\
             250-BinaryMime\r\n250-x-exps=NTLM\r\n250-Dsn\r\n250-EnhancedStatusCodes\r\n\
             250-vrfy\r\n250-Expn\r\n250-help\r\n250-RequireTls\r\n250 starttls\r\n",
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
                auth: ["PLAIN", "LOGIN", "CRAM-MD5", "NTLM"].map(String::from).to_vec(),
                enhanced_status_codes: true,
                dsn: true,
                require_tls: true,
                vrfy: true,
                expn: true,
                help: true,
                are_known: true,
                text: offered.text.clone(),
                ..Capabilities::default()
            }
        );
    }

    #[test]
    fn the_first_line_is_a_name_and_odd_lines_are_passed_over() {
        let offered = capabilities("250-STARTTLS\r\n250-SIZE 0\r\n250-\r\n250 X-PIPELINING\r\n");
        let (size, text) = (Some(None), offered.text.clone());
        let expected = Capabilities { size, are_known: true, text, ..Capabilities::default() };
        assert_eq!(offered, expected);
        assert_eq!(offered.keywords(), ["SIZE", "X-PIPELINING"]);
        assert_eq!(capabilities("250-x\r\n250 SIZE lots\r\n").size, Some(None));
        assert_eq!(capabilities("250-x\r\n250 SIZE 99999999999999999999999\r\n").size, Some(None));
    }

    #[test]
    fn parameters_are_understood_where_they_make_sense() {
        let offered = capabilities(
            "250-mx\r\n250-DELIVERBY 240,x\r\n250-MT-PRIORITY MIXER\r\n\
             250-FUTURERELEASE 3600 2030-01-01T01:00:00+01:00\r\n\
             250 LIMITS MAILMAX=5 rcptmax=100 RCPTDOMAINMAX=0 X=1 RCPTMAX\r\n",
        );
        assert_eq!(offered.deliver_by, Some(Some(240)));
        assert_eq!(offered.priority.as_deref(), Some("MIXER"));
        let (longest_seconds, latest) = (Some(3600), Some(1_893_456_000));
        assert_eq!(offered.future_release, Some(FutureRelease { longest_seconds, latest }));
        let limits = Limits { messages: Some(5), recipients: Some(100), domains: None };
        assert_eq!(offered.limits, limits);

        let bare = capabilities(
            "250-mx\r\n250-DELIVERBY -1\r\n250-MT-PRIORITY\r\n250-FUTURERELEASE soon later\r\n\
             250 LIMITS MAILMAX=-1 RCPTMAX=99999999999\r\n",
        );
        assert_eq!(bare.deliver_by, Some(None));
        assert_eq!(bare.priority.as_deref(), Some(""));
        assert_eq!(bare.future_release, Some(FutureRelease::default()));
        assert_eq!(bare.limits, Limits::default());
    }

    #[test]
    fn every_keyword_is_found_by_its_name() {
        let offered = capabilities(
            "250-mx says hello\r\n250-XCLIENT NAME ADDR\r\n250-AUTH PLAIN\r\n250-AUTH=LOGIN\r\n250 ETRN\r\n",
        );
        assert_eq!(offered.keywords(), ["XCLIENT", "AUTH", "ETRN"]);
        assert_eq!(offered.parameters("xclient").as_deref(), Some("NAME ADDR"));
        assert_eq!(offered.parameters("AUTH").as_deref(), Some("PLAIN LOGIN"));
        assert_eq!(offered.parameters("ETRN").as_deref(), Some(""));
        assert_eq!(offered.parameters("mx"), None);
        assert_eq!(
            &*offered.text,
            "mx says hello\nXCLIENT NAME ADDR\nAUTH PLAIN\nAUTH=LOGIN\nETRN"
        );
    }
}
