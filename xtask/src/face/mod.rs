//! The C face as data. Serialised as it stands, it is `api/inetmail.json`.

mod ctype;
mod docs;
mod function;
mod laws;
mod reader;
mod source;
mod tables;

use std::collections::HashSet;
use std::path::Path;

use serde::Serialize;

use crate::problem::{Place, Problems};

/// Stands in `handle_of` where a handle of any type will do.
pub const ANY_HANDLE: &str = "any";

#[derive(Debug, Default, Serialize)]
pub struct Face {
    pub version: String,
    pub sections: Vec<Section>,
    pub types: Vec<OpaqueType>,
    pub callbacks: Vec<CallbackType>,
    pub statuses: Vec<Status>,
    pub constants: Vec<Constant>,
    pub code_pages: Vec<CodePage>,
    pub functions: Vec<Function>,
    /// Where the attributes stand that make the exports read here.
    #[serde(skip)]
    export_places: HashSet<Place>,
    /// The files that `src/ffi/mod.rs` names, in its order, which is that of the header.
    #[serde(skip)]
    pub files: Vec<String>,
}

impl Face {
    /// Reads the crate at `root` and holds it to the laws.
    pub fn read(root: &Path) -> Result<Face, Problems> {
        let mut problems = Problems::default();
        let face = reader::read(root, &mut problems);
        laws::enforce(&face, root, &mut problems);
        problems.or(face)
    }

    pub fn function(&self, name: &str) -> Option<&Function> {
        self.functions.iter().find(|function| function.name == name)
    }

    pub fn has_status(&self, name: &str) -> bool {
        self.statuses.iter().any(|status| status.name == name)
    }
}

/// One file of `src/ffi` that has exports.
#[derive(Debug, Serialize)]
pub struct Section {
    /// The stem of the file, which the model, the docs and the tests use too.
    pub name: String,
    pub text: String,
    pub source: String,
}

#[derive(Debug, Serialize)]
pub struct OpaqueType {
    pub name: String,
    pub doc: String,
    pub section: String,
    #[serde(skip)]
    pub place: Place,
}

#[derive(Debug, Serialize)]
pub struct CallbackType {
    pub name: String,
    pub doc: String,
    pub section: String,
    #[serde(flatten)]
    pub shape: CallbackShape,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallbackShape {
    pub return_type: String,
    pub params: Vec<CallbackParam>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallbackParam {
    pub name: String,
    #[serde(rename = "type")]
    pub c_type: String,
}

impl CallbackParam {
    pub fn declaration(&self) -> String {
        ctype::declare(&self.c_type, &self.name)
    }
}

#[derive(Debug, Serialize)]
pub struct Status {
    pub name: String,
    pub value: i32,
    pub sentence: String,
    #[serde(skip)]
    pub place: Place,
}

#[derive(Debug, Serialize)]
pub struct Constant {
    pub name: String,
    pub value: i64,
    pub doc: String,
    pub section: String,
    #[serde(skip)]
    pub place: Place,
}

#[derive(Debug, Serialize)]
pub struct CodePage {
    pub name: String,
    pub fore_name: String,
    pub value: i32,
    #[serde(skip)]
    pub place: Place,
}

#[derive(Debug, Serialize)]
pub struct Function {
    pub name: String,
    /// What stands before the underscore: a type, or a name such as INetLibrary.
    pub object: String,
    pub verb: String,
    /// The INet name of a constructor that is exported under its Fore class name too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias_of: Option<String>,
    pub doc: String,
    pub returns: Returns,
    pub return_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returns_handle_of: Option<String>,
    /// A NULL may mean that there is none, which is no failure: then the record of the thread is empty.
    pub may_return_none: bool,
    pub return_doc: String,
    pub params: Vec<Param>,
    pub errors: Vec<ErrorDoc>,
    pub see: Vec<String>,
    pub declaration: String,
    pub section: String,
    pub source: String,
    #[serde(skip)]
    pub place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Returns {
    Handle,
    Text,
    Bytes,
    Status,
    /// 0 or a status, which is what the host has asked for and says nothing of this call; but for INET_E_HANDLE, which may be either.
    StatusValue,
    Value,
    Value64,
}

#[derive(Debug, Serialize)]
pub struct Param {
    pub name: String,
    #[serde(rename = "type")]
    pub c_type: String,
    pub role: Role,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback: Option<Callback>,
    pub nullable: bool,
    pub doc: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Callback {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub type_name: Option<String>,
    #[serde(flatten)]
    pub shape: CallbackShape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    #[serde(rename = "self")]
    Receiver,
    In,
    InText,
    InBytes,
    Length,
    OutBuffer,
    Capacity,
    Callback,
    User,
}

#[derive(Debug, Serialize)]
pub struct ErrorDoc {
    pub status: String,
    pub doc: String,
}
