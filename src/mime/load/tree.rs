//! The parts of a message (RFC 2046), and what each is for its reader: a body, a view, linked or attached.

use super::content::{self, Encoding};
use super::fields::{Header, clean, field_text, terminated};
use super::parameter::{keyword, parameter, parameters};
use super::{Loaded, LoadedPart, LoadedText, too_complex};
use crate::error::Result;
use bytes::Bytes;
use memchr::memmem;

/// How deep multiparts may stand in each other. Attached messages are not looked into, so they add nothing.
const MAX_DEPTH: usize = 64;

const MAX_PARTS: usize = 10_000;

/// The longest file name made of a subject, in characters.
const LONGEST_NAME: usize = 100;

/// Puts the bodies of a message and all its other parts in their places.
pub fn sort_parts(loaded: &mut Loaded, header: Header<'_>, body: Bytes) -> Result<()> {
    let mut root = Entity::new(header, body, "text/plain");
    let content_fields = header.fields().filter(|field| {
        field.name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"Content-"))
    });
    let content_fields: Vec<&[u8]> = content_fields.map(|field| field.octets).collect();
    root.part.header = terminated(content_fields.concat().into());
    let mut sorter = Sorter { loaded, parts: 0 };
    sorter.sort(root, Role::Body(List::Attachments), 0)
}

/// What an entity is to be.
#[derive(Debug, Clone, Copy)]
enum Role {
    /// A body, if it is a text that is still wanted, else one of the list.
    Body(List),
    Item(List),
}

#[derive(Debug, Clone, Copy)]
enum List {
    Views,
    Linked,
    Attachments,
}

struct Sorter<'l> {
    loaded: &'l mut Loaded,
    parts: usize,
}

impl Sorter<'_> {
    fn sort(&mut self, mut entity: Entity, role: Role, depth: usize) -> Result<()> {
        let Some(multipart) = entity.multipart.take() else {
            self.place(entity, role);
            return Ok(());
        };
        let children = self.children(&entity.part, &multipart, depth)?;
        if children.is_empty() {
            // There is no boundary, or not the one that was told. Read as text it is at least all there.
            entity.part.media_type = String::from("text/plain");
            self.place(entity, role);
            return Ok(());
        }
        match (role, entity.part.media_type.as_str()) {
            (Role::Item(_), _) => self.sort_all(children, |_, _| role, depth),
            (_, "multipart/alternative") => {
                self.sort_all(children, |_, _| Role::Body(List::Views), depth)
            }
            (_, "multipart/related") => {
                let root = children.iter().position(|child| {
                    !multipart.start.is_empty() && child.part.content_id == multipart.start
                });
                let root = root.unwrap_or(0);
                let is_root = move |at| at == root;
                self.sort_all(children, |at, child| related_role(is_root(at), child), depth)
            }
            _ => self.sort_mixed(children, depth),
        }
    }

    fn sort_all(
        &mut self,
        children: Vec<Entity>,
        role: impl Fn(usize, &Entity) -> Role,
        depth: usize,
    ) -> Result<()> {
        children.into_iter().enumerate().try_for_each(|(at, child)| {
            let role = role(at, &child);
            self.sort(child, role, depth + 1)
        })
    }

    /// The first part that holds a body gives the body, all else is attached. So it is for every multipart that is not
    /// known, too (RFC 2046 section 5.1.3).
    fn sort_mixed(&mut self, children: Vec<Entity>, depth: usize) -> Result<()> {
        let before = self.bodies();
        for child in children {
            let role = match self.bodies() == before && !child.is_attachment {
                true => Role::Body(List::Attachments),
                false => Role::Item(List::Attachments),
            };
            self.sort(child, role, depth + 1)?;
        }
        Ok(())
    }

    fn bodies(&self) -> (bool, bool) {
        (self.loaded.plain.is_some(), self.loaded.html.is_some())
    }

    fn place(&mut self, entity: Entity, role: Role) {
        let list = match role {
            Role::Item(list) => list,
            Role::Body(_) if entity.is_attachment || entity.is_message() => List::Attachments,
            Role::Body(list) => {
                let body = match entity.part.media_type.as_str() {
                    "text/plain" => Some(&mut self.loaded.plain),
                    "text/html" => Some(&mut self.loaded.html),
                    _ => None,
                };
                match body {
                    Some(body @ None) => {
                        *body = Some(entity.into_text());
                        return;
                    }
                    _ => list,
                }
            }
        };
        let list = match list {
            List::Views => &mut self.loaded.views,
            List::Linked => &mut self.loaded.linked,
            List::Attachments => &mut self.loaded.attachments,
        };
        list.push(entity.part);
    }

    fn children(
        &mut self,
        part: &LoadedPart,
        multipart: &Multipart,
        depth: usize,
    ) -> Result<Vec<Entity>> {
        if depth == MAX_DEPTH {
            return Err(too_complex(format!("multiparts are nested more than {MAX_DEPTH} deep")));
        }
        // RFC 2046 section 5.1.5
        let default_type = match part.media_type == "multipart/digest" {
            true => "message/rfc822",
            false => "text/plain",
        };
        let mut children = Vec::new();
        for octets in Delimited::new(&part.body, &multipart.boundary) {
            self.parts += 1;
            if self.parts > MAX_PARTS {
                return Err(too_complex(format!("the message has more than {MAX_PARTS} parts")));
            }
            let octets = part.body.slice_ref(octets);
            let header = Header::of(&octets);
            let body = octets.slice_ref(header.behind(&octets));
            let mut child = Entity::new(header, body, default_type);
            child.part.header = terminated(octets.slice_ref(header.octets()));
            if child.is_message() && !has_media_type(header) {
                // In a multipart of another kind it would be a text.
                let field = b"Content-Type: message/rfc822\r\n";
                child.part.header = [&field[..], &child.part.header].concat().into();
            }
            children.push(child);
        }
        Ok(children)
    }
}

/// What has no id cannot be referred to, so it is attached if its sender says so.
fn related_role(is_root: bool, child: &Entity) -> Role {
    match (is_root, child.is_attachment && child.part.content_id.is_empty()) {
        (true, _) => Role::Body(List::Linked),
        (false, true) => Role::Item(List::Attachments),
        (false, false) => Role::Item(List::Linked),
    }
}

/// A part, and what is to be known of it to find its place.
#[derive(Debug)]
struct Entity {
    part: LoadedPart,
    charset: String,
    is_attachment: bool,
    multipart: Option<Multipart>,
}

#[derive(Debug)]
struct Multipart {
    /// Empty where there is none.
    boundary: String,
    /// The id of the part that the others are related to (RFC 2387 section 3.2).
    start: String,
}

impl Entity {
    fn new(header: Header<'_>, body: Bytes, default_type: &str) -> Entity {
        let content_type = header.value("Content-Type").unwrap_or_default();
        let disposition = header.value("Content-Disposition").unwrap_or_default();
        let encoding = header.value("Content-Transfer-Encoding").unwrap_or_default();
        let content_id = header.value("Content-ID").map(field_text).unwrap_or_default();
        let name = parameter(disposition, "filename").or_else(|| parameter(content_type, "name"));
        // RFC 2045 section 5.2: what is not of the form type/subtype is nothing.
        let media_type = Some(keyword(content_type)).filter(|found| is_media_type(found));
        let media_type = media_type.unwrap_or_else(|| default_type.to_owned());
        let disposition = keyword(disposition);
        let multipart = media_type.starts_with("multipart/").then(|| Multipart {
            boundary: parameter(content_type, "boundary").unwrap_or_default(),
            start: without_brackets(&parameter(content_type, "start").unwrap_or_default()),
        });
        let mut entity = Entity {
            charset: parameter(content_type, "charset").unwrap_or_default(),
            is_attachment: disposition == "attachment",
            multipart,
            part: LoadedPart {
                header: Bytes::new(),
                body,
                media_type,
                parameters: parameters(content_type),
                name: name.unwrap_or_default(),
                content_id: without_brackets(&content_id),
                is_inline: disposition == "inline",
                encoding: Encoding::by_name(&keyword(encoding)),
            },
        };
        if entity.is_message() && entity.part.name.is_empty() {
            entity.part.name = entity.name_of_message();
        }
        entity
    }

    fn is_message(&self) -> bool {
        matches!(self.part.media_type.as_str(), "message/rfc822" | "message/global")
    }

    fn name_of_message(&self) -> String {
        let subject = match self.part.encoding {
            Encoding::Identity => Header::of(&self.part.body).value("Subject"),
            _ => None,
        };
        let subject = subject.map(field_text).unwrap_or_default();
        let is_reserved = |c: char| "/\\:*?\"<>|".contains(c);
        let name: String = subject.chars().take(LONGEST_NAME).collect();
        let name = name.replace(is_reserved, "_");
        format!("{}.eml", if name.is_empty() { "message" } else { name.trim_end() })
    }

    fn into_text(self) -> LoadedText {
        let text = content::decode_text(&self.charset, &self.part.content());
        let code_page = content::code_page(&self.charset, &text);
        LoadedText { text, code_page, part: self.part }
    }
}

fn has_media_type(header: Header<'_>) -> bool {
    header.value("Content-Type").is_some_and(|value| is_media_type(&keyword(value)))
}

fn is_media_type(text: &str) -> bool {
    text.split_once('/').is_some_and(|(kind, subtype)| !kind.is_empty() && !subtype.is_empty())
}

fn without_brackets(id: &str) -> String {
    clean(id.trim().trim_start_matches('<').trim_end_matches('>'))
}

/// The parts between the delimiters of a multipart (RFC 2046 section 5.1.1), without the CRLF that belongs to the delimiter
/// behind each. The last goes to the end where the closing delimiter is missing.
struct Delimited<'a> {
    body: &'a [u8],
    dashed: Vec<u8>,
    /// Where the part begins that is next, if there is one.
    next: Option<usize>,
}

struct Delimiter {
    start: usize,
    end: usize,
    is_closing: bool,
}

impl<'a> Delimited<'a> {
    fn new(body: &'a [u8], boundary: &str) -> Delimited<'a> {
        let dashed = format!("\r\n--{boundary}").into_bytes();
        let mut parts = Delimited { body, dashed, next: None };
        let first = if boundary.is_empty() { None } else { parts.delimiter(0) };
        parts.next = first.filter(|first| !first.is_closing).map(|first| first.end);
        parts
    }

    /// The first delimiter whose line begins at `from` or behind it. Nothing but space may follow the boundary on its line:
    /// the boundary of another multipart may begin like it.
    fn delimiter(&self, from: usize) -> Option<Delimiter> {
        let is_first = self.body[from..].starts_with(&self.dashed[2..]);
        let first = is_first.then_some((from, from + self.dashed.len() - 2));
        let others = memmem::find_iter(&self.body[from..], &self.dashed);
        let others = others.map(|at| (from + at, from + at + self.dashed.len()));
        first.into_iter().chain(others).find_map(|(start, end)| {
            let rest = &self.body[end..];
            let is_closing = rest.starts_with(b"--");
            let line = if is_closing { &rest[2..] } else { rest };
            let spaces = line.iter().take_while(|octet| matches!(octet, b' ' | b'\t')).count();
            let behind = &line[spaces..];
            let ends = behind.is_empty() || behind.starts_with(b"\r\n");
            let end = self.body.len() - behind.len() + 2.min(behind.len());
            ends.then_some(Delimiter { start, end, is_closing })
        })
    }
}

impl<'a> Iterator for Delimited<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let start = self.next.take()?;
        let delimiter = self.delimiter(start);
        self.next = delimiter.as_ref().filter(|it| !it.is_closing).map(|it| it.end);
        let end = delimiter.map_or(self.body.len(), |delimiter| delimiter.start);
        Some(&self.body[start..end])
    }
}
