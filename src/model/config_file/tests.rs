use super::*;
use crate::model::ways;

fn made(text: &str) -> SmtpClient {
    ConfigText::of_text(text).unwrap().client(None).unwrap_or_else(|error| panic!("{error}"))
}

fn refusal(text: &str, section: Option<&str>) -> (Status, String) {
    let error = ConfigText::of_text(text).and_then(|text| text.client(section)).err();
    let error = error.unwrap_or_else(|| panic!("taken: {text}"));
    (error.status(), error.message().to_owned())
}

fn user_of(client: &SmtpClient, protocol: &str) -> Option<String> {
    Some(client.this_host_credentials(protocol)?.user_name())
}

#[test]
fn every_attribute_of_net_is_kept_to() {
    let client = made(
        "<configuration><configSections/><system.net><mailSettings>
           <smtp deliveryMethod='network' deliveryFormat='International' from='\"Ёж\" &lt;a@b&gt;'>
             <network host=' mail.server.ru ' port='587' userName='u' password='p&amp;&quot; '
                 defaultCredentials='False' enableSsl='TRUE' clientDomain='me.server.ru'
                 targetName='SMTPSVC/mail'/>
             <specifiedPickupDirectory pickupDirectoryLocation='/var/pickup'/>
           </smtp></mailSettings></system.net></configuration>",
    );
    assert_eq!((client.host().as_str(), client.port()), ("mail.server.ru", 587));
    assert_eq!(client.security_options() as u32, ways::STARTTLS);
    assert_eq!(user_of(&client, ""), Some("u".into()));
    let identity = client.this_host_credentials("").unwrap().identity();
    assert_eq!(identity.password.as_str(), "p&\" ");
    assert!(!client.use_default_credentials());
    assert_eq!(client.local_domain(), "me.server.ru");
    assert_eq!(client.delivery_method(), DeliveryMethod::Network);
    assert_eq!(client.pickup_directory(), "/var/pickup");
    assert_eq!(client.configured_from(), "\"Ёж\" <a@b>");
    assert_eq!(client.configured_target_name(), "SMTPSVC/mail");
    assert_eq!(client.target_name(), "SMTPSVC/mail");
    assert_eq!(client.configured_recipients(), "");
}

#[test]
fn what_net_leaves_out_is_as_in_a_new_client() {
    for text in ["<smtp/>", "<smtp><network host=''/></smtp>", "<smtp from='' deliveryMethod=''/>"]
    {
        let client = made(text);
        assert_eq!((client.host(), client.port()), (String::new(), 25));
        assert!(!client.enable_ssl() && !client.use_default_credentials());
        assert!(user_of(&client, "").is_none());
        assert_eq!(client.delivery_method(), DeliveryMethod::Network);
    }
}

#[test]
fn the_identity_of_the_system_wins_over_a_password() {
    let client =
        made("<smtp><network defaultCredentials='true' userName='u' password='p'/></smtp>");
    assert!(client.use_default_credentials());
    assert!(user_of(&client, "").is_none());
}

#[test]
fn a_pickup_directory_is_delivered_to() {
    let client = made(
        "<smtp deliveryMethod='SpecifiedPickupDirectory'><specifiedPickupDirectory
           pickupDirectoryLocation='/var/mail'/></smtp>",
    );
    assert_eq!(client.delivery_method(), DeliveryMethod::SpecifiedPickupDirectory);
    assert_eq!(client.pickup_directory(), "/var/mail");
    let client = made("<smtp deliveryMethod='pickupdirectoryfromiis'/>");
    assert_eq!(client.delivery_method(), DeliveryMethod::PickupDirectoryFromIis);
}

#[test]
fn every_attribute_of_fore_is_kept_to() {
    let scheduler = |mail: &str, credentials: &str, mail_to: &str| {
        made(&format!(
            "<Root><Host Name='x'>{mail}{credentials}{mail_to}<LOG File='f'/></Host></Root>"
        ))
    };
    let client = scheduler(
        "<Mail Host='server.ru' Port='465' From='ivanov@server.ru' EnableSsl='1'/>",
        "<Credentials USER='work\\ivanov' PASSWORD='p' Ask='0' AuthProtocol='PLAIN'/>",
        "<MailTo Mail='petrov@server.ru; \"Сидоров\" &lt;sidorov@server.ru&gt;'/>",
    );
    assert_eq!((client.host().as_str(), client.port()), ("server.ru", 465));
    assert_eq!(client.security_options() as u32, ways::IMPLICIT);
    assert_eq!(user_of(&client, "PLAIN"), Some("work\\ivanov".into()));
    assert!(user_of(&client, "").is_none());
    assert_eq!(client.configured_from(), "ivanov@server.ru");
    let recipients = "petrov@server.ru, \"Сидоров\" <sidorov@server.ru>";
    assert_eq!(client.configured_recipients(), recipients);

    let client = scheduler("<Mail Host='h' Port='0'/>", "<Credentials USER='u' PASSWORD=''/>", "");
    assert_eq!((client.port(), client.enable_ssl()), (25, false));
    assert_eq!(user_of(&client, "LOGIN"), Some("u".into()));
    let client = scheduler("<Mail Host='h'/>", "<Credentials USER='u' AuthProtocol=''/>", "");
    assert_eq!((user_of(&client, ""), user_of(&client, "LOGIN")), (Some("u".into()), None));
    let client = scheduler("<Mail Host='h'/>", "<Credentials USER='u' Ask='1'/>", "");
    assert!(user_of(&client, "LOGIN").is_none(), "who is to be asked for is not known");
    let client = made("<Mail Host='h'><Credentials USER='u'/><MailTo Mail='a@b'/></Mail>");
    assert_eq!(user_of(&client, "LOGIN"), Some("u".into()));
    assert_eq!(client.configured_recipients(), "a@b");
}

#[test]
fn sections_are_found_by_their_paths() {
    let text = "<configuration>
        <mailSettings><smtp_1><network host='one'/></smtp_1><smtp_2><network host='two'/></smtp_2></mailSettings>
        <own><reports from='a@b'><network host='three'/></reports></own>
        <system.net><mailSettings><smtp><network host='zero'/></smtp></mailSettings></system.net>
      </configuration>";
    let host = |section| {
        let text = ConfigText::of_text(text).unwrap();
        text.client(section).unwrap_or_else(|error| panic!("{error}")).host()
    };
    for (section, expected) in [
        (None, "zero"),
        (Some("mailSettings/smtp_1"), "one"),
        (Some("SMTP_2"), "two"),
        (Some("/configuration/own/reports"), "three"),
        (Some("system.net/mailSettings/smtp"), "zero"),
        (Some(" smtp "), "zero"),
    ] {
        assert_eq!(host(section), expected);
    }
    let (status, sentence) = refusal(text, Some("mailSettings/smtp_3"));
    assert_eq!(status, Status::ConfigSection);
    assert!(sentence.contains("'mailSettings/smtp_3'; the nearest is mailSettings/smtp_"));
    let (_, sentence) = refusal(text, Some("Quite/Another"));
    assert!(sentence.contains("'Quite/Another'; there is mailSettings/smtp_1, "), "{sentence}");
    for section in ["", "/", "1", "smtp_", "configuration"] {
        assert_eq!(refusal(text, Some(section)).0, Status::ConfigSection, "{section}");
    }
}

#[test]
fn several_settings_want_a_name_and_none_are_none() {
    let two = "<a><mailSettings><smtp_1/><smtp_2/></mailSettings></a>";
    let (status, sentence) = refusal(two, None);
    assert_eq!(status, Status::ConfigSection);
    assert!(sentence.ends_with("a/mailSettings/smtp_1, a/mailSettings/smtp_2"), "{sentence}");
    let twins =
        "<a><l><mailSettings><smtp/></mailSettings></l><mailSettings><smtp/></mailSettings></a>";
    assert_eq!(refusal(twins, None).0, Status::ConfigSection);
    assert_eq!(refusal(twins, Some("mailSettings/smtp")).0, Status::ConfigSection);
    assert!(ConfigText::of_text(twins).unwrap().client(Some("l/mailSettings/smtp")).is_ok());
    for none in ["<configuration/>", "<Mail/>", "<a><smtp/></a>", "<html><body/></html>"] {
        assert_eq!(refusal(none, None).0, Status::ConfigSection, "{none}");
        assert_eq!(refusal(none, Some("smtp")).0, Status::ConfigSection, "{none}");
    }
    assert!(made("<a><mailSettings><smtp_1/></mailSettings></a>").host().is_empty());
}

#[test]
fn what_is_not_understood_is_named_with_its_line() {
    for (text, words) in [
        (
            "<smtp>\n<network prot='25'/></smtp>",
            "line 2: <network> has no attribute 'prot'; the nearest is port",
        ),
        ("<smtp form='a@b'/>", "<smtp> has no attribute 'form'; the nearest is from"),
        ("<smtp><netwrok/></smtp>", "<smtp> has no <netwrok>; the nearest is network"),
        ("<smtp><network/><network/></smtp>", "<network> stands twice in <smtp>"),
        ("<smtp><network port='0'/></smtp>", "port of <network>: 0 is no port: 1 to 65535 are"),
        (
            "<smtp><network port='99999999999999999999'/></smtp>",
            "is '99999999999999999999', which is not a number",
        ),
        ("<smtp><network port='-1'/></smtp>", "-1 is no port"),
        ("<smtp><network port='25' PORT='26'/></smtp>", "port stands twice in <network>"),
        ("<smtp><network host='a:25'/></smtp>", "host of <network>: 'a:25' is no host name"),
        ("<smtp><network host='http://a'/></smtp>", "is no host name"),
        ("<smtp><network enableSsl='maybe'/></smtp>", "enableSsl of <network> is 'maybe'"),
        (
            "<smtp><network clientDomain='a b'/></smtp>",
            "clientDomain of <network>: 'a b' is no domain",
        ),
        (
            "<smtp deliveryMethod='Pigeon'/>",
            "deliveryMethod of <smtp> is 'pigeon', which is not Network",
        ),
        ("<smtp deliveryFormat='EightBit'/>", "deliveryFormat of <smtp>"),
        ("<smtp from='nobody'/>", "from of <smtp>"),
        (
            "<smtp><specifiedPickupDirectory pickupDirectoryLocation='mail'/></smtp>",
            "mail: the pickup directory has to be an absolute path",
        ),
        ("<smtp configSource='smtp.config'/>", "configSource leads to another file"),
        ("<smtp configProtectionProvider='D'><EncryptedData/></smtp>", "is encrypted by .NET"),
        (
            "<a>\n<Mail Host='h' EnableSSL='1' Prot='1'/></a>",
            "line 2: <Mail> has no attribute 'Prot'; the nearest is Port",
        ),
        ("<a><Mail Host='h' Port='65536'/></a>", "Port of <Mail>: 65536 is no port"),
        ("<a><Mail Host='h' From='x y'/></a>", "From of <Mail>"),
        (
            "<a><Mail Host='h'/><Credentials LOGIN='u'/></a>",
            "<Credentials> has no attribute 'LOGIN'",
        ),
        ("<a><Mail Host='h'/><Credentials/><Credentials/></a>", "<Credentials> stands twice"),
        ("<a><Mail Host='h'/><MailTo Mail='a@b;;x y'/></a>", "Mail of <MailTo>"),
    ] {
        let (status, sentence) = refusal(text, None);
        assert_eq!(status, Status::ConfigFile, "{text}: {sentence}");
        let words = words.replace("'pigeon'", "'Pigeon'");
        assert!(sentence.contains(&words) && sentence.starts_with("line "), "{text}: {sentence}");
    }
}

#[test]
fn what_changes_nothing_is_passed_over() {
    made(
        "<smtp lockItem='true' lockAttributes='from' xmlns:xdt='u' xdt:Transform='Replace'><network lockElements='*'/></smtp>",
    );
}

#[test]
fn a_file_is_as_good_as_its_reading() {
    let error = ConfigText::of_file("/nowhere/app.config").err().unwrap();
    assert_eq!(error.status(), Status::FileNotFound);
    assert!(error.message().starts_with("/nowhere/app.config: "));
    for path in ["/dev/null", "/dev/zero", "/tmp"] {
        assert_eq!(ConfigText::of_file(path).err().unwrap().status(), Status::Io, "{path}");
    }
    let large = vec![b' '; LARGEST + 1];
    assert_eq!(ConfigText::of_octets(&large).err().unwrap().status(), Status::ConfigFile);
}
