//! A run of messages, and the wire cut behind each single octet.

use super::peer::Manner;
use super::{Cut, Way, letters, plans, run};

/// Both ends cut into pieces in several manners.
fn ways(way: &Way) -> [Way; 3] {
    [
        way.clone(),
        Way { block: 64, is_prompt: true, ..way.clone() },
        Way { block: 7, is_prompt: true, pieces: vec![1, 5, 2], ..way.clone() },
    ]
}

#[test]
fn without_a_cut_all_plans_come_to_the_same() {
    for (name, offers, plan) in plans() {
        for way in ways(&Way::new(plan)) {
            for is_lax in [false, true] {
                let manner = Manner { offers, is_lax, ..Manner::default() };
                let mut line = super::Line::new(&way, manner.clone());
                line.run(&letters());
                for (letter, outcome) in letters().iter().zip(&line.outcomes) {
                    let is_delivered = outcome.as_ref().map(|outcome| outcome.result.is_ok());
                    let shown = format!("{name}: {letter:?}: {:?}", line.outcomes);
                    assert_eq!(is_delivered, Some(letter.is_welcome()), "{shown}");
                }
                super::check(&letters(), &line.outcomes, &line.peer.stored);
                assert!(line.session.is_idle(), "{name}");
            }
        }
    }
}

#[test]
fn a_cut_behind_any_octet_of_the_client_agrees_with_the_server() {
    for_all_cuts(|(taken, _)| {
        (0..=taken)
            .flat_map(|octets| [true, false].map(|is_noticed| Cut::Taken { octets, is_noticed }))
            .collect()
    });
}

#[test]
fn a_cut_behind_any_octet_of_the_server_agrees_with_it() {
    for_all_cuts(|(_, said)| (0..=said).map(|octets| Cut::Said { octets }).collect());
}

/// Runs all letters in all ways with each of the cuts, which are told by the octets taken and said without any.
fn for_all_cuts(cuts: impl Fn((usize, usize)) -> Vec<Cut>) {
    let letters = letters();
    for (_, offers, plan) in plans() {
        for way in ways(&Way::new(plan)) {
            let manner = Manner { offers, ..Manner::default() };
            let traffic = run(&letters, &way, manner.clone());
            for cut in cuts(traffic) {
                run(&letters, &Way { cut, ..way.clone() }, manner.clone());
            }
        }
    }
}
