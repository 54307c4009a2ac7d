#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| inetmail_fuzz::targets::configuration::run(data));
