//! Certificates and keys in any form. What is read is the same when it is written and read again, and every getter answers.

use super::face::{Handle, count, object, octets, status, sure, text};
use inetmail::ffi::certificate::*;
use inetmail::ffi::certificate_collection::*;
use inetmail::ffi::certificate_fields::*;
use inetmail::ffi::certificate_names::*;
use std::ffi::c_char;
use std::ptr::null;

type Certificate = *const INetCertificate;

const TEXTS: [unsafe extern "C" fn(Certificate, *mut c_char, usize) -> i64; 11] = [
    INetCertificate_GetSubject,
    INetCertificate_GetIssuer,
    INetCertificate_GetSubjectRDN,
    INetCertificate_GetIssuerRDN,
    INetCertificate_GetValidFrom,
    INetCertificate_GetValidTo,
    INetCertificate_GetKeyAlgorithm,
    INetCertificate_GetSigAlgorithm,
    INetCertificate_GetCAKeyId,
    INetCertificate_GetSubjectKeyId,
    INetCertificate_ToPem,
];

const NUMBERS: [extern "C" fn(Certificate) -> i32; 5] = [
    INetCertificate_GetKeyBits,
    INetCertificate_GetKeyUsage,
    INetCertificate_GetSelfSigned,
    INetCertificate_GetIsCA,
    INetCertificate_HasPrivateKey,
];

type Count = extern "C" fn(Certificate) -> i32;
type Item = unsafe extern "C" fn(Certificate, i32, *mut c_char, usize) -> i64;

const LISTS: [(Count, Item); 8] = [
    (INetCertificate_GetSubjectRDNCount, INetCertificate_GetSubjectRDNOid),
    (INetCertificate_GetSubjectRDNCount, INetCertificate_GetSubjectRDNValue),
    (INetCertificate_GetIssuerRDNCount, INetCertificate_GetIssuerRDNOid),
    (INetCertificate_GetIssuerRDNCount, INetCertificate_GetIssuerRDNValue),
    (INetCertificate_GetSubjectAltNameCount, INetCertificate_GetSubjectAltName),
    (INetCertificate_GetOcspUrlCount, INetCertificate_GetOcspUrl),
    (INetCertificate_GetIssuerUrlCount, INetCertificate_GetIssuerUrl),
    (INetCertificate_GetCrlUrlCount, INetCertificate_GetCrlUrl),
];

pub fn run(data: &[u8]) {
    #[cfg(fuzzing)]
    inetmail::fuzz::pki::certificate(data);
    let all = sure(INetCertificateCollection_Create());
    let added = status(unsafe {
        INetCertificateCollection_AddBytes(all.0, data.as_ptr(), data.len(), null())
    });
    let found = count(INetCertificateCollection_GetCount(all.0));
    assert_eq!(added, found > 0, "all or nothing is added");
    let single = unsafe { INetCertificate_CreateFromBytes(data.as_ptr(), data.len(), null()) };
    let single = object(single);
    assert_eq!(single.is_some(), added, "one is read where many are");
    for index in 0..found {
        let certificate = sure(INetCertificateCollection_GetItem(all.0, index));
        ask_all(&certificate);
        assert_same_when_written(&certificate);
        if let Some(single) = single.as_ref().filter(|_| index == 0) {
            assert_eq!(der(single), der(&certificate), "the single one is the first");
            let keys = [single, &certificate].map(|one| INetCertificate_HasPrivateKey(one.0));
            assert_eq!(keys[0], keys[1]);
        } else {
            assert_eq!(INetCertificate_HasPrivateKey(certificate.0), 0, "a key behind the first");
        }
    }
}

fn ask_all(certificate: &Handle<INetCertificate>) {
    for get in TEXTS {
        text(|buffer, capacity| unsafe { get(certificate.0, buffer, capacity) });
    }
    for get in NUMBERS {
        status(get(certificate.0));
    }
    for get in [INetCertificate_GetValidFromSeconds, INetCertificate_GetValidToSeconds] {
        status(get(certificate.0).min(0) as i32);
    }
    for (count, item) in LISTS {
        let members = count(certificate.0);
        if !status(members) {
            continue;
        }
        for index in 0..members {
            let member =
                text(|buffer, capacity| unsafe { item(certificate.0, index, buffer, capacity) });
            assert!(member.is_some(), "a member that was counted");
        }
        assert!(unsafe { item(certificate.0, members, std::ptr::null_mut(), 0) } < 0);
    }
    let print = text(|buffer, capacity| unsafe {
        INetCertificate_GetFingerprint(certificate.0, null(), buffer, capacity)
    });
    assert_eq!(print.expect("a digest").len(), 64);
}

fn assert_same_when_written(certificate: &Handle<INetCertificate>) {
    let der = der(certificate);
    let pem =
        text(|buffer, capacity| unsafe { INetCertificate_ToPem(certificate.0, buffer, capacity) });
    for written in [&der, pem.expect("a text").as_bytes()] {
        let again =
            unsafe { INetCertificate_CreateFromBytes(written.as_ptr(), written.len(), null()) };
        assert_eq!(self::der(&sure(again)), der, "written and read again");
    }
}

fn der(certificate: &Handle<INetCertificate>) -> Vec<u8> {
    let der = octets(|buffer, capacity| unsafe {
        INetCertificate_GetBytes(certificate.0, buffer, capacity)
    });
    der.expect("octets")
}
