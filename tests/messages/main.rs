//! Messages are right: what the face builds is linted, read by other libraries, and read by this one again.

#[path = "../support/mod.rs"]
mod support;

mod encodings;
mod lint;
mod other_reader;
mod plan;
mod reload;
mod second_opinion;
mod strategies;

use proptest::prelude::*;

/// PROPTEST_CASES asks for more. A failure shows the least message that fails, which then wants a test of its own.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { 300 };
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 2000, ..default }
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

    #[test]
    fn a_saved_message_is_loaded_as_it_was(plan in strategies::plan()) {
        let octets = plan::octets(&plan::build(&plan));
        reload::compare(&plan, &octets);
        reload::compare_octets(&octets);
    }
}
