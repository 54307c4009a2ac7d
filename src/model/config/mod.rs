//! SecureBlackbox's configuration settings: `Name=value`, for one client or for all that the process makes from now on.

mod registry;
mod value;

use super::lock;
use super::nearest::{hint, shown};
use super::smtp_client::SmtpClient;
use crate::error::{Error, Result, Status};
use registry::SETTINGS;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

pub use registry::{Kind as ConfigKind, Setting};

/// What a client keeps for the host beside what it goes by.
#[derive(Debug, Default)]
pub struct Kept {
    /// What a configuration file says of messages.
    pub from: String,
    pub recipients: String,
    /// The service principal name of a configuration file.
    pub target_name: String,
    pub keeps_bcc: bool,
    /// Texts of settings that nothing here goes by.
    void: Vec<(&'static str, String)>,
}

/// What the host has set for the process, in the order in which it did.
static OF_PROCESS: Mutex<Vec<(&'static Setting, String)>> = Mutex::new(Vec::new());

/// Whether there is anything: a process that sets nothing never comes to the lock.
static IS_ANY_SET: AtomicBool = AtomicBool::new(false);

/// All settings, in the order of their names.
pub fn config_settings() -> Vec<&'static Setting> {
    SETTINGS.iter().collect()
}

/// A setting by its name, in any letter case.
pub fn config_setting(name: &str) -> Result<&'static Setting> {
    let name = name.trim();
    let found = SETTINGS.iter().find(|setting| setting.name.eq_ignore_ascii_case(name));
    found.ok_or_else(|| {
        let sentence = format!(
            "there is no configuration setting '{}'{}",
            shown(name),
            hint(name, SETTINGS.iter().map(|setting| setting.name))
        );
        Error::new(Status::ConfigName, sentence)
    })
}

/// Sets what every client that is made from now on begins with.
pub fn configure_library(line: &str) -> Result<()> {
    let (setting, value) = parse(line)?;
    if !setting.is_of_process {
        let name = setting.name;
        let sentence = format!("{name} is each client's own: INetSmtpClient_Config sets it");
        return Err(Error::new(Status::ConfigUnavailable, sentence));
    }
    setting.write(&SmtpClient::new("")?, value)?;
    let mut all = lock(&OF_PROCESS);
    all.retain(|(other, _)| other.name != setting.name);
    all.push((setting, value.to_owned()));
    IS_ANY_SET.store(true, Ordering::Release);
    Ok(())
}

/// What a client that is made now begins with.
pub fn library_config(name: &str) -> Result<String> {
    config_setting(name)?.read(&SmtpClient::new("")?)
}

/// Gives a client that was just made what the host has set for the process.
pub(super) fn begin_with(client: &SmtpClient) {
    if !IS_ANY_SET.load(Ordering::Acquire) {
        return;
    }
    for (setting, value) in lock(&OF_PROCESS).iter() {
        // It was written to a client once, when it was set.
        let written = setting.write(client, value);
        debug_assert!(written.is_ok());
    }
}

impl SmtpClient {
    /// Sets by a line `Name=value`.
    pub fn configure(&self, line: &str) -> Result<()> {
        let (setting, value) = parse(line)?;
        setting.write(self, value)
    }

    pub fn config(&self, name: &str) -> Result<String> {
        config_setting(name)?.read(self)
    }

    fn void(&self, name: &str, default: &str) -> String {
        let settings = lock(&self.settings);
        let found = settings.kept.void.iter().find(|(other, _)| *other == name);
        found.map_or_else(|| default.to_owned(), |(_, value)| value.clone())
    }

    fn set_void(&self, name: &'static str, value: &str) {
        let mut settings = lock(&self.settings);
        settings.kept.void.retain(|(other, _)| *other != name);
        settings.kept.void.push((name, value.to_owned()));
    }

    /// Whether a message that the host has made keeps its Bcc.
    pub(super) fn keeps_bcc(&self) -> bool {
        lock(&self.settings).kept.keeps_bcc
    }

    fn set_keeps_bcc(&self, keeps: bool) {
        lock(&self.settings).kept.keeps_bcc = keeps;
    }
}

/// The setting is looked up first: what else stands in the line may be a secret, which no sentence shows.
fn parse(line: &str) -> Result<(&'static Setting, &str)> {
    let (name, value) = match line.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (line, None),
    };
    let setting = config_setting(name)?;
    let value = value.ok_or_else(|| {
        let name = setting.name;
        let sentence = format!("there is no value: {name}=value sets, GetConfig reads");
        Error::new(Status::ConfigValue, sentence)
    })?;
    Ok((setting, value))
}

#[cfg(test)]
mod tests;
