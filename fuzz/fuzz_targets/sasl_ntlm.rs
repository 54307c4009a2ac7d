#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| inetmail::sasl_fuzz::ntlm(data));
