#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| inetmail::sasl_fuzz::digest_md5(data));
