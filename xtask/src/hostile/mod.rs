//! `tests/c/hostile.c`: misuses every export and holds it to the manner of its failure.

mod cases;
mod recipes;
mod stubs;

use std::fmt::Write;

use crate::face::Face;
use crate::problem::{Place, Problems};
use cases::Cases;
use recipes::Recipe;

const PRELUDE: &str = include_str!("prelude.c");

/// For objects that only a server makes.
const SERVER: &str = include_str!("server.c");

/// For objects that are read from octets.
const CERTIFICATE: &str = include_str!("certificate.c");

/// What the prelude itself calls and names.
const NEEDED_FUNCTIONS: [&str; 3] =
    ["INetMailAddress_Create", "INetError_GetStatus", "INetLibrary_GetLiveHandleCount"];
const NEEDED_STATUSES: [&str; 3] = ["INET_E_HANDLE", "INET_E_ARGUMENT_NULL", "INET_E_UTF8"];

pub fn program(face: &Face) -> Result<String, Problems> {
    let mut problems = Problems::default();
    check_needs(face, &mut problems);
    let recipes = recipes::recipes(face, &mut problems);
    let recipes = problems.or(recipes)?;

    let cases: Vec<Cases<'_>> = face.functions.iter().map(|f| Cases::new(face, f)).collect();
    let tests: String = cases.iter().map(|case| format!("\n{}", case.test())).collect();
    let calls: String = cases.iter().map(|case| format!("    {}();\n", case.test_name())).collect();
    let objects = objects(&recipes);
    let stubs = stubs::used_by(&tests, face);
    let needs_server = recipes.iter().any(|recipe| recipe.expression.starts_with("server_"));
    let server = if needs_server { format!("{SERVER}\n") } else { String::new() };
    let needs_certificate = recipes.iter().any(|recipe| recipe.type_name == "INetCertificate");
    let certificate = if needs_certificate { format!("{CERTIFICATE}\n") } else { String::new() };
    Ok(format!(
        "{PRELUDE}\n{server}{certificate}{objects}{stubs}{tests}\n{}",
        main_function(&calls)
    ))
}

fn check_needs(face: &Face, problems: &mut Problems) {
    for function in NEEDED_FUNCTIONS.iter().filter(|name| face.function(name).is_none()) {
        let complaint = format!("has no {function}, which the hostile test needs");
        problems.push(&Place::file("src/ffi"), complaint);
    }
    for status in NEEDED_STATUSES.iter().filter(|name| !face.has_status(name)) {
        let complaint = format!("has no {status}, which the hostile test needs");
        problems.push(&Place::file("src/error.rs"), complaint);
    }
}

fn objects(recipes: &[Recipe<'_>]) -> String {
    let mut variables = String::new();
    let mut make = String::new();
    let mut forget = String::new();
    // Writing to a String cannot fail.
    for Recipe { type_name, expression } in recipes {
        let _ = writeln!(variables, "static {type_name} *live_{type_name}, *stale_{type_name};");
        let _ = writeln!(make, "    live_{type_name} =\n        {expression};");
        let _ = writeln!(make, "    made(\"{type_name}\", live_{type_name});");
    }
    for Recipe { type_name, .. } in recipes.iter().rev() {
        let _ = writeln!(forget, "    (void){type_name}_Release(live_{type_name});");
        let _ = writeln!(forget, "    stale_{type_name} = live_{type_name};");
    }
    format!(
        "{variables}\nstatic void make_objects(void)\n{{\n{make}}}\n\n\
         static void release_objects(void)\n{{\n{forget}}}\n"
    )
}

fn main_function(calls: &str) -> String {
    format!(
        "int main(void)
{{
    int on_the_stack = 0;
    stack_address = &on_the_stack;
    make_objects();
    release_objects();
    nothing_lives(\"after the first release\");
    make_objects();
    prime();
{calls}    release_objects();
    nothing_lives(\"at the end\");
    printf(\"%d passed, %d failed\\n\", passed, failed);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}}
"
    )
}
