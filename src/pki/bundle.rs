//! Files that certificates and keys come in: PEM, DER, PKCS#12; one or many, in any order.

use super::asn1::{self, INTEGER, OCTET_STRING, OID, SEQUENCE};
use super::certificate::Certificate;
use super::encryption::Work;
use super::pem::{self, Block};
use super::pkcs12;
use super::private_key::{Form, PrivateKey};
use super::rules::Limits;
use crate::error::{Error, Result, Status, shown};
use std::sync::Arc;
use zeroize::Zeroizing;

/// All certificates of these octets, at least one. If there is a private key, it is with its certificate, and that is the
/// first; else they stand in their own order.
pub fn read_certificates(octets: &[u8], password: Option<&str>) -> Result<Vec<Certificate>> {
    let found = Found::read(octets, Keys::Wanted(password))?;
    found.joined()
}

/// All certificates of these octets, at least one, whatever keys stand beside them.
pub fn read_public_certificates(octets: &[u8]) -> Result<Vec<Certificate>> {
    Found::read(octets, Keys::PassedOver)?.joined()
}

/// The certificates of one file with the private key of another.
pub fn read_certificates_with_key(
    octets: &[u8],
    key_octets: &[u8],
    password: Option<&str>,
) -> Result<Vec<Certificate>> {
    let mut found = Found::read(octets, Keys::PassedOver)?;
    let no_key = || Error::new(Status::PrivateKey, "the file of the key holds no private key");
    let beside = Found::read(key_octets, Keys::Wanted(password));
    // Whatever is missing or broken there, a certificate is not what was looked for.
    let beside = beside.map_err(|error| match error.status() {
        Status::CertificateFile => no_key(),
        _ => error,
    })?;
    found.keys = beside.keys;
    if found.keys.is_empty() {
        return Err(no_key());
    }
    found.joined()
}

/// Whether keys are of interest, and the password for those that are encrypted.
#[derive(Clone, Copy)]
enum Keys<'a> {
    Wanted(Option<&'a str>),
    PassedOver,
}

#[derive(Default)]
struct Found {
    certificates: Vec<Certificate>,
    keys: Vec<Arc<PrivateKey>>,
    /// What there was that is neither, for the sentence about what is missing.
    others: Vec<String>,
    work: Work,
}

impl Found {
    fn read(octets: &[u8], keys: Keys<'_>) -> Result<Found> {
        let mut found = Found::default();
        if asn1::is_der(octets) || pkcs12::is_one(octets) {
            found.take_der(octets, keys)?;
            return Ok(found);
        }
        let no_certificate = |reason| Error::new(Status::CertificateFile, reason);
        let blocks = pem::blocks(octets).map_err(no_certificate)?;
        if blocks.is_empty() {
            let sentence = "there is no certificate: it is neither PEM nor DER nor PKCS#12";
            return Err(no_certificate(sentence.into()));
        }
        for block in blocks {
            found.take_block(block, keys)?;
        }
        Ok(found)
    }

    fn take_block(&mut self, block: Block, keys: Keys<'_>) -> Result<()> {
        let form = match block.label.as_str() {
            "CERTIFICATE" | "X509 CERTIFICATE" => return self.take_certificate(&block.octets),
            // OpenSSL writes its own settings behind the certificate.
            "TRUSTED CERTIFICATE" => {
                let values = asn1::values(&block.octets).unwrap_or_default();
                return self.take_certificate(values.first().copied().unwrap_or_default());
            }
            "PRIVATE KEY" => Some(Form::Pkcs8),
            "RSA PRIVATE KEY" => Some(Form::Pkcs1),
            "EC PRIVATE KEY" => Some(Form::Sec1),
            "ENCRYPTED PRIVATE KEY" => None,
            other => {
                self.others.push(other.to_owned());
                return Ok(());
            }
        };
        let Keys::Wanted(password) = keys else {
            return Ok(());
        };
        if block.is_encrypted {
            let sentence = "the private key is encrypted in OpenSSL's manner of before PKCS#8, which is not read \
                 (openssl pkcs8 -topk8 -in KEY -out NEW makes one that is)";
            return Err(Error::new(Status::PrivateKey, sentence));
        }
        match form {
            Some(form) => self.take_key(form, block.octets),
            None => {
                let key = pkcs12::shrouded_key(&block.octets, password, &mut self.work)?;
                self.take_key(Form::Pkcs8, key)
            }
        }
    }

    /// Values in DER, one behind the other.
    fn take_der(&mut self, octets: &[u8], keys: Keys<'_>) -> Result<()> {
        if pkcs12::is_one(octets) {
            return self.take_pkcs12(octets, keys);
        }
        Limits::default().check_as(octets, Status::CertificateFile)?;
        for value in asn1::values(octets).unwrap_or_default() {
            let members = asn1::members(value, SEQUENCE).unwrap_or_default();
            let tags: Vec<_> = members.iter().map(|member| member[0]).collect();
            let form = match tags[..] {
                [INTEGER, SEQUENCE, ..] => Some(Form::Pkcs8),
                [INTEGER, INTEGER, ..] => Some(Form::Pkcs1),
                [INTEGER, OCTET_STRING, ..] => Some(Form::Sec1),
                [SEQUENCE, OCTET_STRING] => None,
                [OID, ..] => {
                    self.others.push("PKCS7".to_owned());
                    continue;
                }
                _ => {
                    self.take_certificate(value)?;
                    continue;
                }
            };
            match (form, keys) {
                (_, Keys::PassedOver) => {}
                (Some(form), _) => self.take_key(form, Zeroizing::new(value.to_vec()))?,
                (None, Keys::Wanted(password)) => {
                    let key = pkcs12::shrouded_key(value, password, &mut self.work)?;
                    self.take_key(Form::Pkcs8, key)?;
                }
            }
        }
        Ok(())
    }

    fn take_pkcs12(&mut self, octets: &[u8], keys: Keys<'_>) -> Result<()> {
        let Keys::Wanted(password) = keys else {
            let sentence = "PKCS#12 is a form for certificates with keys, and is not read here";
            return Err(Error::new(Status::CertificateFile, sentence));
        };
        Limits::default().check_as(octets, Status::Pkcs12)?;
        let contents = pkcs12::read(octets, password, &mut self.work)?;
        for certificate in &contents.certificates {
            self.take_certificate(certificate)?;
        }
        for key in contents.keys {
            self.take_key(Form::Pkcs8, key)?;
        }
        Ok(())
    }

    fn take_certificate(&mut self, der: &[u8]) -> Result<()> {
        let number = self.certificates.len() + 1;
        let certificate = Certificate::from_der(der).map_err(|error| match number {
            1 => error,
            _ => error.map_message(|message| format!("certificate {number}: {message}")),
        });
        self.certificates.push(certificate?);
        Ok(())
    }

    fn take_key(&mut self, form: Form, octets: Zeroizing<Vec<u8>>) -> Result<()> {
        self.keys.push(Arc::new(PrivateKey::new(form, octets)?));
        Ok(())
    }

    /// Brings keys and certificates together.
    fn joined(self) -> Result<Vec<Certificate>> {
        let Found { mut certificates, keys, others, .. } = self;
        if certificates.is_empty() {
            let reason = match (keys.is_empty(), others.first()) {
                (false, _) => "there is a private key, but no certificate".to_owned(),
                (true, Some(other)) if other == "PKCS7" => {
                    "there is no certificate that is read: this is \
                    PKCS#7 (openssl pkcs7 -print_certs makes PEM of it)"
                        .to_owned()
                }
                (true, Some(other)) => {
                    format!("there is no certificate, but a {}", shown(other, 60))
                }
                (true, None) => "there is no certificate".to_owned(),
            };
            return Err(Error::new(Status::CertificateFile, reason));
        }
        if keys.is_empty() {
            return Ok(certificates);
        }
        let own = certificates.iter().enumerate().find_map(|(place, certificate)| {
            let public = certificate.parts().ok()?.public_key;
            Some((place, keys.iter().find(|key| key.fits(public))?.clone()))
        });
        let Some((place, key)) = own else {
            let sentence = "the private key is not the one of any certificate here";
            return Err(Error::new(Status::PrivateKey, sentence));
        };
        let own = certificates.remove(place).with_private_key(key)?;
        certificates.insert(0, own);
        Ok(certificates)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD: Option<&str> = Some("пароль");

    /// A file that tests/certificates/make.sh has made.
    macro_rules! made {
        ($name:literal) => {
            include_bytes!(concat!("../../tests/certificates/", $name))
        };
    }

    fn refused(octets: &[u8], password: Option<&str>) -> (Status, String) {
        let error = read_certificates(octets, password).unwrap_err();
        (error.status(), error.message().to_owned())
    }

    fn names(certificates: &[Certificate]) -> Vec<String> {
        let name = |certificate: &Certificate| {
            certificate.parts().unwrap().subject_name().unwrap().common_name().to_owned()
        };
        certificates.iter().map(name).collect()
    }

    #[test]
    fn keys_come_in_many_forms() {
        let forms: [&[u8]; 9] = [
            made!("ec.sec1.pem"),
            made!("ec.pkcs8.pem"),
            made!("ec.pkcs8.der"),
            made!("ec.aes256.pem"),
            made!("ec.aes128.der"),
            made!("ec.des3.pem"),
            made!("ec.scrypt.pem"),
            made!("ec.pkcs12-3des.pem"),
            made!("ec.pkcs12-rc2.pem"),
        ];
        for (number, form) in forms.into_iter().enumerate() {
            let read = read_certificates_with_key(made!("ec.pem"), form, PASSWORD);
            let read = read.unwrap_or_else(|error| panic!("form {number}: {error}"));
            let key = read[0].private_key().expect("the key");
            assert!(key.fits(read[0].parts().unwrap().public_key));
        }
        let rsa = read_certificates_with_key(made!("rsa.pem"), made!("rsa.pkcs1.pem"), None);
        assert!(rsa.unwrap()[0].private_key().is_some());
    }

    #[test]
    fn a_file_without_a_key_is_no_file_of_a_key() {
        for octets in [&b""[..], b"no key", made!("ec.pem"), b"-----BEGIN PRIVATE KEY-----\n"] {
            let refused = read_certificates_with_key(made!("ec.pem"), octets, None).unwrap_err();
            assert_eq!(refused.status(), Status::PrivateKey);
            assert_eq!(refused.message(), "the file of the key holds no private key");
        }
    }

    #[test]
    fn a_password_that_is_wrong_or_missing_has_its_status() {
        let encrypted: [&[u8]; 6] = [
            made!("ec.aes256.pem"),
            made!("ec.aes128.der"),
            made!("ec.des3.pem"),
            made!("ec.scrypt.pem"),
            made!("ec.pkcs12-3des.pem"),
            made!("ec.pkcs12-rc2.pem"),
        ];
        for (number, octets) in encrypted.into_iter().enumerate() {
            for password in [None, Some(""), Some("Пароль"), Some("пароль ")] {
                let read = read_certificates_with_key(made!("ec.pem"), octets, password);
                let status = read.unwrap_err().status();
                assert_eq!(status, Status::Password, "form {number}, {password:?}");
            }
        }
        let stores: [&[u8]; 6] = [
            made!("modern.p12"),
            made!("modern-sha512.p12"),
            made!("legacy.p12"),
            made!("3des.p12"),
            made!("without-encryption.p12"),
            made!("without-mac.p12"),
        ];
        for (number, octets) in stores.into_iter().enumerate() {
            for password in [None, Some("Пароль")] {
                let status = refused(octets, password).0;
                // Where nothing but a MAC or nothing but encryption depends on the password, that tells.
                assert_eq!(status, Status::Password, "store {number}, {password:?}");
            }
        }
    }

    #[test]
    fn what_a_key_cannot_do_is_told() {
        let with_key = |key: &[u8]| {
            let error = read_certificates_with_key(made!("ec.pem"), key, PASSWORD).unwrap_err();
            (error.status(), error.message().to_owned())
        };
        for (key, part) in [
            (&made!("ec.md5-des.pem")[..], "1.2.840.113549.1.5.3"),
            (made!("ec.traditional.pem"), "openssl pkcs8 -topk8"),
            (made!("weak.pkcs1.pem"), "2048"),
            (made!("rsa.pkcs1.pem"), "not the one of any certificate"),
            (made!("ec.pem"), "no private key"),
            (b"-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----", "cannot be used"),
        ] {
            let (status, sentence) = with_key(key);
            assert_eq!(status, Status::PrivateKey, "{sentence}");
            assert!(sentence.contains(part), "{sentence}");
        }
    }

    #[test]
    fn pkcs12_of_old_and_new_is_read() {
        let stores: [(&[u8], _); 7] = [
            (made!("modern.p12"), PASSWORD),
            (made!("modern-sha512.p12"), PASSWORD),
            (made!("legacy.p12"), PASSWORD),
            (made!("3des.p12"), PASSWORD),
            (made!("without-encryption.p12"), PASSWORD),
            (made!("without-mac.p12"), PASSWORD),
            (made!("without-password.p12"), None),
        ];
        for (number, (octets, password)) in stores.into_iter().enumerate() {
            let read = read_certificates(octets, password);
            let read = read.unwrap_or_else(|error| panic!("store {number}: {error}"));
            assert_eq!(names(&read), ["ec", "rsa"], "store {number}");
            assert!(read[0].private_key().is_some() && read[1].private_key().is_none());
        }
        assert!(read_certificates(made!("without-password.p12"), Some("")).is_ok());
        let read = read_certificates(made!("certificates.p12"), PASSWORD).unwrap();
        assert_eq!(names(&read), ["ec", "rsa"]);
    }

    #[test]
    fn a_damaged_pkcs12_is_told_as_such() {
        let whole = made!("modern.p12");
        for (octets, status) in [
            (whole[..whole.len() - 1].to_vec(), Status::CertificateFile),
            ([&whole[..], &[0]].concat(), Status::CertificateFile),
            (vec![0x30, 0x80, 2, 1, 3, 0, 0], Status::Pkcs12),
            (vec![0x30, 3, 2, 1, 3], Status::Pkcs12),
        ] {
            assert_eq!(refused(&octets, PASSWORD).0, status);
        }
        // Each octet once: no panic, and nothing but the statuses of this room.
        for at in 0..whole.len() {
            let mut octets = whole.to_vec();
            octets[at] ^= 0x5a;
            if let Err(error) = read_certificates(&octets, PASSWORD) {
                let known = [
                    Status::Pkcs12,
                    Status::Password,
                    Status::CertificateFile,
                    Status::PrivateKey,
                    Status::Asn1,
                ];
                assert!(known.contains(&error.status()), "octet {at}: {error}");
            }
        }
    }

    #[test]
    fn a_file_cannot_ask_for_endless_work() {
        // The rounds of the MAC stand at the end, as an INTEGER: 2048.
        let mut octets = made!("without-encryption.p12").to_vec();
        let at = octets.len() - 4;
        assert_eq!(octets[at..], [INTEGER, 2, 8, 0]);
        octets[at + 2] = 0;
        let (status, sentence) = refused(&octets, PASSWORD);
        assert_eq!(status, Status::PrivateKey);
        assert!(sentence.contains("no work at all"), "{sentence}");
        let mut work = Work::default();
        assert_eq!(work.take(0), None);
        let mut work = Work::default();
        assert_eq!([work.take(9_999_999), work.take(1), work.take(1)], [Some(()), Some(()), None]);
    }

    #[test]
    fn blocks_stand_in_any_order() {
        let (ec, rsa) = (&made!("ec.pem")[..], &made!("rsa.pem")[..]);
        let key = &made!("ec.sec1.pem")[..];
        for order in [[ec, rsa, key], [key, rsa, ec], [rsa, key, ec], [rsa, ec, key]] {
            let text = order.join(&b"\r\n# between\r\n"[..]);
            let read = read_certificates(&text, None).unwrap();
            assert_eq!(names(&read), ["ec", "rsa"]);
            assert!(read[0].private_key().is_some());
            let public = read_public_certificates(&text).unwrap();
            assert!(public.iter().all(|certificate| certificate.private_key().is_none()));
        }
        let read = read_certificates(&[rsa, ec].concat(), None).unwrap();
        assert_eq!(names(&read), ["rsa", "ec"]);
        // An encrypted key is of no interest to who asks for certificates alone.
        let text = [made!("ec.aes256.pem"), ec].concat();
        assert_eq!(refused(&text, None).0, Status::Password);
        assert_eq!(read_public_certificates(&text).unwrap().len(), 1);
    }

    #[test]
    fn der_stands_alone_or_in_a_row() {
        let der = |octets| read_certificates(octets, None).unwrap()[0].der().to_vec();
        let (ec, rsa) = (der(made!("ec.pem")), der(made!("rsa.pem")));
        let row = [&ec[..], &rsa, made!("ec.pkcs8.der")].concat();
        let read = read_certificates(&row, None).unwrap();
        assert_eq!(names(&read), ["ec", "rsa"]);
        assert!(read[0].private_key().is_some());
        let row = [&rsa[..], &ec, made!("ec.aes128.der")].concat();
        assert_eq!(names(&read_certificates(&row, PASSWORD).unwrap()), ["ec", "rsa"]);
        assert_eq!(refused(&row[..row.len() - 1], PASSWORD).0, Status::CertificateFile);
    }

    #[test]
    fn what_holds_no_certificate_says_what_it_holds() {
        for (octets, part) in [
            (&made!("ec.sec1.pem")[..], "private key, but no certificate"),
            (made!("ec.p7b"), "PKCS#7"),
            (
                b"-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----",
                "REQUEST",
            ),
            (b"", "neither PEM nor DER"),
            (b"0 s:CN=x", "neither PEM nor DER"),
            (b"-----BEGIN CERTIFICATE-----\nMAA=\n", "no END"),
            (
                b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----",
                "this is no certificate",
            ),
        ] {
            let (status, sentence) = refused(octets, None);
            assert_eq!(status, Status::CertificateFile, "{sentence}");
            assert!(sentence.contains(part), "{sentence}");
        }
    }

    #[test]
    fn the_limits_stand_before_the_parsers() {
        let mut deep = Vec::new();
        for _ in 0..40 {
            let length = deep.len() as u8;
            deep.splice(0..0, [SEQUENCE, length]);
        }
        assert_eq!(refused(&deep, None).0, Status::Asn1);
    }

    #[test]
    fn a_key_is_not_shown() {
        let read = read_certificates_with_key(made!("ec.pem"), made!("ec.sec1.pem"), None).unwrap();
        let shown = format!("{:?}", read[0].private_key());
        assert_eq!(shown, "Some(PrivateKey { form: Sec1, .. })");
    }
}
