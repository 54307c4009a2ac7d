//! What name servers answer, for tests and fuzzers to send at random.

use super::message::{Family, Judgement, MOST_ALIASES, Question, Reading, read};

/// What the seeds are answers to.
const NAME: &str = "mail.test";

const LONGEST_SENTENCE: usize = 300;

/// One answer, whose number is made to be that of the question: else hardly any would be one.
pub fn answer(data: &[u8]) {
    for family in [Family::Ipv4, Family::Ipv6] {
        let question = Question::new(NAME, family, true).expect("a question");
        let mut octets = data.to_vec();
        if let (Some(id), Some(asked)) =
            (octets.first_chunk_mut::<2>(), question.octets.first_chunk())
        {
            *id = *asked;
        }
        let judgement = question.judge(&octets);
        // It is read whatever it was judged to be: what is read must not rest on that.
        match read(&octets, NAME, family) {
            Reading::Failed(why) => {
                let is_fit = why.len() < LONGEST_SENTENCE && !why.contains(char::is_control);
                assert!(is_fit, "{why}");
            }
            Reading::Addresses(addresses) => {
                assert!(addresses.iter().all(|it| it.is_ipv4() == (family == Family::Ipv4)));
                assert!(judgement == Judgement::Stranger || octets.len() > NAME.len());
            }
            Reading::AliasOf(_, links) => assert!((1..=MOST_ALIASES).contains(&links)),
            Reading::NoSuchName | Reading::Misunderstood | Reading::EndlessAlias => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use std::fs;
    use std::path::Path;

    fn seed(name: &str) -> Vec<u8> {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/dns_answer");
        fs::read(directory.join(name)).expect("a seed")
    }

    fn reading(name: &str, family: Family) -> Reading {
        let question = Question::new(NAME, family, true).unwrap();
        let mut octets = seed(name);
        octets[..2].copy_from_slice(&question.octets[..2]);
        assert_eq!(question.judge(&octets), Judgement::Answer, "{name}");
        read(&octets, NAME, family)
    }

    #[test]
    fn the_seeds_say_what_they_are_called() {
        let one = Reading::Addresses(vec![[192, 0, 2, 1].into()]);
        assert_eq!(reading("address", Family::Ipv4), one);
        assert_eq!(reading("alias", Family::Ipv4), one);
        assert_eq!(reading("circle", Family::Ipv4), Reading::EndlessAlias);
        assert_eq!(reading("nothing", Family::Ipv4), Reading::Addresses(Vec::new()));
        assert_eq!(reading("no_such_name", Family::Ipv4), Reading::NoSuchName);
        assert_eq!(reading("far_alias", Family::Ipv6), Reading::AliasOf("far.test".into(), 1));
        assert!(matches!(reading("pointers", Family::Ipv4), Reading::Failed(_)));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn damaged_answers_are_read_or_refused(
            name in prop::sample::select(&["address", "alias", "circle", "far_alias", "no_such_name", "nothing", "pointers"][..]),
            changes in vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
            end in any::<prop::sample::Index>(),
            is_cut in any::<bool>(),
        ) {
            let mut octets = seed(name);
            for (at, octet) in changes {
                let at = at.index(octets.len());
                octets[at] = octet;
            }
            if is_cut {
                octets.truncate(end.index(octets.len() + 1));
            }
            answer(&octets);
        }

        #[test]
        fn names_of_any_kind_make_a_question_or_an_error(name in ".{0,300}") {
            if let Ok(question) = Question::new(&name, Family::Ipv4, false) {
                prop_assert!(question.octets.len() < 12 + 255 + 5);
                prop_assert_eq!(question.judge(&question.octets), Judgement::Stranger);
            }
        }
    }
}
