//! The types a signature may use (DESIGN.md section 2, rule 2), and how C spells them.

use std::collections::HashMap;

use super::source::source_text;
use super::{Callback, CallbackParam, CallbackShape};

/// The named callback types of the face.
pub type Callbacks = HashMap<String, CallbackShape>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CType {
    Int32,
    Int64,
    Double,
    Size,
    Void,
    Text,
    TextBuffer,
    Bytes,
    ByteBuffer,
    VoidPointer {
        is_const: bool,
    },
    Handle {
        name: String,
        is_const: bool,
    },
    /// Where a callback of the host puts a handle.
    HandlePlace {
        name: String,
    },
    Callback(Callback),
}

impl CType {
    /// The type of a parameter of an export, or of its result.
    pub fn parse(ty: &syn::Type, callbacks: &Callbacks) -> Result<CType, String> {
        match CType::parse_in_callback(ty, callbacks)? {
            CType::HandlePlace { .. } => Err(forbidden(ty)),
            allowed => Ok(allowed),
        }
    }

    fn parse_in_callback(ty: &syn::Type, callbacks: &Callbacks) -> Result<CType, String> {
        match ty {
            syn::Type::Ptr(pointer) => parse_pointer(pointer),
            syn::Type::Path(_) => parse_path(ty, callbacks),
            syn::Type::BareFn(_) => Err(needs_option(ty)),
            _ => Err(forbidden(ty)),
        }
    }

    pub fn parse_return(output: &syn::ReturnType, callbacks: &Callbacks) -> Result<CType, String> {
        match output {
            syn::ReturnType::Default => Ok(CType::Void),
            syn::ReturnType::Type(_, ty) => CType::parse(ty, callbacks),
        }
    }

    pub fn spelling(&self) -> String {
        match self {
            CType::Int32 => "int32_t".to_owned(),
            CType::Int64 => "int64_t".to_owned(),
            CType::Double => "double".to_owned(),
            CType::Size => "size_t".to_owned(),
            CType::Void => "void".to_owned(),
            CType::Text => "const char *".to_owned(),
            CType::TextBuffer => "char *".to_owned(),
            CType::Bytes => "const uint8_t *".to_owned(),
            CType::ByteBuffer => "uint8_t *".to_owned(),
            CType::VoidPointer { is_const: true } => "const void *".to_owned(),
            CType::VoidPointer { is_const: false } => "void *".to_owned(),
            CType::Handle { name, is_const: true } => format!("const {name} *"),
            CType::Handle { name, is_const: false } => format!("{name} *"),
            CType::HandlePlace { name } => format!("{name} **"),
            CType::Callback(callback) => callback.spelling(),
        }
    }

    pub fn is_host_buffer(&self) -> bool {
        matches!(self, CType::TextBuffer | CType::ByteBuffer)
    }
}

impl Callback {
    fn spelling(&self) -> String {
        if let Some(name) = &self.type_name {
            return name.clone();
        }
        let params: Vec<&str> = self.shape.params.iter().map(|p| p.c_type.as_str()).collect();
        let params = if params.is_empty() { "void".to_owned() } else { params.join(", ") };
        format!("{} (*)({params})", self.shape.return_type)
    }
}

/// A name declared with a type, as C writes it.
pub fn declare(c_type: &str, name: &str) -> String {
    let space = if c_type.ends_with('*') { "" } else { " " };
    format!("{c_type}{space}{name}")
}

/// The function type within `Option<...>`: a callback that C may leave out.
pub fn optional_function(ty: &syn::Type) -> Option<&syn::TypeBareFn> {
    match option_argument(ty)? {
        syn::Type::BareFn(function) => Some(function),
        _ => None,
    }
}

pub fn callback_shape(function: &syn::TypeBareFn) -> Result<CallbackShape, String> {
    let abi = function.abi.as_ref().and_then(|abi| abi.name.as_ref());
    if abi.is_none_or(|name| name.value() != "C") {
        return Err(format!("the callback {} is not extern \"C\"", source_text(function)));
    }
    let none = Callbacks::new();
    let return_type = match CType::parse_return(&function.output, &none)? {
        returned @ (CType::Void | CType::Int32 | CType::Int64) => returned.spelling(),
        other => return Err(format!("a callback cannot return {}", other.spelling())),
    };
    let mut params = Vec::new();
    for input in &function.inputs {
        let Some((name, _)) = &input.name else {
            return Err(format!("a parameter of {} has no name", source_text(function)));
        };
        let c_type = CType::parse_in_callback(&input.ty, &none)?.spelling();
        params.push(CallbackParam { name: name.to_string(), c_type });
    }
    Ok(CallbackShape { return_type, params })
}

fn parse_pointer(pointer: &syn::TypePtr) -> Result<CType, String> {
    let is_const = pointer.const_token.is_some();
    let name = match &*pointer.elem {
        syn::Type::Path(path) => last_segment(path),
        syn::Type::Ptr(inner) => return parse_place(pointer, inner),
        _ => return Err(forbidden(pointer)),
    };
    Ok(match (name.as_str(), is_const) {
        ("c_char", true) => CType::Text,
        ("c_char", false) => CType::TextBuffer,
        ("u8", true) => CType::Bytes,
        ("u8", false) => CType::ByteBuffer,
        ("c_void", _) => CType::VoidPointer { is_const },
        (handle, _) if handle.starts_with("INet") => CType::Handle { name, is_const },
        _ => return Err(forbidden(pointer)),
    })
}

fn parse_place(pointer: &syn::TypePtr, inner: &syn::TypePtr) -> Result<CType, String> {
    match parse_pointer(inner)? {
        CType::Handle { name, is_const: false } if pointer.const_token.is_none() => {
            Ok(CType::HandlePlace { name })
        }
        _ => Err(forbidden(pointer)),
    }
}

fn parse_path(ty: &syn::Type, callbacks: &Callbacks) -> Result<CType, String> {
    if let Some(function) = optional_function(ty) {
        let shape = callback_shape(function)?;
        return Ok(CType::Callback(Callback { type_name: None, shape }));
    }
    let syn::Type::Path(path) = ty else { return Err(forbidden(ty)) };
    let name = last_segment(path);
    if let Some(shape) = callbacks.get(&name) {
        let callback = Callback { type_name: Some(name), shape: shape.clone() };
        return Ok(CType::Callback(callback));
    }
    Ok(match name.as_str() {
        "i32" => CType::Int32,
        "i64" => CType::Int64,
        "f64" => CType::Double,
        "usize" => CType::Size,
        _ => return Err(forbidden(ty)),
    })
}

fn option_argument(ty: &syn::Type) -> Option<&syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    let segment = path.path.segments.last().filter(|segment| segment.ident == "Option")?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match arguments.args.first()? {
        syn::GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

fn last_segment(path: &syn::TypePath) -> String {
    path.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
}

fn needs_option(ty: &syn::Type) -> String {
    let written = source_text(ty);
    format!("`{written}` must be Option<{written}>: a NULL from C is undefined behaviour otherwise")
}

fn forbidden(ty: &impl syn::spanned::Spanned) -> String {
    format!("the type `{}` is forbidden in the C face", source_text(ty))
}
