//! The derived files: made from the face, written, or compared with what is checked in.

mod header;
mod listing;

use std::fs;
use std::path::Path;

use crate::face::Face;
use crate::hostile;
use crate::problem::Problems;

pub struct Output {
    /// Relative to the root.
    pub path: &'static str,
    pub text: String,
}

/// Every derived file of the crate at `root`.
pub fn all(root: &Path) -> Result<Vec<Output>, Problems> {
    let face = Face::read(root)?;
    Ok(vec![
        Output { path: "include/inetmail.h", text: header::text(&face, root)? },
        Output { path: "api/inetmail.json", text: listing::json(&face) },
        Output { path: "api/exports.txt", text: listing::exports(&face) },
        Output { path: "docs/errors.md", text: listing::errors(&face) },
        Output { path: "tests/c/hostile.c", text: hostile::program(&face)? },
    ])
}

/// Writes the files that differ, and says which.
pub fn write(root: &Path, outputs: &[Output]) -> Result<String, String> {
    let mut written = Vec::new();
    for output in outputs.iter().filter(|output| difference(root, output).is_some()) {
        let path = root.join(output.path);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::write(&path, &output.text))
            .map_err(|error| format!("{}: {error}", output.path))?;
        written.push(output.path);
    }
    Ok(match written.as_slice() {
        [] => "everything was up to date".to_owned(),
        paths => format!("wrote {}", paths.join(", ")),
    })
}

/// Fails, with a hint for each file, when a file is not what `write` would make it.
pub fn check(root: &Path, outputs: &[Output]) -> Result<String, String> {
    let hints: Vec<String> = outputs.iter().filter_map(|output| difference(root, output)).collect();
    if hints.is_empty() {
        return Ok(format!("{} files are up to date", outputs.len()));
    }
    Err(format!("{}\nrun: cargo run -p xtask -- gen", hints.join("\n")))
}

fn difference(root: &Path, output: &Output) -> Option<String> {
    let Ok(old) = fs::read_to_string(root.join(output.path)) else {
        return Some(format!("{}: is missing", output.path));
    };
    if old == output.text {
        return None;
    }
    let (mut old_lines, mut new_lines) = (old.lines(), output.text.lines());
    let mut number = 1;
    loop {
        match (old_lines.next(), new_lines.next()) {
            (Some(old), Some(new)) if old == new => number += 1,
            (old, new) => return Some(hint(output.path, number, old, new)),
        }
    }
}

fn hint(path: &str, number: usize, old: Option<&str>, new: Option<&str>) -> String {
    let old = old.unwrap_or("(end of file)");
    let new = new.unwrap_or("(end of file)");
    format!("{path}:{number}: differs from the source\n  is:        {old}\n  should be: {new}")
}
