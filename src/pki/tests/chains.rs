//! Chains: what is good, and what is wrong with the others.

use super::super::verdict::ChainResult;
use super::super::{Certificate, Judge, Rules, details};
use super::authority::*;
use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, NameConstraints, SanType, date_time_ymd,
};
use rustls::pki_types::CertificateDer;

struct House {
    root: Ca,
    middle: Ca,
}

fn house() -> House {
    let root = Ca::root("the root");
    let middle = root.below("the middle");
    House { root, middle }
}

impl House {
    fn rules(&self) -> Rules {
        trusting(&[&self.root])
    }
}

#[test]
fn a_good_chain_is_valid_with_and_without_what_is_too_much() {
    let house = house();
    let leaf = house.middle.issues(server());
    let verdict = case(&[&leaf, &house.middle.der]).judged(house.rules());
    assert_verdict(&verdict, 0, 0, &[]);
    assert!(verdict.log.contains("'the server' <- 'the middle' <- trusted 'the root'"));
    let other = Ca::root("another");
    let too_many = [&leaf, &other.der, &house.root.der, &house.middle.der, &house.middle.der];
    assert_verdict(&case(&too_many).judged(house.rules()), 0, 0, &[]);
    let garbage = CertificateDer::from(&b"no certificate"[..]);
    let with_garbage = case(&[&leaf, &garbage, &house.middle.der]);
    assert_verdict(&with_garbage.judged(house.rules()), 0, 0, &[]);
}

#[test]
fn a_root_that_is_not_trusted() {
    let house = house();
    let leaf = house.middle.issues(server());
    let chain = case(&[&leaf, &house.middle.der, &house.root.der]);
    let other = Ca::root("another");
    let verdict = chain.judged(trusting(&[&other]));
    assert_verdict(&verdict, 1, 0x20, &["its issuer is not trusted", "the root 'the root'"]);
    let verdict = chain.judged(trusting(&[]));
    assert_verdict(&verdict, 1, 0x20, &["no roots are trusted at all"]);
}

#[test]
fn an_issuer_that_is_missing_and_one_that_is_known() {
    let house = house();
    let leaf = house.middle.issues(server());
    let alone = case(&[&leaf]);
    let verdict = alone.judged(house.rules());
    assert_verdict(&verdict, 3, 0x20, &["its issuer is not trusted: 'the middle' is neither"]);
    let known = Rules { known: vec![house.middle.certificate()], ..house.rules() };
    assert_verdict(&alone.judged(known), 0, 0, &[]);

    let lower = house.middle.below("the lower");
    let leaf = lower.issues(server());
    let verdict = case(&[&leaf, &lower.der]).judged(house.rules());
    let words = ["the intermediate certificate 'the lower' was issued by 'the middle', which"];
    assert_verdict(&verdict, 3, 0x20, &words);
}

#[test]
fn names() {
    let house = house();
    let judged = |params: CertificateParams, host| {
        let leaf = house.middle.issues(params);
        Case { host, ..case(&[&leaf, &house.middle.der]) }.judged(house.rules())
    };
    let verdict = judged(server(), "other.example.com");
    let words = ["it is not for 'other.example.com' but for mail.example.com"];
    assert_verdict(&verdict, 2, 0x200, &words);
    assert_verdict(&judged(server_for(&["*.example.com"]), HOST), 0, 0, &[]);
    assert_verdict(&judged(server_for(&["*.com"]), HOST), 2, 0x200, &["*.com"]);
    assert_verdict(
        &judged(server_for(&["xn--bcher-kva.example"]), "xn--bcher-kva.example"),
        0,
        0,
        &[],
    );
    assert_verdict(&judged(server_for(&["127.0.0.1"]), "127.0.0.1"), 0, 0, &[]);
    assert_verdict(&judged(server_for(&["::1"]), "::1"), 0, 0, &[]);
    let verdict = judged(server_for(&["127.0.0.1"]), "127.0.0.2");
    assert_verdict(&verdict, 2, 0x200, &["it is not for '127.0.0.2' but for", "127.0.0.1"]);
    assert_verdict(&judged(server_for(&["127.0.0.1"]), HOST), 2, 0x200, &[]);
    let mut named_after = server_for(&[]);
    named_after.distinguished_name.push(rcgen::DnType::CommonName, HOST);
    let words = ["it names no host (it has no subjectAltName)"];
    assert_verdict(&judged(named_after, HOST), 2, 0x200, &words);
}

#[test]
fn dates_of_every_certificate() {
    let house = house();
    let mut params = server();
    params.not_after = date_time_ymd(2026, 6, 12) + std::time::Duration::from_secs(DAY / 2);
    let leaf = house.middle.issues(params);
    let verdict = case(&[&leaf, &house.middle.der]).judged(house.rules());
    assert_verdict(&verdict, 2, 0x8, &["it expired 3 days ago"]);

    let mut params = server();
    params.not_before = date_time_ymd(2026, 6, 16) + std::time::Duration::from_secs(DAY / 2);
    let leaf = house.middle.issues(params);
    let verdict = case(&[&leaf, &house.middle.der]).judged(house.rules());
    assert_verdict(&verdict, 2, 0x4, &["it becomes valid in 1 day, at ", " (is the clock right?)"]);

    let mut params = ca_named("the old");
    params.not_after = date_time_ymd(2026, 6, 1);
    let old = house.root.certifies(params, KeyPair::generate().unwrap());
    let leaf = old.issues(server());
    let verdict = case(&[&leaf, &old.der]).judged(house.rules());
    assert_verdict(
        &verdict,
        2,
        0x8,
        &["the intermediate certificate 'the old' expired 14 days ago"],
    );
}

#[test]
fn several_faults_are_several_bits_and_sentences() {
    let house = house();
    let mut params = server();
    params.not_after = date_time_ymd(2026, 6, 1);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let leaf = house.middle.issues(params);
    let mut all = case(&[&leaf, &house.middle.der]);
    all.host = "other.example.com";
    let verdict = all.judged(house.rules());
    let words = ["it expired", "it is not for servers", "it is not for 'other.example.com'"];
    assert_verdict(&verdict, 2, 0x608, &words);
    let verdict = Case { host: "other.example.com", ..case(&[&leaf]) }.judged(house.rules());
    assert_verdict(&verdict, 2, 0x628, &["'the middle' is neither"]);
}

#[test]
fn uses_of_keys() {
    let house = house();
    let judged = |params: CertificateParams| {
        let leaf = house.middle.issues(params);
        case(&[&leaf, &house.middle.der]).judged(house.rules())
    };
    let mut client = server();
    client.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    assert_verdict(&judged(client), 2, 0x400, &["it is not for servers"]);
    let mut signer = server();
    signer.key_usages = vec![KeyUsagePurpose::CrlSign];
    assert_verdict(&judged(signer), 2, 0x400, &["its key is not for TLS"]);
    let mut silent = server();
    silent.key_usages.clear();
    silent.extended_key_usages.clear();
    assert_verdict(&judged(silent), 0, 0, &[]);
    let mut ca = server();
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    assert_verdict(&judged(ca), 2, 0x400, &["it is a CA's own"]);
}

#[test]
fn intermediates_that_may_not() {
    let root = Ca::root("the root");
    let judged = |params: CertificateParams| {
        let middle = root.certifies(params, KeyPair::generate().unwrap());
        let leaf = middle.issues(server());
        case(&[&leaf, &middle.der]).judged(trusting(&[&root]))
    };
    let mut no_signer = ca_named("no signer");
    no_signer.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    assert_verdict(
        &judged(no_signer),
        2,
        0x40,
        &["'no signer' has a key that is not for certificates"],
    );
    assert_verdict(&judged(named("no CA")), 2, 0x40, &["'no CA' is no CA's"]);
    let mut for_clients = ca_named("for clients");
    for_clients.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    assert_verdict(&judged(for_clients.clone()), 2, 0x400, &["'for clients'"]);
    let mut constrained = ca_named("constrained");
    constrained.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![GeneralSubtree::DnsName("example.org".into())],
        excluded_subtrees: Vec::new(),
    });
    assert_verdict(&judged(constrained), 2, 0x40, &["name constraints"]);

    let middle = root.certifies(for_clients, KeyPair::generate().unwrap());
    let leaf = middle.issues(server());
    let tolerant = Rules { tolerates_minor_issues: true, ..trusting(&[&root]) };
    let verdict = case(&[&leaf, &middle.der]).judged(tolerant);
    assert_verdict(&verdict, 0, 0x400, &[]);

    let mut short = ca_named("short");
    short.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    let short = root.certifies(short, KeyPair::generate().unwrap());
    let lower = short.below("the lower");
    let leaf = lower.issues(server());
    let verdict = case(&[&leaf, &lower.der, &short.der]).judged(trusting(&[&root]));
    assert_verdict(&verdict, 2, 0x40, &["path length"]);
}

#[test]
fn clocks_may_differ_a_little_where_minor_issues_are_tolerated() {
    let house = house();
    let leaf = house.middle.issues(server());
    let chain = |now| Case { now, ..case(&[&leaf, &house.middle.der]) };
    let tolerant = || Rules { tolerates_minor_issues: true, ..house.rules() };
    let (begin, end) = (
        date_time_ymd(2026, 1, 1).unix_timestamp() as u64,
        date_time_ymd(2027, 1, 1).unix_timestamp() as u64,
    );
    assert_verdict(&chain(end + 300).judged(tolerant()), 0, 0x8, &[]);
    assert_verdict(&chain(begin - 300).judged(tolerant()), 0, 0x4, &[]);
    assert_verdict(&chain(end + 301).judged(tolerant()), 2, 0x8, &["it expired 5 minutes ago"]);
    assert_verdict(&chain(begin - 301).judged(tolerant()), 2, 0x4, &[]);
    assert_verdict(&chain(end + 60).judged(house.rules()), 2, 0x8, &["it expired 1 minute ago"]);
    assert_verdict(&chain(end).judged(house.rules()), 0, 0, &[]);
}

#[test]
fn blocked_certificates_anywhere() {
    let house = house();
    let leaf = house.middle.issues(server());
    let chain = case(&[&leaf, &house.middle.der]);
    for (blocked, words) in [
        (certificate(&leaf), "it is blocked"),
        (house.middle.certificate(), "'the middle' is blocked"),
        (house.root.certificate(), "its root 'the root' is blocked"),
    ] {
        let rules = Rules { blocked: vec![blocked], ..house.rules() };
        assert_verdict(&chain.judged(rules), 2, 0x800, &[words]);
    }
    // Another way round the blocked one is taken.
    let [first, second] = twins();
    let lower = house.middle.certifies(ca_named("crossed"), first);
    let other = Ca::root("another");
    let crossed = other.certifies(ca_named("crossed"), second);
    let leaf = lower.issues(server());
    let rules =
        Rules { blocked: vec![house.middle.certificate()], ..trusting(&[&house.root, &other]) };
    let verdict = case(&[&leaf, &lower.der, &house.middle.der, &crossed.der]).judged(rules);
    assert_verdict(&verdict, 0, 0, &[]);
    assert!(verdict.log.contains("trusted 'another'"), "{}", verdict.log);
}

/// The same key twice.
fn twins() -> [KeyPair; 2] {
    let key = KeyPair::generate().unwrap();
    let twin = KeyPair::from_pkcs8_der_and_sign_algo(
        &key.serialize_der().as_slice().into(),
        &rcgen::PKCS_ECDSA_P256_SHA256,
    );
    [key, twin.unwrap()]
}

#[test]
fn a_blocked_certificate_in_other_octets_is_blocked() {
    let house = house();
    // The same words with another signature: ECDSA has as many as one likes.
    let [one, other] = twins();
    let signed = |key| server().signed_by(&key, &house.middle.issuer).unwrap().der().clone();
    let (one, other) = (signed(one), signed(other));
    assert_ne!(one, other);
    let rules = || Rules { blocked: vec![certificate(&one)], ..house.rules() };
    let verdict = case(&[&other, &house.middle.der]).judged(rules());
    assert_verdict(&verdict, 2, 0x800, &["it is blocked"]);
    let pinned = Rules { trusted: vec![certificate(&other)], ..rules() };
    assert_verdict(&case(&[&other]).judged(pinned), 2, 0x800, &["it is blocked"]);

    // Who certifies others is blocked in each form of its name and key: presented, known or trusted.
    let [one, other] = twins();
    let blocked = house.root.certifies(ca_named("crossed"), one);
    let another = Ca::root("another");
    let crossed = another.certifies(ca_named("crossed"), other);
    let leaf = crossed.issues(server());
    let rules = || Rules { blocked: vec![blocked.certificate()], ..trusting(&[&another]) };
    let verdict = case(&[&leaf, &crossed.der]).judged(rules());
    assert_verdict(&verdict, 2, 0x800, &["'crossed' is blocked"]);
    let known = Rules { known: vec![crossed.certificate()], ..rules() };
    assert_verdict(&case(&[&leaf]).judged(known), 2, 0x800, &["'crossed' is blocked"]);
    let anchored = Rules { trusted: vec![crossed.certificate()], ..rules() };
    assert_verdict(&case(&[&leaf]).judged(anchored), 2, 0x800, &["'crossed' is blocked"]);
}

#[test]
fn a_pinned_certificate_of_a_blocked_issuer_is_refused() {
    let house = house();
    let leaf = house.middle.issues(server());
    let stranger = Ca::root("the middle");
    for (blocked, presented, is_refused) in [
        (&house.middle, vec![&leaf, &house.middle.der], true),
        (&house.middle, vec![&leaf], true),
        (&house.root, vec![&leaf, &house.middle.der], true),
        (&house.root, vec![&leaf, &house.middle.der, &house.root.der], true),
        (&stranger, vec![&leaf, &house.middle.der, &stranger.der], false),
    ] {
        let rules = Rules {
            trusted: vec![certificate(&leaf)],
            blocked: vec![blocked.certificate()],
            ..trusting(&[])
        };
        let verdict = case(&presented).judged(rules);
        match is_refused {
            true => assert_verdict(&verdict, 2, 0x800, &["issued it is blocked"]),
            false => assert_verdict(&verdict, 0, 0, &[]),
        }
    }
}

#[test]
fn self_signed_and_pinned() {
    for is_ca in [false, true] {
        let mut params = server();
        if is_ca {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        let key = KeyPair::generate().unwrap();
        let leaf = params.self_signed(&key).unwrap().der().clone();
        let chain = case(&[&leaf]);
        let words = if is_ca { "it is a CA's own" } else { "it is self-signed" };
        // One of the same name, whose key can have made no such signature.
        let other_key = KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
        let same_name = Ca::rooted(ca_named("the server"), other_key);
        for others in [&[][..], &[&same_name]] {
            let verdict = chain.judged(trusting(others));
            assert_verdict(&verdict, 1, 0x20, &[words, "AddTrustedCertificateFile"]);
            // What its algorithm is has nothing to do with it.
            assert!(!verdict.log.contains("unsupported"), "{}", verdict.log);
        }
        let pinning = || Rules { trusted: vec![certificate(&leaf)], ..trusting(&[]) };
        assert_verdict(&chain.judged(pinning()), 0, 0, &[]);
        let other = Case { host: "other.example.com", ..case(&[&leaf]) };
        assert_verdict(&other.judged(pinning()), 2, 0x200, &[]);
        let late = Case { now: now() + 400 * DAY, ..case(&[&leaf]) };
        assert_verdict(&late.judged(pinning()), 2, 0x8, &[]);
        let blocking = Rules { blocked: vec![certificate(&leaf)], ..pinning() };
        assert_verdict(&chain.judged(blocking), 2, 0x800, &[]);
    }
}

#[test]
fn a_pinned_servers_key_certifies_nobody() {
    let key = KeyPair::generate().unwrap();
    let params = server();
    let pinned = params.self_signed(&key).unwrap().der().clone();
    let leaf = KeyPair::generate().unwrap();
    let issuer = Issuer::new(params, key);
    let leaf = server_for(&["bank.example"]).signed_by(&leaf, &issuer).unwrap().der().clone();
    let rules = Rules { trusted: vec![certificate(&pinned)], ..trusting(&[]) };
    let verdict = Case { host: "bank.example", ..case(&[&leaf, &pinned]) }.judged(rules);
    assert_ne!(verdict.result as u32, 0, "{}", verdict.log);
}

#[test]
fn an_intermediate_that_is_trusted_is_a_root() {
    let house = house();
    let leaf = house.middle.issues(server());
    let verdict = case(&[&leaf]).judged(trusting(&[&house.middle]));
    assert_verdict(&verdict, 0, 0, &[]);
}

#[test]
fn forged_signatures_and_other_keys() {
    let house = house();
    let leaf = house.middle.issues(server());
    let mut forged = leaf.to_vec();
    *forged.last_mut().unwrap() ^= 1;
    let forged = CertificateDer::from(forged);
    let verdict = case(&[&forged, &house.middle.der]).judged(house.rules());
    assert_verdict(&verdict, 2, 0x10, &["its signature is not by 'the middle'"]);

    // A root of the same name, by key identifiers: the right one is just not there.
    let mut params = server();
    params.use_authority_key_identifier_extension = true;
    let leaf = house.root.issues(params);
    let verdict = case(&[&leaf]).judged(trusting(&[&Ca::root("the root")]));
    assert_verdict(&verdict, 3, 0x20, &["another of that name has another key"]);
    let both = trusting(&[&Ca::root("the root"), &house.root]);
    assert_verdict(&case(&[&leaf]).judged(both), 0, 0, &[]);
    let mut forged = leaf.to_vec();
    *forged.last_mut().unwrap() ^= 1;
    let verdict = case(&[&CertificateDer::from(forged)]).judged(house.rules()).details;
    assert_eq!(verdict, 0x10);
}

#[test]
fn circles_end() {
    let (one, other) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
    let copy = |key: &KeyPair| {
        let der = key.serialize_der();
        let algorithm = &rcgen::PKCS_ECDSA_P256_SHA256;
        KeyPair::from_pkcs8_der_and_sign_algo(&der.as_slice().into(), algorithm).unwrap()
    };
    let by_one = Issuer::new(ca_named("one"), copy(&one));
    let by_other = Issuer::new(ca_named("other"), copy(&other));
    let one_by_other = ca_named("one").signed_by(&one, &by_other).unwrap().der().clone();
    let other_by_one = ca_named("other").signed_by(&other, &by_one).unwrap().der().clone();
    let leaf = server().signed_by(&KeyPair::generate().unwrap(), &by_one).unwrap().der().clone();
    let chain = case(&[&leaf, &one_by_other, &other_by_one]);
    let verdict = chain.judged(trusting(&[&Ca::root("a root")]));
    assert_verdict(&verdict, 3, 0x2020, &["runs in a circle"]);
    let root = Ca::rooted(ca_named("other"), copy(&other));
    assert_verdict(&chain.judged(trusting(&[&root])), 0, 0, &[]);
}

#[test]
fn what_is_no_certificate() {
    let house = house();
    for octets in [&b""[..], b"0", b"no certificate", &house.middle.der[..50]] {
        let verdict = case(&[&CertificateDer::from(octets.to_vec())]).judged(house.rules());
        assert_verdict(&verdict, 2, 0x1, &["cannot be read"]);
    }
    assert_verdict(&case(&[]).judged(house.rules()), 2, 0x1, &["presented none"]);
    let leaf = house.middle.issues(server());
    let cut = CertificateDer::from(house.middle.der[..100].to_vec());
    let verdict = case(&[&leaf, &cut]).judged(house.rules());
    assert_eq!(verdict.details & 0x20, 0x20);
}

#[test]
fn a_verdict_is_given_again_as_long_as_it_holds() {
    let house = house();
    let leaf = house.middle.issues(server());
    let judge = Judge::new(house.rules(), &[]).unwrap();
    let chain = case(&[&leaf, &house.middle.der]);
    let first = chain.judged_by(&judge, &mut Offline);
    assert_eq!(first.holds_until, date_time_ymd(2027, 1, 1).unix_timestamp() as u64);
    let again = chain.judged_by(&judge, &mut Offline);
    assert_verdict(&again, 0, 0, &[]);
    assert!(again.log.contains("was judged before"), "{}", again.log);
    let later = Case { now: first.holds_until + 1, ..case(&[&leaf, &house.middle.der]) };
    assert_verdict(&later.judged_by(&judge, &mut Offline), 2, details::EXPIRED, &[]);
    let other = Case { host: "other.example.com", ..case(&[&leaf, &house.middle.der]) };
    for _ in 0..2 {
        let verdict = other.judged_by(&judge, &mut Offline);
        assert_verdict(&verdict, 2, 0x200, &[]);
        assert!(!verdict.log.contains("was judged before"));
    }
    let earlier = Case { now: now() - DAY, ..case(&[&leaf, &house.middle.der]) };
    assert!(!earlier.judged_by(&judge, &mut Offline).log.contains("was judged before"));
}

#[test]
fn system_roots_on_and_off() {
    let house = house();
    let leaf = house.middle.issues(server());
    let root: &'static CertificateDer = Box::leak(Box::new(house.root.der.clone()));
    let anchors = vec![webpki::anchor_from_trusted_cert(root).unwrap()];
    let system: &'static [_] = Box::leak(anchors.into_boxed_slice());
    for (trusts_system, result, details) in [(true, 0, 0), (false, 3, 0x20)] {
        let rules = Rules { trusts_system, ..Rules::default() };
        let judge = Judge::new(rules, system).unwrap();
        let verdict = case(&[&leaf, &house.middle.der]).judged_by(&judge, &mut Offline);
        assert_verdict(&verdict, result, details, &[]);
    }
}

#[test]
fn strange_names_stay_within_their_sentence() {
    let root = Ca::root("line\r\nbreak 'quoted'");
    let mut params = server();
    params.subject_alt_names = vec![SanType::DnsName(HOST.try_into().unwrap())];
    let leaf = root.issues(params);
    let verdict = case(&[&leaf]).judged(trusting(&[]));
    assert_verdict(&verdict, 3, 0x20, &["line\\r\\nbreak"]);
    // A terminal's commands, a NUL, and what turns the text around.
    let root = Ca::root("\u{1b}[2J\u{0}\u{202e}");
    let leaf = root.issues(server());
    let verdict = case(&[&leaf, &root.der]).judged(trusting(&[]));
    assert!(verdict.reason.contains(r"\u{1b}[2J\0\u{202e}"), "{}", verdict.reason);
    let is_unseen = |c: char| c != '\n' && c.is_control() || c == '\u{202e}';
    assert!(!verdict.log.contains(is_unseen), "{}", verdict.log);
    assert!(!verdict.reason.contains(is_unseen), "{}", verdict.reason);
    let endless = Ca::root(&"x".repeat(5000));
    let leaf = endless.issues(server_for(&[&"y.".repeat(110)]));
    let verdict = case(&[&leaf]).judged(trusting(&[]));
    assert!(verdict.reason.len() < 1000, "{}", verdict.reason);
}

#[test]
fn names_of_all_kinds_are_told_as_what_they_are() {
    let house = house();
    let mut params = server_for(&[]);
    let text = |text: &str| text.try_into().unwrap();
    params.subject_alt_names = vec![
        SanType::Rfc822Name(text("a@example.com")),
        SanType::URI(text("smtp://example.com")),
        SanType::DnsName(text("127.0.0.1")),
        SanType::DnsName(text("other.example")),
    ];
    let leaf = house.middle.issues(params);
    let chain = Case { host: "127.0.0.1", ..case(&[&leaf, &house.middle.der]) };
    let words = "it is not for '127.0.0.1' but for the mail address a@example.com, the URL smtp://example.com, \
                 127.0.0.1 (as a DNS name, which stands for no address), other.example";
    assert_verdict(&chain.judged(house.rules()), 2, 0x200, &[words]);
}

#[test]
fn chains_that_are_too_long_are_told_to_be() {
    for length in [7, 9, 12] {
        let root = Ca::root("the root");
        let mut line = vec![root.below("number 1")];
        for number in 2..=length {
            line.push(line[line.len() - 1].below(&format!("number {number}")));
        }
        let leaf = line[line.len() - 1].issues(server());
        let mut presented = vec![&leaf];
        presented.extend(line.iter().rev().map(|ca| &ca.der));
        let verdict = case(&presented).judged(trusting(&[&root]));
        assert_ne!(verdict.result as u32, 0);
        assert!(verdict.reason.contains("its chain is too long"), "{length}: {}", verdict.reason);
        assert!(!verdict.reason.contains("neither among the trusted"), "{}", verdict.reason);
    }
}

#[test]
fn dates_before_1970_and_of_this_minute() {
    let house = house();
    let mut params = server();
    (params.not_before, params.not_after) = (date_time_ymd(1955, 1, 1), date_time_ymd(1960, 1, 1));
    let leaf = house.middle.issues(params);
    let verdict = case(&[&leaf, &house.middle.der]).judged(house.rules());
    assert_verdict(&verdict, 2, 0x8, &["it expired before 1970"]);
    let mut params = server();
    params.not_before = date_time_ymd(1955, 1, 1);
    let leaf = house.middle.issues(params);
    let verdict = case(&[&leaf, &house.middle.der]).judged(house.rules());
    assert_ne!(verdict.result as u32, 0);
    assert!(verdict.reason.contains("before 1970"), "{}", verdict.reason);
    let leaf = house.middle.issues(server());
    let end = date_time_ymd(2027, 1, 1).unix_timestamp() as u64;
    let late = Case { now: end + 30, ..case(&[&leaf, &house.middle.der]) };
    let verdict = late.judged(house.rules());
    assert!(verdict.reason.contains("it expired less than a minute ago"), "{}", verdict.reason);
}

#[test]
fn no_kind_of_error_is_shown_by_the_name_of_its_type() {
    let house = house();
    let garbage = CertificateDer::from(&[0x30, 3, 2, 1, 1][..]);
    let verdict = case(&[&garbage]).judged(house.rules());
    let words = ["it cannot be read as a certificate (its octets are no well-formed DER)"];
    assert_verdict(&verdict, 2, 0x1, &words);
    let refused = Certificate::from_der(&garbage).unwrap_err();
    assert!(refused.message().contains("no well-formed DER"), "{refused}");
}

#[test]
fn an_algorithm_that_is_not_known_is_named() {
    let root = Ca::root("the root");
    // Of ECDSA with SHA-256 it becomes ECDSA with SHA-224, which neither ring nor aws-lc takes, and one that nobody has.
    for (last, name) in [(1, "ecdsa-with-SHA224"), (99, "1.2.840.10045.4.3.99")] {
        let mut der = root.issues(server()).to_vec();
        let known = [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
        let at = |der: &[u8]| der.windows(8).position(|octets| octets == known);
        while let Some(place) = at(&der) {
            der[place + 7] = last;
        }
        let verdict = case(&[&CertificateDer::from(der)]).judged(trusting(&[&root]));
        assert_eq!(verdict.result, ChainResult::CantBeEstablished, "{}", verdict.log);
        assert!(verdict.reason.contains(&format!("not known here ({name})")), "{}", verdict.reason);
    }
}
