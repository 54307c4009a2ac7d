//! Mail providers by name: where their submission servers are.

mod table;

use super::nearest::{hint, shown};
use super::smtp_client::SmtpClient;
use crate::error::{Error, Result, Status};
use table::PROVIDERS;

/// One row of the table. All of them ask for TLS and a login.
struct Provider {
    /// In small letters; further names stand behind it.
    names: &'static [&'static str],
    host: &'static str,
    /// 465 has TLS from the first octet, any other STARTTLS.
    port: u16,
    /// Whose mail addresses are the provider's.
    domains: &'static [&'static str],
}

/// What stands in the host of a provider for a region that is to be named.
const REGION: &str = "{region}";

/// The names of all providers, each once.
pub fn provider_names() -> Vec<&'static str> {
    PROVIDERS.iter().map(|provider| provider.names[0]).collect()
}

/// A client for a provider: by its name, by `name:region`, or by a mail address of its domain.
pub fn provider_client(wanted: &str) -> Result<SmtpClient> {
    let wanted = wanted.trim().to_lowercase();
    let (provider, region) = match wanted.rsplit_once('@') {
        Some((_, domain)) => (by_domain(domain)?, None),
        None => match wanted.split_once(':') {
            Some((name, region)) => (by_name(name)?, Some(region)),
            None => (by_name(&wanted)?, None),
        },
    };
    let client = SmtpClient::with_port(&provider.host_in(region)?, i32::from(provider.port))?;
    client.set_enable_ssl(true);
    Ok(client)
}

fn by_name(name: &str) -> Result<&'static Provider> {
    // "Mail.ru", "Mail Ru" and "mailru" are one name.
    let bare = |name: &str| name.replace([' ', '-', '_', '.'], "");
    let wanted = bare(name);
    let is_wanted = |known: &&str| bare(known) == wanted;
    let has_name = |provider: &&Provider| provider.names.iter().any(is_wanted);
    let found = PROVIDERS.iter().find(has_name);
    let found = found.or_else(|| by_domain(name).ok());
    found.ok_or_else(|| {
        let all = PROVIDERS.iter().flat_map(|provider| provider.names.iter().copied());
        unknown(format!("no mail provider '{}' is known{}", shown(name), hint(name, all)))
    })
}

fn by_domain(domain: &str) -> Result<&'static Provider> {
    let found = PROVIDERS.iter().find(|provider| provider.domains.contains(&domain));
    found.ok_or_else(|| {
        let all = PROVIDERS.iter().flat_map(|provider| provider.domains.iter().copied());
        let (shown, hint) = (shown(domain), hint(domain, all));
        unknown(format!("no mail provider of the domain '{shown}' is known{hint}"))
    })
}

fn unknown(sentence: String) -> Error {
    Error::new(Status::Provider, sentence)
}

impl Provider {
    fn host_in(&self, region: Option<&str>) -> Result<String> {
        let name = self.names[0];
        let takes_region = self.host.contains(REGION);
        match region {
            None if takes_region => {
                let sentence =
                    format!("{name} has a server in each region: name one, as in {name}:eu-west-1");
                Err(unknown(sentence))
            }
            None => Ok(self.host.to_owned()),
            Some(region) if takes_region && is_region(region) => {
                Ok(self.host.replace(REGION, region))
            }
            Some(region) if takes_region => {
                Err(unknown(format!("'{}' is no name of a region of {name}", shown(region))))
            }
            Some(_) => Err(unknown(format!("{name} has no regions to choose from"))),
        }
    }
}

/// A name as regions have it, and nothing that would lead to another host.
fn is_region(name: &str) -> bool {
    let is_fit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (4..=32).contains(&name.len())
        && name.contains('-')
        && name.chars().all(is_fit)
        && !name.starts_with('-')
        && !name.ends_with('-')
}

#[cfg(test)]
mod tests;
