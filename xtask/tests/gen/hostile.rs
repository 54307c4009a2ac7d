//! The hostile program against a double of the fixture's face: sound, then with one defect each.

use crate::fixture::Fixture;

/// Compiles the hostile program with the double, runs it, and returns what it prints if it fails.
fn run_against(defect: &str) -> Result<String, String> {
    let fixture = Fixture::generated();
    let defect = format!("-DDEFECT={defect}");
    let strict = ["-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror", "-Iinclude", &defect];
    let files = ["double.c", "tests/c/hostile.c", "-o", "hostile"];
    let compiled = fixture.run("cc", &[&strict[..], &files].concat());
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    let run = fixture.run("./hostile", &[]);
    let printed = String::from_utf8_lossy(&run.stdout).into_owned();
    if run.status.success() { Ok(printed) } else { Err(printed) }
}

#[test]
fn a_sound_face_passes() {
    let printed = run_against("SOUND").expect("the double is sound");
    assert!(printed.ends_with(" passed, 0 failed\n"), "{printed}");
}

#[test]
fn each_defect_is_found() {
    for (defect, complaint) in [
        ("ACCEPTS_OTHER_TYPES", "_GetAddress, address = a handle of another type: does not"),
        ("ACCEPTS_STALE_HANDLES", "INetMailMessage_GetTo, message = a stale handle: "),
        ("ACCEPTS_TRUNCATED_HANDLES", "INetMailMessage_GetTo, message = a truncated handle: "),
        ("FORGETS_THE_RECORD", "INetMailAddress_Create, address = not UTF-8: does not record"),
        (
            "RELEASE_TOUCHES_THE_RECORD",
            "INetMailMessage_Release, message = a stale handle: touches",
        ),
        ("OVERRUNS_BUFFERS", "INetMailAddress_GetAddress, buffer = 4 bytes: writes where"),
        ("CUTS_CHARACTERS", "INetError_GetMessage, buffer = 4 bytes: does not end the text well"),
        ("ACCEPTS_ANY_BYTES", "AddString, address = not UTF-8: does not return"),
        ("LEAKS", "INetLibrary_GetLiveHandleCount, moment = at the end: handles leak"),
        ("SUCCESS_TOUCHES_THE_RECORD", "GetAddress, buffer = 1 byte: leaves a wrong record"),
    ] {
        let printed = run_against(defect).expect_err(defect);
        assert!(printed.contains(complaint), "{defect}:\n{printed}");
    }
}

#[test]
fn a_type_without_a_recipe_is_refused() {
    let fixture = Fixture::new();
    fixture.edit(
        "src/ffi/library.rs",
        "/// How many",
        "/// A thing.\npub struct INetThing {\n    _opaque: [u8; 0],\n}\n\n/// How many",
    );
    let problems = fixture.generate().expect_err("nobody knows how to make one");
    assert!(problems.contains("src/ffi/library.rs:6: INetThing has no INetThing_Release"));
    let release = "
/// Gives up the handle.
///
/// @param thing  the thing, or NULL.
/// @return 0, or a status.
/// @see INetObject_Release
#[unsafe(no_mangle)]
pub unsafe extern \"C\" fn INetThing_Release(thing: *mut INetThing) -> i32 {
    call(|| handles::release(thing))
}
";
    let text = fixture.read("src/ffi/library.rs") + release;
    fixture.write("src/ffi/library.rs", &text);
    let problems = fixture.generate().expect_err("nobody knows how to make one");
    assert!(problems.contains("src/ffi/library.rs:6: INetThing has no recipe: "), "{problems}");
}
