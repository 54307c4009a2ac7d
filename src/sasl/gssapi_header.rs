//! What of gssapi.h (RFC 2744 appendix A) this room uses.

#![expect(unsafe_code, reason = "the functions of a C library are unsafe to call")]

use std::ffi::{c_int, c_void};
use std::ptr::null;

pub type Handle = *mut c_void;

// Apple's header packs the structures for Intel's processors, as it did for the PowerPC.
macro_rules! structure {
    ($(#[$doc:meta])* struct $name:ident { $($field:ident: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[cfg_attr(not(all(target_vendor = "apple", target_arch = "x86_64")), repr(C))]
        #[cfg_attr(all(target_vendor = "apple", target_arch = "x86_64"), repr(C, packed(2)))]
        pub struct $name { $(pub $field: $type),* }
    };
}

structure! {
    struct Buffer { length: usize, value: *const c_void }
}

structure! {
    struct Oid { length: u32, elements: *const u8 }
}

structure! {
    struct OidSet { count: usize, elements: *const Oid }
}

structure! {
    struct ChannelBindings {
        initiator_type: u32,
        initiator_address: Buffer,
        acceptor_type: u32,
        acceptor_address: Buffer,
        application_data: Buffer,
    }
}

// SAFETY: these are never changed.
unsafe impl Sync for Oid {}

impl Buffer {
    pub fn empty() -> Buffer {
        Buffer { length: 0, value: null() }
    }

    pub fn over(octets: &[u8]) -> Buffer {
        Buffer { length: octets.len(), value: octets.as_ptr().cast() }
    }
}

impl ChannelBindings {
    pub fn over(octets: &[u8]) -> ChannelBindings {
        ChannelBindings {
            // No addresses, as in RFC 5056.
            initiator_type: 0,
            initiator_address: Buffer::empty(),
            acceptor_type: 0,
            acceptor_address: Buffer::empty(),
            application_data: Buffer::over(octets),
        }
    }
}

const fn oid(elements: &'static [u8]) -> Oid {
    Oid { length: elements.len() as u32, elements: elements.as_ptr() }
}

pub static KERBEROS: Oid = oid(b"\x2a\x86\x48\x86\xf7\x12\x01\x02\x02");
pub static SPNEGO: Oid = oid(b"\x2b\x06\x01\x05\x05\x02");
pub static USER_NAME: Oid = oid(b"\x2a\x86\x48\x86\xf7\x12\x01\x02\x01\x01");
pub static HOST_BASED: Oid = oid(b"\x2a\x86\x48\x86\xf7\x12\x01\x02\x01\x04");
pub static PRINCIPAL_NAME: Oid = oid(b"\x2a\x86\x48\x86\xf7\x12\x01\x02\x02\x01");
/// GSS_KRB5_CRED_NO_CI_FLAGS_X
pub static NO_PROTECTION: Oid = oid(b"\x2a\x85\x70\x2b\x0d\x1d");

pub const MUTUAL: u32 = 2;
pub const SEQUENCE: u32 = 8;
pub const INTEGRITY: u32 = 32;
pub const CONTINUE_NEEDED: u32 = 1;
pub const NO_CONTEXT: u32 = 8 << 16;
pub const TO_INITIATE: c_int = 1;
pub const INDEFINITE: u32 = u32::MAX;
pub const GSS_CODE: c_int = 1;
pub const MECHANISM_CODE: c_int = 2;

pub type InitSecContext = unsafe extern "C" fn(
    *mut u32,
    Handle,
    *mut Handle,
    Handle,
    *const Oid,
    u32,
    u32,
    *const ChannelBindings,
    *const Buffer,
    *mut *const Oid,
    *mut Buffer,
    *mut u32,
    *mut u32,
) -> u32;
pub type AcquireCred = unsafe extern "C" fn(
    *mut u32,
    Handle,
    u32,
    *const OidSet,
    c_int,
    *mut Handle,
    *mut *mut OidSet,
    *mut u32,
) -> u32;
pub type AcquireCredWithPassword = unsafe extern "C" fn(
    *mut u32,
    Handle,
    *const Buffer,
    u32,
    *const OidSet,
    c_int,
    *mut Handle,
    *mut *mut OidSet,
    *mut u32,
) -> u32;
pub type SetCredOption =
    unsafe extern "C" fn(*mut u32, *mut Handle, *const Oid, *const Buffer) -> u32;
pub type DisplayStatus =
    unsafe extern "C" fn(*mut u32, u32, c_int, *const Oid, *mut u32, *mut Buffer) -> u32;
pub type Wrap = unsafe extern "C" fn(
    *mut u32,
    Handle,
    c_int,
    u32,
    *const Buffer,
    *mut c_int,
    *mut Buffer,
) -> u32;
pub type Unwrap =
    unsafe extern "C" fn(*mut u32, Handle, *const Buffer, *mut Buffer, *mut c_int, *mut u32) -> u32;
