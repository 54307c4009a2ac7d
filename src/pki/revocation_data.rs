//! Lists of revoked certificates and OCSP responses, as octets of which it is known that they are such.

use super::asn1;
use super::crl::Crl;
use super::ocsp;
use super::pem;
use super::rules::Limits;
use crate::error::{Error, Result, Status};
use std::sync::Arc;

/// The lists of revoked certificates (RFC 5280 section 5) in these octets, at least one, each in DER: PEM with any text around it,
/// or DER.
pub fn read_crls(octets: &[u8]) -> Result<Vec<Arc<[u8]>>> {
    if asn1::is_der(octets) {
        return Ok(vec![crl(octets)?]);
    }
    let blocks = pem::blocks(octets).map_err(unusable)?;
    let lists = blocks.iter().filter(|block| matches!(block.label.as_str(), "X509 CRL" | "CRL"));
    let lists: Vec<_> = lists.map(|block| crl(&block.octets)).collect::<Result<_>>()?;
    if lists.is_empty() {
        return Err(unusable("there is no list of revoked certificates".into()));
    }
    Ok(lists)
}

/// An OCSP response (RFC 6960 section 4.2) that says something about a certificate, in DER.
pub fn read_ocsp_response(octets: &[u8]) -> Result<Arc<[u8]>> {
    Limits::default().check_as(octets, Status::RevocationData)?;
    ocsp::check(octets).map_err(|why| unusable(format!("the OCSP response {why}")))?;
    Ok(octets.into())
}

fn crl(der: &[u8]) -> Result<Arc<[u8]>> {
    Limits::default().check_as(der, Status::RevocationData)?;
    let der: Arc<[u8]> = der.into();
    Crl::read(der.clone())
        .map_err(|why| unusable(format!("the list of revoked certificates {why}")))?;
    Ok(der)
}

fn unusable(sentence: String) -> Error {
    Error::new(Status::RevocationData, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &[u8] = include_bytes!("../../tests/certificates/list.der");
    const RESPONSE: &[u8] = include_bytes!("../../tests/certificates/response.der");

    #[test]
    fn lists_come_as_der_or_as_pem() {
        let pem = include_bytes!("../../tests/certificates/list.pem");
        assert_eq!(*read_crls(LIST).unwrap()[0], *LIST);
        let certificate = include_bytes!("../../tests/certificates/ec.pem");
        let two = read_crls(&[&pem[..], certificate, pem].concat()).unwrap();
        assert!(two.len() == 2 && two.iter().all(|list| **list == *LIST));
        assert_eq!(*read_ocsp_response(RESPONSE).unwrap(), *RESPONSE);
    }

    #[test]
    fn what_is_neither_is_refused() {
        let status = |error: Error| error.status();
        for octets in [
            &b""[..],
            b"text",
            &LIST[1..],
            &LIST[..LIST.len() - 1],
            RESPONSE,
            include_bytes!("../../tests/certificates/ec.pem"),
            b"-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----",
        ] {
            let refused = read_crls(octets).map_err(status).unwrap_err();
            assert_eq!(refused, Status::RevocationData);
        }
        // The last but one: try again later (RFC 6960 section 2.3).
        for octets in
            [&b""[..], b"text", LIST, &RESPONSE[..200], b"\x30\x03\x0a\x01\x03", b"\x30\0"]
        {
            let refused = read_ocsp_response(octets).map_err(status).unwrap_err();
            assert_eq!(refused, Status::RevocationData);
        }
        let refused = read_ocsp_response(b"\x30\x03\x0a\x01\x03").unwrap_err();
        assert!(refused.message().contains("try again later"), "{refused}");
    }

    #[test]
    fn no_octet_makes_it_panic() {
        for whole in [LIST, RESPONSE] {
            for at in 0..whole.len() {
                for flip in [0x01, 0x20, 0x80, 0xff] {
                    let mut odd = whole.to_vec();
                    odd[at] ^= flip;
                    let _ = (read_crls(&odd), read_ocsp_response(&odd));
                }
            }
        }
    }
}
