//! What must hold for the face as a whole.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use super::{ANY_HANDLE, Face, Function};
use crate::problem::{Place, Problems};

/// Statuses start here and go down, so that Fore's own small negatives stay values.
const FIRST_STATUS: i32 = -1000;

pub fn enforce(face: &Face, root: &Path, problems: &mut Problems) {
    check_names(face, problems);
    check_statuses(face, problems);
    check_constants(face, problems);
    check_types(face, problems);
    for function in &face.functions {
        check_handles(face, function, problems);
        check_error_docs(face, function, problems);
        check_alias(face, function, problems);
    }
    check_strays(face, root, problems);
}

fn check_names(face: &Face, problems: &mut Problems) {
    let functions = face.functions.iter().map(|function| (&function.name, &function.place));
    let types = face.types.iter().map(|opaque| (&opaque.name, &opaque.place));
    let statuses = face.statuses.iter().map(|status| (&status.name, &status.place));
    let constants = face.constants.iter().map(|constant| (&constant.name, &constant.place));
    let pages = face.code_pages.iter().map(|page| (&page.name, &page.place));
    let mut seen = HashSet::new();
    for (name, place) in functions.chain(types).chain(statuses).chain(constants).chain(pages) {
        if !seen.insert(name) {
            problems.push(place, format!("{name} is defined twice"));
        }
    }
}

fn check_statuses(face: &Face, problems: &mut Problems) {
    let mut seen = HashSet::new();
    for status in &face.statuses {
        if status.value > FIRST_STATUS {
            let complaint = format!("{} is above {FIRST_STATUS}", status.name);
            problems.push(&status.place, complaint);
        }
        if !seen.insert(status.value) {
            let complaint = format!("{} uses the number {} again", status.name, status.value);
            problems.push(&status.place, complaint);
        }
    }
}

fn check_constants(face: &Face, problems: &mut Problems) {
    for constant in face.constants.iter().filter(|constant| constant.doc.is_empty()) {
        problems.push(&constant.place, format!("{} has no documentation", constant.name));
    }
}

fn check_types(face: &Face, problems: &mut Problems) {
    for opaque in &face.types {
        let release = format!("{}_Release", opaque.name);
        if face.function(&release).is_none() {
            let complaint = format!("{} has no {release}: its handles would leak", opaque.name);
            problems.push(&opaque.place, complaint);
        }
    }
}

fn check_handles(face: &Face, function: &Function, problems: &mut Problems) {
    let handles = function.params.iter().filter_map(|param| param.handle_of.as_ref());
    for handle in handles.chain(&function.returns_handle_of) {
        let is_known = face.types.iter().any(|opaque| opaque.name == *handle);
        if !is_known && handle != ANY_HANDLE {
            let complaint = format!("{} uses {handle}, which is no opaque type", function.name);
            problems.push(&function.place, complaint);
        }
    }
}

fn check_error_docs(face: &Face, function: &Function, problems: &mut Problems) {
    for error in &function.errors {
        if !face.has_status(&error.status) {
            let complaint = format!("{}: @error {} is no status", function.name, error.status);
            problems.push(&function.place, complaint);
        }
    }
}

fn check_alias(face: &Face, function: &Function, problems: &mut Problems) {
    let Some(own_name) = &function.alias_of else { return };
    let signature = |function: &Function| function.declaration.replacen(&function.name, "", 1);
    let is_twin =
        |own: &Function| signature(own) == signature(function) && own.returns == function.returns;
    if !face.function(own_name).is_some_and(is_twin) {
        let complaint = format!("{} has no twin {own_name} of the same signature", function.name);
        problems.push(&function.place, complaint);
    }
}

/// An export that no `fn` item of `src/ffi` spells out would vanish from the header, silently.
fn check_strays(face: &Face, root: &Path, problems: &mut Problems) {
    for file in rust_files(root, "src") {
        let text = fs::read_to_string(root.join(&file)).unwrap_or_default();
        for (index, line) in text.lines().enumerate() {
            let place = Place { file: file.clone(), line: index + 1 };
            if makes_export(line) && !face.export_places.contains(&place) {
                problems.push(&place, "makes an export that xtask cannot read");
            }
        }
    }
}

fn makes_export(line: &str) -> bool {
    let code = line.trim_start();
    let is_comment = code.starts_with("//");
    let attribute = ["no_mangle)]", "no_mangle]", "export_name =", "export_name="];
    !is_comment && attribute.iter().any(|spelling| code.contains(spelling))
}

fn rust_files(root: &Path, directory: &str) -> Vec<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root.join(directory)).into_iter().flatten().flatten() {
        let path = format!("{directory}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files.extend(rust_files(root, &path));
        } else if path.ends_with(".rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
