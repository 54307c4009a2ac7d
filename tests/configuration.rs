//! Clients by configuration: settings by their names, files of both dialects, providers. Golden files stand in `tests/configurations`;
//! `GOLDEN=write cargo test --test configuration` writes what is read of them anew.

mod support;

use inetmail::ffi::client_tls::*;
use inetmail::ffi::config::*;
use inetmail::ffi::config_file::*;
use inetmail::ffi::delivery_settings::*;
use inetmail::ffi::network_credential::*;
use inetmail::ffi::provider::*;
use inetmail::ffi::smtp_client::*;
use inetmail::ffi::submission::*;
use inetmail::ffi::tls_validation_settings::*;
use proptest::prelude::*;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::ptr::null;
use support::face::{Client, Handle, Record, c, client, ok, status_name, text};
use support::peer::Peer;

fn config(client: &Client, name: &str) -> String {
    let name = c(name);
    text(|buffer, size| unsafe { INetSmtpClient_GetConfig(client.0, name.as_ptr(), buffer, size) })
}

fn set(client: &Client, line: &str) -> i32 {
    let line = c(line);
    unsafe { INetSmtpClient_Config(client.0, line.as_ptr()) }
}

fn name_at(index: i32) -> String {
    text(|buffer, size| unsafe { INetLibrary_GetConfigNameAt(index, buffer, size) })
}

fn provider_at(index: i32) -> String {
    text(|buffer, size| unsafe { INetLibrary_GetProviderNameAt(index, buffer, size) })
}

fn of_file(path: &Path, section: Option<&str>) -> *mut INetSmtpClient {
    let path = c(path.to_str().unwrap());
    match section.map(c) {
        None => unsafe { INetSmtpClient_CreateFromConfigFile(path.as_ptr()) },
        Some(section) => unsafe {
            INetSmtpClient_CreateFromConfigSection(path.as_ptr(), section.as_ptr())
        },
    }
}

fn of_string(xml: &str) -> *mut INetSmtpClient {
    let xml = c(xml);
    unsafe { INetSmtpClient_CreateFromConfigString(xml.as_ptr()) }
}

fn for_provider(name: &str) -> *mut INetSmtpClient {
    let name = c(name);
    unsafe { INetSmtpClient_CreateForProvider(name.as_ptr()) }
}

/// What the host can read of a client, or of the error in its place.
fn told(made: *mut INetSmtpClient) -> String {
    if made.is_null() {
        let record = Record::of_this_thread();
        return format!("{}: {}\n", status_name(record.status), record.message);
    }
    let client = Handle::of(made);
    let mut told = String::new();
    for (name, get) in [
        ("host", INetSmtpClient_GetHost as unsafe extern "C" fn(_, _, _) -> _),
        ("local domain", INetSmtpClient_GetLocalDomain),
        ("pickup directory", INetSmtpClient_GetPickupDirectoryLocation),
        ("from", INetSmtpClient_GetConfigFrom),
        ("to", INetSmtpClient_GetConfigTo),
        ("target name", INetSmtpClient_GetConfigTargetName),
    ] {
        let value = text(|buffer, size| unsafe { get(client.0, buffer, size) });
        if !value.is_empty() {
            writeln!(told, "{name}: {value}").unwrap();
        }
    }
    for (name, get) in [
        ("port", INetSmtpClient_GetPort as extern "C" fn(_) -> _),
        ("security", INetSmtpClient_GetSecurityOptions),
        ("default credentials", INetSmtpClient_GetUseDefaultCredentials),
        ("delivery method", INetSmtpClient_GetDeliveryMethod),
    ] {
        writeln!(told, "{name}: {}", get(client.0)).unwrap();
    }
    for protocol in ["", "LOGIN", "PLAIN", "NTLM"] {
        let protocol_text = c(protocol);
        let credential =
            unsafe { INetSmtpClient_GetThisHostCredentials(client.0, protocol_text.as_ptr()) };
        if !credential.is_null() {
            let credential = Handle::of(credential);
            let user = text(|buffer, size| unsafe {
                INetNetworkCredential_GetUserName(credential.0, buffer, size)
            });
            writeln!(told, "login '{protocol}': {user}").unwrap();
        }
    }
    told
}

fn configurations() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/configurations")
}

#[test]
fn files_are_read_as_they_always_were() {
    let mut files: Vec<_> =
        fs::read_dir(configurations()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension != "txt"));
    files.sort();
    assert!(files.len() > 10);
    for file in files {
        // The section, where one is wanted, stands in the name: sections@mailSettings,smtp_1.config.
        let stem = file.file_stem().unwrap().to_str().unwrap();
        let section = stem.split_once('@').map(|(_, section)| section.replace(',', "/"));
        let directory = configurations().to_str().unwrap().to_owned() + "/";
        let told = told(of_file(&file, section.as_deref())).replace(&directory, "");
        let golden = file.with_extension("txt");
        if std::env::var("GOLDEN").is_ok_and(|how| how == "write") {
            fs::write(&golden, &told).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(told, expected, "{}", file.display());
    }
}

#[test]
fn the_encoding_of_a_file_makes_no_difference() {
    let xml = "<?xml version='1.0' encoding='windows-1251'?><smtp from='\"Пётр\" &lt;petr@server.ru&gt;'/>";
    let expected = told(of_string(xml));
    assert!(expected.contains("from: \"Пётр\" <petr@server.ru>"), "{expected}");
    let utf_16 = |octets: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(xml.encode_utf16()).flat_map(octets).collect()
    };
    let octets_of_1251 = |c: char| match c {
        'П' => 0xcf,
        'ё' => 0xb8,
        'т' => 0xf2,
        'р' => 0xf0,
        c => c as u8,
    };
    for octets in [
        utf_16(u16::to_le_bytes),
        utf_16(u16::to_be_bytes),
        xml.chars().map(octets_of_1251).collect(),
        [b"\xef\xbb\xbf", xml.as_bytes()].concat(),
        xml.replace("windows-1251", "utf-8").into_bytes(),
    ] {
        let made = unsafe { INetSmtpClient_CreateFromConfigBytes(octets.as_ptr(), octets.len()) };
        assert_eq!(told(made), expected);
    }
}

#[test]
fn a_pipe_and_a_file_that_is_not_there_are_refused_at_once() {
    let pipe = std::env::temp_dir().join(format!("inetmail-config-{}.pipe", std::process::id()));
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert!(told(of_file(&pipe, None)).starts_with("INET_E_IO: "));
    fs::remove_file(&pipe).unwrap();
    assert!(told(of_file(&pipe, None)).starts_with("INET_E_FILE_NOT_FOUND: "));
}

#[test]
fn settings_are_listed_for_machines() {
    let client = client("127.0.0.1", 1);
    let count = INetLibrary_GetConfigNameCount();
    assert_eq!(count, 33);
    for index in 0..count {
        let name = name_at(index);
        let lower = c(&name.to_lowercase());
        assert_eq!(unsafe { INetLibrary_GetConfigIndexOf(lower.as_ptr()) }, index);
        let value = config(&client, &name);
        match INetLibrary_GetConfigKindAt(index) {
            INET_CONFIG_BOOLEAN => assert!(["true", "false"].contains(&value.as_str())),
            INET_CONFIG_NUMBER => assert!(value.parse::<i64>().is_ok()),
            kind => assert_eq!(kind, INET_CONFIG_TEXT),
        }
        ok(set(&client, &format!("{name}={value}")));
    }
    for index in [-1, count, i32::MAX] {
        assert_eq!(status_name(INetLibrary_GetConfigKindAt(index)), "INET_E_INDEX_OUT_OF_RANGE");
        let status = unsafe { INetLibrary_GetConfigNameAt(index, std::ptr::null_mut(), 0) };
        assert_eq!(status_name(status as i32), "INET_E_INDEX_OUT_OF_RANGE");
    }
}

#[test]
fn settings_and_properties_are_two_names_of_one_thing() {
    let client = client("127.0.0.1", 1);
    ok(set(&client, "BinaryMode=false"));
    assert_eq!(INetSmtpClient_GetUseChunking(client.0), INET_CHUNKING_OFF);
    ok(INetSmtpClient_SetChunkSize(client.0, 4096));
    assert_eq!(config(&client, "binarychunksize"), "4096");
    let tls = Handle::of(INetSmtpClient_GetTlsSettings(client.0));
    ok(set(&client, "IgnoreSystemTrust=1"));
    assert_eq!(INetTlsSettings_GetIgnoreSystemTrust(tls.0), 1);
    assert_eq!(status_name(set(&client, "RemoveBC=1")), "INET_E_CONFIG_NAME");
    assert!(Record::of_this_thread().message.ends_with("the nearest is RemoveBCC"));
    assert_eq!(status_name(set(&client, "RemoveBCC=perhaps")), "INET_E_CONFIG_VALUE");
}

/// What is set for the process is seen by other tests: a value that none of them looks at.
#[test]
fn the_process_has_settings_for_clients_to_come() {
    let of_process = |line: &str| {
        let line = c(line);
        unsafe { INetLibrary_Config(line.as_ptr()) }
    };
    let default = |name: &str| {
        let name = c(name);
        text(|buffer, size| unsafe { INetLibrary_GetConfig(name.as_ptr(), buffer, size) })
    };
    let before = client("127.0.0.1", 1);
    assert_eq!(default("GlobalCookies"), "");
    ok(of_process("globalcookies=first"));
    ok(of_process("GlobalCookies=a=b"));
    assert_eq!(default("GLOBALCOOKIES"), "a=b");
    let behind = client("127.0.0.1", 1);
    assert_eq!(config(&before, "GlobalCookies"), "");
    assert_eq!(config(&behind, "GlobalCookies"), "a=b");
    ok(set(&behind, "GlobalCookies=own"));
    assert_eq!(default("GlobalCookies"), "a=b");
    for (line, status) in [
        ("RemoveBCC=0", "INET_E_CONFIG_UNAVAILABLE"),
        ("HttpUserAgent=a\nb", "INET_E_ARGUMENT"),
        ("DefDeriveKeyIterations=999", "INET_E_CONFIG_UNAVAILABLE"),
        ("LogLevel=1", "INET_E_CONFIG_VALUE"),
        ("MaxASN1TreeDepth=0", "INET_E_ARGUMENT_OUT_OF_RANGE"),
        ("GlobalCookie=1", "INET_E_CONFIG_NAME"),
    ] {
        assert_eq!(status_name(of_process(line)), status, "{line}");
    }
    for index in 0..INetLibrary_GetConfigNameCount() {
        let is_clients_own = INetLibrary_GetConfigIsOfProcessAt(index) == 0;
        let name = name_at(index);
        if is_clients_own {
            assert_eq!(status_name(of_process(&format!("{name}=1"))), "INET_E_CONFIG_UNAVAILABLE");
        }
    }
    ok(of_process("GlobalCookies="));
}

#[test]
fn bcc_of_a_message_that_the_host_has_made_stays_where_that_is_wanted() {
    let letter = b"From: a@test\r\nTo: b@test\r\nBcc: c@test\r\n\r\ntext\r\n";
    for (setting, is_there) in [("RemoveBCC=true", false), ("RemoveBCC=false", true)] {
        let peer = Peer::offering(&["PIPELINING"]);
        let client = client("127.0.0.1", peer.port);
        ok(set(&client, setting));
        let status = unsafe {
            INetSmtpClient_SendBytes(client.0, null(), null(), letter.as_ptr(), letter.len())
        };
        ok(status);
        let delivery = peer.delivery();
        assert_eq!(delivery.recipients(), ["b@test", "c@test"]);
        assert_eq!(delivery.header().contains("Bcc: c@test\r\n"), is_there);
    }
}

#[test]
fn a_client_out_of_a_configuration_sends() {
    let peer = Peer::offering(&["PIPELINING"]);
    let xml = format!(
        "<configuration><system.net><mailSettings><smtp from='a@test'><network host='127.0.0.1'
           port='{}' clientDomain='me.test'/></smtp></mailSettings></system.net></configuration>",
        peer.port
    );
    let client = Handle::of(of_string(&xml));
    let from = text(|buffer, size| unsafe { INetSmtpClient_GetConfigFrom(client.0, buffer, size) });
    client.send(&support::face::message(&from, "b@test", "Subject", "text")).unwrap();
    assert_eq!(peer.delivery().commands[0], "MAIL FROM:<a@test>");
}

#[test]
fn providers_are_listed_and_made() {
    let count = INetLibrary_GetProviderNameCount();
    assert!(count > 30);
    for index in 0..count {
        let name = provider_at(index);
        let region = if name == "ses" { ":eu-west-1" } else { "" };
        let client = Handle::of(for_provider(&format!("{name}{region}")));
        assert_eq!(INetSmtpClient_GetEnableSsl(client.0), 1);
        assert!([465, 587].contains(&INetSmtpClient_GetPort(client.0)));
    }
    let of_address = Handle::of(for_provider("Someone@GMail.com"));
    let host = text(|buffer, size| unsafe { INetSmtpClient_GetHost(of_address.0, buffer, size) });
    assert_eq!(host, "smtp.gmail.com");
    assert!(for_provider("gmial").is_null());
    let record = Record::of_this_thread();
    assert_eq!(status_name(record.status), "INET_E_PROVIDER");
    assert!(record.message.ends_with("the nearest is gmail"));
    let status = unsafe { INetLibrary_GetProviderNameAt(count, std::ptr::null_mut(), 0) };
    assert_eq!(status_name(status as i32), "INET_E_INDEX_OUT_OF_RANGE");
}

/// The tables of the page are those of the library.
#[test]
fn the_page_tells_of_every_setting_and_every_provider() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/configuration.md");
    let page = fs::read_to_string(page).unwrap();
    let rows = |heading: &str| -> Vec<Vec<String>> {
        let (_, behind) = page.split_once(heading).expect("the heading of a table");
        let rows = behind.lines().skip_while(|line| !line.starts_with("| ---")).skip(1);
        let rows = rows.take_while(|line| line.starts_with('|'));
        rows.map(|row| row.split('|').map(|cell| cell.trim().replace('`', "")).collect()).collect()
    };
    let fresh = client("127.0.0.1", 1);
    let settings = rows("| setting |");
    assert_eq!(settings.len() as i32, INetLibrary_GetConfigNameCount());
    for (index, row) in (0..).zip(settings) {
        let default = match name_at(index).as_str() {
            "GlobalCookies" => String::new(),
            name => config(&fresh, name),
        };
        let process = if INetLibrary_GetConfigIsOfProcessAt(index) == 1 { "yes" } else { "" };
        let description =
            text(|buffer, size| unsafe { INetLibrary_GetConfigDescriptionAt(index, buffer, size) });
        assert_eq!(row[1..5], [name_at(index), default, process.into(), description]);
    }
    let providers = rows("| provider |");
    assert_eq!(providers.len() as i32, INetLibrary_GetProviderNameCount());
    for (index, row) in (0..).zip(providers) {
        let name = provider_at(index);
        let region = if name == "ses" { ":region-1" } else { "" };
        let client = Handle::of(for_provider(&format!("{name}{region}")));
        let host = text(|buffer, size| unsafe { INetSmtpClient_GetHost(client.0, buffer, size) });
        let host = host.replace("region-1", "REGION");
        assert_eq!(row[1..4], [name, host, INetSmtpClient_GetPort(client.0).to_string()]);
    }
}

/// Pieces that mean something to a configuration.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "<",
            ">",
            "/>",
            "</",
            "=",
            "\"",
            "'",
            "&",
            "&amp;",
            "&#x41;",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?xml version='1.0' encoding='utf-16'?>",
            "<!DOCTYPE a>",
            "<configuration>",
            "</configuration>",
            "<mailSettings>",
            "</mailSettings>",
            "<smtp ",
            "<smtp>",
            "</smtp>",
            "<network ",
            "from='a@b'",
            "host='h'",
            "port='25'",
            "enableSsl='true'",
            "<Mail Host='h' ",
            "<Credentials USER='u'/>",
            "<MailTo Mail='a@b;c@d'/>",
            "\n",
            "\u{feff}",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn whatever_stands_in_a_configuration_there_is_a_client_or_an_error(
        pieces in prop::collection::vec(piece(), 0..24),
    ) {
        let xml = pieces.concat().replace('\0', "");
        for made in [of_string(&xml), unsafe { INetSmtpClient_CreateFromConfigBytes(xml.as_ptr(), xml.len()) }] {
            let told = told(made);
            prop_assert!(told.starts_with("INET_E_CONFIG_") || told.contains("port: "), "{told}");
        }
    }

    #[test]
    fn octets_of_any_kind_are_a_client_or_an_error(octets in prop::collection::vec(any::<u8>(), 0..200)) {
        let made = unsafe { INetSmtpClient_CreateFromConfigBytes(octets.as_ptr(), octets.len()) };
        let told = told(made);
        prop_assert!(told.starts_with("INET_E_CONFIG_") || told.contains("port: "), "{told}");
    }

    #[test]
    fn a_line_of_any_kind_sets_or_is_an_error(
        index in 0..33i32,
        value in prop_oneof!["\\PC{0,20}", "-?[0-9]{1,25}", "(?i)true|false|sha-?(1|256)"],
        line in "\\PC{0,40}",
    ) {
        let client = client("127.0.0.1", 1);
        let name = name_at(index);
        let before = config_or_none(&client, &name);
        let status = set(&client, &format!("{name}={value}"));
        let behind = config_or_none(&client, &name);
        if status < 0 {
            prop_assert_eq!(before, behind, "a value that was refused");
            prop_assert_ne!(status_name(status), "INET_E_PANIC");
        } else {
            // What was taken reads as it was meant, and can be set again as it reads.
            let behind = behind.expect("a value");
            prop_assert_eq!(set(&client, &format!("{name}={behind}")), 0);
            prop_assert_eq!(config(&client, &name), behind);
        }
        let status = set(&client, &line);
        prop_assert!(status == 0 || status_name(status).starts_with("INET_E_CONFIG_"));
    }

    #[test]
    fn a_provider_of_any_name_is_one_or_an_error(name in "\\PC{0,30}") {
        let told = told(for_provider(&name));
        prop_assert!(told.starts_with("INET_E_PROVIDER") || told.contains("security: "), "{told}");
    }
}

fn config_or_none(client: &Client, name: &str) -> Option<String> {
    let name_text = c(name);
    let length =
        unsafe { INetSmtpClient_GetConfig(client.0, name_text.as_ptr(), std::ptr::null_mut(), 0) };
    (length >= 0).then(|| config(client, name))
}
