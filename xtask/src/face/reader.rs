//! Walks the crate: `Cargo.toml`, `src/error.rs`, `src/mime/code_page.rs`, the files of `src/ffi`.

use std::fs;
use std::path::Path;

use super::ctype::{self, Callbacks};
use super::docs::{self, Docs};
use super::function::{self, Context};
use super::source::{Source, source_text};
use super::{CallbackType, Face, OpaqueType, Section, tables};
use crate::problem::{Place, Problems};

pub fn read(root: &Path, problems: &mut Problems) -> Face {
    let mut face = Face { version: version(root, problems), ..Face::default() };
    if let Some(source) = Source::read(root, "src/error.rs", problems) {
        face.statuses = tables::statuses(&source, problems);
    }
    if let Some(source) = Source::read(root, "src/mime/code_page.rs", problems) {
        face.code_pages = tables::code_pages(&source, problems);
    }
    let objects = object_files(root, problems);
    let mut callbacks = Callbacks::new();
    for (section, source) in &objects {
        for callback in callback_types(section, source, problems) {
            callbacks.insert(callback.name.clone(), callback.shape.clone());
            face.callbacks.push(callback);
        }
    }
    for (section, source) in &objects {
        face.files.push(source.path.clone());
        read_object(&mut face, section, source, &callbacks, problems);
    }
    face
}

fn version(root: &Path, problems: &mut Problems) -> String {
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap_or_default();
    let version = manifest
        .lines()
        .skip_while(|line| line.trim() != "[package]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .find_map(|line| line.strip_prefix("version = \"")?.split('"').next());
    version.map(str::to_owned).unwrap_or_else(|| {
        problems.push(&Place::file("Cargo.toml"), "has no version = \"...\" under [package]");
        String::new()
    })
}

/// The files that `src/ffi/mod.rs` names, in its order, which is the order of the header.
fn object_files(root: &Path, problems: &mut Problems) -> Vec<(String, Source)> {
    let Some(list) = Source::read(root, "src/ffi/mod.rs", problems) else { return Vec::new() };
    let mut files = Vec::new();
    for item in &list.tree.items {
        let syn::Item::Mod(module) = item else { continue };
        if module.content.is_some() || is_for_tests(&module.attrs) {
            continue;
        }
        let name = module.ident.to_string();
        let source = Source::read(root, &format!("src/ffi/{name}.rs"), problems);
        files.extend(source.map(|source| (name, source)));
    }
    files
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| source_text(&attribute.meta) == "cfg(test)")
}

fn callback_types(section: &str, source: &Source, problems: &mut Problems) -> Vec<CallbackType> {
    let mut callbacks = Vec::new();
    for item in &source.tree.items {
        let syn::Item::Type(item) = item else { continue };
        let Some(function) = ctype::optional_function(&item.ty) else { continue };
        let name = item.ident.to_string();
        let place = source.place(&item.ident);
        let doc = Docs::parse(&item.attrs, source, problems).text;
        if doc.is_empty() {
            problems.push(&place, format!("{name} has no documentation"));
        }
        match ctype::callback_shape(function) {
            Ok(shape) => {
                let section = section.to_owned();
                callbacks.push(CallbackType { name, doc, section, shape });
            }
            Err(complaint) => problems.push(&place, format!("{name}: {complaint}")),
        }
    }
    callbacks
}

fn read_object(
    face: &mut Face,
    section: &str,
    source: &Source,
    callbacks: &Callbacks,
    problems: &mut Problems,
) {
    face.types.extend(opaque_types(section, source, problems));
    face.constants.extend(tables::constants(source, section, problems));
    let mut has_exports = false;
    for item in &source.tree.items {
        let syn::Item::Fn(item) = item else { continue };
        let Some(export) = function::export_attribute(&item.attrs) else { continue };
        has_exports = true;
        face.export_places.insert(source.place(export));
        let mut context = Context { source, callbacks, problems: &mut *problems };
        face.functions.extend(function::parse(item, export, section, &mut context));
    }
    if has_exports {
        face.sections.push(read_section(section, source, problems));
    }
}

fn read_section(name: &str, source: &Source, problems: &mut Problems) -> Section {
    let text = docs::first_line(&source.tree.attrs, source);
    if !text.ends_with('.') {
        let place = Place { file: source.path.clone(), line: 1 };
        problems
            .push(&place, "needs a first //! line that is a whole sentence: it heads a section");
    }
    Section { name: name.to_owned(), text, source: source.path.clone() }
}

fn opaque_types(section: &str, source: &Source, problems: &mut Problems) -> Vec<OpaqueType> {
    let mut types = Vec::new();
    for item in &source.tree.items {
        let syn::Item::Struct(item) = item else { continue };
        let is_opaque = item
            .fields
            .iter()
            .any(|field| field.ident.as_ref().is_some_and(|name| name == "_opaque"));
        if !is_opaque {
            continue;
        }
        let name = item.ident.to_string();
        let place = source.place(&item.ident);
        let doc = Docs::parse(&item.attrs, source, problems).text;
        if doc.is_empty() {
            problems.push(&place, format!("{name} has no documentation"));
        }
        types.push(OpaqueType { name, doc, section: section.to_owned(), place });
    }
    types
}
