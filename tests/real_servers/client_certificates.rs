//! Certificates of the client: asked for, required, refused; the key in a file, or elsewhere.

use super::tls::List::ClientChain;
use super::tls::*;
use super::*;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair};
use std::ffi::{c_char, c_void};
use std::ptr::{null, null_mut};

fn with_certificate(listener: &str, file: &str) -> Client {
    secure("localhost", port(listener), EXPLICIT).with(ClientChain, file)
}

/// Sends where only those may whom the server knows.
fn relays(client: &Client) -> Result<(), Box<Record>> {
    let recipient = format!("{}.elsewhere.example", fresh_address());
    client.send(&simple(&recipient))?;
    delivered(&recipient, 1);
    Ok(())
}

#[test]
fn who_shows_a_certificate_is_known_by_it() {
    for name in ["client", "client-rsa", "client-p384", "client-ed25519"] {
        for listener in ["CCERTASKED", "CCERTREQUIRED", "CCERTREQUIRED12"] {
            let client = with_certificate(listener, &format!("{name}.with.key.pem"));
            relays(&client).unwrap_or_else(|record| panic!("{name} at {listener}: {record:?}"));
            let info = client.info();
            assert!(info.wants_certificate && info.client_authenticated, "{name}: {info:?}");
            // Over a resumed session, too.
            ok(INetSmtpClient_Disconnect(client.0));
            relays(&client).unwrap_or_else(|record| panic!("{name} at {listener}: {record:?}"));
        }
    }
}

#[test]
fn who_shows_none_is_a_stranger_or_does_not_get_in() {
    let client = secure("localhost", port("CCERTASKED"), EXPLICIT);
    assert_eq!(relays(&client).expect_err("a stranger").smtp_code, 554);
    let info = client.info();
    assert!(info.wants_certificate && !info.client_authenticated, "{info:?}");
    client.send(&simple(&fresh_address())).expect("mail for here goes without");

    let client = of_leaf("good").with(ClientChain, "client.with.key.pem");
    client.connect().expect("nobody asks for a certificate");
    let info = client.info();
    assert!(!info.wants_certificate && !info.client_authenticated, "{info:?}");
}

#[test]
fn a_certificate_that_is_known_and_not_wanted_is_refused_in_smtp() {
    for listener in ["CCERTASKED", "CCERTREQUIRED", "CCERTREQUIRED12"] {
        let client = with_certificate(listener, "client-unwanted.with.key.pem");
        let record = client.send(&simple(&fresh_address())).expect_err("unwanted");
        assert_eq!((record.status, record.smtp_code), (-1507, 554), "{listener}: {record:?}");
        assert!(client.info().client_authenticated, "{listener}");
    }
}

#[test]
fn a_missing_or_strange_certificate_is_refused_in_the_handshake() {
    for (listener, version) in [("MUTUAL12", 0x10), ("MUTUAL13", 0x20)] {
        for file in ["", "client-stranger.with.key.pem", "client-expired.with.key.pem"] {
            let client = implicit(listener);
            let client = if file.is_empty() { client } else { client.with(ClientChain, file) };
            let record = client.send(&simple(&fresh_address())).expect_err(listener);
            // TLS 1.3 has the alert behind the end of the handshake, in place of the greeting.
            assert_eq!(record.status, TLS, "{listener} {file}: {record:?}");
            assert!(
                record.message.contains("certificate"),
                "{listener} {file}: {}",
                record.message
            );
            assert!(record.is_safe_to_retry, "{listener} {file}: {record:?}");
            let info = client.info();
            assert!(info.wants_certificate, "{listener} {file}: {info:?}");
            assert_eq!(info.version, version, "{listener} {file}");
        }
        let client = implicit(listener).with(ClientChain, "client.with.key.pem");
        client.send(&simple(&fresh_address())).expect(listener);
        assert!(client.info().client_authenticated, "{listener}");
    }
    // Postfix has the handshake end and goes.
    for listener in ["CCERTREQUIRED", "CCERTREQUIRED12"] {
        let client = secure("localhost", port(listener), EXPLICIT);
        let record = client.connect().expect_err(listener);
        assert!(matches!(record.status, TLS | -1402 | -1503), "{listener}: {record:?}");
    }
}

/// A key that the library never sees. It signs messages, as ring does.
struct Elsewhere(EcdsaKeyPair, ring::rand::SystemRandom);

impl Elsewhere {
    fn new() -> Elsewhere {
        let random = ring::rand::SystemRandom::new();
        let key = octets("client.pkcs8.key.der");
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &key, &random);
        Elsewhere(key.expect("a key"), random)
    }
}

unsafe extern "C" fn sign(
    user: *mut c_void,
    algorithm: *const c_char,
    octets: *const u8,
    length: usize,
    is_digest: i32,
    signature: *mut u8,
    capacity: usize,
) -> i64 {
    let Elsewhere(key, random) = unsafe { &*user.cast::<Elsewhere>() };
    assert_eq!(is_digest, 0);
    assert!(!algorithm.is_null());
    let message = unsafe { std::slice::from_raw_parts(octets, length) };
    let signed = key.sign(random, message).expect("a signature");
    assert!(signed.as_ref().len() <= capacity);
    unsafe { signature.copy_from_nonoverlapping(signed.as_ref().as_ptr(), signed.as_ref().len()) };
    signed.as_ref().len() as i64
}

unsafe extern "C" fn sign_badly(
    _: *mut c_void,
    _: *const c_char,
    _: *const u8,
    _: usize,
    _: i32,
    signature: *mut u8,
    capacity: usize,
) -> i64 {
    let length = capacity.min(70);
    unsafe { signature.write_bytes(0x30, length) };
    length as i64
}

unsafe extern "C" fn refuse(
    _: *mut c_void,
    _: *const c_char,
    _: *const u8,
    _: usize,
    _: i32,
    _: *mut u8,
    _: usize,
) -> i64 {
    -7
}

type Signer =
    unsafe extern "C" fn(*mut c_void, *const c_char, *const u8, usize, i32, *mut u8, usize) -> i64;

/// A client whose certificate came without its key.
fn signed_elsewhere(listener: &str, signer: Signer, user: *mut c_void) -> Client {
    let client = with_certificate(listener, "client.pem");
    let crypto = Handle::of(INetSmtpClient_GetExternalCrypto(client.0));
    ok(INetExternalCrypto_SetMode(crypto.0, 2));
    ok(INetExternalCrypto_SetExternalHashCalculation(crypto.0, 1));
    ok(unsafe { INetSmtpClient_OnExternalSign(client.0, Some(signer), user, None) });
    client
}

#[test]
fn a_key_that_lives_elsewhere_signs() {
    let key = Elsewhere::new();
    let user = (&raw const key).cast_mut().cast();
    for listener in ["CCERTASKED", "CCERTREQUIRED12"] {
        let client = signed_elsewhere(listener, sign, user);
        relays(&client).unwrap_or_else(|record| panic!("{listener}: {record:?}"));
        assert!(client.info().client_authenticated, "{listener}");
        // What is no signature is the server's to refuse.
        let client = signed_elsewhere(listener, sign_badly, null_mut());
        assert!(client.connect().is_err(), "{listener}");
        // A negative answer ends it and comes back.
        let client = signed_elsewhere(listener, refuse, null_mut());
        assert_eq!(client.connect().expect_err(listener).status, -7, "{listener}");
    }
}

#[test]
fn keys_in_every_form_open_the_same_door() {
    let list = |client: &Client, file: &str, password: *const c_char| {
        let file = c(&super::tls::file(file));
        unsafe {
            INetCertificateCollection_AddFile(client.list(ClientChain).0, file.as_ptr(), password)
        }
    };
    for name in ["client", "client-rsa"] {
        let client = secure("localhost", port("CCERTREQUIRED"), EXPLICIT);
        assert!(list(&client, &format!("{name}.p12"), c"wrong".as_ptr()) <= -1000);
        assert!(list(&client, &format!("{name}.p12"), null()) <= -1000);
        let added = list(&client, &format!("{name}.p12"), c"secret".as_ptr());
        assert!(added >= 0, "{name}: {}", Record::of_this_thread().message);
        relays(&client).unwrap_or_else(|record| panic!("{name}: {record:?}"));
    }
    for (name, form, password) in [
        ("client", "traditional.key", null()),
        ("client", "encrypted.key", c"secret".as_ptr()),
        ("client-rsa", "traditional.key", null()),
        ("client-rsa", "encrypted.key", c"secret".as_ptr()),
        ("client-p384", "encrypted.key", c"secret".as_ptr()),
        ("client-ed25519", "encrypted.key", c"secret".as_ptr()),
    ] {
        let mut both = octets(&format!("{name}.pem"));
        both.extend(octets(&format!("{name}.{form}")));
        let client = secure("localhost", port("CCERTREQUIRED"), EXPLICIT);
        let certificate = Handle::of(unsafe {
            INetCertificate_CreateFromBytes(both.as_ptr(), both.len(), password)
        });
        assert!(INetCertificateCollection_Add(client.list(ClientChain).0, certificate.0) >= 0);
        let client = client.with(ClientChain, "inter.pem");
        relays(&client).unwrap_or_else(|record| panic!("{name}.{form}: {record:?}"));
    }
    let certificate = c(&file("client.with.key.pem"));
    let wrong = octets("client-p384.key");
    let mut both = octets("client.crt");
    both.extend(wrong);
    let handle = unsafe { INetCertificate_CreateFromBytes(both.as_ptr(), both.len(), null()) };
    assert!(handle.is_null(), "a key that does not fit");
    let whole = Handle::of(unsafe { INetCertificate_CreateFromFile(certificate.as_ptr(), null()) });
    assert_eq!(INetCertificate_HasPrivateKey(whole.0), 1);
}
