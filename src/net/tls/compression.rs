//! Certificates that travel compressed (RFC 8879), by zlib.

use super::seat::with_seat;
use rustls::CertificateCompressionAlgorithm;
use rustls::ClientConfig;
use rustls::compress::{CertDecompressor, DecompressionFailed, ZLIB_COMPRESSOR, ZLIB_DECOMPRESSOR};

/// rustls' own, which notes that it was used.
#[derive(Debug)]
struct Zlib;

static ZLIB: Zlib = Zlib;

pub fn apply(config: &mut ClientConfig, compresses: bool) {
    config.cert_decompressors.clear();
    config.cert_compressors.clear();
    if compresses {
        config.cert_decompressors.push(&ZLIB);
        config.cert_compressors.push(ZLIB_COMPRESSOR);
    }
}

impl CertDecompressor for Zlib {
    fn decompress(&self, input: &[u8], output: &mut [u8]) -> Result<(), DecompressionFailed> {
        with_seat(|seat| seat.noted.is_compressed = true);
        ZLIB_DECOMPRESSOR.decompress(input, output)
    }

    fn algorithm(&self) -> CertificateCompressionAlgorithm {
        ZLIB_DECOMPRESSOR.algorithm()
    }
}
