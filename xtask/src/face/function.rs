//! One export: its signature, the role of each parameter, and what its docs must say.

use super::ctype::{CType, Callbacks, declare};
use super::docs::{Docs, Tagged};
use super::source::{Source, source_text};
use super::{ANY_HANDLE, ErrorDoc, Function, Param, Returns, Role};
use crate::problem::{Place, Problems};

pub fn parse(
    item: &syn::ItemFn,
    export: &syn::Attribute,
    section: &str,
    context: &mut Context<'_>,
) -> Option<Function> {
    let name = item.sig.ident.to_string();
    let place = context.source.place(&item.sig.ident);
    let docs = Docs::parse(&item.attrs, context.source, context.problems);
    check_shape(item, export, &place, context.problems);
    let (object, verb) = split_name(&name).or_else(|| {
        let complaint = format!("{name} is not Type_Verb with exactly one underscore");
        context.problems.push(&place, complaint);
        None
    })?;
    let params = parse_params(item, object, &docs, context)?;
    let returned = parse_return(item, object, &params, &place, context)?;
    check_docs(&name, &docs, &params, &place, context.problems);
    let return_doc = first_text(&docs.returns);
    if source_text(&item.block).contains("optional_handle(") && !may_be_none(&return_doc) {
        let complaint = format!("{name} may have none to return, which its @return does not say");
        context.problems.push(&place, complaint);
    }
    Some(Function {
        object: object.to_owned(),
        verb: verb.to_owned(),
        alias_of: inet_name(&name),
        doc: docs.text,
        returns: shape_of_return(&returned, &params, &return_doc),
        return_type: returned.spelling(),
        returns_handle_of: handle_of(&returned),
        may_return_none: may_be_none(&return_doc),
        return_doc,
        declaration: declaration(&name, &returned, &params),
        params,
        errors: docs.errors.into_iter().map(ErrorDoc::from).collect(),
        see: docs.see.into_iter().map(|see| see.text).collect(),
        section: section.to_owned(),
        source: context.source.path.clone(),
        name,
        place,
    })
}

pub struct Context<'a> {
    pub source: &'a Source,
    pub callbacks: &'a Callbacks,
    pub problems: &'a mut Problems,
}

/// The attribute that gives a function its C name.
pub fn export_attribute(attributes: &[syn::Attribute]) -> Option<&syn::Attribute> {
    attributes.iter().find(|attribute| {
        let text = source_text(&attribute.meta);
        text.contains("no_mangle") || text.contains("export_name")
    })
}

fn check_shape(
    item: &syn::ItemFn,
    export: &syn::Attribute,
    place: &Place,
    problems: &mut Problems,
) {
    let name = &item.sig.ident;
    let abi = item.sig.abi.as_ref().and_then(|abi| abi.name.as_ref());
    if abi.is_none_or(|abi| abi.value() != "C") {
        problems.push(place, format!("{name} is not extern \"C\""));
    }
    if !matches!(item.vis, syn::Visibility::Public(_)) {
        problems.push(place, format!("{name} is not pub: cbindgen would leave it out"));
    }
    if !item.sig.generics.params.is_empty() || item.sig.variadic.is_some() {
        problems
            .push(place, format!("{name} is generic or variadic, which C bindings cannot call"));
    }
    if source_text(&export.meta).contains("export_name") {
        problems.push(place, format!("{name} is renamed by export_name: the header would lie"));
    }
    if item.attrs.iter().any(|attribute| attribute.path().is_ident("cfg")) {
        problems.push(place, format!("{name} depends on cfg: the face is one for all builds"));
    }
}

fn split_name(name: &str) -> Option<(&str, &str)> {
    let (object, verb) = name.split_once('_')?;
    let is_camel = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.chars().all(|c| c.is_ascii_alphanumeric())
    };
    (is_camel(object) && is_camel(verb)).then_some((object, verb))
}

/// The name in our own manner of an export that carries the name of a Fore class.
fn inet_name(name: &str) -> Option<String> {
    if name.starts_with("INet") {
        return None;
    }
    let own = name.strip_prefix("Curl").map(|rest| format!("INet{rest}"));
    own.or_else(|| Some(format!("I{name}")))
}

fn parse_params(
    item: &syn::ItemFn,
    object: &str,
    docs: &Docs,
    context: &mut Context<'_>,
) -> Option<Vec<Param>> {
    let mut types = Vec::new();
    for input in &item.sig.inputs {
        match parse_param(input, context) {
            Ok(named_type) => types.push(named_type),
            Err(complaint) => {
                let place = context.source.place(input);
                context.problems.push(&place, format!("{}: {complaint}", item.sig.ident));
            }
        }
    }
    if types.len() < item.sig.inputs.len() {
        return None;
    }
    let mut params = Vec::new();
    for (index, (name, c_type)) in types.iter().enumerate() {
        match role(&types, index, object) {
            Ok(role) => params.push(param(name, c_type, role, docs)),
            Err(complaint) => {
                let place = context.source.place(&item.sig.inputs[index]);
                context.problems.push(&place, format!("{}: {complaint}", item.sig.ident));
            }
        }
    }
    (params.len() == types.len()).then_some(params)
}

fn parse_param(input: &syn::FnArg, context: &Context<'_>) -> Result<(String, CType), String> {
    let syn::FnArg::Typed(typed) = input else { return Err("an export has no self".to_owned()) };
    let syn::Pat::Ident(name) = &*typed.pat else {
        return Err(format!("`{}` is not a parameter name", source_text(&typed.pat)));
    };
    Ok((name.ident.to_string(), CType::parse(&typed.ty, context.callbacks)?))
}

fn role(types: &[(String, CType)], index: usize, object: &str) -> Result<Role, String> {
    let (name, c_type) = &types[index];
    let before = index.checked_sub(1).map(|index| &types[index].1);
    let is_measured = types.get(index + 1).is_some_and(|(_, next)| *next == CType::Size);
    match c_type {
        CType::Handle { name: of, .. } if index == 0 && of == object => Ok(Role::Receiver),
        CType::VoidPointer { is_const: false } if name == "user" => Ok(Role::User),
        CType::VoidPointer { .. } if object == "INetObject" && index == 0 => Ok(Role::Receiver),
        CType::VoidPointer { .. } if object == "INetObject" => Ok(Role::In),
        CType::VoidPointer { .. } => Err(format!("void *{name} is neither user nor a handle")),
        CType::Bytes | CType::TextBuffer | CType::ByteBuffer if !is_measured => {
            Err(format!("{name} lacks the size_t that measures it"))
        }
        CType::Bytes => Ok(Role::InBytes),
        CType::TextBuffer | CType::ByteBuffer => Ok(Role::OutBuffer),
        CType::Size if before == Some(&CType::Bytes) => Ok(Role::Length),
        CType::Size if before.is_some_and(CType::is_host_buffer) => Ok(Role::Capacity),
        CType::Size => Err(format!("size_t {name} does not measure the buffer before it")),
        CType::Text => Ok(Role::InText),
        CType::Callback(_) if !types.iter().any(|(name, _)| name == "user") => {
            Err(format!("the callback {name} has no void *user"))
        }
        CType::Callback(_) => Ok(Role::Callback),
        CType::Handle { .. } | CType::Int32 | CType::Int64 | CType::Double => Ok(Role::In),
        CType::HandlePlace { .. } | CType::Void => Err(format!("{name} has no type")),
    }
}

fn param(name: &str, c_type: &CType, role: Role, docs: &Docs) -> Param {
    let doc = docs.param(name).map(|param| param.text.clone()).unwrap_or_default();
    let may_always_be_null = matches!(role, Role::OutBuffer | Role::User);
    Param {
        name: name.to_owned(),
        c_type: c_type.spelling(),
        role,
        handle_of: handle_of(c_type).filter(|_| role != Role::User),
        callback: match c_type {
            CType::Callback(callback) => Some(callback.clone()),
            _ => None,
        },
        nullable: may_always_be_null || doc.contains("or NULL"),
        doc,
    }
}

fn handle_of(c_type: &CType) -> Option<String> {
    match c_type {
        CType::Handle { name, .. } => Some(name.clone()),
        CType::VoidPointer { .. } => Some(ANY_HANDLE.to_owned()),
        _ => None,
    }
}

fn parse_return(
    item: &syn::ItemFn,
    object: &str,
    params: &[Param],
    place: &Place,
    context: &mut Context<'_>,
) -> Option<CType> {
    let complaint = match CType::parse_return(&item.sig.output, context.callbacks) {
        Ok(returned) => match return_complaint(&returned, object, params) {
            None => return Some(returned),
            Some(complaint) => complaint,
        },
        Err(complaint) => complaint,
    };
    context.problems.push(place, format!("{}: {complaint}", item.sig.ident));
    None
}

fn return_complaint(returned: &CType, object: &str, params: &[Param]) -> Option<String> {
    let has_buffer = params.iter().any(|param| param.role == Role::OutBuffer);
    match returned {
        CType::Int64 => None,
        _ if has_buffer => Some("text and bytes come back as int64_t, the full length".to_owned()),
        CType::Int32 | CType::Handle { is_const: false, .. } => None,
        CType::VoidPointer { is_const: false } if object == "INetObject" => None,
        other => Some(format!("returns {}, which is none of the three shapes", other.spelling())),
    }
}

fn shape_of_return(returned: &CType, params: &[Param], doc: &str) -> Returns {
    let buffer = params.iter().find(|param| param.role == Role::OutBuffer);
    match (returned, buffer) {
        (CType::Int64, Some(buffer)) if buffer.c_type == CType::TextBuffer.spelling() => {
            Returns::Text
        }
        (CType::Int64, Some(_)) => Returns::Bytes,
        (CType::Int64, None) => Returns::Value64,
        (CType::Int32, _) if doc.contains(STATUS_AS_ANSWER) => Returns::StatusValue,
        (CType::Int32, _) if is_status_doc(doc) => Returns::Status,
        (CType::Int32, _) => Returns::Value,
        _ => Returns::Handle,
    }
}

/// What a @return says whose statuses are what the host has asked for.
const STATUS_AS_ANSWER: &str = "A status is the answer";

/// Whether a @return says that NULL may mean that there is none.
fn may_be_none(doc: &str) -> bool {
    let spellings = ["where there is none", "where there are none", "if there is none"];
    spellings.iter().any(|spelling| doc.contains(&format!("NULL {spelling}")))
}

fn is_status_doc(doc: &str) -> bool {
    let first = doc.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next();
    matches!(first, Some("0" | "INET_OK"))
}

fn declaration(name: &str, returned: &CType, params: &[Param]) -> String {
    let params: Vec<String> = params
        .iter()
        .map(|param| match &param.callback {
            Some(callback) if callback.type_name.is_none() => {
                let shape = &callback.shape;
                let inner: Vec<String> = shape.params.iter().map(|p| p.declaration()).collect();
                format!("{} (*{})({})", shape.return_type, param.name, list(&inner))
            }
            _ => declare(&param.c_type, &param.name),
        })
        .collect();
    format!("{}({})", declare(&returned.spelling(), name), list(&params))
}

fn list(params: &[String]) -> String {
    if params.is_empty() { "void".to_owned() } else { params.join(", ") }
}

fn check_docs(name: &str, docs: &Docs, params: &[Param], place: &Place, problems: &mut Problems) {
    if docs.text.is_empty() {
        problems.push(place, format!("{name} has no documentation"));
    }
    for param in params {
        if param.doc.is_empty() {
            problems.push(place, format!("{name} lacks @param {}", param.name));
        }
    }
    for (index, tagged) in docs.params.iter().enumerate() {
        let word = &tagged.word;
        if !params.iter().any(|param| param.name == *word) {
            problems.push(&tagged.place, format!("{name} has no parameter {word}"));
        }
        if docs.params[..index].iter().any(|earlier| earlier.word == *word) {
            problems.push(&tagged.place, format!("{name} describes {word} twice"));
        }
    }
    if docs.returns.len() != 1 || first_text(&docs.returns).is_empty() {
        problems.push(place, format!("{name} needs one @return that says what comes back"));
    }
    if first_text(&docs.see).is_empty() {
        problems
            .push(place, format!("{name} lacks @see: the Fore member, RFC section or relative"));
    }
}

fn first_text(tags: &[Tagged]) -> String {
    tags.first().map(|tag| tag.text.clone()).unwrap_or_default()
}

impl From<Tagged> for ErrorDoc {
    fn from(tagged: Tagged) -> ErrorDoc {
        ErrorDoc { status: tagged.word, doc: tagged.text }
    }
}
