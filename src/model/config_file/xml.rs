//! The elements of a configuration file, with their attributes. Texts between them are of no interest.
//!
//! quick-xml finds the marks. What it leaves to its user is seen to here: that there is one root and nothing is left open, that there are
//! not more elements and attributes than any configuration has, and that nothing is declared: without a document type declaration there are no
//! entities but the five of XML.

use super::ill;
use crate::error::{Error, Result};
use crate::model::nearest::{hint, shown};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::reader::Reader;
use std::cell::Cell;
use zeroize::Zeroizing;

const MOST_ELEMENTS: usize = 50_000;
const DEEPEST: usize = 100;
const MOST_ATTRIBUTES: usize = 200;

/// All elements of a file, in the order in which they begin.
pub struct Document {
    elements: Vec<Data>,
}

struct Data {
    name: String,
    line: usize,
    depth: usize,
    parent: Option<usize>,
    attributes: Vec<Attribute>,
}

struct Attribute {
    name: String,
    /// It may be a password.
    value: Zeroizing<String>,
    /// Whether somebody has asked for it.
    is_read: Cell<bool>,
}

/// One element of a document.
#[derive(Clone, Copy)]
pub struct Element<'d> {
    document: &'d Document,
    index: usize,
}

impl Document {
    pub fn parse(text: &str) -> Result<Document> {
        let mut reader = Reader::from_str(text);
        let mut building = Building::default();
        let (mut line, mut seen) = (1, 0);
        loop {
            let start = reader.buffer_position() as usize;
            line += text.as_bytes()[seen..start].iter().filter(|octet| **octet == b'\n').count();
            seen = start;
            let event = reader.read_event().map_err(|_| malformed(line))?;
            match event {
                Event::Start(tag) => building.open(&tag, line)?,
                Event::Empty(tag) => {
                    building.open(&tag, line)?;
                    building.open.pop();
                }
                Event::End(_) => drop(building.open.pop()),
                Event::Text(text) if building.open.is_empty() => {
                    // What a mark of the byte order leaves behind is no text.
                    let rest = text.into_inner();
                    if !rest.trim_start_matches('\u{feff}').trim().is_empty() {
                        return Err(malformed(line));
                    }
                }
                Event::CData(_) if building.open.is_empty() => return Err(malformed(line)),
                Event::GeneralRef(reference) => check_reference(&reference, line)?,
                Event::DocType(_) => {
                    let sentence = "a document type declaration is not followed";
                    return Err(at(line, sentence));
                }
                Event::Eof => break,
                Event::Text(_) | Event::CData(_) | Event::Comment(_) => {}
                Event::Decl(_) | Event::PI(_) => {}
            }
        }
        building.finish(line)
    }

    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        (0..self.elements.len()).map(|index| Element { document: self, index })
    }
}

/// A document that is read up to somewhere.
#[derive(Default)]
struct Building {
    elements: Vec<Data>,
    /// The elements that are not closed yet.
    open: Vec<usize>,
}

impl Building {
    fn open(&mut self, tag: &BytesStart, line: usize) -> Result<()> {
        let parent = self.open.last().copied();
        if parent.is_none() && !self.elements.is_empty() {
            return Err(at(line, "a second root"));
        }
        if self.elements.len() >= MOST_ELEMENTS || self.open.len() >= DEEPEST {
            let sentence = "more elements, or deeper ones, than any configuration has";
            return Err(at(line, sentence));
        }
        let name = tag.local_name().into_inner().to_owned();
        let attributes = attributes(tag, line)?;
        let depth = self.open.len();
        self.open.push(self.elements.len());
        self.elements.push(Data { name, line, depth, parent, attributes });
        Ok(())
    }

    fn finish(self, line: usize) -> Result<Document> {
        match (self.open.last(), self.elements.is_empty()) {
            (None, false) => Ok(Document { elements: self.elements }),
            (None, true) => Err(ill("there is no XML element in it")),
            (Some(open), _) => {
                let open = &self.elements[*open];
                let sentence =
                    format!("<{}> of line {} is not closed", shown(&open.name), open.line);
                Err(at(line, sentence))
            }
        }
    }
}

fn attributes(tag: &BytesStart, line: usize) -> Result<Vec<Attribute>> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        // No sentence of the parser's: it might show a piece of a password.
        let attribute = attribute.map_err(|_| malformed(line))?;
        if attributes.len() >= MOST_ATTRIBUTES {
            return Err(at(line, "more attributes than any element has"));
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.ok().filter(|value| !value.contains(is_no_text));
        let value = value.ok_or_else(|| {
            let name = shown(attribute.key.into_inner());
            at(line, format!("the value of {name} is not well-formed (& is written &amp;)"))
        })?;
        attributes.extend(is_of_configuration(attribute.key).then(|| Attribute {
            name: attribute.key.into_inner().to_owned(),
            value: Zeroizing::new(value.into_owned()),
            is_read: Cell::new(false),
        }));
    }
    Ok(attributes)
}

/// Neither a declaration of a name space nor from another one, such as what transforms the file when it is installed.
fn is_of_configuration(name: QName) -> bool {
    name.prefix().is_none() && name.into_inner() != "xmlns"
}

fn is_no_text(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// Without declarations there are no entities but those of XML, so that nothing can be resolved, or grow.
fn check_reference(reference: &BytesRef, line: usize) -> Result<()> {
    let is_known = match reference.is_char_ref() {
        true => reference.resolve_char_ref().is_ok(),
        false => matches!(
            reference.borrow().into_inner().as_ref(),
            "amp" | "lt" | "gt" | "apos" | "quot"
        ),
    };
    is_known.then_some(()).ok_or_else(|| malformed(line))
}

fn malformed(line: usize) -> Error {
    at(line, "this is no well-formed XML")
}

pub fn at(line: usize, sentence: impl std::fmt::Display) -> Error {
    ill(format!("line {line}: {sentence}"))
}

impl<'d> Element<'d> {
    fn data(self) -> &'d Data {
        &self.document.elements[self.index]
    }

    pub fn name(self) -> &'d str {
        &self.data().name
    }

    pub fn is(self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name)
    }

    pub fn parent(self) -> Option<Element<'d>> {
        let index = self.data().parent?;
        Some(Element { document: self.document, index })
    }

    /// The elements below this one, and below those.
    fn below(self) -> impl Iterator<Item = Element<'d>> {
        let depth = self.data().depth;
        let behind = (self.index + 1..self.document.elements.len())
            .map(move |index| Element { document: self.document, index });
        behind.take_while(move |other| other.data().depth > depth)
    }

    pub fn children(self) -> impl Iterator<Item = Element<'d>> {
        let depth = self.data().depth + 1;
        self.below().filter(move |other| other.data().depth == depth)
    }

    /// The only child of this name; an error where there are several.
    pub fn child(self, name: &str) -> Result<Option<Element<'d>>> {
        let mut children = self.children().filter(|child| child.is(name));
        let first = children.next();
        match children.next() {
            Some(second) => {
                Err(second.wrong(format!("<{}> stands twice in <{}>", second.name(), self.name())))
            }
            None => Ok(first),
        }
    }

    /// Names of elements from the root to this one.
    pub fn path(self) -> String {
        let mut names = vec![self.name()];
        let mut at = self;
        while let Some(parent) = at.parent() {
            names.push(parent.name());
            at = parent;
        }
        names.reverse();
        names.join("/")
    }

    pub fn has(self, name: &str) -> bool {
        self.data().attributes.iter().any(|attribute| attribute.name.eq_ignore_ascii_case(name))
    }

    /// The value of an attribute, in any letter case of its name.
    pub fn text(self, name: &str) -> Result<Option<&'d str>> {
        let all = self.data().attributes.iter();
        let mut named = all.filter(|attribute| attribute.name.eq_ignore_ascii_case(name));
        let first = named.next();
        if named.next().is_some() {
            return Err(self.wrong(format!("{name} stands twice in <{}>", self.name())));
        }
        Ok(first.map(|attribute| {
            attribute.is_read.set(true);
            attribute.value.as_str()
        }))
    }

    /// The same without blanks around it; an empty one is none.
    pub fn word(self, name: &str) -> Result<Option<&'d str>> {
        Ok(self.text(name)?.map(str::trim).filter(|value| !value.is_empty()))
    }

    pub fn boolean(self, name: &str) -> Result<bool> {
        match self.word(name)?.unwrap_or("false").to_ascii_lowercase().as_str() {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            other => Err(self.wrong_value(name, other, "true or false, 1 or 0")),
        }
    }

    pub fn number(self, name: &str) -> Result<Option<i32>> {
        let Some(digits) = self.word(name)? else { return Ok(None) };
        match digits.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(self.wrong_value(name, digits, "a number")),
        }
    }

    /// Refuses attributes that nobody has asked for, which are none of `known`.
    pub fn refuse_others(self, known: &[&'static str]) -> Result<()> {
        let is_other = |attribute: &&Attribute| !attribute.is_read.get();
        let Some(other) = self.data().attributes.iter().find(is_other) else { return Ok(()) };
        let (name, element) = (shown(&other.name), self.name());
        let hint = hint(&name, known.iter().copied());
        Err(self.wrong(format!("<{element}> has no attribute '{name}'{hint}")))
    }

    /// Marks attributes as known that change nothing.
    pub fn overlook(self, is_known: impl Fn(&str) -> bool) {
        let known = self.data().attributes.iter().filter(|attribute| is_known(&attribute.name));
        known.for_each(|attribute| attribute.is_read.set(true));
    }

    pub fn wrong_value(self, name: &str, value: &str, wanted: &str) -> Error {
        let (value, element) = (shown(value), self.name());
        self.wrong(format!("{name} of <{element}> is '{value}', which is not {wanted}"))
    }

    pub fn wrong(self, sentence: impl std::fmt::Display) -> Error {
        at(self.data().line, sentence)
    }
}

#[cfg(test)]
mod tests;
