//! The rooms of the house know each other as ARCHITECTURE.md says, and no better.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room and what it may use. `error` is everybody's ground.
const ROOMS: [(&str, &[&str]); 9] = [
    ("error", &[]),
    ("ffi", &["model"]),
    ("model", &["mime", "deliver", "pki"]),
    ("mime", &[]),
    ("deliver", &["smtp", "sasl", "net", "mime", "pki"]),
    ("smtp", &[]),
    ("sasl", &[]),
    ("net", &["sasl", "pki"]),
    ("pki", &[]),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All Rust files of a room, with their texts.
fn files(room: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![source().join(room)];
    let single = source().join(format!("{room}.rs"));
    if single.exists() {
        files.push(single);
    }
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            match path.extension() {
                Some(extension) if extension == "rs" => files.push(path),
                None if path.is_dir() => folders.push(path),
                _ => {}
            }
        }
    }
    files.into_iter().map(|path| (path.clone(), fs::read_to_string(path).expect("text"))).collect()
}

/// The rooms that a text names by `crate::`.
fn used_rooms(text: &str) -> BTreeSet<&str> {
    let names = text.split("crate::").skip(1);
    names
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(""))
        .collect()
}

#[test]
fn every_room_uses_what_it_may_and_nothing_else() {
    for (room, may_use) in ROOMS {
        let files = files(room);
        assert!(!files.is_empty(), "the room {room} is empty");
        for (path, text) in files {
            for used in used_rooms(&text) {
                let allowed = used == room || used == "error" || may_use.contains(&used);
                assert!(allowed, "{} uses {used}", path.display());
            }
        }
    }
}

#[test]
fn there_are_no_other_rooms() {
    let entries = fs::read_dir(source()).expect("src");
    let names: BTreeSet<String> = entries
        .map(|entry| entry.expect("an entry").path())
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .filter(|name| name != "lib")
        .collect();
    let known: BTreeSet<String> = ROOMS.iter().map(|(room, _)| room.to_string()).collect();
    assert_eq!(names, known);
}

#[test]
fn unsafe_code_stands_only_where_a_host_or_the_system_asks_for_it() {
    for (room, _) in ROOMS {
        for (path, text) in files(room) {
            let has_unsafe = text.lines().any(|line| {
                let code = line.split("//").next().unwrap_or("");
                code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "unsafe")
            });
            let may = matches!(room, "ffi" | "net" | "sasl");
            assert!(may || !has_unsafe, "{} is unsafe", path.display());
        }
    }
}

#[test]
fn no_file_outgrows_its_job() {
    for (room, _) in ROOMS {
        for (path, text) in files(room) {
            let lines = text.lines().count();
            assert!(lines <= 600, "{} has {lines} lines", path.display());
        }
    }
}
