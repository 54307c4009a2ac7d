//! Each law of the face, broken once in the fixture: gen must say which, where.

use crate::fixture::Fixture;

/// One edit of one file, and what gen must say about it.
struct Breach {
    path: &'static str,
    old: &'static str,
    new: &'static str,
    problem: &'static str,
}

fn refuses(path: &'static str, breaches: &[(&'static str, &'static str, &'static str)]) {
    for &(old, new, problem) in breaches {
        Breach { path, old, new, problem }.is_refused();
    }
}

impl Breach {
    fn is_refused(&self) {
        let fixture = Fixture::new();
        fixture.edit(self.path, self.old, self.new);
        let problems = fixture.generate().expect_err(self.problem);
        assert!(problems.contains(self.problem), "not {:?} but:\n{problems}", self.problem);
    }
}

#[test]
fn documentation_must_be_complete() {
    refuses(
        "src/ffi/mail_address.rs",
        &[
            (
                "/// @param address  the address, UTF-8; copied.\n",
                "",
                "src/ffi/mail_address.rs:20: INetMailAddress_Create lacks @param address",
            ),
            (
                "/// @return a new handle",
                "/// A new handle",
                "src/ffi/mail_address.rs:21: INetMailAddress_Create needs one @return",
            ),
            (
                "/// @see Fore CurlMailAddress.Create; RFC 5321 section 4.1.2\n",
                "",
                "src/ffi/mail_address.rs:20: INetMailAddress_Create lacks @see",
            ),
            (
                "/// The full address, as RFC 5321 spells it.\n",
                "",
                "INetMailAddress_GetAddress has no documentation",
            ),
            (
                "/// A mail address. It never changes, so any number of messages may share it.\n",
                "",
                "src/ffi/mail_address.rs:7: INetMailAddress has no documentation",
            ),
            (
                "//! INetMailAddress: an immutable",
                "// an immutable",
                "mail_address.rs:1: needs a first",
            ),
        ],
    );
}

#[test]
fn documentation_must_be_true() {
    refuses(
        "src/ffi/mail_address.rs",
        &[
            ("@param address ", "@param adress ", "INetMailAddress_Create has no parameter adress"),
            ("@return a new", "@returns a new", "mail_address.rs:17: @returns is not a tag"),
            ("INET_E_ADDRESS the", "INET_E_ADRESS the", "@error INET_E_ADRESS is no status"),
            (
                "any script.",
                "any script of text/*.",
                "mail_address.rs:14: a doc comment cannot hold",
            ),
        ],
    );
}

#[test]
fn forbidden_types_are_refused() {
    let old = "fn INetMailAddress_Create(address: *const c_char)";
    let with = |parameter: &str| format!("fn INetMailAddress_Create({parameter})").leak() as &str;
    let types = [
        ("address: u64", "the type `u64` is forbidden"),
        ("address: bool", "the type `bool` is forbidden"),
        ("address: c_long", "the type `c_long` is forbidden"),
        ("address: INetMailAddress", "the type `INetMailAddress` is forbidden"),
        ("address: *mut *mut INetMailAddress", "the type `*mut *mut INetMailAddress` is forbidden"),
        ("address: *mut i32", "the type `*mut i32` is forbidden"),
        ("address: &str", "the type `&str` is forbidden"),
        ("address: *mut c_void", "void *address is neither user nor a handle"),
        ("address: usize", "size_t address does not measure the buffer before it"),
        ("address: *const u8", "address lacks the size_t that measures it"),
        ("address: *mut INetUnknown", "uses INetUnknown, which is no opaque type"),
        ("address: unsafe extern \"C\" fn()", "a NULL from C is undefined behaviour"),
        ("address: Option<extern \"C\" fn()>", "the callback address has no void *user"),
        ("address: Option<fn()>", "is not extern \"C\""),
        (
            "address: Option<extern \"C\" fn(a: *const *mut INetMailAddress)>",
            "the type `*const *mut INetMailAddress` is forbidden",
        ),
        (
            "address: Option<extern \"C\" fn(a: *mut *mut u8)>",
            "the type `*mut *mut u8` is forbidden",
        ),
        (
            "address: Option<extern \"C\" fn() -> *mut *mut INetMailAddress>",
            "the type `*mut *mut INetMailAddress` is forbidden",
        ),
        (
            "address: Option<extern \"C\" fn(i32)>",
            "a parameter of extern \"C\" fn(i32) has no name",
        ),
    ];
    for (parameter, problem) in types {
        Breach { path: "src/ffi/mail_address.rs", old, new: with(parameter), problem }.is_refused();
    }
}

#[test]
fn returns_have_one_of_three_shapes() {
    refuses(
        "src/ffi/mail_address.rs",
        &[
            (") -> i64 {", ") -> i32 {", "text and bytes come back as int64_t"),
            (") -> i64 {", ") -> bool {", "the type `bool` is forbidden"),
            (") -> i32 {", ") -> f64 {", "returns double, which is none of the three shapes"),
            (") -> i32 {", ") {", "returns void, which is none of the three shapes"),
        ],
    );
}

#[test]
fn names_have_one_underscore() {
    for name in ["INetError_Get_Status", "INetErrorGetStatus", "INetError_getStatus"] {
        Breach {
            path: "src/ffi/error.rs",
            old: "fn INetError_GetStatus",
            new: format!("fn {name}").leak(),
            problem: "with exactly one underscore",
        }
        .is_refused();
    }
}

#[test]
fn exports_are_plain_functions_of_the_c_abi() {
    refuses(
        "src/ffi/error.rs",
        &[
            ("pub extern \"C\" fn", "pub fn", "INetError_GetStatus is not extern \"C\""),
            ("pub extern", "extern", "INetError_GetStatus is not pub"),
            ("GetStatus()", "GetStatus<T>()", "INetError_GetStatus is generic or variadic"),
            ("(no_mangle)", "(export_name = \"x\")", "INetError_GetStatus is renamed"),
            ("#[unsafe", "#[cfg(unix)]\n#[unsafe", "INetError_GetStatus depends on cfg"),
        ],
    );
}

#[test]
fn an_export_that_cbindgen_cannot_see_is_refused() {
    let stray = "#[unsafe(no_mangle)]\npub extern \"C\" fn INetError_Hide() -> i32 {\n    0\n}\n";
    for (path, line, text) in [
        ("src/ffi/boundary.rs", 7, format!("macro_rules! export {{\n() => {{\n{stray}}};\n}}\n")),
        ("src/mime/mod.rs", 2, stray.to_owned()),
        ("src/ffi/error.rs", 27, format!("mod inner {{\n{stray}}}\n")),
    ] {
        let fixture = Fixture::new();
        fixture.write(path, &(fixture.read(path) + &text));
        let problems = fixture.generate().expect_err("the export is hidden");
        let line = if path.ends_with("boundary.rs") { line + 1 } else { line };
        let problem = format!("{path}:{line}: makes an export that xtask cannot read");
        assert!(problems.contains(&problem), "not {problem} but:\n{problems}");
    }
}

#[test]
fn an_export_missing_from_the_header_is_refused() {
    Breach {
        path: "src/ffi/error.rs",
        old: "/// The status of the last",
        new: "/// cbindgen:ignore\n/// The status of the last",
        problem: "INetError_GetStatus is missing from what cbindgen printed",
    }
    .is_refused();
}

#[test]
fn a_fore_name_needs_its_twin() {
    refuses(
        "src/ffi/mail_address.rs",
        &[
            (
                "fn CurlMailAddress_Create",
                "fn CurlMailAddress_Make",
                "no twin INetMailAddress_Make",
            ),
            (
                "fn CurlMailAddress_Create(address: *const c_char)",
                "fn CurlMailAddress_Create(address: *mut INetMailAddress)",
                "CurlMailAddress_Create has no twin INetMailAddress_Create of the same signature",
            ),
        ],
    );
}

#[test]
fn statuses_are_unique_and_low() {
    refuses(
        "src/error.rs",
        &[
            ("Utf8 = -1002", "Utf8 = -1001", "INET_E_UTF8 uses the number -1001 again"),
            ("Utf8 = -1002", "Utf8 = -1", "src/error.rs:12: INET_E_UTF8 is above -1000"),
            (
                "Utf8 = -1002",
                "Utf8",
                "Status::Utf8 needs #[error(\"its sentence\")] and its number",
            ),
            ("Utf8 = -1002", "Utf16 = -1002", "has no INET_E_UTF8, which the hostile test needs"),
            ("#[error(\"a text is not UTF-8\")]", "", "Status::Utf8 needs #[error("),
        ],
    );
}

#[test]
fn constants_and_code_pages_are_numbers_with_one_name() {
    refuses(
        "src/ffi/mail_message.rs",
        &[
            ("/// The message is pressing.\n", "", "INET_PRIORITY_HIGH has no documentation"),
            ("HIGH: i32 = 1", "HIGH: i32 = one()", "INET_PRIORITY_HIGH must be an i32 or i64"),
            ("PRIORITY_HIGH", "PRIORITY_NONE", "INET_PRIORITY_NONE is defined twice"),
        ],
    );
    refuses(
        "src/mime/code_page.rs",
        &[("\"KOI8U\"", "\"ansi-cyrillic\"", "INET_CODE_PAGE_ANSI_CYRILLIC is defined twice")],
    );
}

#[test]
fn a_function_that_may_have_none_says_so() {
    refuses(
        "src/ffi/mail_message.rs",
        &[(
            "call(|| MailMessage::to(message))",
            "optional_handle(|| MailMessage::to(message))",
            "INetMailMessage_GetTo may have none to return, which its @return does not say",
        )],
    );
}
