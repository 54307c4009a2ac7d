//! The lists of numbers: statuses, constants and code pages.

use syn::visit::{self, Visit};

use super::docs::Docs;
use super::source::{Source, source_text};
use super::{CodePage, Constant, Status};
use crate::problem::Problems;

/// The variants of `enum Status`, each with its sentence from `#[error]`.
pub fn statuses(source: &Source, problems: &mut Problems) -> Vec<Status> {
    let list = source.tree.items.iter().find_map(|item| match item {
        syn::Item::Enum(list) if list.ident == "Status" => Some(list),
        _ => None,
    });
    let Some(list) = list else {
        problems.push(&source.place(&source.tree), "holds no enum Status");
        return Vec::new();
    };
    list.variants.iter().filter_map(|variant| status(variant, source, problems)).collect()
}

fn status(variant: &syn::Variant, source: &Source, problems: &mut Problems) -> Option<Status> {
    let place = source.place(&variant.ident);
    let sentence = variant
        .attrs
        .iter()
        .find(|attribute| attribute.path().is_ident("error"))
        .and_then(|attribute| attribute.parse_args::<syn::LitStr>().ok());
    let value = variant.discriminant.as_ref().and_then(|(_, value)| evaluate(value));
    let value = value.and_then(|value| i32::try_from(value).ok());
    let (Some(sentence), Some(value)) = (sentence, value) else {
        let complaint = "needs #[error(\"its sentence\")] and its number";
        problems.push(&place, format!("Status::{} {complaint}", variant.ident));
        return None;
    };
    let name = format!("INET_E_{}", screaming_snake(&variant.ident.to_string()));
    Some(Status { name, value, sentence: sentence.value(), place })
}

/// The `pub const INET_...` of one file.
pub fn constants(source: &Source, section: &str, problems: &mut Problems) -> Vec<Constant> {
    let mut constants = Vec::new();
    for item in &source.tree.items {
        let syn::Item::Const(item) = item else { continue };
        let name = item.ident.to_string();
        if !name.starts_with("INET_") || !matches!(item.vis, syn::Visibility::Public(_)) {
            continue;
        }
        let place = source.place(&item.ident);
        let doc = Docs::parse(&item.attrs, source, problems).text;
        let is_integer = matches!(source_text(&item.ty).as_str(), "i32" | "i64");
        match evaluate(&item.expr).filter(|_| is_integer) {
            Some(value) => {
                let section = section.to_owned();
                constants.push(Constant { name, value, doc, section, place });
            }
            None => problems.push(&place, format!("{name} must be an i32 or i64 written out")),
        }
    }
    constants
}

/// The rows `page(number, "ForeName", ...)` of the table.
pub fn code_pages(source: &Source, problems: &mut Problems) -> Vec<CodePage> {
    let mut rows = CodePageRows { source, found: Vec::new() };
    rows.visit_file(&source.tree);
    if rows.found.is_empty() {
        let place = source.place(&source.tree);
        problems.push(&place, "holds no rows of the form page(21866, \"KOI8U\", ...)");
    }
    rows.found
}

struct CodePageRows<'a> {
    source: &'a Source,
    found: Vec<CodePage>,
}

impl<'a> Visit<'a> for CodePageRows<'a> {
    fn visit_expr_call(&mut self, call: &'a syn::ExprCall) {
        self.found.extend(code_page(call, self.source));
        visit::visit_expr_call(self, call);
    }
}

fn code_page(call: &syn::ExprCall, source: &Source) -> Option<CodePage> {
    let syn::Expr::Path(function) = &*call.func else { return None };
    if !function.path.is_ident("page") {
        return None;
    }
    let value = i32::try_from(evaluate(call.args.first()?)?).ok()?;
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(name), .. }) = call.args.get(1)? else {
        return None;
    };
    let fore_name = name.value();
    let word: String =
        fore_name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let name = format!("INET_CODE_PAGE_{}", word.to_ascii_uppercase());
    Some(CodePage { name, fore_name, value, place: source.place(call) })
}

/// The value of an integer written with literals, `-`, `|`, `<<` and parentheses.
fn evaluate(expression: &syn::Expr) -> Option<i64> {
    match expression {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }) => {
            number.base10_parse().ok()
        }
        syn::Expr::Unary(syn::ExprUnary { op: syn::UnOp::Neg(_), expr, .. }) => {
            evaluate(expr)?.checked_neg()
        }
        syn::Expr::Paren(inner) => evaluate(&inner.expr),
        syn::Expr::Binary(binary) => {
            let (left, right) = (evaluate(&binary.left)?, evaluate(&binary.right)?);
            match binary.op {
                syn::BinOp::BitOr(_) => Some(left | right),
                syn::BinOp::Shl(_) => left.checked_shl(u32::try_from(right).ok()?),
                _ => None,
            }
        }
        _ => None,
    }
}

/// `ArgumentNull` to `ARGUMENT_NULL`.
fn screaming_snake(camel: &str) -> String {
    let mut name = String::new();
    let mut previous: Option<char> = None;
    for letter in camel.chars() {
        if letter.is_uppercase() && previous.is_some_and(|c| !c.is_uppercase()) {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase());
        previous = Some(letter);
    }
    name
}
