#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| inetmail::dns_fuzz::answer(data));
