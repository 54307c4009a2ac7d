#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| inetmail::fuzz::proxy::socks4(data));
