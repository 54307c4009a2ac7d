//! The examples of RFC 2831, a server's side of its formulas, and what bad servers get.

use super::*;
use proptest::prelude::*;

pub fn identity(user: &str, password: &str, domain: &str) -> Identity {
    let password = Zeroizing::new(password.to_owned());
    Identity { user: user.into(), password, domain: domain.into(), ..Identity::default() }
}

fn peer(service: &'static str) -> Peer {
    Peer { service, host: "elwood.innosoft.com".into(), ..Peer::default() }
}

fn digest(identity: &Identity) -> DigestMd5 {
    DigestMd5::with_nonce(identity, &peer("smtp"), "OA6MHXh6VqTrRk".into()).unwrap()
}

fn said(response: Response) -> String {
    String::from_utf8(response.to_vec()).unwrap()
}

/// The value of a directive, its quotes with it.
fn value<'a>(message: &'a str, name: &str) -> Option<&'a str> {
    let pairs = message.split(',').filter_map(|directive| directive.split_once('='));
    pairs.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// RFC 2831 section 2.1.2.1 with the octets that are hashed; the server's proof with `AUTHENTICATE` left out.
fn expected(secret: &[u8], nonces: &str, method: &str) -> String {
    let (nonce, client_nonce) = nonces.split_once(' ').unwrap();
    let key = md5(&[&md5(&[secret]), format!(":{nonce}:{client_nonce}").as_bytes()]);
    let what = md5(&[method.as_bytes(), b":smtp/elwood.innosoft.com"]);
    let text = format!("{}:{nonce}:00000001:{client_nonce}:auth:{}", *hex(&key), *hex(&what));
    hex(&md5(&[text.as_bytes()])).to_string()
}

#[test]
fn the_example_of_rfc_2831_section_4() {
    let identity = identity("chris", "secret", "");
    let mut client =
        DigestMd5::with_nonce(&identity, &peer("imap"), "OA6MHXh6VqTrRk".into()).unwrap();
    assert!(client.initial_response().unwrap().is_none());
    let challenge = b"realm=\"elwood.innosoft.com\",nonce=\"OA6MG9tEQGm2hh\",qop=\"auth\",\
        algorithm=md5-sess,charset=utf-8";
    assert_eq!(
        said(client.respond(challenge).unwrap()),
        "username=\"chris\",realm=\"elwood.innosoft.com\",nonce=\"OA6MG9tEQGm2hh\",\
         cnonce=\"OA6MHXh6VqTrRk\",nc=00000001,qop=auth,\
         digest-uri=\"imap/elwood.innosoft.com\",\
         response=d388dad90d4bbd760a152321f2143af7,charset=utf-8"
    );
    assert_eq!(client.conclude().unwrap_err().status(), Status::AuthServerProof);
    let proof = b"rspauth=ea40f60335c427b5527b84dbabcdfffd";
    assert!(client.respond(proof).unwrap().is_empty());
    assert!(client.conclude().is_ok());
    assert_eq!(client.respond(proof).unwrap_err().status(), Status::AuthProtocol);
}

#[test]
fn the_other_example_of_rfc_2831() {
    let identity = identity("chris", "secret", "");
    let mut client =
        DigestMd5::with_nonce(&identity, &peer("acap"), "OA9BSuZWMSpW8m".into()).unwrap();
    let challenge = b"realm=\"elwood.innosoft.com\",nonce=\"OA9BSXrbuRhWay\",qop=\"auth\",\
        algorithm=md5-sess,charset=utf-8";
    let message = said(client.respond(challenge).unwrap());
    assert_eq!(value(&message, "response"), Some("6084c6db3fede7352c551284490fd0fc"));
    assert!(client.respond(b"rspauth=2F0B3D7C3C2E486600EF710726AA2EAE").unwrap().is_empty());
    assert!(client.conclude().is_ok());
}

/// User and realm that go out, or the status.
fn chosen(user: &str, domain: &str, realms: &str) -> Result<(String, String), Status> {
    let challenge = format!("{realms}nonce=abc,algorithm=md5-sess,charset=utf-8");
    let mut client = digest(&identity(user, "secret", domain));
    let message = client.respond(challenge.as_bytes()).map(said).map_err(|e| e.status())?;
    let value = |name| value(&message, name).unwrap().trim_matches('"').to_owned();
    Ok((value("username"), value("realm")))
}

#[test]
fn the_realm_is_the_hosts_choice_among_the_servers() {
    let two = "realm=\"one.example\",realm=\"Two.Example\",";
    let pair = |user: &str, realm: &str| Ok((user.to_owned(), realm.to_owned()));
    assert_eq!(chosen("chris", "", two), pair("chris", "one.example"));
    assert_eq!(chosen("chris", "two.example", two), pair("chris", "Two.Example"));
    assert_eq!(chosen("chris", "three.example", two), Err(Status::AuthRealm));
    assert_eq!(chosen("chris", "three.example", ""), pair("chris", "three.example"));
    assert_eq!(chosen("chris", "three.example", "realm=\"\","), pair("chris", "three.example"));
    assert_eq!(chosen("chris", "", ""), pair("chris", ""));
    assert_eq!(chosen("chris@TWO.example", "", two), pair("chris", "Two.Example"));
    assert_eq!(chosen("chris@three.example", "", two), pair("chris@three.example", "one.example"));
    assert_eq!(chosen("chris@three.example", "", ""), pair("chris@three.example", ""));
    // What Dovecot says without realms of its own.
    let dovecot = "realm=\"\",qop=\"auth\",charset=\"utf-8\",x=";
    let challenge = dovecot.replace("x=", "algorithm=\"md5-sess\",nonce=\"abc\"");
    let mut client = digest(&identity("chris@test", "secret", ""));
    let message = said(client.respond(challenge.as_bytes()).unwrap());
    assert_eq!(value(&message, "username"), Some("\"chris\""));
    assert_eq!(value(&message, "realm"), Some("\"test\""));
}

#[test]
fn texts_are_hashed_in_the_charset_of_the_server() {
    let nonces = "abc OA6MHXh6VqTrRk";
    for (user, password, charset, secret) in [
        // RFC 2831: ISO 8859-1 where it is enough, for each text by itself.
        ("us\u{E9}r", "p\u{E4}ss", "utf-8", &b"us\xe9r::p\xe4ss"[..]),
        ("us\u{E9}r", "\u{43F}", "utf-8", b"us\xe9r::\xd0\xbf"),
        // Dovecot: UTF-8 always.
        ("us\u{E9}r", "p\u{E4}ss", "\"utf-8\"", b"us\xc3\xa9r::p\xc3\xa4ss"),
    ] {
        let mut client = digest(&identity(user, password, ""));
        let challenge = format!("nonce=abc,algorithm=md5-sess,charset={charset}");
        let message = said(client.respond(challenge.as_bytes()).unwrap());
        let response = expected(secret, nonces, "AUTHENTICATE");
        assert_eq!(value(&message, "response"), Some(response.as_str()));
        assert_eq!(value(&message, "username"), Some(format!("\"{user}\"").as_str()));
        let proof = format!("rspauth=\"{}\"", expected(secret, nonces, ""));
        client.respond(proof.as_bytes()).unwrap();
        client.conclude().unwrap();
    }
}

#[test]
fn a_server_without_a_charset_gets_iso_8859_1_or_nothing() {
    let challenge = b"nonce=abc,algorithm=md5-sess";
    let message = digest(&identity("us\u{E9}r", "p\u{E4}ss", "")).respond(challenge).unwrap();
    assert!(message.starts_with(b"username=\"us\xe9r\",realm=\"\""));
    assert!(!message.windows(7).any(|octets| octets == b"charset"));
    let response = expected(b"us\xe9r::p\xe4ss", "abc OA6MHXh6VqTrRk", "AUTHENTICATE");
    assert!(message.windows(32).any(|octets| octets == response.as_bytes()));
    for (user, password) in [("\u{43F}", "x"), ("x", "\u{43F}")] {
        let error = digest(&identity(user, password, "")).respond(challenge).unwrap_err();
        assert_eq!(error.status(), Status::AuthCharacter);
    }
    let mut somebody = identity("user", "secret", "");
    somebody.authorization = "b\u{F6}ss".into();
    let error = digest(&somebody).respond(challenge).unwrap_err();
    assert_eq!(error.status(), Status::AuthCharacter);
}

#[test]
fn quotes_are_escaped_and_the_authorization_identity_is_hashed() {
    let mut somebody = identity("a\"b\\c", "secret", "");
    somebody.authorization = "boss".into();
    let challenge = b"realm=\"x\\\"y\",nonce=\"abc\",algorithm=md5-sess,charset=utf-8";
    let message = said(digest(&somebody).respond(challenge).unwrap());
    assert!(message.starts_with(r#"username="a\"b\\c",realm="x\"y",nonce="abc""#), "{message}");
    assert!(message.ends_with(",charset=utf-8,authzid=\"boss\""), "{message}");
    let response = expected(b"a\"b\\c:x\"y:secret", "abc OA6MHXh6VqTrRk", "AUTHENTICATE");
    assert_ne!(value(&message, "response"), Some(response.as_str()));
    let key = md5(&[&md5(&[b"a\"b\\c:x\"y:secret"]), b":abc:OA6MHXh6VqTrRk:boss"]);
    let what = hex(&md5(&[b"AUTHENTICATE:smtp/elwood.innosoft.com"]));
    let text = format!("{}:abc:00000001:OA6MHXh6VqTrRk:auth:{}", *hex(&key), *what);
    assert_eq!(value(&message, "response"), Some(hex(&md5(&[text.as_bytes()])).as_str()));
}

#[test]
fn lists_are_read_as_http_has_them() {
    for challenge in [
        &b" nonce = \"abc\" ,, , algorithm=MD5-Sess,\tqop=\"auth-int, auth\" , maxbuf=5,"[..],
        b"NONCE=abc,Algorithm=\"md5-sess\",stale=false,cipher=\"rc4,des\",opaque=x",
        b"nonce=abc==,algorithm=md5-sess",
        b"nonce=\"a\\\"\\b,c\",algorithm=md5-sess\r\n",
    ] {
        let answer = digest(&identity("user", "secret", "")).respond(challenge);
        assert!(answer.is_ok(), "{}: {:?}", challenge.escape_ascii(), answer.err());
    }
}

#[test]
fn bad_challenges_get_no_answer() {
    let many = "realm=x,".repeat(200) + "nonce=abc,algorithm=md5-sess";
    for challenge in [
        &b""[..],
        b"nonsense",
        b"=",
        b"nonce=",
        b"nonce=\"abc",
        b"nonce=\"abc\\",
        b"nonce=\"abc\"x,algorithm=md5-sess",
        b"nonce=\"\",algorithm=md5-sess",
        b"nonce=\"\xc3\xa9\",algorithm=md5-sess",
        b"nonce=\"a\x01\",algorithm=md5-sess",
        b"realm=\"a\r\n\",nonce=abc,algorithm=md5-sess",
        b"nonce=abc",
        b"algorithm=md5-sess",
        b"nonce=abc,nonce=abc,algorithm=md5-sess",
        b"nonce=abc,algorithm=md5",
        b"nonce=abc,algorithm=md5-sess,charset=koi8-r",
        b"nonce=abc,algorithm=md5-sess,charset=utf-8,charset=utf-8",
        b"rspauth=ea40f60335c427b5527b84dbabcdfffd",
        many.as_bytes(),
        &[b'a'; 70_000],
    ] {
        let mut client = digest(&identity("user", "secret", ""));
        let status = client.respond(challenge).map(said).map_err(|error| error.status());
        assert_eq!(status, Err(Status::AuthProtocol), "{:.60}", challenge.escape_ascii());
        assert_eq!(client.conclude().unwrap_err().status(), Status::AuthServerProof);
    }
    let layers = b"nonce=abc,algorithm=md5-sess,qop=\"auth-int,auth-conf\"";
    let error = digest(&identity("user", "secret", "")).respond(layers).unwrap_err();
    assert_eq!(error.status(), Status::AuthUnsupported);
}

#[test]
fn a_server_that_does_not_prove_itself_is_refused() {
    for (message, status) in [
        (&b"rspauth=ea40f60335c427b5527b84dbabcdffff"[..], Status::AuthServerProof),
        (b"rspauth=\"\"", Status::AuthServerProof),
        (b"rspauth=x,rspauth=x", Status::AuthProtocol),
        (b"", Status::AuthProtocol),
        (b"nonce=abc,algorithm=md5-sess", Status::AuthProtocol),
    ] {
        let mut client = digest(&identity("user", "secret", ""));
        client.respond(b"nonce=abc,algorithm=md5-sess").unwrap();
        assert_eq!(client.respond(message).unwrap_err().status(), status);
        assert_eq!(client.conclude().unwrap_err().status(), Status::AuthServerProof);
    }
    assert!(digest(&identity("user", "secret", "")).conclude().is_err());
}

#[test]
fn a_stale_nonce_is_replaced_but_not_for_ever() {
    let mut client = digest(&identity("user", "secret", ""));
    let first = said(client.respond(b"nonce=abc,algorithm=md5-sess").unwrap());
    let second = said(client.respond(b"nonce=def,algorithm=md5-sess,stale=true").unwrap());
    assert_eq!(value(&first, "nonce"), Some("\"abc\""));
    assert_eq!(value(&second, "nonce"), Some("\"def\""));
    let proof = format!("rspauth={}", expected(b"user::secret", "def OA6MHXh6VqTrRk", ""));
    client.respond(b"nonce=ghi,algorithm=md5-sess,stale=TRUE").unwrap();
    let error = client.respond(b"nonce=jkl,algorithm=md5-sess,stale=true").unwrap_err();
    assert_eq!(error.status(), Status::AuthProtocol);
    assert!(client.respond(proof.as_bytes()).is_err());

    let mut client = digest(&identity("user", "secret", ""));
    client.respond(b"nonce=abc,algorithm=md5-sess").unwrap();
    client.respond(b"nonce=def,algorithm=md5-sess,stale=true").unwrap();
    assert!(client.respond(proof.as_bytes()).unwrap().is_empty());
    assert!(client.conclude().is_ok());
}

#[test]
fn what_cannot_be_a_login_is_none() {
    let status = |user, domain| {
        let made = DigestMd5::new(&identity(user, "secret", domain), &peer("smtp"));
        made.err().map(|error| error.status())
    };
    assert_eq!(status("user", "domain"), None);
    assert_eq!(status("", ""), Some(Status::AuthIncomplete));
    assert_eq!(status("a\r\n", ""), Some(Status::AuthCharacter));
    assert_eq!(status("a", "\0"), Some(Status::AuthCharacter));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_challenges_bring_it_down(
        challenges in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..64), 1..4)
    ) {
        let mut client = digest(&identity("user", "secret", ""));
        for challenge in challenges {
            let _ = client.respond(&challenge);
        }
        prop_assert!(client.conclude().is_err(), "chance has proved that it knows the password");
    }

    #[test]
    fn nearly_right_challenges_do_not_either(
        challenge in "((realm|nonce|qop|stale|charset|algorithm|rspauth)[ ]?=(\"[ -~\u{E9}]{0,9}\"|[ -~]{0,9}|md5-sess|auth|utf-8)[, ]{0,3}){0,6}",
    ) {
        let mut client = digest(&identity("user", "secret", ""));
        let _ = client.respond(challenge.as_bytes());
        let _ = client.respond(challenge.as_bytes());
        prop_assert!(client.conclude().is_err());
    }

    #[test]
    fn what_is_quoted_is_read_again(realm in "[^\\p{Cc}]{0,20}", nonce in "[ -~]{1,20}") {
        let mut text = String::from("realm=");
        push_quoted(&mut text, &realm);
        text.push_str(",charset=utf-8,algorithm=md5-sess,nonce=");
        push_quoted(&mut text, &nonce);
        let challenge = Challenge::parse(text.as_bytes()).unwrap();
        prop_assert_eq!(&challenge.realms, &[realm]);
        prop_assert_eq!(challenge.nonce, nonce);
    }
}
