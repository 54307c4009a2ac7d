//! INetSmtpClient: what a host has a say in while TLS begins.

use super::certificate_collection::INetCertificateCollection;
use super::smtp_client::INetSmtpClient;
use super::stream::{INetDropCallback, User};
use super::text::text_out;
use super::{boundary, handles};
use crate::error::{Error, Result, Status};
use crate::model::{SignHook, SignRequest, ValidateHook, Validation, chain_of};
use std::ffi::{c_char, c_void};
use std::sync::Arc;

/// Is asked whether a server's certificate is accepted: `host` is the name that it has to be for, `chain` what the server sent, its own first
/// (released behind the call; take a reference of your own to keep it), `result` and `details` as of
/// INetConnectionInfo_GetChainValidationResult and _GetChainValidationDetails, `log` a line for each step, `accepted` 1 or 0: what the
/// library would do. Texts live as long as the call. 1 accepts, 0 refuses, a negative answer ends the call with that number.
pub type INetCertificateValidateCallback = Option<
    unsafe extern "C" fn(
        user: *mut c_void,
        host: *const c_char,
        chain: *const INetCertificateCollection,
        result: i32,
        details: i32,
        log: *const c_char,
        accepted: i32,
    ) -> i32,
>;

/// Is asked to sign with the key of the client's certificate: `algorithm` is the signature scheme as RFC 8446 section 4.2.3 names it
/// (`ecdsa_secp256r1_sha256`), `octets` what is to be signed: its digest where `isDigest` is 1, else the message itself. The signature goes to
/// `signature`, which has room for `capacity` octets. The answer is its length; a negative one ends the call with that number.
pub type INetExternalSignCallback = Option<
    unsafe extern "C" fn(
        user: *mut c_void,
        algorithm: *const c_char,
        octets: *const u8,
        length: usize,
        isDigest: i32,
        signature: *mut u8,
        capacity: usize,
    ) -> i64,
>;

/// No signature in TLS is longer.
const LARGEST_SIGNATURE: usize = 64 * 1024;

/// Has the host asked about the certificate of each server, in resumed sessions too, before anything is sent under TLS. With
/// AutoValidateCertificates off the host decides alone. The callback runs on the thread that opens the connection, which is the library's for
/// asynchronous calls and for runs over several connections; no lock is held.
///
/// @param client the object.
/// @param callback what is called; or NULL for nothing any more.
/// @param user handed to the callbacks as it is.
/// @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
/// @return 0, or a status.
/// @see SecureBlackbox CertificateValidate
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_OnCertificateValidate(
    client: *mut INetSmtpClient,
    callback: INetCertificateValidateCallback,
    user: *mut c_void,
    dropUser: INetDropCallback,
) -> i32 {
    boundary::status(|| {
        let user = User { pointer: user, drop: dropUser };
        let client = handles::get(client)?;
        client.set_on_certificate_validate(callback.map(|callback| -> ValidateHook {
            Arc::new(move |asked: &Validation| {
                let pointer = { &user }.pointer;
                let (host, log) = (text_out(asked.host), text_out(&asked.verdict.log));
                let chain =
                    handles::insert::<INetCertificateCollection>(Arc::new(chain_of(asked.chain)))?;
                let (result, details) = (asked.verdict.result as i32, asked.verdict.details as i32);
                let accepted = i32::from(asked.is_accepted);
                // SAFETY: the callback is one of the host's, with the pointer that it came with; the texts outlive the call.
                let answer = unsafe {
                    callback(pointer, host.as_ptr(), chain, result, details, log.as_ptr(), accepted)
                };
                handles::release(chain)?;
                match answer {
                    ..0 => Err(Error::of_callback(answer)),
                    0 => Ok(false),
                    _ => Ok(true),
                }
            })
        }));
        Ok(())
    })
}

/// Has the host sign where the client's certificate came without its key, or wherever ExternalCrypto's Mode says so. The callback runs on the
/// thread that opens the connection; no lock is held.
///
/// @param client the object.
/// @param callback what is called; or NULL for nothing any more.
/// @param user handed to the callbacks as it is.
/// @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
/// @return 0, or a status.
/// @see SecureBlackbox ExternalSign
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_OnExternalSign(
    client: *mut INetSmtpClient,
    callback: INetExternalSignCallback,
    user: *mut c_void,
    dropUser: INetDropCallback,
) -> i32 {
    boundary::status(|| {
        let user = User { pointer: user, drop: dropUser };
        let client = handles::get(client)?;
        client.set_on_external_sign(callback.map(|callback| -> SignHook {
            Arc::new(move |asked: &SignRequest| {
                let pointer = { &user }.pointer;
                let algorithm = text_out(asked.algorithm);
                let mut signature = vec![0; LARGEST_SIGNATURE];
                // SAFETY: the callback is one of the host's, with the pointer that it came with; octets and room are as long as is said.
                let answer = unsafe {
                    callback(
                        pointer,
                        algorithm.as_ptr(),
                        asked.octets.as_ptr(),
                        asked.octets.len(),
                        i32::from(asked.is_digest),
                        signature.as_mut_ptr(),
                        signature.len(),
                    )
                };
                signature.truncate(length_of(answer)?);
                Ok(signature)
            })
        }));
        Ok(())
    })
}

fn length_of(answer: i64) -> Result<usize> {
    match answer {
        ..0 => Err(Error::of_callback(i32::try_from(answer).unwrap_or(i32::MIN))),
        _ if answer as u64 > LARGEST_SIGNATURE as u64 => {
            let sentence = format!("the callback tells of a signature of {answer} octets");
            Err(Error::new(Status::Argument, sentence))
        }
        _ => Ok(answer as usize),
    }
}
