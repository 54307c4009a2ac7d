//! The frame of a header: the fields that stand from one sending of a message to the next, written once.

use super::code_page::CodePage;
use super::compose::{
    Body, Draft, Missing, NO_HOST, Stamp, Standard, TYPICAL_HEADER, letter, write_further,
    write_mime_version, write_standard,
};
use super::date::DateTime;
use super::header::HeaderBlock;
use super::letter::Letter;
use super::parameter::NameStyle;
use super::part::{Part, text_node, write_text_type};
use crate::error::Result;

/// All fields of a new message but Date, Subject and Message-ID, which each sending has of its own.
pub struct Frame {
    octets: Vec<u8>,
    /// Where Subject and Message-ID stand among them. Date stands before all.
    gap: usize,
    needs_smtputf8: bool,
    /// The right side of the ids.
    host: String,
    code_page: &'static CodePage,
    zone_minutes: i16,
    name_style: NameStyle,
    /// Where the field stands that a sole text has beside them, if there is one: what it says of the text is its page and its form.
    content: usize,
    text: Option<(&'static CodePage, bool)>,
}

impl Frame {
    /// The frame of a draft. There is none where a field of the host stands for one that the message writes by itself, as in a
    /// message that was loaded.
    pub fn new(draft: &Draft, body: &Body) -> Result<Option<Box<Frame>>> {
        let replaces_own = draft.fields.iter().any(|field| Standard::of(&field.name).is_some());
        if draft.missing != Missing::All || replaces_own {
            return Ok(None);
        }
        draft.code_page.require_encoder()?;
        let (mut block, mut gap) = (HeaderBlock::default(), 0);
        for standard in Standard::OWN {
            match standard {
                Standard::Date | Standard::MessageId => {}
                Standard::Subject => gap = block.len(),
                standing => write_standard(standing, draft, &mut block)?,
            }
        }
        write_further(draft, &mut block)?;
        write_mime_version(&mut block);
        let content = block.len();
        let text = match body {
            Body::Sole(Part::Text { page, is_html, .. }) => Some((*page, *is_html)),
            _ => None,
        };
        if let Some((page, is_html)) = text {
            write_text_type(&mut block, page, is_html)?;
        }
        Ok(Some(Box::new(Frame {
            gap,
            needs_smtputf8: block.needs_smtputf8(),
            octets: block.into_bytes(),
            host: draft.from.first().map_or(NO_HOST, |from| from.wire_host()).to_owned(),
            code_page: draft.code_page,
            zone_minutes: draft.zone_minutes,
            name_style: draft.name_style,
            content,
            text,
        })))
    }

    /// Whether a header of this frame holds UTF-8, which only SMTPUTF8 (RFC 6532) allows.
    pub fn needs_smtputf8(&self) -> bool {
        self.needs_smtputf8
    }

    /// The letter that the draft would make with this stamp, this subject and this body.
    pub fn compose(&self, stamp: Stamp, subject: &str, body: Body) -> Result<Letter> {
        let Stamp { seconds, unique } = stamp;
        let mut block = HeaderBlock::with_capacity(TYPICAL_HEADER);
        block.date(DateTime { seconds, zone_minutes: self.zone_minutes });
        block.again(&self.octets[..self.gap], self.needs_smtputf8);
        block.subject(subject, self.code_page)?;
        block.message_id(unique, &self.host);
        match body {
            Body::Sole(Part::Text { text, page, is_html }) if self.tells_of(page, is_html) => {
                block.again(&self.octets[self.gap..], self.needs_smtputf8);
                let root = text_node(block, text, page)?;
                Ok(Letter { root, needs_smtputf8: self.needs_smtputf8 })
            }
            body => {
                block.again(&self.octets[self.gap..self.content], self.needs_smtputf8);
                letter(block, body, unique, self.name_style)
            }
        }
    }

    /// Whether a text in that code page and of that form has its field in the frame.
    fn tells_of(&self, page: &CodePage, is_html: bool) -> bool {
        self.text
            .is_some_and(|(own, is_own_html)| std::ptr::eq(own, page) && is_html == is_own_html)
    }
}
