//! The one table of configuration settings: name, kind, how it is read and written, and what it is.

use super::value::{boolean, number, refused, text_of_boolean};
use crate::error::{Error, Result, Status};
use crate::model::smtp_client::SmtpClient;
use crate::model::{Use, within};

/// What the values of a setting look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Boolean,
    Number,
    Text,
}

/// One row of the table.
pub struct Setting {
    pub name: &'static str,
    /// What it does, in one line.
    pub description: &'static str,
    /// Whether it can be set for all clients to come, too.
    pub is_of_process: bool,
    binding: Binding,
}

/// What a setting leads to.
enum Binding {
    Boolean(fn(&SmtpClient) -> bool, fn(&SmtpClient, bool) -> Result<()>),
    Number(fn(&SmtpClient) -> i64, fn(&SmtpClient, i64) -> Result<()>),
    Text(fn(&SmtpClient) -> String, fn(&SmtpClient, &str) -> Result<()>),
    /// To nothing, as it is with SecureBlackbox: taken, and read back.
    Void {
        default: &'static str,
    },
    /// To what can only be so, for a reason.
    Always(bool, &'static str),
    /// The same with a number.
    Only(i64, &'static str),
}

use Binding::{Always, Boolean, Number, Only, Text, Void};

impl Setting {
    pub fn kind(&self) -> Kind {
        match self.binding {
            Boolean(..) | Always(..) => Kind::Boolean,
            Number(..) | Only(..) => Kind::Number,
            Text(..) | Void { .. } => Kind::Text,
        }
    }

    pub fn read(&self, client: &SmtpClient) -> Result<String> {
        match self.binding {
            Boolean(read, _) => Ok(text_of_boolean(read(client))),
            Number(read, _) => Ok(read(client).to_string()),
            Text(read, _) => Ok(read(client)),
            Void { default } => Ok(client.void(self.name, default)),
            Always(value, _) => Ok(text_of_boolean(value)),
            Only(value, _) => Ok(value.to_string()),
        }
    }

    pub fn write(&self, client: &SmtpClient, value: &str) -> Result<()> {
        let name = self.name;
        match self.binding {
            Boolean(_, write) => write(client, boolean(name, value)?),
            Number(_, write) => write(client, number(name, value)?),
            Text(_, write) => write(client, value),
            Void { .. } => {
                client.set_void(name, value);
                Ok(())
            }
            Always(only, _) if boolean(name, value)? == only => Ok(()),
            Always(only, why) => Err(self.fixed(&text_of_boolean(only), why)),
            Only(only, _) if number(name, value)? == only => Ok(()),
            Only(only, why) => Err(self.fixed(&only.to_string(), why)),
        }
        .map_err(|error| error.map_message(|message| self.naming(message)))
    }

    /// Says which setting a sentence of a setter is about.
    fn naming(&self, message: String) -> String {
        match message.contains(self.name) {
            true => message,
            false => format!("{}: {message}", self.name),
        }
    }

    fn fixed(&self, only: &str, why: &str) -> Error {
        let sentence = format!("{} can only be {only}: {why}", self.name);
        Error::new(Status::ConfigUnavailable, sentence)
    }
}

const fn client(name: &'static str, binding: Binding, description: &'static str) -> Setting {
    Setting { name, description, is_of_process: false, binding }
}

const fn process(name: &'static str, binding: Binding, description: &'static str) -> Setting {
    Setting { name, description, is_of_process: true, binding }
}

/// SecureBlackbox's settings of SMTPClient, in the order of their names.
pub static SETTINGS: [Setting; 33] = [
    client(
        "Authentications",
        Text(SmtpClient::authentications, SmtpClient::set_authentications),
        "The authentication mechanisms that may be used, and their priorities.",
    ),
    client(
        "BinaryChunkSize",
        Number(
            |client| client.policy().chunk_size.map_or(0, |octets| octets as i64),
            SmtpClient::set_chunk_size,
        ),
        "How many octets a BDAT chunk has; 0 for the whole message as one.",
    ),
    client(
        "BinaryMode",
        Boolean(|client| client.policy().chunking != Use::Off, set_binary_mode),
        "Whether messages may go in chunks (BDAT, BINARYMIME) where the server offers that.",
    ),
    process(
        "CheckKeyIntegrityBeforeUse",
        Boolean(
            |client| client.tls_settings().now().checks_client_key,
            |client, checks| {
                client.tls_settings().set_checks_client_key(checks);
                Ok(())
            },
        ),
        "Whether a private key is tried on its certificate before a connection uses it.",
    ),
    process(
        "CookieCaching",
        Void { default: "" },
        "Cookies of HTTP transports, of which SMTP has none: kept and without effect.",
    ),
    process(
        "Cookies",
        Void { default: "" },
        "Cookies of HTTP transports, of which SMTP has none: kept and without effect.",
    ),
    process(
        "DefDeriveKeyIterations",
        Only(
            // As RFC 8018 section 4.2 has it.
            1000,
            "keys are derived for SCRAM alone, by as many rounds as the server says, and of fewer it is not believed",
        ),
        "How few rounds that make a key out of a password are accepted of a server.",
    ),
    process(
        "EnableClientSideSSLFFDHE",
        Always(false, "the TLS library of this build has no finite-field groups"),
        "Whether TLS may agree on keys by finite-field Diffie-Hellman.",
    ),
    client(
        "ForceLogin",
        Boolean(SmtpClient::forces_login, |client, forces| {
            client.set_forces_login(forces);
            Ok(())
        }),
        "Whether a server that offers no login is an error where there are credentials.",
    ),
    process(
        "GlobalCookies",
        Void { default: "" },
        "Cookies of HTTP transports, of which SMTP has none: kept and without effect.",
    ),
    process(
        "HttpUserAgent",
        Text(SmtpClient::http_user_agent, SmtpClient::set_http_user_agent),
        "The name of the client in requests to proxies and revocation services; empty for none.",
    ),
    client(
        "IgnoreSystemTrust",
        Boolean(
            |client| !client.tls_settings().now().rules.trusts_system,
            |client, ignores| {
                client.tls_settings().set_ignores_system_trust(ignores);
                Ok(())
            },
        ),
        "Whether only the certificates that the host trusts are trusted, and none of the system's.",
    ),
    process(
        "LogDestination",
        Text(
            |client| client.log_settings().destination_text(),
            |client, text| client.change_log(|log| log.set_destination_text(text)),
        ),
        "Where the log goes: none, file, callback or stderr.",
    ),
    process(
        "LogDetails",
        Text(
            |client| client.log_settings().details_text(),
            |client, text| client.change_log(|log| log.set_details_text(text)),
        ),
        "What each line of the log tells: time, level, thread, connection; hex of octets.",
    ),
    process(
        "LogFile",
        Text(
            |client| client.log_settings().file,
            |client, text| client.change_log(|log| log.set_file(text)),
        ),
        "The file that the log goes to.",
    ),
    process(
        "LogFilters",
        Text(
            |client| client.log_settings().filters_text(),
            |client, text| client.change_log(|log| log.set_filters_text(text)),
        ),
        "What is logged: dns, net, tls, smtp, and data for what stands in messages; -tls leaves out.",
    ),
    process(
        "LogFlushMode",
        Text(
            |client| client.log_settings().flush_text(),
            |client, text| client.change_log(|log| log.set_flush_text(text)),
        ),
        "When the log is written out: each, interval (a second) or none (LogMaxEventCount).",
    ),
    process(
        "LogLevel",
        Text(
            |client| client.log_settings().level_text(),
            |client, text| client.change_log(|log| log.set_level_text(text)),
        ),
        "How much is logged: none, error, warning, info, debug or trace.",
    ),
    process(
        "LogMaxEventCount",
        Number(
            |client| client.log_settings().max_event_count as i64,
            |client, count| client.change_log(|log| log.set_max_event_count(count)),
        ),
        "How many lines the log holds back, unless it is written out before.",
    ),
    process(
        "LogRotationMode",
        Text(
            |client| client.log_settings().rotation_text(),
            |client, text| client.change_log(|log| log.set_rotation_text(text)),
        ),
        "What becomes of a log file that is full: none, delete-half:1048576, rotate-5:1048576 (or no size: 10485760).",
    ),
    process(
        "MaxASN1BufferLength",
        Number(
            |client| client.tls_settings().now().rules.limits.length as i64,
            |client, octets| client.tls_settings().set_asn1_length(octets),
        ),
        "How many octets a primitive value of ASN.1 may have.",
    ),
    process(
        "MaxASN1TreeDepth",
        Number(
            |client| client.tls_settings().now().rules.limits.depth as i64,
            |client, depth| {
                let depth = within("depth of ASN.1", depth, 1..=i64::from(i32::MAX))?;
                client.tls_settings().set_asn1_depth(depth as i32)
            },
        ),
        "How deep ASN.1 may be nested.",
    ),
    process(
        "OCSPHashAlgorithm",
        Text(
            |client| client.tls_settings().ocsp_hash().to_owned(),
            |client, name| client.tls_settings().set_ocsp_hash(name.trim()),
        ),
        "The hash by which requests name certificates to OCSP responders: SHA1 or SHA256.",
    ),
    client(
        "RemoveBCC",
        Boolean(
            |client| !client.keeps_bcc(),
            |client, removes| {
                client.set_keeps_bcc(!removes);
                Ok(())
            },
        ),
        "Whether Bcc is taken out of messages that the host has made itself; of others it always is.",
    ),
    client(
        "SendBufferSize",
        Number(SmtpClient::send_buffer_size, SmtpClient::set_send_buffer_size),
        "How many octets the system is handed at a time; 0 for as many as it takes.",
    ),
    client(
        "TempPath",
        Text(|client| client.void("TempPath", ""), set_temp_path),
        "A directory for temporary files, of which this library makes none: kept and without effect.",
    ),
    client(
        "TolerateMinorChainIssues",
        Boolean(
            |client| client.tls_settings().now().rules.tolerates_minor_issues,
            |client, tolerates| {
                client.tls_settings().set_tolerates_minor_issues(tolerates);
                Ok(())
            },
        ),
        "Whether small faults of a chain of certificates are overlooked.",
    ),
    client(
        "UseMicrosoftCTL",
        Boolean(
            |client| client.tls_settings().now().uses_microsoft_list,
            |client, uses| {
                client.tls_settings().set_uses_microsoft_list(uses);
                Ok(())
            },
        ),
        "Whether Microsoft's list of roots is asked; where there is none, connections then fail.",
    ),
    process(
        "UseOwnDNSResolver",
        Boolean(
            |client| client.dns().auto_is_own,
            |client, uses| {
                client.set_uses_own_resolver(uses);
                Ok(())
            },
        ),
        "Whether SocketDnsMode auto asks the library, not the system, for names. Named servers have it do so, too.",
    ),
    process(
        "UseSharedSystemStorages",
        Boolean(
            |client| client.tls_settings().now().shares_system_roots,
            |client, shares| {
                client.tls_settings().set_shares_system_roots(shares);
                Ok(())
            },
        ),
        "Whether the certificates of the system are loaded once for the process, or for each client.",
    ),
    client(
        "UseSystemCertificates",
        Boolean(
            |client| client.tls_settings().now().uses_system_roots,
            |client, uses| {
                client.tls_settings().set_uses_system_roots(uses);
                Ok(())
            },
        ),
        "Whether the certificates of the system are used at all.",
    ),
    process(
        "UseSystemOAEPAndPSS",
        Always(false, "no system that this build runs on has RSA of its own"),
        "Whether the system does RSA OAEP and PSS.",
    ),
    process(
        "UseSystemRandom",
        Always(true, "chance comes from the system, and from nowhere else"),
        "Whether chance comes from the system.",
    ),
];

/// A client that insists on chunks goes on doing so.
fn set_binary_mode(client: &SmtpClient, is_allowed: bool) -> Result<()> {
    match (is_allowed, client.policy().chunking) {
        (false, _) => client.set_chunking(Use::Off),
        (true, Use::Off) => client.set_chunking(Use::Auto),
        (true, _) => {}
    }
    Ok(())
}

fn set_temp_path(client: &SmtpClient, path: &str) -> Result<()> {
    if !path.is_empty() && !std::path::Path::new(path).is_dir() {
        return Err(refused("TempPath", path, "an existing directory"));
    }
    client.set_void("TempPath", path);
    Ok(())
}
