//! Doc comments: prose, then `@param`, `@return`, `@error` and `@see`.

use super::source::Source;
use crate::problem::{Place, Problems};

#[derive(Debug, Default)]
pub struct Docs {
    /// The prose; an empty line parts its paragraphs.
    pub text: String,
    pub params: Vec<Tagged>,
    pub returns: Vec<Tagged>,
    pub errors: Vec<Tagged>,
    pub see: Vec<Tagged>,
}

/// A tag's first word, where the tag has one, and the rest of its text.
#[derive(Debug)]
pub struct Tagged {
    pub word: String,
    pub text: String,
    pub place: Place,
}

impl Docs {
    pub fn parse(attributes: &[syn::Attribute], source: &Source, problems: &mut Problems) -> Docs {
        let mut docs = Docs::default();
        let mut target: Option<Tag> = None;
        for (line, place) in lines(attributes, source) {
            if line.contains("/*") || line.contains("*/") {
                problems.push(&place, "a doc comment cannot hold /* or */: C would trip over it");
            }
            if let Some(rest) = line.strip_prefix('@') {
                let (name, rest) = split_word(rest);
                target = Tag::named(name);
                match target {
                    Some(tag) => docs.open(tag, rest, place),
                    None => problems.push(&place, format!("@{name} is not a tag of the face")),
                }
            } else if line.is_empty() {
                target = None;
                docs.end_paragraph();
            } else {
                append(docs.target(target), &line);
            }
        }
        docs.text = docs.text.trim_end().to_owned();
        docs
    }

    pub fn param(&self, name: &str) -> Option<&Tagged> {
        self.params.iter().find(|param| param.word == name)
    }

    fn open(&mut self, tag: Tag, rest: &str, place: Place) {
        let (word, text) = if tag.has_word() { split_word(rest) } else { ("", rest) };
        self.tags(tag).push(Tagged { word: word.to_owned(), text: text.to_owned(), place });
    }

    fn target(&mut self, tag: Option<Tag>) -> &mut String {
        match tag {
            // A tag is only a target once it was opened.
            Some(tag) if !self.tags(tag).is_empty() => {
                let last = self.tags(tag).len() - 1;
                &mut self.tags(tag)[last].text
            }
            _ => &mut self.text,
        }
    }

    fn tags(&mut self, tag: Tag) -> &mut Vec<Tagged> {
        match tag {
            Tag::Param => &mut self.params,
            Tag::Return => &mut self.returns,
            Tag::Error => &mut self.errors,
            Tag::See => &mut self.see,
        }
    }

    fn end_paragraph(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push_str("\n\n");
        }
    }
}

pub fn first_line(attributes: &[syn::Attribute], source: &Source) -> String {
    lines(attributes, source).into_iter().next().map(|(line, _)| line).unwrap_or_default()
}

#[derive(Clone, Copy)]
enum Tag {
    Param,
    Return,
    Error,
    See,
}

impl Tag {
    fn named(name: &str) -> Option<Tag> {
        Some(match name {
            "param" => Tag::Param,
            "return" => Tag::Return,
            "error" => Tag::Error,
            "see" => Tag::See,
            _ => return None,
        })
    }

    fn has_word(self) -> bool {
        matches!(self, Tag::Param | Tag::Error)
    }
}

fn append(text: &mut String, line: &str) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push(' ');
    }
    text.push_str(line);
}

fn split_word(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim_start())
}

fn lines(attributes: &[syn::Attribute], source: &Source) -> Vec<(String, Place)> {
    let mut lines = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        let syn::Meta::NameValue(doc) = &attribute.meta else { continue };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &doc.value else {
            continue;
        };
        let place = source.place(attribute);
        for (offset, line) in text.value().split('\n').enumerate() {
            let place = Place { line: place.line + offset, ..place.clone() };
            lines.push((line.trim().to_owned(), place));
        }
    }
    lines
}
