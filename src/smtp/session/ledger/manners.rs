//! Random servers: what they refuse, when they fall silent or close, how their replies are grouped and cut.

use super::peer::{Act, Manner};
use super::{Cut, Letter, Way, plans, run};
use crate::smtp::Plan;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

/// The same servers each time. PROPTEST_CASES asks for so many others. A failure shows the least case that fails, which then
/// wants a test of its own.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let (cases, rng_seed) = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => (default.cases, RngSeed::Random),
        None => (3000, RngSeed::Fixed(1)),
    };
    ProptestConfig { cases, rng_seed, failure_persistence: None, max_shrink_iters: 4000, ..default }
}

fn act() -> impl Strategy<Value = Act> {
    let refusal = select(&[450, 451, 452, 500, 502, 503, 550, 552, 554][..]);
    let odd = select(&[200, 214, 220, 251, 252, 300, 334, 353, 354][..]);
    prop_oneof![
        6 => refusal.clone().prop_map(Act::Say),
        2 => odd.prop_map(Act::Say),
        2 => Just(Act::Bye),
        2 => any::<bool>().prop_map(|obeys| Act::Vanish { obeys }),
        1 => any::<bool>().prop_map(|obeys| Act::FallSilent { obeys }),
        4 => (1..12_usize).prop_map(Act::Hold),
        2 => prop_oneof![Just(250), refusal].prop_map(Act::Early),
        1 => Just(Act::Babble),
    ]
}

fn miscount() -> impl Strategy<Value = Act> {
    let code = select(&[250, 250, 354, 451, 503, 550][..]);
    prop_oneof![code.prop_map(Act::Extra), Just(Act::Omit)]
}

fn manner(offers: &'static str) -> impl Strategy<Value = Manner> {
    let acts = btree_map(0..36_usize, act(), 0..5);
    (any::<bool>(), any::<bool>(), acts).prop_map(move |(is_lax, keeps_failures, acts)| Manner {
        offers,
        is_lax,
        keeps_failures,
        acts,
    })
}

fn cut() -> impl Strategy<Value = Cut> {
    prop_oneof![
        3 => Just(Cut::Never),
        1 => (0..1500_usize, any::<bool>())
            .prop_map(|(octets, is_noticed)| Cut::Taken { octets, is_noticed }),
        1 => (0..500_usize).prop_map(|octets| Cut::Said { octets }),
    ]
}

fn way(plan: Plan) -> impl Strategy<Value = Way> {
    let block = prop_oneof![Just(usize::MAX), 1..200_usize];
    let pieces = prop_oneof![Just(vec![4096]), vec(1..40_usize, 1..4)];
    (block, any::<bool>(), pieces, cut()).prop_map(move |(block, is_prompt, pieces, cut)| Way {
        plan,
        block,
        is_prompt,
        pieces,
        cut,
    })
}

fn letters() -> impl Strategy<Value = Vec<Letter>> {
    let sender = select(&["from", "from", "from", "from", "unwanted", "rejected"][..]);
    let recipients = vec(select(&["a", "b", "refused"][..]), 1..4);
    vec((sender, recipients, prop::bool::weighted(0.8)), 1..7).prop_map(|kinds| {
        let kinds = kinds.into_iter().enumerate();
        kinds
            .map(|(number, (sender, recipients, is_measured))| Letter {
                is_measured,
                ..Letter::new(number, sender, &recipients)
            })
            .collect()
    })
}

fn meeting(is_fit: fn(&str) -> bool) -> impl Strategy<Value = (Way, Manner, Vec<Letter>)> {
    let plans: Vec<_> = plans().into_iter().filter(|(_, offers, _)| is_fit(offers)).collect();
    select(plans).prop_flat_map(|(_, offers, plan)| (way(plan), manner(offers), letters()))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_a_server_does_the_ledger_agrees_with_it(
        (way, manner, letters) in meeting(|_| true),
    ) {
        run(&letters, &way, manner);
    }

    /// By DATA, the 354 tells when replies and commands do not fit. By BDAT nothing does.
    #[test]
    fn a_reply_too_many_or_too_few_is_noticed(
        (way, mut manner, letters) in meeting(|offers| !offers.contains("CHUNKING")),
        at in 0..30_usize,
        miscount in miscount(),
    ) {
        manner.acts.insert(at, miscount);
        run(&letters, &way, manner);
    }
}
