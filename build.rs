//! Link settings that Cargo has no word for.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("linux") {
        return;
    }
    let major = std::env::var("CARGO_PKG_VERSION_MAJOR").expect("Cargo sets it");
    // Without a SONAME programs would be bound to the path that they were linked with.
    println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libinetmail.so.{major}");
    // The library has thread-locals and a fork handler: unloading it would leave both pointing nowhere.
    println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
}
