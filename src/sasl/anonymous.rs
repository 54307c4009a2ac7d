//! ANONYMOUS (RFC 4505): a user name, if there is one, goes as the trace.

use super::checks::unfit;
use super::single::Single;
use super::{Identity, Peer};
use crate::error::Result;
use stringprep::tables;

const NAME: &str = "ANONYMOUS";

/// Characters of a token (RFC 4505 section 2).
const LONGEST_TOKEN: usize = 255;

pub fn new(identity: &Identity, _peer: &Peer) -> Result<Single> {
    let trace = identity.user.as_str();
    if let Some(reason) = objection(trace) {
        return Err(unfit(NAME, "trace, which is the user name,", reason));
    }
    Ok(Single::new(NAME, &[trace]))
}

/// What is wrong with a trace. It is a mail address, or a token without `@`.
fn objection(trace: &str) -> Option<&'static str> {
    if trace.contains(is_forbidden) {
        return Some("a character that the profile 'trace' forbids (RFC 4505 section 3)");
    }
    if is_mixed(trace) {
        return Some("right-to-left text beside other text (RFC 3454 section 6)");
    }
    match trace.rsplit_once('@') {
        None if trace.chars().count() > LONGEST_TOKEN => Some("more than 255 characters"),
        Some((local, domain)) if local.is_empty() || domain.is_empty() => {
            Some("an @, and is no mail address")
        }
        Some((local, _)) if local.contains('@') && !local.starts_with('"') => {
            Some("an @ too many for a mail address")
        }
        _ => None,
    }
}

/// RFC 4505 section 3: no mapping, no normalization, and these prohibited.
fn is_forbidden(c: char) -> bool {
    tables::ascii_control_character(c)
        || tables::non_ascii_control_character(c)
        || tables::private_use(c)
        || tables::non_character_code_point(c)
        || tables::inappropriate_for_plain_text(c)
        || tables::change_display_properties_or_deprecated(c)
        || tables::tagging_character(c)
}

fn is_mixed(trace: &str) -> bool {
    let (first, last) = (trace.chars().next(), trace.chars().next_back());
    trace.contains(tables::bidi_r_or_al)
        && (trace.contains(tables::bidi_l)
            || ![first, last].into_iter().flatten().all(tables::bidi_r_or_al))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Status;
    use crate::sasl::Mechanism;

    fn message(trace: &str) -> Result<Vec<u8>, Status> {
        let identity = Identity { user: trace.into(), ..Identity::default() };
        let mut anonymous = new(&identity, &Peer::default()).map_err(|e| e.status())?;
        let message = anonymous.initial_response().unwrap().unwrap();
        assert_eq!(anonymous.respond(b"").unwrap_err().status(), Status::AuthProtocol);
        Ok(message.to_vec())
    }

    #[test]
    fn the_trace_is_an_address_a_token_or_nothing() {
        let long = "\u{E9}".repeat(255);
        for trace in ["sirhc", "a b", "", "fred@example.org", "\"a@b\"@c", "\u{5D0}\u{5D1}", &long]
        {
            assert_eq!(message(trace).unwrap(), trace.as_bytes(), "{trace}");
        }
    }

    #[test]
    fn other_traces_are_refused() {
        let long = "x".repeat(256);
        for trace in
            ["a\0", "a\r\nb", "\u{E000}", "@", "a@", "@b", "a@b@c", "\u{5D0}1", "\u{5D0}a", &long]
        {
            assert_eq!(message(trace), Err(Status::AuthCharacter), "{trace}");
        }
    }
}
