//! The GSSAPI of the operating system (RFC 2743, RFC 2744), loaded when it is first needed: MIT's, Heimdal's or Apple's.
//!
//! All `unsafe` of this room stands here. Windows has SSPI in this place, which is to have the types of this module.

#![expect(unsafe_code, reason = "calls of a C library that is found at run time")]

use super::gssapi_header::*;
use std::ffi::{CStr, CString, c_int, c_void};
use std::ptr::{null, null_mut};
use std::sync::OnceLock;
use zeroize::Zeroizing;

/// By preference. MIT's name is its interface; Heimdal's is used where MIT is not.
#[cfg(not(target_vendor = "apple"))]
pub const NAMES: &[&str] = &["libgssapi_krb5.so.2", "libgssapi.so.3", "libgssapi.so.10"];
#[cfg(target_vendor = "apple")]
pub const NAMES: &[&str] = &["/System/Library/Frameworks/GSS.framework/GSS"];

/// What is negotiated: Kerberos itself, or SPNEGO around it (RFC 4178).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Kerberos,
    Spnego,
}

/// How a name is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameForm {
    /// `user` or `user@REALM`.
    User,
    /// `service@host`.
    HostBased,
    /// `service/host@REALM`.
    Principal,
}

/// What a call answered instead of doing its work.
#[derive(Debug)]
pub struct Failure {
    pub major: u32,
    pub minor: u32,
    /// What the library says to both.
    pub text: String,
}

/// The library, which stays loaded for as long as the process lives: it has keys of threads.
pub struct Library {
    init_sec_context: InitSecContext,
    delete_sec_context: unsafe extern "C" fn(*mut u32, *mut Handle, *mut Buffer) -> u32,
    acquire_cred: AcquireCred,
    /// An extension that both libraries have had for long.
    acquire_cred_with_password: Option<AcquireCredWithPassword>,
    set_cred_option: Option<SetCredOption>,
    release_cred: unsafe extern "C" fn(*mut u32, *mut Handle) -> u32,
    import_name: unsafe extern "C" fn(*mut u32, *const Buffer, *const Oid, *mut Handle) -> u32,
    release_name: unsafe extern "C" fn(*mut u32, *mut Handle) -> u32,
    release_buffer: unsafe extern "C" fn(*mut u32, *mut Buffer) -> u32,
    display_status: DisplayStatus,
    wrap: Wrap,
    unwrap: Unwrap,
}

impl Library {
    /// The library of this machine; why there is none.
    pub fn of_system() -> Result<&'static Library, String> {
        static LIBRARY: OnceLock<Library> = OnceLock::new();
        if let Some(library) = LIBRARY.get() {
            return Ok(library);
        }
        // Two threads may both come here: then the second one's handles are those of the first.
        let library = Library::open(NAMES)?;
        Ok(LIBRARY.get_or_init(|| library))
    }

    pub fn open(names: &[&str]) -> Result<Library, String> {
        let mut reasons = Vec::new();
        for name in names {
            match load(name).and_then(Library::with_functions_of) {
                Ok(library) => return Ok(library),
                Err(reason) => reasons.push(reason),
            }
        }
        Err(reasons.join("; "))
    }

    fn with_functions_of(loaded: *mut c_void) -> Result<Library, String> {
        /// A function pointer out of an address; it is the field that knows its type.
        macro_rules! function {
            ($name:literal) => {
                // SAFETY: the symbol is a function of RFC 2744 (or an extension of both libraries), with the field's
                // signature. An Option of a function pointer is a pointer that may be NULL.
                unsafe { std::mem::transmute::<*mut c_void, Option<_>>(symbol(loaded, $name)) }
            };
        }
        let lacks = || String::from("the library lacks functions of RFC 2744");
        Ok(Library {
            init_sec_context: function!(c"gss_init_sec_context").ok_or_else(lacks)?,
            delete_sec_context: function!(c"gss_delete_sec_context").ok_or_else(lacks)?,
            acquire_cred: function!(c"gss_acquire_cred").ok_or_else(lacks)?,
            acquire_cred_with_password: function!(c"gss_acquire_cred_with_password"),
            set_cred_option: function!(c"gss_set_cred_option"),
            release_cred: function!(c"gss_release_cred").ok_or_else(lacks)?,
            import_name: function!(c"gss_import_name").ok_or_else(lacks)?,
            release_name: function!(c"gss_release_name").ok_or_else(lacks)?,
            release_buffer: function!(c"gss_release_buffer").ok_or_else(lacks)?,
            display_status: function!(c"gss_display_status").ok_or_else(lacks)?,
            wrap: function!(c"gss_wrap").ok_or_else(lacks)?,
            unwrap: function!(c"gss_unwrap").ok_or_else(lacks)?,
        })
    }

    fn import(&'static self, text: &str, form: NameForm) -> Result<Name, Failure> {
        let mut name = Name { library: self, handle: null_mut() };
        let mut minor = 0;
        let buffer = Buffer::over(text.as_bytes());
        // SAFETY: the buffer and the identifier outlive the call, which copies both.
        let major =
            unsafe { (self.import_name)(&mut minor, &buffer, form.oid(), &mut name.handle) };
        self.check(major, minor, Kind::Kerberos)?;
        Ok(name)
    }

    fn check(&self, major: u32, minor: u32, kind: Kind) -> Result<(), Failure> {
        // The upper half has the errors (RFC 2744 section 3.9.1), the lower what is worth knowing beside success.
        match major >> 16 {
            0 => Ok(()),
            _ => Err(Failure { major, minor, text: self.text_of(major, minor, kind) }),
        }
    }

    /// All that the library says to a major and a minor status, the general first.
    fn text_of(&self, major: u32, minor: u32, kind: Kind) -> String {
        let mut texts = self.texts(major, GSS_CODE, null());
        if minor != 0 {
            texts.extend(self.texts(minor, MECHANISM_CODE, kind.oid()));
        }
        texts.dedup();
        texts.join(": ")
    }

    fn texts(&self, code: u32, of: c_int, mechanism: *const Oid) -> Vec<String> {
        let mut texts = Vec::new();
        let mut more = 0;
        // A code has one text or a few; a library that never ends is not believed.
        for _ in 0..8 {
            let (mut minor, mut buffer) = (0, Received::new(self));
            // SAFETY: all pointers are to variables of this function, and `mechanism` is NULL or static.
            let major = unsafe {
                (self.display_status)(&mut minor, code, of, mechanism, &mut more, &mut buffer.raw)
            };
            if major != 0 {
                break;
            }
            let text = String::from_utf8_lossy(buffer.octets());
            let text: String = text.chars().filter(|c| !c.is_control()).take(300).collect();
            let text = text.trim().trim_end_matches('.');
            // MIT's SPNEGO says this of numbers that mean nothing.
            if !text.is_empty() && !matches!(text, "Success" | "Unknown error") {
                texts.push(text.to_owned());
            }
            if more == 0 {
                break;
            }
        }
        texts
    }
}

/// Somebody's tickets, or his right to get some.
pub struct Credential {
    library: &'static Library,
    handle: Handle,
}

impl Credential {
    /// From the cache of the process' user: of `user`, or of whom the cache is for.
    pub fn of_cache(
        library: &'static Library,
        kind: Kind,
        user: Option<&str>,
    ) -> Result<Credential, Failure> {
        let name = user.map(|user| library.import(user, NameForm::User)).transpose()?;
        let name = name.as_ref().map_or(null_mut(), |name| name.handle);
        let mut credential = Credential { library, handle: null_mut() };
        let (mut minor, mechanisms) = (0, kind.set());
        // SAFETY: the name and the set outlive the call; what is not wanted is NULL, as the RFC has it.
        let major = unsafe {
            (library.acquire_cred)(
                &mut minor,
                name,
                INDEFINITE,
                &mechanisms,
                TO_INITIATE,
                &mut credential.handle,
                null_mut(),
                null_mut(),
            )
        };
        library.check(major, minor, kind).map(|()| credential)
    }

    /// Got from the KDC with a password, into memory. `None`: this library cannot do it.
    pub fn by_password(
        library: &'static Library,
        kind: Kind,
        user: &str,
        password: &str,
    ) -> Option<Result<Credential, Failure>> {
        let acquire = library.acquire_cred_with_password?;
        let name = match library.import(user, NameForm::User) {
            Ok(name) => name,
            Err(failure) => return Some(Err(failure)),
        };
        let mut credential = Credential { library, handle: null_mut() };
        let (mut minor, mechanisms) = (0, kind.set());
        let password = Buffer::over(password.as_bytes());
        // SAFETY: as with `gss_acquire_cred`; the password is read during the call.
        let major = unsafe {
            acquire(
                &mut minor,
                name.handle,
                &password,
                INDEFINITE,
                &mechanisms,
                TO_INITIATE,
                &mut credential.handle,
                null_mut(),
                null_mut(),
            )
        };
        Some(library.check(major, minor, kind).map(|()| credential))
    }

    /// Contexts are made without the offer to protect messages, which MIT makes by itself. Where the library does not know
    /// this, everything else still holds.
    pub fn offer_no_protection(&mut self) {
        let Some(set) = self.library.set_cred_option else { return };
        let (mut minor, nothing) = (0, Buffer::over(&[]));
        // SAFETY: the handle is alive, the identifier static and the buffer read during the call.
        unsafe { set(&mut minor, &mut self.handle, &NO_PROTECTION, &nothing) };
    }
}

impl Drop for Credential {
    fn drop(&mut self) {
        // SAFETY: the handle is this value's own; NULL is allowed.
        unsafe { (self.library.release_cred)(&mut 0, &mut self.handle) };
    }
}

// SAFETY: the libraries allow their handles on any thread, one thread at a time, which `&mut` sees to.
unsafe impl Send for Credential {}

/// What a step made.
pub struct Step {
    pub token: Zeroizing<Vec<u8>>,
    pub is_complete: bool,
    /// Whether the server proved who it is. Known when the context is complete.
    pub is_mutual: bool,
}

/// The initiator's end of a security context.
pub struct Context {
    kind: Kind,
    credential: Credential,
    target: Name,
    bindings: Option<Vec<u8>>,
    flags: u32,
    handle: Handle,
}

impl Context {
    /// `bindings`: the octets that both ends have to see (RFC 5056), where there are some.
    pub fn new(
        kind: Kind,
        credential: Credential,
        target: &str,
        form: NameForm,
        bindings: Option<Vec<u8>>,
    ) -> Result<Context, Failure> {
        let target = credential.library.import(target, form)?;
        // SPNEGO goes without protection of messages, of which nobody would know that it is to be used.
        let flags = match kind {
            Kind::Kerberos => MUTUAL | SEQUENCE | INTEGRITY,
            Kind::Spnego => MUTUAL,
        };
        Ok(Context { kind, credential, target, bindings, flags, handle: null_mut() })
    }

    /// Takes the peer's token, none in the first step. May wait for a KDC.
    pub fn step(&mut self, token: &[u8]) -> Result<Step, Failure> {
        let (library, kind) = (self.credential.library, self.kind);
        let (mut minor, mut flags) = (0, 0);
        let mut output = Received::new(library);
        let input = Buffer::over(token);
        let bindings = self.bindings.as_deref().map(ChannelBindings::over);
        // SAFETY: handles are alive, or NULL where a context begins; input and bindings outlive the call; what is not wanted
        // is NULL. A context that fails is left as it is, and deleted when it is dropped.
        let major = unsafe {
            (library.init_sec_context)(
                &mut minor,
                self.credential.handle,
                &mut self.handle,
                self.target.handle,
                kind.oid(),
                self.flags,
                INDEFINITE,
                bindings.as_ref().map_or(null(), |bindings| bindings),
                &input,
                null_mut(),
                &mut output.raw,
                &mut flags,
                null_mut(),
            )
        };
        library.check(major, minor, kind)?;
        Ok(Step {
            token: output.copy(),
            is_complete: major & CONTINUE_NEEDED == 0,
            is_mutual: flags & MUTUAL != 0,
        })
    }

    /// With a check sum, in clear. Only for a context that is complete.
    pub fn wrap(&mut self, octets: &[u8]) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let library = self.credential.library;
        if self.handle.is_null() {
            library.check(NO_CONTEXT, 0, self.kind)?;
        }
        let mut minor = 0;
        let mut output = Received::new(library);
        let input = Buffer::over(octets);
        // SAFETY: there is a context, and the input outlives the call.
        let major = unsafe {
            (library.wrap)(&mut minor, self.handle, 0, 0, &input, null_mut(), &mut output.raw)
        };
        library.check(major, minor, self.kind)?;
        Ok(output.copy())
    }

    pub fn unwrap(&mut self, octets: &[u8]) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let library = self.credential.library;
        if self.handle.is_null() {
            library.check(NO_CONTEXT, 0, self.kind)?;
        }
        let mut minor = 0;
        let mut output = Received::new(library);
        let input = Buffer::over(octets);
        // SAFETY: as with `wrap`.
        let major = unsafe {
            let (state, quality) = (null_mut(), null_mut());
            (library.unwrap)(&mut minor, self.handle, &input, &mut output.raw, state, quality)
        };
        library.check(major, minor, self.kind)?;
        Ok(output.copy())
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        let delete = self.credential.library.delete_sec_context;
        // SAFETY: the handle is this value's own; NULL is allowed, and no token for the peer is wanted.
        unsafe { delete(&mut 0, &mut self.handle, null_mut()) };
    }
}

// SAFETY: as with `Credential`.
unsafe impl Send for Context {}

struct Name {
    library: &'static Library,
    handle: Handle,
}

impl Drop for Name {
    fn drop(&mut self) {
        // SAFETY: the handle is this value's own; NULL is allowed.
        unsafe { (self.library.release_name)(&mut 0, &mut self.handle) };
    }
}

/// A buffer that the library has filled, and that goes back to it.
struct Received<'a> {
    library: &'a Library,
    raw: Buffer,
}

impl Received<'_> {
    fn new(library: &Library) -> Received<'_> {
        Received { library, raw: Buffer::empty() }
    }

    fn octets(&self) -> &[u8] {
        if self.raw.value.is_null() {
            return &[];
        }
        // SAFETY: the library says that there are as many octets at this place, until they are released.
        unsafe { std::slice::from_raw_parts(self.raw.value.cast(), self.raw.length) }
    }

    fn copy(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.octets().to_vec())
    }
}

impl Drop for Received<'_> {
    fn drop(&mut self) {
        // SAFETY: the buffer is empty or the library's.
        unsafe { (self.library.release_buffer)(&mut 0, &mut self.raw) };
    }
}

fn load(name: &str) -> Result<*mut c_void, String> {
    let path = CString::new(name).map_err(|_| String::from("a name with NUL"))?;
    // SAFETY: dlopen runs the initialisers of a library of the operating system. What dlerror answers is good until this
    // thread's next call of its kind.
    unsafe {
        let loaded = libc::dlopen(path.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL);
        if !loaded.is_null() {
            return Ok(loaded);
        }
        let reason = libc::dlerror();
        if reason.is_null() {
            return Err(format!("{name} cannot be loaded"));
        }
        Err(CStr::from_ptr(reason).to_string_lossy().into_owned())
    }
}

fn symbol(loaded: *mut c_void, name: &CStr) -> *mut c_void {
    // SAFETY: the library is loaded and is never closed.
    unsafe { libc::dlsym(loaded, name.as_ptr()) }
}

impl Kind {
    fn oid(self) -> *const Oid {
        match self {
            Kind::Kerberos => &KERBEROS,
            Kind::Spnego => &SPNEGO,
        }
    }

    fn set(self) -> OidSet {
        OidSet { count: 1, elements: self.oid() }
    }
}

impl NameForm {
    fn oid(self) -> *const Oid {
        match self {
            NameForm::User => &USER_NAME,
            NameForm::HostBased => &HOST_BASED,
            NameForm::Principal => &PRINCIPAL_NAME,
        }
    }
}
