use super::*;
use crate::model::Use;

/// The names of C11 as SecureBlackbox's reference has them.
const NAMES: [&str; 33] = [
    "Authentications",
    "BinaryChunkSize",
    "BinaryMode",
    "CheckKeyIntegrityBeforeUse",
    "CookieCaching",
    "Cookies",
    "DefDeriveKeyIterations",
    "EnableClientSideSSLFFDHE",
    "ForceLogin",
    "GlobalCookies",
    "HttpUserAgent",
    "IgnoreSystemTrust",
    "LogDestination",
    "LogDetails",
    "LogFile",
    "LogFilters",
    "LogFlushMode",
    "LogLevel",
    "LogMaxEventCount",
    "LogRotationMode",
    "MaxASN1BufferLength",
    "MaxASN1TreeDepth",
    "OCSPHashAlgorithm",
    "RemoveBCC",
    "SendBufferSize",
    "TempPath",
    "TolerateMinorChainIssues",
    "UseMicrosoftCTL",
    "UseOwnDNSResolver",
    "UseSharedSystemStorages",
    "UseSystemCertificates",
    "UseSystemOAEPAndPSS",
    "UseSystemRandom",
];

fn client() -> SmtpClient {
    SmtpClient::new("").unwrap()
}

fn refusal(client: &SmtpClient, line: &str) -> Status {
    client.configure(line).expect_err(line).status()
}

#[test]
fn every_name_of_the_reference_has_its_row_and_there_is_no_other() {
    let names: Vec<_> = config_settings().iter().map(|setting| setting.name).collect();
    assert_eq!(names, NAMES);
    for setting in config_settings() {
        assert!(setting.description.ends_with('.') && setting.description.len() < 110);
    }
}

#[test]
fn what_is_read_can_be_written_and_reads_the_same() {
    let client = client();
    for setting in config_settings() {
        let read = client.config(&setting.name.to_uppercase()).unwrap();
        client.configure(&format!(" {} ={read}", setting.name.to_lowercase())).unwrap();
        assert_eq!(client.config(setting.name).unwrap(), read);
    }
}

#[test]
fn each_setting_acts_on_what_it_is_about() {
    let client = client();
    let tls = || client.tls_settings().now();
    for (line, has_acted) in [
        (
            "BinaryChunkSize=65536",
            &(|| client.policy().chunk_size == Some(65536)) as &dyn Fn() -> bool,
        ),
        ("BinaryMode=0", &|| client.policy().chunking == Use::Off),
        ("BinaryMode=1", &|| client.policy().chunking == Use::Auto),
        ("CheckKeyIntegrityBeforeUse=true", &|| tls().checks_client_key),
        ("IgnoreSystemTrust=TRUE", &|| !tls().rules.trusts_system),
        ("MaxASN1BufferLength=100000", &|| tls().rules.limits.length == 100_000),
        ("MaxASN1TreeDepth= 20 ", &|| tls().rules.limits.depth == 20),
        ("OCSPHashAlgorithm=sha256", &|| client.tls_settings().ocsp_hash() == "SHA256"),
        ("HttpUserAgent=Mailer/7", &|| client.http_user_agent() == "Mailer/7"),
        ("RemoveBCC=False", &|| client.keeps_bcc()),
        ("SendBufferSize=4096", &|| client.send_buffer_size() == 4096),
        ("TolerateMinorChainIssues=1", &|| tls().rules.tolerates_minor_issues),
        ("UseOwnDNSResolver=1", &|| client.dns().is_own()),
        ("UseMicrosoftCTL=1", &|| tls().uses_microsoft_list),
        ("UseSharedSystemStorages=0", &|| !tls().shares_system_roots),
        ("UseSystemCertificates=0", &|| !tls().uses_system_roots),
    ] {
        client.configure(line).unwrap();
        assert!(has_acted(), "{line}");
    }
    client.set_chunking(Use::On);
    client.configure("BinaryMode=true").unwrap();
    assert_eq!(client.policy().chunking, Use::On, "who insists goes on insisting");
}

#[test]
fn settings_without_effect_are_read_back() {
    let client = client();
    client.configure("Cookies=a=b; c=d").unwrap();
    client.configure("TempPath=/tmp").unwrap();
    assert_eq!(client.config("cookies").unwrap(), "a=b; c=d");
    assert_eq!(client.config("TempPath").unwrap(), "/tmp");
    client.configure("Cookies=").unwrap();
    assert_eq!(client.config("Cookies").unwrap(), "");
    assert_eq!(refusal(&client, "TempPath=/nowhere/at/all"), Status::ConfigValue);
}

#[test]
fn what_cannot_be_otherwise_says_so() {
    let client = client();
    for line in ["UseSystemRandom=0", "UseSystemOAEPAndPSS=1", "EnableClientSideSSLFFDHE=1"] {
        assert_eq!(refusal(&client, line), Status::ConfigUnavailable);
    }
    client.configure("UseSystemRandom=1").unwrap();
    client.configure("DefDeriveKeyIterations= 1000").unwrap();
    assert_eq!(client.config("DefDeriveKeyIterations").unwrap(), "1000");
    let fewer = "DefDeriveKeyIterations=1";
    assert_eq!(refusal(&client, fewer), Status::ConfigUnavailable);
    assert_eq!(refusal(&client, "DefDeriveKeyIterations=many"), Status::ConfigValue);
    assert_eq!(refusal(&client, "UseSystemRandom=maybe"), Status::ConfigValue);
}

#[test]
fn an_unknown_name_hears_the_nearest() {
    let error = client().configure("RemoveBC=1").unwrap_err();
    assert_eq!(error.status(), Status::ConfigName);
    let sentence = "there is no configuration setting 'RemoveBC'; the nearest is RemoveBCC";
    assert_eq!(error.message(), sentence);
    // Of so many names none is told where none is near.
    let error = client().configure("Verbosity=9").unwrap_err();
    assert_eq!(error.message(), "there is no configuration setting 'Verbosity'");
    // A line that has no name in front is shown up to the sign, and no longer than a name is.
    let error = client().configure(&format!("{}=secret", "x".repeat(10_000))).unwrap_err();
    assert!(error.message().len() < 150 && !error.message().contains("secret"));
}

#[test]
fn values_that_are_none_leave_all_as_it_was() {
    let client = client();
    for (line, status) in [
        ("RemoveBCC", Status::ConfigValue),
        ("RemoveBCC=", Status::ConfigValue),
        ("RemoveBCC=yes", Status::ConfigValue),
        ("RemoveBCC=2", Status::ConfigValue),
        ("MaxASN1TreeDepth=", Status::ConfigValue),
        ("MaxASN1TreeDepth=+7", Status::ConfigValue),
        ("MaxASN1TreeDepth=1e3", Status::ConfigValue),
        ("MaxASN1TreeDepth=99999999999999999999", Status::ConfigValue),
        ("MaxASN1TreeDepth=4294967297", Status::ArgumentOutOfRange),
        ("MaxASN1TreeDepth=0", Status::ArgumentOutOfRange),
        ("MaxASN1BufferLength=-1", Status::ArgumentOutOfRange),
        ("BinaryChunkSize=-1", Status::ArgumentOutOfRange),
        ("SendBufferSize=-1", Status::ArgumentOutOfRange),
        ("SendBufferSize=2147483648", Status::ArgumentOutOfRange),
        ("OCSPHashAlgorithm=MD5", Status::Argument),
        ("HttpUserAgent=a\r\nX-Evil: b", Status::Argument),
        ("", Status::ConfigName),
        ("=", Status::ConfigName),
    ] {
        let error = client.configure(line).expect_err(line);
        assert_eq!(error.status(), status, "{line}: {error}");
        let name = line.split('=').next().unwrap();
        assert!(error.message().contains(name), "{line}: {error}");
    }
    let fresh = SmtpClient::new("").unwrap();
    for setting in config_settings() {
        assert_eq!(setting.read(&client).unwrap(), setting.read(&fresh).unwrap());
    }
}
