//! The header of a message by the names of its fields. The fields that a message has as properties are read and set as those;
//! all others stand in a list of their own.

use super::mail_address::MailAddress;
use super::mail_address_collection::MailAddressCollection;
use super::mail_message::{MailMessage, zone};
use crate::error::{Error, Result, Status};
use crate::mime::{DateTime, Field, FieldValue, Standard, check_name, check_value};
use std::sync::Arc;

impl MailMessage {
    /// How many fields are in the list.
    pub fn header_count(&self) -> usize {
        self.fields.lock().headers.len()
    }

    /// Name and value of a field of the list.
    pub fn header_at(&self, index: i32) -> Result<(String, String)> {
        let fields = self.fields.lock();
        let field = usize::try_from(index).ok().and_then(|index| fields.headers.get(index));
        let Some(field) = field else {
            let count = fields.headers.len();
            let sentence = format!("index {index} is outside the {count} header fields");
            return Err(Error::new(Status::IndexOutOfRange, sentence));
        };
        Ok((field.name.clone(), field.text()))
    }

    /// The value of the first field of that name.
    pub fn header(&self, name: &str) -> Option<String> {
        if let Some(list) = self.list(name) {
            return Some(list.text()).filter(|text| !text.is_empty());
        }
        match Standard::of(name) {
            Some(Standard::Subject) => Some(self.subject()).filter(|text| !text.is_empty()),
            Some(Standard::Sender) => self.sender().map(|sender| sender.to_string()),
            Some(Standard::ReturnPath) => Some(self.return_path()).filter(|text| !text.is_empty()),
            _ => {
                let fields = self.fields.lock();
                let mut headers = fields.headers.iter();
                headers.find(|field| field.name.eq_ignore_ascii_case(name)).map(Field::text)
            }
        }
    }

    /// Makes this the only field of that name; an empty value removes it.
    pub fn set_header(&self, name: &str, value: &str) -> Result<()> {
        check_name(name)?;
        if value.is_empty() {
            self.remove_header(name)?;
            return Ok(());
        }
        if self.set_property(name, value)? {
            return Ok(());
        }
        check_value(name, value)?;
        let mut fields = self.fields.lock();
        let place = fields.headers.iter().position(|field| field.name.eq_ignore_ascii_case(name));
        let place = place.unwrap_or(fields.headers.len());
        fields.headers.retain(|field| !field.name.eq_ignore_ascii_case(name));
        fields.headers.insert(place, text_field(name, value));
        Ok(())
    }

    /// Adds a field behind those that are there. What there can be only one of is refused the second time.
    pub fn add_header(&self, name: &str, value: &str) -> Result<()> {
        check_name(name)?;
        if let Some(list) = self.list(name) {
            return list.add_string(value);
        }
        const ONCE: [&str; 2] = ["In-Reply-To", "References"];
        let is_single = Standard::of(name).is_some()
            || ONCE.iter().any(|single| single.eq_ignore_ascii_case(name));
        if is_single {
            if self.header(name).is_some() {
                let sentence = format!("the message has its {name}: there can be only one");
                return Err(Error::new(Status::Argument, sentence));
            }
            return self.set_header(name, value);
        }
        check_value(name, value)?;
        self.fields.lock().headers.push(text_field(name, value));
        Ok(())
    }

    /// Removes all fields of that name. Returns how many there were.
    pub fn remove_header(&self, name: &str) -> Result<usize> {
        check_name(name)?;
        if let Some(list) = self.list(name) {
            let count = list.count();
            list.clear();
            return Ok(count);
        }
        let was_there = self.header(name).is_some();
        match Standard::of(name) {
            Some(Standard::Subject) => self.set_subject("")?,
            Some(Standard::Sender) => self.set_sender(None),
            Some(Standard::ReturnPath) => self.set_return_path("")?,
            Some(Standard::Content | Standard::Priority | Standard::ResentBcc) => {
                return Err(made_by_itself(name));
            }
            _ => {
                let mut fields = self.fields.lock();
                let before = fields.headers.len();
                fields.headers.retain(|field| !field.name.eq_ignore_ascii_case(name));
                return Ok(before - fields.headers.len());
            }
        }
        Ok(usize::from(was_there))
    }

    pub fn set_date(&self, seconds: i64, zone_minutes: i32) -> Result<()> {
        let date = DateTime::new(seconds, i32::from(zone(zone_minutes)?))?;
        self.set_header("Date", &date.text())
    }

    /// RFC 2369 and RFC 8058: where the reader can unsubscribe, and whether a single POST there does it.
    pub fn set_list_unsubscribe(&self, uris: &str, one_click: bool) -> Result<()> {
        let uris = split_uris(uris);
        let is_web =
            |uri: &String| uri.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"));
        if one_click && !uris.iter().any(is_web) {
            let sentence = "One-Click needs an https URI to post to (RFC 8058 section 3.1)";
            return Err(Error::new(Status::FieldValue, sentence));
        }
        if let Some(odd) = uris.iter().find(|uri| !uri.contains(':') || uri.contains(['<', '>'])) {
            let sentence = format!("'{}' is no URI such as mailto: or https:", odd.escape_debug());
            return Err(Error::new(Status::FieldValue, sentence));
        }
        let list: Vec<_> = uris.iter().map(|uri| format!("<{uri}>")).collect();
        self.set_header("List-Unsubscribe", &list.join(", "))?;
        let post = if one_click { "List-Unsubscribe=One-Click" } else { "" };
        self.set_header("List-Unsubscribe-Post", post)
    }

    /// Sets what the field stands for, if it is a property. Returns whether it is.
    fn set_property(&self, name: &str, value: &str) -> Result<bool> {
        if let Some(list) = self.list(name) {
            let addresses = MailAddress::parse_list(value)?;
            list.replace(addresses.into_iter().map(Arc::new).collect());
            return Ok(true);
        }
        match Standard::of(name) {
            Some(Standard::Subject) => self.set_subject(value)?,
            Some(Standard::Sender) => self.set_sender(Some(Arc::new(MailAddress::parse(value)?))),
            Some(Standard::ReturnPath) => self.set_return_path(value)?,
            Some(Standard::Content | Standard::Priority | Standard::ResentBcc) => {
                return Err(made_by_itself(name));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The addresses that a field of that name stands for.
    fn list(&self, name: &str) -> Option<&MailAddressCollection> {
        match Standard::of(name)? {
            Standard::From => Some(&self.from),
            Standard::ReplyTo => Some(&self.reply_to),
            Standard::To => Some(&self.to),
            Standard::Cc => Some(&self.cc),
            Standard::Bcc => Some(&self.bcc),
            _ => None,
        }
    }
}

/// The URIs of a list, with or without angle brackets. A comma that nothing with a scheme follows is part of a URI.
fn split_uris(list: &str) -> Vec<String> {
    let has_scheme = |text: &str| {
        let scheme = text.split(':').next().unwrap_or_default();
        let is_sound = |byte: u8| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte);
        scheme.len() < text.len() && !scheme.is_empty() && scheme.bytes().all(is_sound)
    };
    let mut uris: Vec<String> = Vec::new();
    for word in list.split_ascii_whitespace() {
        for (place, piece) in word.split(',').enumerate() {
            let bare = piece.trim_start_matches('<').trim_end_matches('>');
            match uris.last_mut() {
                _ if bare.is_empty() => {}
                Some(last) if place > 0 && !has_scheme(bare) => {
                    last.push(',');
                    last.push_str(bare);
                }
                _ => uris.push(bare.to_owned()),
            }
        }
    }
    uris
}

fn made_by_itself(name: &str) -> Error {
    let sentence = format!("{name} is one of the fields that the message writes by itself");
    Error::new(Status::FieldName, sentence)
}

fn text_field(name: &str, value: &str) -> Field {
    Field { name: name.to_owned(), value: FieldValue::Text(value.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_are_told_apart() {
        for (list, expected) in [
            ("https://a/b", &["https://a/b"][..]),
            ("<https://a/b>,<mailto:c@d>", &["https://a/b", "mailto:c@d"]),
            (
                "https://a/b,c?d, mailto:e@f,https://g",
                &["https://a/b,c?d", "mailto:e@f", "https://g"],
            ),
            (" , <> ", &[]),
        ] {
            assert_eq!(split_uris(list), expected);
        }
    }
}
