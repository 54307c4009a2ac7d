//! `include/inetmail.h`: cbindgen prints the declarations; numbers and section banners are ours.

use std::collections::HashMap;
use std::path::Path;

use cbindgen::{Config, DocumentationStyle, ItemType, Language, Style};

use crate::face::{Face, Function};
use crate::problem::{Place, Problems};

const PREAMBLE: &str = include_str!("preamble.h");
const WIDTH: usize = 100;

pub fn text(face: &Face, root: &Path) -> Result<String, Problems> {
    let printed = print(face, root)?;
    let blocks: Vec<Block> = printed.split("\n\n").map(Block::new).collect();
    check_completeness(face, &blocks)?;
    Ok(with_banners(face, &blocks))
}

/// A stretch of cbindgen's text between empty lines: one declaration with its comment, or less.
struct Block {
    text: String,
    /// The declaration on one line, if the block has one.
    declaration: Option<String>,
}

impl Block {
    fn new(text: &str) -> Block {
        let text = c_comments(text);
        let code = text.rsplit("*/").next().unwrap_or(&text);
        let declaration = code.trim().strip_suffix(';').filter(|code| !code.contains('#'));
        let declaration = declaration.map(one_line);
        Block { text, declaration }
    }

    fn function_name(&self) -> Option<&str> {
        let declaration = self.declaration.as_deref()?;
        let (before, _) = declaration.split_once('(')?;
        before.rsplit([' ', '*']).next().filter(|_| !declaration.starts_with("typedef"))
    }
}

fn print(face: &Face, root: &Path) -> Result<String, Problems> {
    let mut builder = cbindgen::Builder::new().with_config(config(face));
    for file in &face.files {
        builder = builder.with_src(root.join(file));
    }
    let bindings = builder.generate().map_err(|error| {
        let mut problems = Problems::default();
        problems.push(&Place::file("include/inetmail.h"), format!("cbindgen: {error}"));
        problems
    })?;
    let mut printed = Vec::new();
    bindings.write(&mut printed);
    Ok(String::from_utf8_lossy(&printed).into_owned())
}

fn config(face: &Face) -> Config {
    let mut config = Config {
        header: Some(PREAMBLE.trim_end().to_owned()),
        include_guard: Some("INETMAIL_H".to_owned()),
        no_includes: true,
        after_includes: Some(numbers(face)),
        language: Language::C,
        cpp_compat: true,
        style: Style::Type,
        usize_is_size_t: true,
        documentation_style: DocumentationStyle::Doxy,
        line_length: WIDTH,
        ..Config::default()
    };
    config.export.item_types = vec![ItemType::OpaqueItems, ItemType::Typedefs, ItemType::Functions];
    config.export.include = face.types.iter().map(|opaque| opaque.name.clone()).collect();
    config
}

fn numbers(face: &Face) -> String {
    let mut lines = vec![
        "\n#include <stddef.h>\n#include <stdint.h>\n".to_owned(),
        format!("#define INETMAIL_VERSION \"{}\"\n", face.version),
        banner("Statuses"),
        define("The call succeeded.", "INET_OK", 0),
        "/** Whether a result is a failure rather than a value. */".to_owned(),
        "#define INET_FAILED(status) ((status) <= -1000)\n".to_owned(),
    ];
    let statuses = face.statuses.iter();
    lines.extend(statuses.map(|status| define(&status.sentence, &status.name, status.value)));
    if !face.constants.is_empty() {
        lines.push(banner("Constants"));
    }
    for constant in &face.constants {
        lines.push(define(&constant.doc, &constant.name, constant.value));
    }
    lines.push(banner("Code pages, under Fore's names"));
    for page in &face.code_pages {
        lines.push(format!("#define {} {}", page.name, c_number(page.value)));
    }
    lines.push(format!("\n{}", banner("Types")));
    lines.join("\n")
}

fn define(doc: &str, name: &str, value: impl Into<i64>) -> String {
    format!("{}\n#define {name} {}\n", comment(doc), c_number(value))
}

fn c_number(value: impl Into<i64>) -> String {
    match value.into() {
        negative @ ..0 => format!("({negative})"),
        value => value.to_string(),
    }
}

fn comment(doc: &str) -> String {
    let short = format!("/** {doc} */");
    if short.len() <= WIDTH && !doc.contains('\n') {
        return short;
    }
    let mut lines = vec!["/**".to_owned()];
    for paragraph in doc.split("\n\n") {
        if lines.len() > 1 {
            lines.push(" *".to_owned());
        }
        lines.extend(wrap(paragraph).into_iter().map(|line| format!(" * {line}")));
    }
    lines.push(" */".to_owned());
    lines.join("\n")
}

fn wrap(paragraph: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in paragraph.split_whitespace() {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && lines[last].len() + word.len() + 4 > WIDTH {
            lines.push(word.to_owned());
        } else {
            let space = if lines[last].is_empty() { "" } else { " " };
            lines[last] += &format!("{space}{word}");
        }
    }
    lines
}

fn banner(text: &str) -> String {
    let rule = "=".repeat(WIDTH - 6);
    let lines: Vec<String> = wrap(text).into_iter().map(|line| format!(" * {line}\n")).collect();
    format!("/* {rule}\n{} * {rule} */\n", lines.concat())
}

/// cbindgen marks the ends of its brackets with `//`, which some parsers of C do not know.
fn c_comments(text: &str) -> String {
    let lines = text.lines().map(|line| match line.split_once("  // ") {
        Some((code, note)) if code.starts_with('#') || code.starts_with('}') => {
            format!("{code} /* {note} */")
        }
        _ => line.replacen(" // __cplusplus", " /* __cplusplus */", 1),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn one_line(declaration: &str) -> String {
    let line = declaration.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace("( ", "(")
}

/// Every export must be in what cbindgen printed, just as we read it, and nothing else.
fn check_completeness(face: &Face, blocks: &[Block]) -> Result<(), Problems> {
    let printed: HashMap<&str, &str> = blocks
        .iter()
        .filter_map(|block| Some((block.function_name()?, block.declaration.as_deref()?)))
        .collect();
    let mut problems = Problems::default();
    for function in &face.functions {
        let complaint = match printed.get(function.name.as_str()) {
            None => format!("{} is missing from what cbindgen printed", function.name),
            Some(declaration) if **declaration != function.declaration => {
                format!("cbindgen printed `{declaration}`, not `{}`", function.declaration)
            }
            Some(_) => continue,
        };
        problems.push(&function.place, complaint);
    }
    for name in printed.keys().filter(|name| face.function(name).is_none()) {
        let place = Place::file("include/inetmail.h");
        problems.push(&place, format!("cbindgen printed {name}, which is no export of src/ffi"));
    }
    problems.or(())
}

fn with_banners(face: &Face, blocks: &[Block]) -> String {
    let mut section = "";
    let mut texts = Vec::new();
    for block in blocks {
        let function: Option<&Function> =
            block.function_name().and_then(|name| face.function(name));
        if let Some(function) = function.filter(|function| function.section != section) {
            section = &function.section;
            let head = face.sections.iter().find(|head| head.name == *section);
            texts.extend(head.map(|head| banner(&head.text).trim_end().to_owned()));
        }
        texts.push(block.text.trim().to_owned());
    }
    texts.retain(|text| !text.is_empty());
    texts.join("\n\n") + "\n"
}
