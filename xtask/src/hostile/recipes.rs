//! How to come by a live object of each type, and arguments nobody can object to.

use crate::face::{Face, OpaqueType};
use crate::problem::Problems;

/// A type and the C expression that makes one, from `live_` objects of the types above it.
const RECIPES: &[(&str, &str)] = &[
    ("INetMailAddress", r#"INetMailAddress_Create("a@example.org")"#),
    (
        "INetMailMessage",
        "INetMailMessage_CreateWithFromAndTo(live_INetMailAddress, live_INetMailAddress)",
    ),
    ("INetMailMessageCollection", "INetMailMessageCollection_Create()"),
    ("INetMailAddressCollection", "INetMailMessage_GetTo(live_INetMailMessage)"),
    // Two octets a character: a small buffer must not cut one in half.
    ("INetAttachment", r#"INetAttachment_Create("\xd1\x84\xd0\xb0\xd0\xb9\xd0\xbb")"#),
    ("INetAttachmentCollection", "INetMailMessage_GetAttachments(live_INetMailMessage)"),
    ("INetLinkedResource", r#"INetLinkedResource_Create("f", "")"#),
    ("INetLinkedResourceCollection", "INetMailMessage_GetLinkedResources(live_INetMailMessage)"),
    ("INetAlternateView", r#"INetAlternateView_CreateFromString("t", "text/html", -1)"#),
    ("INetAlternateViewCollection", "INetMailMessage_GetAlternateViews(live_INetMailMessage)"),
    ("INetNetworkCredential", r#"INetNetworkCredential_Create("u", "p", "")"#),
    ("INetCredentialCache", "INetCredentialCache_Create()"),
    ("INetServiceProxy", "INetServiceProxy_Create()"),
    // Nothing listens on port 1, so that a Send fails at once.
    ("INetSmtpClient", r#"INetSmtpClient_CreateWithHostAndPort("127.0.0.1", 1)"#),
    ("INetCredentialsByHost", "INetSmtpClient_GetCredentials(live_INetSmtpClient)"),
    ("INetTlsSettings", "INetSmtpClient_GetTlsSettings(live_INetSmtpClient)"),
    ("INetExternalCrypto", "INetSmtpClient_GetExternalCrypto(live_INetSmtpClient)"),
    (
        "INetOperation",
        "INetSmtpClient_SendAsync(live_INetSmtpClient, live_INetMailMessage, NULL, NULL, NULL)",
    ),
    ("INetCertificate", "certificate()"),
    ("INetCertificateCollection", "INetCertificateCollection_Create()"),
    ("INetCrlCollection", "INetCrlCollection_Create()"),
    ("INetOcspCollection", "INetOcspCollection_Create()"),
    ("INetEnvelopeOptions", "INetEnvelopeOptions_Create()"),
    ("INetServerInfo", "server_info()"),
    ("INetConnectionInfo", "connection_info()"),
    ("INetServerReply", "server_reply()"),
    ("INetEvent", "event()"),
    ("INetSendReport", "INetSmtpClient_SendWithReport(live_INetSmtpClient, live_INetMailMessage)"),
];

/// Texts by the name of their parameter; any other parameter takes "text".
const TEXTS: &[(&str, &str)] = &[
    ("address", "a@example.org"),
    ("from", "a@example.org"),
    ("to", "a@example.org"),
    ("host", "127.0.0.1"),
    ("authProtocol", "PLAIN"),
    ("authentications", "PLAIN:10"),
    ("ciphersuites", ""),
    ("ciphersuite", ""),
    ("curves", ""),
    ("key", "00"),
    ("algorithm", "SHA256"),
    ("setting", "MaxASN1TreeDepth=64"),
    ("configName", "MaxASN1TreeDepth"),
    ("xml", "<smtp/>"),
    ("provider", "gmail"),
    ("proxyAddress", "127.0.0.1"),
    ("proxyPort", "1"),
    ("headers", "X-Text: text"),
    ("localAddress", ""),
];

/// Numbers by the name of their parameter; any other parameter takes 0.
const NUMBERS: &[(&str, &str)] = &[
    ("port", "1"),
    ("milliseconds", "1000"),
    ("priority", "3"),
    ("codePage", "65001"),
    ("versions", "48"),
    ("depth", "32"),
    ("version", "5"),
    ("octets", "4096"),
];

/// A type and the expression that makes a live one.
pub struct Recipe<'a> {
    pub type_name: &'a str,
    pub expression: &'static str,
}

/// The recipes of the types of the face, in the order in which they can be followed.
pub fn recipes<'a>(face: &'a Face, problems: &mut Problems) -> Vec<Recipe<'a>> {
    let mut recipes = Vec::new();
    for (type_name, expression) in RECIPES {
        let Some(opaque) = face.types.iter().find(|opaque| opaque.name == *type_name) else {
            continue;
        };
        for called in called_functions(expression).filter(|name| face.function(name).is_none()) {
            let complaint = format!("the recipe of {type_name} calls {called}, which is no export");
            problems.push(&opaque.place, complaint);
        }
        recipes.push(Recipe { type_name: &opaque.name, expression });
    }
    for opaque in face.types.iter().filter(|opaque| !has_recipe(opaque)) {
        let complaint = format!(
            "{} has no recipe: tell xtask/src/hostile/recipes.rs how to make a live one",
            opaque.name
        );
        problems.push(&opaque.place, complaint);
    }
    recipes
}

pub fn sane_text(parameter: &str) -> &'static str {
    look_up(TEXTS, parameter).unwrap_or("text")
}

pub fn sane_number(parameter: &str) -> &'static str {
    look_up(NUMBERS, parameter).unwrap_or("0")
}

fn has_recipe(opaque: &OpaqueType) -> bool {
    look_up(RECIPES, &opaque.name).is_some()
}

fn look_up(table: &[(&str, &'static str)], key: &str) -> Option<&'static str> {
    table.iter().find(|(name, _)| *name == key).map(|(_, value)| *value)
}

fn called_functions(expression: &str) -> impl Iterator<Item = &str> {
    expression.split('(').filter_map(|before| {
        let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next()?;
        word.starts_with("INet").then_some(word)
    })
}
