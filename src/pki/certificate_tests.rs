//! Certificates with fields of every kind, the broken ones too.

use super::certificate_extensions::AltName;
use super::certificate_fields::{fingerprint, iso_8601};
use super::{Certificate, hex};
use crate::error::{Result, Status};
use rcgen::string::{BmpString, TeletexString};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, DnValue, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, PKCS_ECDSA_P384_SHA384, PKCS_ED25519, SanType, SerialNumber,
    date_time_ymd,
};

fn params() -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params
}

fn signed(params: &CertificateParams) -> Vec<u8> {
    params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec()
}

fn with_name(name: &[(DnType, DnValue)]) -> Vec<u8> {
    let mut params = params();
    for (kind, value) in name {
        params.distinguished_name.push(kind.clone(), value.clone());
    }
    signed(&params)
}

fn utf8(text: &str) -> DnValue {
    DnValue::Utf8String(text.to_owned())
}

/// The octets with every `from` made a `to`.
fn patched(der: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut octets = der.to_vec();
    let places: Vec<_> =
        (0..=der.len() - from.len()).filter(|at| der[*at..].starts_with(from)).collect();
    assert!(!places.is_empty(), "nothing to patch");
    for at in places {
        octets[at..at + to.len()].copy_from_slice(to);
    }
    octets
}

fn subject(der: &[u8]) -> (String, String) {
    let certificate = Certificate::presented(der);
    let name = certificate.parts().unwrap().subject_name().unwrap();
    (name.text.clone(), name.common_name().to_owned())
}

/// Asks for everything. Only how it ends is of interest.
fn ask_all(der: &[u8]) -> Vec<Result<String>> {
    let certificate = Certificate::presented(der);
    let parts = match certificate.parts() {
        Ok(parts) => parts,
        Err(error) => return vec![Err(error)],
    };
    let lists = [parts.ocsp_urls(), parts.issuer_urls(), parts.crl_urls()];
    let mut answers = vec![
        parts.subject_name().map(|name| name.text),
        parts.issuer_name().map(|name| name.text),
        parts.serial_number().map(hex),
        parts.valid_from().map(iso_8601),
        parts.valid_to().map(iso_8601),
        parts.key_algorithm(),
        parts.key_bits().map(|bits| bits.to_string()),
        parts.signature_algorithm(),
        parts.key_usage().map(|usage| usage.to_string()),
        parts.is_self_signed().map(|is| is.to_string()),
        parts.is_ca().map(|is| is.to_string()),
        parts.authority_key_id().map(|id| hex(&id)),
        parts.subject_key_id().map(|id| hex(&id)),
        parts.alt_names().map(|names| format!("{names:?}")),
    ];
    answers.extend(lists.map(|list| list.map(|urls| urls.join(" "))));
    answers
}

#[test]
fn names_are_written_as_rfc_4514_has_it() {
    let der = with_name(&[
        (DnType::CountryName, DnValue::PrintableString("DE".try_into().unwrap())),
        (DnType::OrganizationName, utf8(" #Röhren, \"Rohre\" + <Co>; \\ ")),
        (DnType::OrganizationalUnitName, utf8("#1")),
        (DnType::CommonName, utf8("first")),
        (DnType::CustomDnType(vec![1, 2, 3, 4]), utf8("x=y")),
        (DnType::CustomDnType(vec![1, 2, 840, 113_549, 1, 9, 1]), utf8("a@b\u{7}")),
    ]);
    let (text, common_name) = subject(&der);
    let expected = "emailAddress=a@b\\07,1.2.3.4=x=y,CN=first,OU=\\#1,\
                    O=\\ #Röhren\\, \\\"Rohre\\\" \\+ \\<Co\\>\\; \\\\\\ ,C=DE";
    assert_eq!(text, expected);
    assert_eq!(common_name, "first");
    assert_eq!(subject(&signed(&params())), (String::new(), String::new()));
}

#[test]
fn strings_of_all_kinds_are_read() {
    let teletex = TeletexString::try_from("abc").unwrap();
    let bmp = BmpString::try_from("Ёж").unwrap();
    let der = with_name(&[(DnType::CommonName, DnValue::BmpString(bmp))]);
    assert_eq!(subject(&der).1, "Ёж");
    let der = with_name(&[(DnType::CommonName, DnValue::TeletexString(teletex))]);
    assert_eq!(subject(&der).1, "abc");
    let latin = patched(&der, b"\x14\x03abc", b"\x14\x03\xe4\xf6\xfc");
    assert_eq!(subject(&latin).1, "äöü");
    let universal = patched(
        &with_name(&[(DnType::CommonName, utf8("12345678"))]),
        b"\x0c\x0812345678",
        b"\x1c\x08\0\x01\xf6\x00\0\0\0A",
    );
    assert_eq!(subject(&universal).1, "😀A");
}

#[test]
fn what_is_no_text_is_told_in_hexadecimal_digits() {
    let der = with_name(&[(DnType::CommonName, utf8("evil"))]);
    for (value, digits) in [
        // UTF-8 that is none, a NUL, half a character of UTF-16 and of UTF-32, an IA5String that is none, another type.
        (&b"\x0c\x04e\xffil"[..], "0C0465FF696C"),
        (b"\x0c\x04a\0il", "0C046100696C"),
        (b"\x1e\x04\xd8\0\0a", "1E04D8000061"),
        (b"\x1c\x04\x7f\xff\xff\xff", "1C047FFFFFFF"),
        (b"\x16\x04a\xe4bc", "160461E46263"),
        (b"\x04\x04abcd", "040461626364"),
    ] {
        let odd = patched(&der, b"\x0c\x04evil", value);
        let value = format!("#{digits}");
        assert_eq!(subject(&odd), (format!("CN={value}"), value));
        assert!(Certificate::from_der(&odd).is_ok(), "webpki leaves names alone");
    }
}

#[test]
fn serial_numbers_are_octets() {
    let mut params = params();
    params.serial_number = Some(SerialNumber::from_slice(&[0x7e, 0x55, 0x55, 0x55]));
    let der = signed(&params);
    let serial = |der: &[u8]| {
        let certificate = Certificate::presented(der);
        certificate.parts().unwrap().serial_number().unwrap().to_vec()
    };
    assert_eq!(serial(&der), [0x7e, 0x55, 0x55, 0x55]);
    let negative = patched(&der, &[0x7e, 0x55, 0x55, 0x55], &[0xfe, 0x55, 0x55, 0x55]);
    assert_eq!(serial(&negative), [0xfe, 0x55, 0x55, 0x55]);
    assert!(Certificate::from_der(&negative).is_ok());
}

#[test]
fn moments_are_told_in_utc() {
    let mut params = params();
    params.not_before = date_time_ymd(1999, 12, 31);
    params.not_after = date_time_ymd(2051, 2, 28);
    let der = signed(&params);
    let certificate = Certificate::from_der(&der).unwrap();
    let parts = certificate.parts().unwrap();
    assert_eq!(iso_8601(parts.valid_from().unwrap()), "1999-12-31T00:00:00Z");
    assert_eq!(iso_8601(parts.valid_to().unwrap()), "2051-02-28T00:00:00Z");
    assert_eq!(parts.valid_from().unwrap(), 946_598_400);
    let odd = patched(&der, b"991231000000Z", b"991331000000Z");
    let odd = Certificate::presented(&odd);
    let parts = odd.parts().unwrap();
    assert_eq!(parts.valid_from().unwrap_err().status(), Status::CertificateField);
    assert!(parts.valid_to().is_ok());
}

#[test]
fn keys_say_what_they_are() {
    let read = |der: &[u8]| {
        let certificate = Certificate::from_der(der).unwrap();
        let parts = certificate.parts().unwrap();
        assert!(parts.is_self_signed().unwrap());
        let algorithms = (parts.key_algorithm().unwrap(), parts.signature_algorithm().unwrap());
        (algorithms.0, algorithms.1, parts.key_bits().unwrap())
    };
    let made = |algorithm| {
        let key = KeyPair::generate_for(algorithm).unwrap();
        read(params().self_signed(&key).unwrap().der())
    };
    let expected = ("id-ecPublicKey".to_owned(), "ecdsa-with-SHA384".to_owned(), 384);
    assert_eq!(made(&PKCS_ECDSA_P384_SHA384), expected);
    assert_eq!(made(&PKCS_ED25519), ("id-Ed25519".to_owned(), "id-Ed25519".to_owned(), 256));
    let rsa = include_bytes!("../../tests/certificates/rsa.pem");
    let rsa = super::read_certificates(rsa, None).unwrap();
    let expected = ("rsaEncryption".to_owned(), "sha256WithRSAEncryption".to_owned(), 2048);
    assert_eq!(read(rsa[0].der()), expected);
}

#[test]
fn one_that_another_has_signed_is_not_its_own() {
    let mut authority = params();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let issuer = Issuer::new(authority, key);
    // It bears the name of its issuer, which is empty as its own.
    let der = params().signed_by(&KeyPair::generate().unwrap(), &issuer).unwrap().der().to_vec();
    assert!(!Certificate::presented(&der).parts().unwrap().is_self_signed().unwrap());
    let mut own = signed(&params());
    assert!(Certificate::presented(&own).parts().unwrap().is_self_signed().unwrap());
    let last = own.len() - 1;
    own[last] ^= 1;
    assert!(!Certificate::presented(&own).parts().unwrap().is_self_signed().unwrap());
}

#[test]
fn extensions_say_what_it_is_for() {
    let mut params = params();
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(1));
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![
        KeyUsagePurpose::DigitalSignature,
        KeyUsagePurpose::KeyCertSign,
        KeyUsagePurpose::CrlSign,
        KeyUsagePurpose::DecipherOnly,
    ];
    params.extended_key_usages = vec![
        ExtendedKeyUsagePurpose::ServerAuth,
        ExtendedKeyUsagePurpose::OcspSigning,
        ExtendedKeyUsagePurpose::Other(vec![1, 3, 6, 1, 5, 2, 3, 5]),
        ExtendedKeyUsagePurpose::Other(vec![1, 2, 3]),
    ];
    params.subject_alt_names = vec![
        SanType::DnsName("*.example.org".try_into().unwrap()),
        SanType::Rfc822Name("a@example.org".try_into().unwrap()),
        SanType::URI("https://example.org/".try_into().unwrap()),
        SanType::IpAddress("127.0.0.1".parse().unwrap()),
        SanType::IpAddress("2001:db8::1".parse().unwrap()),
    ];
    let der = signed(&params);
    let certificate = Certificate::from_der(&der).unwrap();
    let parts = certificate.parts().unwrap();
    assert_eq!(parts.key_usage().unwrap(), 0x1 | 0x20 | 0x40 | 0x100 | 0x200 | 0x4000 | 0x20000);
    assert!(parts.is_ca().unwrap());
    assert_eq!(parts.authority_key_id().unwrap(), parts.subject_key_id().unwrap());
    assert_eq!(parts.subject_key_id().unwrap().len(), 20);
    let expected = [
        (2, "*.example.org"),
        (1, "a@example.org"),
        (6, "https://example.org/"),
        (7, "127.0.0.1"),
        (7, "2001:db8::1"),
    ];
    let expected = expected.map(|(kind, value)| AltName { kind, value: value.to_owned() });
    assert_eq!(parts.alt_names().unwrap(), expected);
    // An address of three octets, and a host name with a NUL.
    let odd = patched(&der, &[0x87, 4, 127, 0, 0, 1], &[0x87, 3, 127, 0, 0, 0x80]);
    let odd = Certificate::presented(&odd);
    assert_eq!(odd.parts().unwrap().alt_names().unwrap_err().status(), Status::CertificateField);
    let odd = patched(&der, b"*.example", b"a.b\0ample");
    let odd = Certificate::presented(&odd);
    let name = &odd.parts().unwrap().alt_names().unwrap()[0].value;
    assert_eq!(name, "#820D612E6200616D706C652E6F7267");
}

#[test]
fn without_extensions_there_is_nothing_to_tell() {
    let certificate =
        super::read_certificates(include_bytes!("../../tests/certificates/v1.pem"), None);
    let certificate = certificate.unwrap().remove(0);
    let parts = certificate.parts().unwrap();
    assert_eq!(parts.key_usage().unwrap(), 0);
    assert!(!parts.is_ca().unwrap() && parts.alt_names().unwrap().is_empty());
    assert!(parts.subject_key_id().unwrap().is_empty());
    assert!(parts.is_self_signed().unwrap());
    // Two attributes in one set.
    let name = parts.subject_name().unwrap();
    assert_eq!(name.text, "CN=v1+O=two in one");
    assert_eq!(name.attributes.len(), 2);
}

#[test]
fn fingerprints_are_digests() {
    assert_eq!(fingerprint(b"abc", "SHA1").unwrap(), "A9993E364706816ABA3E25717850C26C9CD0D89D");
    let expected = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";
    assert_eq!(fingerprint(b"abc", "sha-256").unwrap(), expected);
    assert_eq!(fingerprint(b"", "SHA384").unwrap().len(), 96);
    assert_eq!(fingerprint(b"", "Sha512").unwrap().len(), 128);
    for unknown in ["MD5", "", "-"] {
        let refused = fingerprint(b"", unknown).unwrap_err();
        assert_eq!(refused.status(), Status::Argument);
        assert!(refused.message().contains("SHA256 (which NULL stands for)"), "{refused}");
    }
}

#[test]
fn no_octet_makes_it_panic() {
    let mut params = params();
    params.distinguished_name.push(DnType::CommonName, "x");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    params.subject_alt_names = vec![SanType::DnsName("x".try_into().unwrap())];
    let der = signed(&params);
    assert!(ask_all(&der).iter().all(|answer| answer.is_ok()));
    for at in 0..der.len() {
        ask_all(&der[..at]);
        for flip in [0x01, 0x20, 0x80, 0xff] {
            let mut odd = der.clone();
            odd[at] ^= flip;
            for answer in ask_all(&odd) {
                if let Err(error) = answer {
                    assert_eq!(error.status(), Status::CertificateField);
                }
            }
        }
    }
}
