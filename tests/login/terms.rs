//! What may be used, what comes first, and whose credentials they are.

use super::*;

#[test]
fn a_client_starts_with_the_documented_terms_of_logins() {
    let client = client("server.ru", 25);
    assert_eq!(INetSmtpClient_GetAllowedAuthentication(client.0), 0x3ff_ffff);
    assert_eq!(INetSmtpClient_GetSupportedAuthentication(client.0), 0);
    assert_eq!(INetSmtpClient_GetForceLogin(client.0), 1);
    assert_eq!(target_name(&client), "");
    let default = authentications(&client);
    assert!(default.starts_with("SCRAM-SHA-512-PLUS:100;"), "{default}");
    assert!(default.ends_with(";PLAIN:20;LOGIN:10"), "{default}");
}

#[test]
fn terms_of_logins_are_kept_or_refused() {
    let client = client("server.ru", 25);
    for flags in [0, 47, i64::from(INET_AUTHENTICATION_SCRAM_SHA_512_PLUS), 0x3ff_ffff] {
        ok(INetSmtpClient_SetAllowedAuthentication(client.0, flags));
        assert_eq!(INetSmtpClient_GetAllowedAuthentication(client.0), flags);
    }
    for flags in [-1, 0x400_0000, i64::MIN, 1 << 40] {
        assert_eq!(INetSmtpClient_SetAllowedAuthentication(client.0, flags), -1102);
    }
    assert_eq!(INetSmtpClient_GetAllowedAuthentication(client.0), 0x3ff_ffff);

    ok(set_authentications(&client, "xoauth2:1000, plain;-Login"));
    let normal = authentications(&client);
    assert!(normal.starts_with("XOAUTH2:1000;SCRAM-SHA-512-PLUS:100;"), "{normal}");
    assert!(normal.ends_with(";PLAIN:20;-LOGIN"), "{normal}");
    assert_eq!(set_authentications(&client, "PLAIN:7;scram_sha256"), -1100);
    let sentence = Record::of_this_thread().message;
    assert_eq!(sentence, "'scram_sha256' is no authentication mechanism; SCRAM-SHA-256 is one");
    assert_eq!(set_authentications(&client, "PLAIN:many"), -1102);
    assert_eq!(authentications(&client), normal, "what is refused changes nothing");
    ok(set_authentications(&client, &normal));
    assert_eq!(authentications(&client), normal);

    ok(INetSmtpClient_SetForceLogin(client.0, 0));
    assert_eq!(INetSmtpClient_GetForceLogin(client.0), 0);

    let set = |name: &CStr| unsafe { INetSmtpClient_SetTargetName(client.0, name.as_ptr()) };
    ok(set(c"smtp@mail.server.ru"));
    assert_eq!(set(c"smtp@mail server"), -1100);
    assert_eq!(set(c"smtp@mail\r\n"), -1201);
    assert_eq!(target_name(&client), "smtp@mail.server.ru");
    ok(set(c""));
    assert_eq!(target_name(&client), "");
}

#[test]
fn a_credential_may_hold_a_token_and_an_authorization_identity() {
    let create = |token: &CStr| unsafe {
        INetNetworkCredential_CreateWithToken(c"user@server.ru".as_ptr(), token.as_ptr())
    };
    let credential = Handle::of(create(c"ya29.a0Af~_-+/="));
    let set =
        |token: &CStr| unsafe { INetNetworkCredential_SetToken(credential.0, token.as_ptr()) };
    assert_eq!(INetNetworkCredential_HasToken(credential.0), 1);
    for token in [c"ya29 secret", c"ya29secret\n", c"ya29secret\x01", c"ya29\xd1\x84secret"] {
        INetError_Clear();
        assert!(create(token).is_null());
        let record = Record::of_this_thread();
        assert_eq!(status_name(record.status), "INET_E_AUTH_CHARACTER");
        assert!(!record.message.contains("secret"), "{}", record.message);
        assert_eq!(status_name(set(token)), "INET_E_AUTH_CHARACTER");
    }
    assert!(create(c"").is_null());
    assert_eq!(status_name(INetError_GetStatus()), "INET_E_AUTH_INCOMPLETE");
    assert_eq!(INetNetworkCredential_HasToken(credential.0), 1);
    ok(set(c""));
    assert_eq!(INetNetworkCredential_HasToken(credential.0), 0);
    ok(set(c"ya29.other"));
    let (user, password) = (c"other".as_ptr(), c"pass".as_ptr());
    ok(unsafe { INetNetworkCredential_CreateWithUserPassword(credential.0, user, password) });
    assert_eq!(INetNetworkCredential_HasToken(credential.0), 0, "it was another user's");

    let authorization =
        || text(|b, n| unsafe { INetNetworkCredential_GetAuthorizationId(credential.0, b, n) });
    assert_eq!(authorization(), "");
    ok(unsafe { INetNetworkCredential_SetAuthorizationId(credential.0, c"отдел".as_ptr()) });
    assert_eq!(authorization(), "отдел");
}

#[test]
fn what_a_server_offers_has_the_bits_of_aspose() {
    let server = server(&["AUTH PLAIN LOGIN XOAUTH2 CRAM-MD5 NTLM X-OWN OTP"]);
    let client = client("127.0.0.1", server.keeper.port);
    ok(INetSmtpClient_Connect(client.0));
    assert_eq!(INetSmtpClient_GetSupportedAuthentication(client.0), 47 | 0x3800);
    assert!(logins(&server).is_empty(), "nobody logs in without credentials");
}

#[test]
fn a_login_that_is_not_offered_is_a_failure_unless_none_is_forced() {
    let server = server(&["SIZE"]);
    let client = with_login(&server, "");
    let record = refused(&client, "INET_E_AUTH_NOT_OFFERED");
    assert_eq!(record.phase, "AUTH");
    assert_eq!(INetSmtpClient_GetSupportedAuthentication(client.0), 0);
    ok(INetSmtpClient_SetForceLogin(client.0, 0));
    validate(&client).expect("an anonymous session");
    // What goes without a login needs no TLS for it.
    ok(INetSmtpClient_SetSecurityOptions(client.0, 3));
    validate(&client).expect("an anonymous session");
    ok(INetSmtpClient_SetForceLogin(client.0, 1));
    let record = refused(&client, "INET_E_AUTH_IN_CLEAR");
    assert!(record.message.ends_with("; the server offers no login"), "{}", record.message);
}

#[test]
fn what_is_not_allowed_is_not_used_even_if_it_is_asked_for() {
    let server = server(&["AUTH PLAIN LOGIN"]);
    let client = with_login(&server, "");
    ok(INetSmtpClient_SetAllowedAuthentication(client.0, i64::from(INET_AUTHENTICATION_LOGIN)));
    validate(&client).expect("a login");
    assert_eq!(logins(&server), ["AUTH LOGIN"]);
    ok(INetSmtpClient_SetAllowedAuthentication(client.0, 0));
    refused(&client, "INET_E_AUTH_NOT_OFFERED");

    let client = with_login(&server, "PLAIN");
    ok(set_authentications(&client, "-PLAIN"));
    let record = refused(&client, "INET_E_AUTH_NOT_OFFERED");
    assert!(
        record.message.contains("PLAIN was asked for and is not allowed"),
        "{}",
        record.message
    );
    assert_eq!(logins(&server).len(), 1);
}

#[test]
fn what_a_credential_lacks_is_told() {
    let server = server(&["AUTH PLAIN SCRAM-SHA-256-PLUS XOAUTH2"]);
    let with_token = Handle::of(unsafe {
        INetNetworkCredential_CreateWithToken(c"user".as_ptr(), c"token".as_ptr())
    });
    for (protocol, user, password, words) in [
        ("PLAIN", "", "pass", "PLAIN was asked for and the credential has no user name"),
        ("XOAUTH2", "user", "pass", "XOAUTH2 was asked for and there is no access token"),
        ("scram-sha-256-plus", "user", "pass", "SCRAM-SHA-256-PLUS was asked for and needs TLS"),
        ("PLAIN", "user", "", "PLAIN: the credential has no password"),
    ] {
        let client = client("127.0.0.1", server.keeper.port).with_login(protocol, user, password);
        let record = validate(&client).expect_err("no login");
        assert!(record.message.starts_with(words), "{}", record.message);
        let offer = "the server offers PLAIN, SCRAM-SHA-256-PLUS, XOAUTH2";
        assert!(record.message.contains(offer), "{}", record.message);
    }
    let client = client("127.0.0.1", server.keeper.port);
    ok(unsafe { INetSmtpClient_SetThisHostCredentials(client.0, c"PLAIN".as_ptr(), with_token.0) });
    let record = refused(&client, "INET_E_AUTH_NOT_OFFERED");
    assert!(record.message.contains("and the credential has no password"), "{}", record.message);
    assert!(logins(&server).is_empty());
}

#[test]
fn priorities_say_what_comes_first() {
    let server = server(&["AUTH PLAIN LOGIN"]);
    let client = with_login(&server, "");
    for (list, login) in
        [("", PLAIN), ("LOGIN:30", "AUTH LOGIN"), ("-*;LOGIN", "AUTH LOGIN"), ("LOGIN:19", PLAIN)]
    {
        ok(set_authentications(&client, list));
        validate(&client).expect("a login");
        assert_eq!(logins(&server).last().map(String::as_str), Some(login), "{list}");
    }
}

#[test]
fn protocols_of_fore_are_understood_or_named_in_the_failure() {
    let server = server(&["AUTH LOGIN PLAIN"]);
    for (protocol, login) in
        [("https", PLAIN), ("basic", PLAIN), ("login", "AUTH LOGIN"), (" Plain ", PLAIN)]
    {
        validate(&with_login(&server, protocol)).expect("a login");
        assert_eq!(logins(&server).last().map(String::as_str), Some(login), "{protocol}");
    }
    let tried = logins(&server).len();
    for (protocol, status, sentence) in [
        ("CRAMMD5", "INET_E_AUTH_UNSUPPORTED", "CRAMMD5 is not available; CRAM-MD5 is"),
        ("X-OWN", "INET_E_AUTH_UNSUPPORTED", "authentication by X-OWN is not available"),
        (
            "Kerberos",
            "INET_E_AUTH_NOT_OFFERED",
            "GSSAPI was asked for, the server offers LOGIN, PLAIN",
        ),
        ("Negotiate", "INET_E_AUTH_NOT_OFFERED", "GSS-SPNEGO was asked for"),
        ("Digest", "INET_E_AUTH_NOT_OFFERED", "DIGEST-MD5 was asked for"),
        ("scram", "INET_E_AUTH_NOT_OFFERED", "SCRAM was asked for"),
        ("OAuth2", "INET_E_AUTH_NOT_OFFERED", "OAUTH2 was asked for"),
    ] {
        let record = refused(&with_login(&server, protocol), status);
        assert!(record.message.contains(sentence), "{}", record.message);
    }
    assert_eq!(logins(&server).len(), tried);
}

#[test]
fn the_user_of_the_system_has_no_password_to_tell() {
    let server = server(&["AUTH PLAIN LOGIN"]);
    let client = with_login(&server, "PLAIN");
    ok(INetSmtpClient_SetUseDefaultCredentials(client.0, 1));
    let record = refused(&client, "INET_E_AUTH_NOT_OFFERED");
    assert!(record.message.contains("GSSAPI and GSS-SPNEGO"), "{}", record.message);
    assert!(record.message.contains("offers PLAIN, LOGIN"), "{}", record.message);

    let view = Handle::of(INetSmtpClient_GetCredentials(client.0));
    let used = |port: u16, protocol: &CStr| unsafe {
        INetCredentialsByHost_GetCredential(
            view.0,
            c"127.0.0.1".as_ptr(),
            i32::from(port),
            protocol.as_ptr(),
        )
    };
    for protocol in [c"", c"Kerberos", c"negotiate"] {
        let found = Handle::of(used(server.keeper.port, protocol));
        let user = text(|b, n| unsafe { INetNetworkCredential_GetUserName(found.0, b, n) });
        assert_eq!(user, "");
    }
    assert!(used(server.keeper.port, c"PLAIN").is_null());
    assert!(used(1, c"").is_null());
    ok(INetSmtpClient_SetUseDefaultCredentials(client.0, 0));
    assert!(!Handle(used(server.keeper.port, c"Basic")).0.is_null(), "PLAIN is one of Basic");
    validate(&client).expect("a login");
}

#[test]
fn a_token_is_no_password() {
    let server = server(&["AUTH PLAIN LOGIN"]);
    let client = client("127.0.0.1", server.keeper.port);
    unsafe {
        let token = INetNetworkCredential_CreateWithToken(c"user".as_ptr(), c"token".as_ptr());
        let credential = Handle::of(token);
        ok(INetSmtpClient_SetThisHostCredentials(client.0, c"".as_ptr(), credential.0));
        refused(&client, "INET_E_AUTH_NOT_OFFERED");
        assert!(logins(&server).is_empty());
        ok(INetNetworkCredential_SetPassword(credential.0, c"pass".as_ptr()));
    }
    validate(&client).expect("a login by password");
}

#[test]
fn a_cache_finds_what_is_of_use_for_a_protocol() {
    let cache = Handle::of(INetCredentialCache_Create());
    let (host, basic) = (c"server.ru".as_ptr(), c"Basic".as_ptr());
    unsafe {
        let created =
            INetNetworkCredential_Create(c"WORK\\user".as_ptr(), c"pass".as_ptr(), c"".as_ptr());
        let credential = Handle::of(created);
        ok(INetCredentialCache_Add(cache.0, host, 25, basic, credential.0));
        let found = |protocol: &CStr| {
            !Handle(INetCredentialCache_GetCredential(cache.0, host, 25, protocol.as_ptr()))
                .0
                .is_null()
        };
        assert!(found(c"PLAIN") && found(c"login") && found(c"") && found(c"https"));
        assert!(!found(c"NTLM"));
        let name = text(|b, n| INetNetworkCredential_GetUserName(credential.0, b, n));
        assert_eq!(name, "WORK\\user", "the domain stays where it was put");
    }
}
