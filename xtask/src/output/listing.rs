//! The face as JSON, the list of exports, and the page of statuses.

use std::fmt::Write;

use crate::face::Face;

pub fn json(face: &Face) -> String {
    let mut text = serde_json::to_string_pretty(face).expect("the face is plain data");
    text.push('\n');
    text
}

pub fn exports(face: &Face) -> String {
    let mut names: Vec<&str> = face.functions.iter().map(|f| f.name.as_str()).collect();
    names.sort_unstable();
    names.iter().map(|name| format!("{name}\n")).collect()
}

pub fn errors(face: &Face) -> String {
    let mut page = String::from(ERRORS_HEAD);
    let mut statuses: Vec<_> = face.statuses.iter().collect();
    // Each room has its hundred, so that the rooms stay together.
    statuses.sort_by_key(|status| std::cmp::Reverse(status.value));
    for status in statuses {
        let sentence = status.sentence.replace('|', "\\|");
        // Writing to a String cannot fail.
        let _ = writeln!(page, "| {} | `{}` | {sentence} |", status.value, status.name);
    }
    page
}

const ERRORS_HEAD: &str = "\
# Statuses

Generated from `src/error.rs` by `cargo run -p xtask -- gen`; do not edit.

A call failed when `INET_FAILED(result)` holds, that is, when the result is -1000 or below. A
function that returns a handle fails with `NULL`, and `INetError_GetStatus` has the number. Numbers
are never reused.

| number | name | meaning |
| ---: | --- | --- |
";
