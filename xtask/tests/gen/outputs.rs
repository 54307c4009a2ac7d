//! What is derived from the fixture, and how `--check` watches over it.

use crate::fixture::Fixture;
use serde_json::Value;

#[test]
fn header_compiles_alone_in_c_and_cpp() {
    let fixture = Fixture::generated();
    let strict = ["-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only"];
    for (compiler, language) in [("cc", ["-std=c99", "-xc"]), ("c++", ["-std=c++17", "-xc++"])] {
        let arguments = [&strict[..], &language, &["include/inetmail.h"]].concat();
        let output = fixture.run(compiler, &arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn header_has_each_section_before_its_functions_in_the_order_of_mod_rs() {
    let header = Fixture::generated().read("include/inetmail.h");
    let landmarks = [
        " * INetError: what went wrong last on this thread.",
        "int32_t INetError_GetStatus(void);",
        " * INetMailAddress: an immutable mail address with its display name.",
        "INetMailAddress *INetMailAddress_Create(const char *address);",
        " * INetMailMessage: a mail message and its parts.",
        "INetMailMessage *INetMailMessage_CreateWithFromAndTo(",
    ];
    let places = landmarks.map(|text| header.find(text).unwrap_or_else(|| panic!("no {text}")));
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn header_has_the_numbers_with_their_sentences() {
    let header = Fixture::generated().read("include/inetmail.h");
    for text in [
        "#define INETMAIL_VERSION \"0.1.0\"",
        "#define INET_OK 0",
        "#define INET_FAILED(status) ((status) <= -1000)",
        "/** an argument is NULL that must not be */\n#define INET_E_ARGUMENT_NULL (-1001)",
        "/** The message is pressing. */\n#define INET_PRIORITY_HIGH 1",
        "#define INET_PRIORITY_NONE (-2)",
        "#define INET_CODE_PAGE_DEFAULT (-1)",
        "#define INET_CODE_PAGE_ANSI_CYRILLIC 1251",
    ] {
        assert_eq!(header.matches(text).count(), 1, "{text}");
    }
}

#[test]
fn header_has_no_line_comments() {
    let header = Fixture::generated().read("include/inetmail.h");
    assert!(!header.contains("//"));
}

fn description() -> Value {
    description_of(&Fixture::generated())
}

fn description_of(fixture: &Fixture) -> Value {
    serde_json::from_str(&fixture.read("api/inetmail.json")).expect("it is JSON")
}

fn function(name: &str) -> Value {
    function_in(&description(), name)
}

fn function_in(description: &Value, name: &str) -> Value {
    let functions = description["functions"].as_array().expect("functions are a list");
    functions.iter().find(|function| function["name"] == name).expect(name).clone()
}

#[test]
fn json_tells_the_shape_of_each_return() {
    for (name, shape) in [
        ("INetMailAddress_Create", "handle"),
        ("INetMailAddress_GetAddress", "text"),
        ("INetMailMessage_ToBytes", "bytes"),
        ("INetMailAddress_Release", "status"),
        ("INetObject_AddRef", "status"),
        ("INetMailAddressCollection_IndexOf", "value"),
        ("INetLibrary_GetLiveHandleCount", "value64"),
    ] {
        assert_eq!(function(name)["returns"], shape, "{name}");
    }
}

#[test]
fn json_tells_the_role_of_each_parameter() {
    let roles = |name: &str| {
        let function = function(name);
        let params = function["params"].as_array().expect("params are a list").clone();
        params.iter().map(|param| param["role"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(roles("INetMailMessage_LoadBytes"), ["self", "in_bytes", "length"]);
    assert_eq!(roles("INetMailAddress_GetAddress"), ["self", "out_buffer", "capacity"]);
    assert_eq!(roles("INetMailMessage_Write"), ["self", "callback", "user", "callback"]);
    assert_eq!(roles("INetMailAddressCollection_IndexOf"), ["self", "in"]);
    assert_eq!(roles("INetMailAddressCollection_AddString"), ["self", "in_text"]);
    assert_eq!(roles("INetObject_Release"), ["self"]);
}

#[test]
fn json_tells_what_may_be_null() {
    let create = function("INetMailMessage_CreateWithFromAndTo");
    assert_eq!(create["params"][0]["nullable"], false);
    assert_eq!(create["params"][1]["nullable"], true);
    assert_eq!(create["params"][1]["handle_of"], "INetMailAddress");
    assert_eq!(create["may_return_none"], false);
    assert_eq!(function("INetMailMessage_GetFrom")["may_return_none"], true);
}

#[test]
fn every_way_to_say_that_there_is_none_is_understood() {
    let words = "NULL where there is none, and on\n///     failure.";
    for (other, is_none) in [
        ("or NULL where there is none, as none was set, or on failure.", true),
        ("or NULL where there are none.", true),
        ("or NULL if there is none,\n/// which is no failure.", true),
        ("or NULL on failure.", false),
        ("or NULL where no reply came.", false),
    ] {
        let fixture = Fixture::new();
        fixture.edit("src/ffi/mail_message.rs", words, other);
        fixture.generate().expect("a sound face");
        let of = description_of(&fixture);
        assert_eq!(
            function_in(&of, "INetMailMessage_GetFrom")["may_return_none"],
            is_none,
            "{other}"
        );
    }
}

#[test]
fn json_tells_a_status_that_is_the_answer_from_one_of_the_call() {
    let fixture = Fixture::new();
    fixture.edit(
        "src/ffi/mail_message.rs",
        "/// @return 0, or a status.\n/// @see RFC 5322",
        "/// @return 0, or a status. A status is the answer.\n/// @see RFC 5322",
    );
    fixture.generate().expect("a sound face");
    let of = description_of(&fixture);
    assert_eq!(function_in(&of, "INetMailMessage_LoadBytes")["returns"], "status_value");
    assert_eq!(function("INetMailMessage_LoadBytes")["returns"], "status");
}

#[test]
fn json_has_the_docs_without_their_tags() {
    let create = function("INetMailAddress_Create");
    assert_eq!(
        create["doc"],
        "Makes an address from text of the form `user@domain`.\n\n\
         The domain may be written in any script."
    );
    assert_eq!(create["errors"][0]["status"], "INET_E_ADDRESS");
    assert_eq!(create["errors"][0]["doc"], "the text is not an address.");
    assert_eq!(create["params"][0]["doc"], "the address, UTF-8; copied.");
}

#[test]
fn json_tells_callbacks_and_twins() {
    let write = function("INetMailMessage_Write");
    assert_eq!(write["params"][1]["callback"]["type_name"], "INetWriteCallback");
    assert_eq!(write["params"][3]["type"], "void (*)(void *)");
    assert_eq!(function("CurlMailAddress_Create")["alias_of"], "INetMailAddress_Create");
    assert_eq!(description()["callbacks"][0]["params"][1]["type"], "size_t");
}

#[test]
fn exports_are_sorted() {
    let exports = Fixture::generated().read("api/exports.txt");
    let names: Vec<&str> = exports.lines().collect();
    assert!(names.is_sorted());
    assert_eq!(names.len(), 19);
    assert_eq!(names[0], "CurlMailAddress_Create");
}

#[test]
fn errors_page_has_a_row_for_each_status() {
    let page = Fixture::generated().read("docs/errors.md");
    assert!(page.ends_with("| -1200 | `INET_E_ADDRESS` | the text is not a mail address |\n"));
}

#[test]
fn a_second_generation_writes_nothing() {
    let fixture = Fixture::generated();
    assert_eq!(fixture.generate().as_deref(), Ok("everything was up to date"));
    assert_eq!(fixture.check().as_deref(), Ok("5 files are up to date"));
}

#[test]
fn check_names_the_file_and_line_that_differ() {
    let fixture = Fixture::generated();
    fixture.edit("docs/errors.md", "is not UTF-8", "is odd");
    fixture.write("api/exports.txt", "");
    let hint = fixture.check().expect_err("two files differ");
    assert!(hint.contains("docs/errors.md:13: differs"), "{hint}");
    assert!(hint.contains("is:        | -1002 | `INET_E_UTF8` | a text is odd |"), "{hint}");
    assert!(hint.contains("api/exports.txt:1: differs"), "{hint}");
    assert!(hint.ends_with("run: cargo run -p xtask -- gen"), "{hint}");
}

#[test]
fn check_sees_that_the_source_went_on() {
    let fixture = Fixture::generated();
    fixture.edit("src/error.rs", "a text is not UTF-8", "the text is not UTF-8");
    let hint = fixture.check().expect_err("the sentence changed");
    for file in ["include/inetmail.h", "api/inetmail.json", "docs/errors.md"] {
        assert!(hint.contains(file), "{hint}");
    }
}
