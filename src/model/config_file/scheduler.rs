//! Fore's Scheduler.xml: `<Mail>`, `<Credentials>` and `<MailTo>` of a host.

use super::xml::Element;
use super::{Facts, Login, make};
use crate::error::Result;
use crate::model::smtp_client::SmtpClient;

const MAIL: [&str; 4] = ["Host", "Port", "From", "EnableSsl"];
const CREDENTIALS: [&str; 4] = ["USER", "PASSWORD", "Ask", "AuthProtocol"];
const MAIL_TO: [&str; 1] = ["Mail"];

/// The protocol where none is named; one that is named empty leaves it to the server.
const USUAL_PROTOCOL: &str = "LOGIN";

/// `<Mail>` with a host; what stands beside it, or in it, belongs to it.
pub fn is_section(element: Element) -> bool {
    element.is("Mail") && element.has("Host")
}

pub fn client(mail: Element) -> Result<SmtpClient> {
    let mut facts = Facts {
        host: mail.word("Host")?.unwrap_or_default(),
        // 0 is the usual port.
        port: mail.number("Port")?.filter(|port| *port != 0),
        enables_ssl: mail.boolean("EnableSsl")?,
        from: mail.word("From")?.unwrap_or_default(),
        ..Facts::default()
    };
    mail.refuse_others(&MAIL)?;
    if let Some(credentials) = companion(mail, "Credentials")? {
        facts.login = login(credentials)?;
    }
    let mail_to = companion(mail, "MailTo")?;
    if let Some(mail_to) = mail_to {
        facts.recipients = mail_to.word("Mail")?.unwrap_or_default();
        mail_to.refuse_others(&MAIL_TO)?;
    }
    make(facts, |what| match what {
        "host" => (mail, "Host"),
        "port" => (mail, "Port"),
        "recipients" => (mail_to.unwrap_or(mail), "Mail"),
        _ => (mail, "From"),
    })
}

/// A user who is to be asked for has nothing here to log in with: that is the host's to set.
fn login<'d>(credentials: Element<'d>) -> Result<Option<Login<'d>>> {
    let user = credentials.text("USER")?.unwrap_or_default();
    let password = credentials.text("PASSWORD")?.unwrap_or_default();
    let protocol = credentials.text("AuthProtocol")?.unwrap_or(USUAL_PROTOCOL);
    let is_asked_for = credentials.boolean("Ask")?;
    credentials.refuse_others(&CREDENTIALS)?;
    let is_known = !user.is_empty() && !is_asked_for;
    Ok(is_known.then_some(Login { user, password, protocol }))
}

/// The element of this name within `<Mail>`, else the only one beside it.
fn companion<'d>(mail: Element<'d>, name: &str) -> Result<Option<Element<'d>>> {
    match (mail.child(name)?, mail.parent()) {
        (None, Some(parent)) => parent.child(name),
        (inner, _) => Ok(inner),
    }
}
