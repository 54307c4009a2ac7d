//! One Rust file: its tree, and where things stand in it.

use std::fs;
use std::path::Path;

use syn::spanned::Spanned;

use crate::problem::{Place, Problems};

pub struct Source {
    /// Relative to the root, with slashes.
    pub path: String,
    pub tree: syn::File,
}

impl Source {
    pub fn read(root: &Path, path: &str, problems: &mut Problems) -> Option<Source> {
        let text = match fs::read_to_string(root.join(path)) {
            Ok(text) => text,
            Err(error) => {
                problems.push(&Place::file(path), format!("cannot be read: {error}"));
                return None;
            }
        };
        match syn::parse_file(&text) {
            Ok(tree) => Some(Source { path: path.to_owned(), tree }),
            Err(error) => {
                let place = place_of_span(path, error.span());
                problems.push(&place, format!("is not Rust: {error}"));
                None
            }
        }
    }

    pub fn place(&self, node: &impl Spanned) -> Place {
        place_of_span(&self.path, node.span())
    }
}

fn place_of_span(path: &str, span: proc_macro2::Span) -> Place {
    Place { file: path.to_owned(), line: span.start().line }
}

/// The text of a node as the author wrote it, on one line.
pub fn source_text(node: &impl Spanned) -> String {
    let text = node.span().source_text().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
