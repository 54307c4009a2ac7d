//! Messages are right: what the face builds is linted, read by other libraries, and read by this one again.

#[path = "../support/mod.rs"]
mod support;

mod encodings;
mod golden;
mod lint;
mod other_reader;
mod plan;
mod reload;
mod second_opinion;
mod strategies;

use inetmail::ffi::alternate_view::*;
use inetmail::ffi::alternate_view_collection::*;
use inetmail::ffi::message_bodies::*;
use inetmail::ffi::message_storage::*;
use mail_parser::MimeHeaders;
use plan::{Item, Person, Plan};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::ptr::null_mut;
use support::face::{Handle, ok};

/// The same messages each time, so that a test does not fail for a change that has nothing to do with it. PROPTEST_CASES asks
/// for so many others. A failure shows the least message that fails, which then wants a test of its own.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let (cases, rng_seed) = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => (default.cases, RngSeed::Random),
        None => (300, RngSeed::Fixed(1)),
    };
    ProptestConfig { cases, rng_seed, failure_persistence: None, max_shrink_iters: 2000, ..default }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_message_is_well_formed(plan in strategies::plan()) {
        let message = plan::build(&plan);
        let octets = plan::octets(&message);
        if let Err(complaint) = lint::lint(&octets) {
            panic!("{complaint}\n{}", String::from_utf8_lossy(&octets));
        }
    }

    #[test]
    fn another_reader_finds_all_that_was_said(plan in strategies::plan().prop_map(other_reader::readable)) {
        let message = plan::build(&plan);
        let octets = plan::octets(&message);
        other_reader::compare(&plan, &other_reader::read(&octets), &octets);
    }

    /// Not loaded again: a message with NUL is none, and line breaks are CRLF when it is loaded.
    #[test]
    fn binary_content_travels_as_it_is(contents in vec(vec(any::<u8>(), 0..300), 1..4)) {
        let item = |octets: &Vec<u8>| Item { encoding: 4, ..Item::of_octets("a.bin", octets) };
        let attachments = contents.iter().map(item).collect();
        let from = vec![Person::new("", "a@b")];
        let plan = Plan { from, attachments, priority: 2, plain: "text".into(), ..Plan::default() };
        let plan = Plan { subject_page: -1, body_page: -1, ..plan };
        let octets = plan::octets(&plan::build(&plan));
        lint::lint(&octets).expect("a sound message");
        other_reader::compare(&plan, &other_reader::read(&octets), &octets);
    }

    #[test]
    fn a_saved_message_is_loaded_as_it_was(plan in strategies::plan()) {
        let octets = plan::octets(&plan::build(&plan));
        reload::compare(&plan, &octets);
        reload::compare_octets(&octets);
    }
}

/// In a wide code page and in EBCDIC the octets of CR and LF are no line breaks: 7bit and 8bit cannot carry them, and in
/// quoted-printable they are octets like others.
#[test]
fn views_in_wide_code_pages_travel_in_any_encoding_that_can_carry_them() {
    for page in [1200, 12001] {
        for encoding in 0..=3 {
            let letter = support::face::message("a@b", "c@d", "subject", "text");
            let view = Handle::of(unsafe {
                let (text, media_type) = (c"one\ntwoÄ", c"text/enriched");
                INetAlternateView_CreateFromString(text.as_ptr(), media_type.as_ptr(), page)
            });
            ok(INetAlternateView_SetTransferEncoding(view.0, encoding));
            let views = Handle::of(INetMailMessage_GetAlternateViews(letter.0));
            ok(INetAlternateViewCollection_Add(views.0, view.0));
            if encoding >= 2 {
                let status = unsafe { INetMailMessage_GetBytes(letter.0, null_mut(), 0) };
                assert_eq!(status, -1209, "code page {page}, encoding {encoding}");
                continue;
            }
            let octets = plan::octets(&letter);
            lint::lint(&octets).expect("a sound message");
            let message = other_reader::read(&octets);
            let part = message.parts.last().expect("the view");
            let charset = part.content_type().and_then(|found| found.attribute("charset"));
            let found = other_reader::octets(&octets, part);
            let found = lint::decoded(charset.expect("a charset"), &found);
            assert_eq!(found.as_deref(), Some("one\r\ntwoÄ"), "code page {page}");
        }
    }
}
