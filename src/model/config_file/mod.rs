//! Clients out of configuration files: .NET's `system.net/mailSettings/smtp`, and Fore's Scheduler.xml.

mod decode;
mod dotnet;
mod scheduler;
mod xml;

use super::lock;
use super::mail_address::MailAddress;
use super::nearest::{hint, shown};
use super::network_credential::NetworkCredential;
use super::smtp_client::{DeliveryMethod, SmtpClient};
use crate::error::{Error, Result, Status};
use std::fs::OpenOptions;
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::sync::Arc;
use xml::{Document, Element};
use zeroize::Zeroizing;

/// No configuration is larger.
const LARGEST: usize = 4 << 20;

/// The text of a configuration. It may hold a password: wiped when it is dropped.
pub struct ConfigText {
    text: Zeroizing<String>,
    /// The file that it stands in.
    path: Option<String>,
}

impl ConfigText {
    pub fn of_file(path: &str) -> Result<ConfigText> {
        let text = ConfigText::of_octets(&read_file(path)?).map_err(about_file(path))?;
        Ok(ConfigText { path: Some(path.to_owned()), ..text })
    }

    /// UTF-8, UTF-16, or what the XML declaration says.
    pub fn of_octets(octets: &[u8]) -> Result<ConfigText> {
        check_size(octets.len())?;
        Ok(ConfigText { text: decode::text(octets)?, path: None })
    }

    /// Whatever its XML declaration says, a text is no octets any more.
    pub fn of_text(text: &str) -> Result<ConfigText> {
        check_size(text.len())?;
        Ok(ConfigText { text: Zeroizing::new(text.to_owned()), path: None })
    }

    /// A client that is set as one section says: the one that is named, or the only one, or .NET's own.
    pub fn client(&self, section: Option<&str>) -> Result<SmtpClient> {
        let made = self.make(section);
        match &self.path {
            Some(path) => made.map_err(about_file(path)),
            None => made,
        }
    }

    fn make(&self, section: Option<&str>) -> Result<SmtpClient> {
        let document = Document::parse(&self.text)?;
        let all: Vec<_> = document.elements().filter_map(Section::of).collect();
        match section {
            Some(path) => named(&all, path)?,
            None => only(&all)?,
        }
        .client()
    }
}

/// An element that describes a client.
#[derive(Clone, Copy)]
enum Section<'d> {
    DotNet(Element<'d>),
    Scheduler(Element<'d>),
}

impl<'d> Section<'d> {
    /// The dialects are told apart by what stands there, not by the name of the file.
    fn of(element: Element<'d>) -> Option<Section<'d>> {
        if dotnet::is_section(element) {
            return Some(Section::DotNet(element));
        }
        scheduler::is_section(element).then_some(Section::Scheduler(element))
    }

    fn element(self) -> Element<'d> {
        let (Section::DotNet(element) | Section::Scheduler(element)) = self;
        element
    }

    fn client(self) -> Result<SmtpClient> {
        match self {
            Section::DotNet(element) => dotnet::client(element),
            Section::Scheduler(element) => scheduler::client(element),
        }
    }
}

fn only<'d>(all: &[Section<'d>]) -> Result<Section<'d>> {
    let is_usual = |section: &Section| section.element().is("smtp");
    let usual: Vec<_> = all.iter().copied().filter(is_usual).collect();
    match (all, usual.as_slice()) {
        ([only], _) | (_, [only]) => Ok(*only),
        ([], _) => Err(no_section("there are no mail settings in it".into())),
        _ => Err(no_section(format!("there are several mail settings, name one: {}", list(all)))),
    }
}

/// The section whose path ends with these names.
fn named<'d>(all: &[Section<'d>], path: &str) -> Result<Section<'d>> {
    let written = path.trim().trim_matches('/');
    let path = written.to_lowercase();
    let ends_so = |section: &&Section| {
        let whole = section.element().path().to_lowercase();
        whole == path || whole.strip_suffix(&path).is_some_and(|start| start.ends_with('/'))
    };
    let mut found = all.iter().filter(ends_so);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(*one),
        (Some(_), Some(_)) => {
            let sentence =
                format!("there are several sections '{}': {}", shown(written), list(all));
            Err(no_section(sentence))
        }
        (None, _) if all.is_empty() => Err(no_section("there are no mail settings in it".into())),
        (None, _) => {
            // As many names of each as were written: those in front need not be.
            let names = written.split('/').count();
            let tail = |section: &Section| {
                let path = section.element().path();
                let skipped = path.split('/').count().saturating_sub(names);
                path.split('/').skip(skipped).collect::<Vec<_>>().join("/")
            };
            let tails: Vec<_> = all.iter().map(tail).collect();
            let hint = hint(written, tails.iter().map(String::as_str));
            Err(no_section(format!("there is no section '{}'{hint}", shown(written))))
        }
    }
}

fn list(sections: &[Section]) -> String {
    const MOST: usize = 10;
    let paths = sections.iter().take(MOST).map(|section| section.element().path());
    let mut list = paths.collect::<Vec<_>>().join(", ");
    if sections.len() > MOST {
        list.push_str(" ...");
    }
    list
}

fn no_section(sentence: String) -> Error {
    Error::new(Status::ConfigSection, sentence)
}

/// An error of a configuration that is not as it should be.
fn ill(sentence: impl Into<String>) -> Error {
    Error::new(Status::ConfigFile, sentence)
}

/// What a section of either dialect comes to.
#[derive(Default)]
struct Facts<'d> {
    host: &'d str,
    port: Option<i32>,
    enables_ssl: bool,
    local_domain: &'d str,
    login: Option<Login<'d>>,
    uses_default_credentials: bool,
    delivery_method: DeliveryMethod,
    pickup_directory: &'d str,
    target_name: &'d str,
    from: &'d str,
    recipients: &'d str,
}

struct Login<'d> {
    user: &'d str,
    password: &'d str,
    protocol: &'d str,
}

/// A fact that a client refuses, and where it stands.
type Place<'d> = (Element<'d>, &'static str);

/// Makes the client. `place` says where the facts of a name stand.
fn make<'d>(facts: Facts<'d>, place: impl Fn(&'static str) -> Place<'d>) -> Result<SmtpClient> {
    let about = |what: &'static str| {
        let (element, attribute) = place(what);
        move |error: Error| {
            let sentence = format!("{attribute} of <{}>: {}", element.name(), error.message());
            let line = element.wrong(sentence);
            error.restated(Status::ConfigFile, line.message().to_owned())
        }
    };
    let client = SmtpClient::new(facts.host).map_err(about("host"))?;
    if let Some(port) = facts.port {
        client.set_port(port).map_err(about("port"))?;
    }
    client.set_enable_ssl(facts.enables_ssl);
    client.set_local_domain(facts.local_domain).map_err(about("local domain"))?;
    if let Some(login) = facts.login {
        let credential = Arc::new(NetworkCredential::new(login.user, login.password, ""));
        client.set_this_host_credentials(login.protocol, Some(credential));
    }
    client.set_target_name(facts.target_name).map_err(about("target name"))?;
    client.set_use_default_credentials(facts.uses_default_credentials);
    client.set_delivery_method(facts.delivery_method);
    client.set_pickup_directory(facts.pickup_directory).map_err(about("pickup directory"))?;
    let from = one_address(facts.from).map_err(about("from"))?;
    let recipients = addresses(facts.recipients).map_err(about("recipients"))?;
    let mut settings = lock(&client.settings);
    settings.kept.from = from;
    settings.kept.recipients = recipients;
    settings.kept.target_name = facts.target_name.to_owned();
    drop(settings);
    Ok(client)
}

/// Empty for none.
fn one_address(text: &str) -> Result<String> {
    match text {
        "" => Ok(String::new()),
        text => Ok(MailAddress::parse(text)?.to_string()),
    }
}

fn addresses(text: &str) -> Result<String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let all = MailAddress::parse_list(text)?;
    Ok(all.iter().map(|address| address.to_string()).collect::<Vec<_>>().join(", "))
}

impl SmtpClient {
    /// Whom the configuration has messages be from; empty where it says nothing.
    pub fn configured_from(&self) -> String {
        lock(&self.settings).kept.from.clone()
    }

    /// Whom the configuration has messages go to.
    pub fn configured_recipients(&self) -> String {
        lock(&self.settings).kept.recipients.clone()
    }

    pub fn configured_target_name(&self) -> String {
        lock(&self.settings).kept.target_name.clone()
    }
}

fn about_file(path: &str) -> impl Fn(Error) -> Error {
    move |error| error.map_message(|message| format!("{path}: {message}"))
}

fn check_size(octets: usize) -> Result<()> {
    match octets {
        0..=LARGEST => Ok(()),
        _ => Err(ill(format!("{octets} octets are more than any configuration has"))),
    }
}

fn read_file(path: &str) -> Result<Zeroizing<Vec<u8>>> {
    let failed = |error| Error::file(path, &error);
    // Opening a pipe would wait for a writer.
    let mut options = OpenOptions::new();
    let file = options.read(true).custom_flags(libc::O_NONBLOCK).open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() {
        return Err(Error::new(Status::Io, format!("{path}: it is not a regular file")));
    }
    let length = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
    check_size(length).map_err(about_file(path))?;
    // All at once: a vector that grows leaves copies behind.
    let mut octets = Zeroizing::new(Vec::with_capacity(length + 1));
    file.take(LARGEST as u64 + 1).read_to_end(&mut octets).map_err(failed)?;
    Ok(octets)
}

#[cfg(test)]
mod tests;
