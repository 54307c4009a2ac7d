//! The shared library as the linker sees it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

/// The shared library of this build: beside the test's own folder.
fn library() -> PathBuf {
    let test = std::env::current_exe().expect("this test");
    let deps = test.parent().expect("deps");
    let library = deps.join("libinetmail.so");
    match library.exists() {
        true => library,
        false => deps.parent().expect("the profile's folder").join("libinetmail.so"),
    }
}

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).arg(library()).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn the_library_exports_the_face_and_nothing_else() {
    let symbols = output("nm", &["-D", "--defined-only"]);
    let exported: BTreeSet<&str> =
        symbols.lines().filter_map(|line| line.split_whitespace().nth(2)).collect();
    let listed: BTreeSet<&str> = include_str!("../api/exports.txt").lines().collect();
    assert_eq!(exported, listed);
    let header = include_str!("../include/inetmail.h");
    for name in &exported {
        assert!(header.contains(&format!("{name}(")), "{name} is not in the header");
    }
}

#[test]
fn the_library_has_its_soname_and_stays_loaded() {
    let dynamic = output("readelf", &["-d"]);
    let major = env!("CARGO_PKG_VERSION_MAJOR");
    assert!(dynamic.contains(&format!("[libinetmail.so.{major}]")), "{dynamic}");
    assert!(dynamic.contains("NODELETE"), "{dynamic}");
}
