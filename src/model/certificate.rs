//! `INetCertificate`: a certificate out of a file or of octets.

use super::collection::Member;
use super::store::{Numbers, Stored};
use crate::deliver::write_new_file;
use crate::error::{Error, Result, Status};
use crate::pki::{read_certificates, read_certificates_with_key, read_crls, read_ocsp_response};
use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use zeroize::Zeroizing;

pub use crate::pki::{Certificate, fingerprint, hex, iso_8601};

/// All roots of a system together take a quarter of a mebibyte; the largest lists of revoked certificates take some.
const LARGEST_FILE: u64 = 16 << 20;

impl Certificate {
    /// The certificate with the private key, or else the first.
    pub fn of_octets(octets: &[u8], password: Option<&str>) -> Result<Certificate> {
        first(read_certificates(octets, password)?)
    }

    pub fn of_file(path: &str, password: Option<&str>) -> Result<Certificate> {
        let octets = read_file(path)?;
        Certificate::of_octets(&octets, password).map_err(|error| about(path, error))
    }

    /// The certificate of one file with the private key of another.
    pub fn of_files(path: &str, key_path: &str, password: Option<&str>) -> Result<Certificate> {
        first(Certificate::all_of_files(path, key_path, password)?)
    }

    /// All certificates of one file with the private key of another.
    pub fn all_of_files(
        path: &str,
        key_path: &str,
        password: Option<&str>,
    ) -> Result<Vec<Certificate>> {
        let (octets, key) = (read_file(path)?, read_file(key_path)?);
        let read = read_certificates_with_key(&octets, &key, password);
        read.map_err(|error| about(&format!("{path}, {key_path}"), error))
    }

    /// Writes the certificate, without its key, as PEM.
    pub fn save_to_file(&self, path: &str) -> Result<()> {
        let failed = |error| Error::file(path, &error);
        write_new_file(Path::new(path), failed, |file| {
            file.write_all(self.pem().as_bytes()).map_err(failed)
        })
    }
}

impl Member for Certificate {
    fn is_same(&self, other: &Certificate) -> bool {
        Stored::der(self) == Stored::der(other)
    }
}

impl Stored for Certificate {
    fn read(octets: &[u8], password: Option<&str>) -> Result<Vec<Certificate>> {
        read_certificates(octets, password)
    }

    fn der(&self) -> &[u8] {
        Certificate::der(self)
    }

    fn id(&self) -> i64 {
        Certificate::id(self)
    }

    fn numbers() -> &'static Numbers<Certificate> {
        static NUMBERS: Numbers<Certificate> = Numbers::new();
        &NUMBERS
    }
}

/// A list of revoked certificates.
#[derive(Debug)]
pub struct Crl(Revocation);

/// An OCSP response.
#[derive(Debug)]
pub struct OcspResponse(Revocation);

#[derive(Debug)]
struct Revocation {
    der: Arc<[u8]>,
    id: i64,
}

impl Revocation {
    fn new(der: Arc<[u8]>) -> Revocation {
        Revocation { der, id: crate::pki::next_id() }
    }
}

impl Crl {
    pub fn octets(&self) -> &Arc<[u8]> {
        &self.0.der
    }
}

impl OcspResponse {
    pub fn octets(&self) -> &Arc<[u8]> {
        &self.0.der
    }
}

impl Member for Crl {
    fn is_same(&self, other: &Crl) -> bool {
        Stored::der(self) == Stored::der(other)
    }
}

impl Stored for Crl {
    fn read(octets: &[u8], _password: Option<&str>) -> Result<Vec<Crl>> {
        let lists = read_crls(octets)?;
        Ok(lists.into_iter().map(|der| Crl(Revocation::new(der))).collect())
    }

    fn der(&self) -> &[u8] {
        &self.0.der
    }

    fn id(&self) -> i64 {
        self.0.id
    }

    fn numbers() -> &'static Numbers<Crl> {
        static NUMBERS: Numbers<Crl> = Numbers::new();
        &NUMBERS
    }
}

impl Member for OcspResponse {
    fn is_same(&self, other: &OcspResponse) -> bool {
        Stored::der(self) == Stored::der(other)
    }
}

impl Stored for OcspResponse {
    fn read(octets: &[u8], _password: Option<&str>) -> Result<Vec<OcspResponse>> {
        Ok(vec![OcspResponse(Revocation::new(read_ocsp_response(octets)?))])
    }

    fn der(&self) -> &[u8] {
        &self.0.der
    }

    fn id(&self) -> i64 {
        self.0.id
    }

    fn numbers() -> &'static Numbers<OcspResponse> {
        static NUMBERS: Numbers<OcspResponse> = Numbers::new();
        &NUMBERS
    }
}

/// A file as a whole. It may hold a key: what was read is wiped.
pub(super) fn read_file(path: &str) -> Result<Zeroizing<Vec<u8>>> {
    let failed = |error| Error::file(path, &error);
    // Opening a pipe would wait for a writer.
    let mut options = OpenOptions::new();
    let file = options.read(true).custom_flags(libc::O_NONBLOCK).open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() || metadata.len() > LARGEST_FILE {
        let sentence = format!("{path}: it is no file that certificates come in");
        return Err(Error::new(Status::CertificateFile, sentence));
    }
    // All at once: a vector that grows leaves copies behind.
    let mut octets = Zeroizing::new(Vec::with_capacity(metadata.len() as usize + 1));
    file.take(LARGEST_FILE).read_to_end(&mut octets).map_err(failed)?;
    Ok(octets)
}

/// Says which file it is about.
pub(super) fn about(path: &str, error: Error) -> Error {
    error.map_message(|message| format!("{path}: {message}"))
}

fn first(certificates: Vec<Certificate>) -> Result<Certificate> {
    certificates.into_iter().next().ok_or_else(|| Status::CertificateFile.into())
}
