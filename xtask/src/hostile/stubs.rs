//! Callbacks that do nothing, for the functions that insist on one.

use std::collections::BTreeMap;

use crate::face::{Callback, Face, Function, Param};

/// The stubs whose name the tests use: C compilers complain about any other.
pub fn used_by(tests: &str, face: &Face) -> String {
    let mut stubs = BTreeMap::new();
    for function in &face.functions {
        for param in &function.params {
            if let Some(callback) = &param.callback {
                let name = name(function, param, callback);
                stubs.insert(name.clone(), definition(&name, callback));
            }
        }
    }
    stubs.retain(|name, _| tests.contains(name.as_str()));
    stubs.into_values().collect()
}

pub fn name(function: &Function, param: &Param, callback: &Callback) -> String {
    match &callback.type_name {
        Some(type_name) => format!("{type_name}_stub"),
        None => format!("{}_{}_stub", function.name, param.name),
    }
}

fn definition(name: &str, callback: &Callback) -> String {
    let shape = &callback.shape;
    let params: Vec<String> = shape.params.iter().map(|param| param.declaration()).collect();
    let unused: String =
        shape.params.iter().map(|param| format!("    (void){};\n", param.name)).collect();
    let answer = if shape.return_type == "void" { "" } else { "    return 0;\n" };
    let (return_type, params) = (&shape.return_type, params.join(", "));
    format!("\nstatic {return_type} {name}({params})\n{{\n{unused}{answer}}}\n")
}
