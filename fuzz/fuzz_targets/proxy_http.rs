#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| inetmail::proxy_fuzz::http(data));
