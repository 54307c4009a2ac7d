//! The reply to a command, as a host reads it.

use super::face::{Handle, Record, text};
use inetmail::ffi::server_reply::*;

#[derive(Debug)]
pub struct Answer {
    pub code: i32,
    pub enhanced: String,
    pub text: String,
    pub lines: Vec<String>,
}

/// Takes the handle that a command returned; a failure is the record that it left.
pub fn answer(reply: *mut INetServerReply) -> Result<Option<Answer>, Box<Record>> {
    if reply.is_null() {
        return Err(Box::new(Record::of_this_thread()));
    }
    let reply = Handle::of(reply);
    let line = |index| text(|b, n| unsafe { INetServerReply_GetLine(reply.0, index, b, n) });
    Ok(Some(Answer {
        code: INetServerReply_GetCode(reply.0),
        enhanced: text(|b, n| unsafe { INetServerReply_GetEnhancedCode(reply.0, b, n) }),
        text: text(|b, n| unsafe { INetServerReply_GetText(reply.0, b, n) }),
        lines: (0..INetServerReply_GetLineCount(reply.0)).map(line).collect(),
    }))
}

impl Answer {
    pub fn check(&self, expected: &[(String, String)]) -> Result<(), String> {
        if self.text != self.lines.join("\n") {
            return Err(format!("the lines are not the text: {self:?}"));
        }
        for (name, value) in expected {
            let holds = match name.as_str() {
                "reply" => self.code.to_string() == *value,
                "enhanced" => self.enhanced == *value,
                "text" => self.text == *value,
                "lines" => self.lines.len().to_string() == *value,
                other => panic!("a reply has no {other}"),
            };
            if !holds {
                return Err(format!("{name}={value} was expected, not {self:?}"));
            }
        }
        Ok(())
    }
}
