//! The numbers of transfer encodings, which are Aspose's.

use crate::error::{Error, Result, Status};
use crate::model::TransferEncoding;

/// What fits the content and the server.
pub const INET_TRANSFER_ENCODING_AUTO: i32 = -1;
/// Text in which the characters beyond ASCII are written as =XX (RFC 2045 section 6.7).
pub const INET_TRANSFER_ENCODING_QUOTED_PRINTABLE: i32 = 0;
/// Four characters for three octets (RFC 2045 section 6.8).
pub const INET_TRANSFER_ENCODING_BASE64: i32 = 1;
/// ASCII in lines, as it is.
pub const INET_TRANSFER_ENCODING_7BIT: i32 = 2;
/// Octets in lines, as they are, for a server with 8BITMIME (RFC 6152).
pub const INET_TRANSFER_ENCODING_8BIT: i32 = 3;
/// Octets as they are, for a server with BINARYMIME (RFC 3030).
pub const INET_TRANSFER_ENCODING_BINARY: i32 = 4;

pub fn number(encoding: Option<TransferEncoding>) -> i32 {
    match encoding {
        None => INET_TRANSFER_ENCODING_AUTO,
        Some(TransferEncoding::QuotedPrintable) => INET_TRANSFER_ENCODING_QUOTED_PRINTABLE,
        Some(TransferEncoding::Base64) => INET_TRANSFER_ENCODING_BASE64,
        Some(TransferEncoding::SevenBit) => INET_TRANSFER_ENCODING_7BIT,
        Some(TransferEncoding::EightBit) => INET_TRANSFER_ENCODING_8BIT,
        Some(TransferEncoding::Binary) => INET_TRANSFER_ENCODING_BINARY,
    }
}

pub fn of(number: i32) -> Result<Option<TransferEncoding>> {
    Ok(Some(match number {
        INET_TRANSFER_ENCODING_AUTO => return Ok(None),
        INET_TRANSFER_ENCODING_QUOTED_PRINTABLE => TransferEncoding::QuotedPrintable,
        INET_TRANSFER_ENCODING_BASE64 => TransferEncoding::Base64,
        INET_TRANSFER_ENCODING_7BIT => TransferEncoding::SevenBit,
        INET_TRANSFER_ENCODING_8BIT => TransferEncoding::EightBit,
        INET_TRANSFER_ENCODING_BINARY => TransferEncoding::Binary,
        other => {
            let sentence = format!("{other} is no transfer encoding: -1 to 4 are");
            return Err(Error::new(Status::ArgumentOutOfRange, sentence));
        }
    }))
}
