//! Every dialogue of `tests/dialogs/`, played through the C face against a scripted peer, with the peer's octets in one
//! piece, line by line and octet by octet.

mod support;

use std::path::Path;
use support::dialog::{Cut, play_all};

fn play(cut: Cut) {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialogs");
    let failures = play_all(&directory, cut);
    assert!(failures.is_empty(), "{} went wrong:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn dialogues_in_one_piece() {
    play(Cut::Whole);
}

#[test]
fn dialogues_line_by_line() {
    play(Cut::Lines);
}

#[test]
fn dialogues_octet_by_octet() {
    play(Cut::Octets);
}
