use super::super::capabilities::FutureRelease;
use super::*;

fn everything() -> Capabilities {
    Capabilities {
        dsn: true,
        require_tls: true,
        deliver_by: Some(Some(60)),
        priority: Some("MIXER".into()),
        future_release: Some(FutureRelease { longest_seconds: Some(3600), latest: Some(86_400) }),
        auth: vec!["PLAIN".into()],
        ..Capabilities::default()
    }
}

fn options(change: impl FnOnce(&mut EnvelopeOptions)) -> Arc<EnvelopeOptions> {
    let mut options = EnvelopeOptions::default();
    change(&mut options);
    Arc::new(options)
}

/// What MAIL and RCPT of `recipient` say.
fn said(
    options: &Arc<EnvelopeOptions>,
    offered: &Capabilities,
    recipient: &str,
) -> Result<(String, String)> {
    let parameters = Parameters::new(options, offered)?;
    let (mut mail, mut rcpt) = (Vec::new(), Vec::new());
    parameters.write_mail(&mut mail);
    parameters.write_rcpt(recipient, &mut rcpt);
    Ok((String::from_utf8(mail).unwrap(), String::from_utf8(rcpt).unwrap()))
}

fn mail(options: &Arc<EnvelopeOptions>, offered: &Capabilities) -> Result<String> {
    Ok(said(options, offered, "a@test")?.0)
}

fn rcpt(options: &Arc<EnvelopeOptions>, recipient: &str) -> String {
    said(options, &everything(), recipient).unwrap().1
}

fn deliver_by(seconds: u32, late: Late, trace: bool) -> Arc<EnvelopeOptions> {
    let deliver_by = Some(DeliverBy { seconds, late, trace });
    options(|options| options.set_deliver_by(deliver_by).unwrap())
}

fn hold(hold: Hold) -> Arc<EnvelopeOptions> {
    options(|options| options.set_hold(Some(hold)).unwrap())
}

fn auth_sender(sender: AuthSender) -> Arc<EnvelopeOptions> {
    options(|options| options.set_auth_sender(Some(sender)).unwrap())
}

#[test]
fn each_option_has_its_parameter() {
    let envelope_id = options(|options| options.set_envelope_id("Q 1+1=2").unwrap());
    for (options, expected) in [
        (options(|_| ()), ""),
        (options(|options| options.returns = Return::Headers), " RET=HDRS"),
        (options(|options| options.returns = Return::Full), " RET=FULL"),
        (envelope_id, " ENVID=Q+201+2B1+3D2"),
        (options(|options| options.require_tls = true), " REQUIRETLS"),
        (deliver_by(120, Late::Notify, false), " BY=120;N"),
        (deliver_by(60, Late::Return, true), " BY=60;RT"),
        (deliver_by(1, Late::Notify, true), " BY=1;NT"),
        (options(|options| options.set_priority(Some(-9)).unwrap()), " MT-PRIORITY=-9"),
        (options(|options| options.set_priority(Some(0)).unwrap()), " MT-PRIORITY=0"),
        (hold(Hold::For(3600)), " HOLDFOR=3600"),
        (hold(Hold::Until(86_400)), " HOLDUNTIL=1970-01-02T00:00:00Z"),
        (auth_sender(AuthSender::Unknown), " AUTH=<>"),
        (auth_sender(AuthSender::Mailbox("e=mc2@test".into())), " AUTH=e+3Dmc2@test"),
    ] {
        assert_eq!(mail(&options, &everything()).unwrap(), expected);
    }
}

#[test]
fn occasions_of_a_notice_are_told_to_each_recipient() {
    let notify = |notify| rcpt(&options(|options| options.notify = notify), "a@test");
    let on = |success, failure, delay| notify(Notify::On { success, failure, delay });
    assert_eq!(notify(Notify::ServersChoice), "");
    assert_eq!(notify(Notify::Never), " NOTIFY=NEVER");
    assert_eq!(on(true, false, false), " NOTIFY=SUCCESS");
    assert_eq!(on(false, true, true), " NOTIFY=FAILURE,DELAY");
    assert_eq!(on(true, true, true), " NOTIFY=SUCCESS,FAILURE,DELAY");
    assert_eq!(on(false, false, false), "");
}

#[test]
fn the_original_recipient_goes_with_notify_or_as_it_was_given() {
    let mut wanted = EnvelopeOptions { adds_original_recipient: true, ..Default::default() };
    assert_eq!(rcpt(&Arc::new(wanted.clone()), "a@test"), "");
    wanted.notify = Notify::Never;
    let automatic = Arc::new(wanted.clone());
    assert_eq!(rcpt(&automatic, "a+b@test"), " NOTIFY=NEVER ORCPT=rfc822;a+2Bb@test");
    assert_eq!(
        rcpt(&automatic, "ж+\\😀@test"),
        " NOTIFY=NEVER ORCPT=utf-8;\\x{436}\\x{2B}\\x{5C}\\x{1F600}@test"
    );
    wanted.set_original_recipient("a@TEST", Some("list@test")).unwrap();
    assert_eq!(rcpt(&Arc::new(wanted), "a@Test"), " NOTIFY=NEVER ORCPT=rfc822;list@test");

    let mut given = EnvelopeOptions::default();
    given.set_original_recipient("a@test", Some("\"x y\"@test")).unwrap();
    assert_eq!(rcpt(&Arc::new(given.clone()), "a@test"), " ORCPT=rfc822;\"x+20y\"@test");
    assert_eq!(rcpt(&Arc::new(given.clone()), "b@test"), "");
    given.set_original_recipient("a@test", None).unwrap();
    assert_eq!(rcpt(&Arc::new(given), "a@test"), "");
}

#[test]
fn a_receipt_is_wished_for_and_not_demanded() {
    let wish = options(|options| options.wishes_receipt = true);
    let notice = " NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;a@test";
    assert_eq!(rcpt(&wish, "a@test"), notice);
    let nothing = Capabilities::default();
    assert_eq!(said(&wish, &nothing, "a@test").unwrap(), (String::new(), String::new()));
    let never = options(|options| {
        options.wishes_receipt = true;
        options.notify = Notify::Never;
    });
    assert_eq!(rcpt(&never, "a@test"), " NOTIFY=NEVER");
    assert!(said(&never, &nothing, "a@test").is_err());
}

#[test]
fn what_is_not_offered_is_refused_by_name_or_left_out_where_that_is_allowed() {
    let bounded = |least| Capabilities { deliver_by: Some(least), ..everything() };
    let unbounded = Capabilities { future_release: Some(FutureRelease::default()), ..everything() };
    let nothing = Capabilities::default();
    for (options, offered, extension) in [
        (options(|options| options.notify = Notify::Never), &nothing, "DSN"),
        (options(|options| options.returns = Return::Full), &nothing, "DSN"),
        (options(|options| options.set_envelope_id("1").unwrap()), &nothing, "DSN"),
        (
            options(|options| options.set_original_recipient("a@test", Some("b@test")).unwrap()),
            &nothing,
            "DSN",
        ),
        (deliver_by(60, Late::Notify, false), &nothing, "DELIVERBY"),
        (deliver_by(59, Late::Return, false), &everything(), "DELIVERBY"),
        (options(|options| options.set_priority(Some(1)).unwrap()), &nothing, "MT-PRIORITY"),
        (hold(Hold::For(1)), &nothing, "FUTURERELEASE"),
        (hold(Hold::For(3601)), &everything(), "FUTURERELEASE"),
        (hold(Hold::Until(86_401)), &everything(), "FUTURERELEASE"),
        (auth_sender(AuthSender::Unknown), &nothing, "AUTH"),
    ] {
        let error = mail(&options, offered).unwrap_err();
        assert_eq!(error.status(), Status::ExtensionNotOffered);
        assert_eq!(error.phase(), Some(Phase::Mail));
        assert!(error.message().contains(extension), "{error}");
        assert!(error.message().contains("INetEnvelopeOptions_SetIsOptional"), "{error}");
        let optional = Arc::new(EnvelopeOptions { is_optional: true, ..(*options).clone() });
        assert_eq!(said(&optional, offered, "a@test").unwrap(), (String::new(), String::new()));
    }
    assert_eq!(mail(&deliver_by(1, Late::Return, false), &bounded(None)).unwrap(), " BY=1;R");
    assert_eq!(mail(&hold(Hold::For(999_999_999)), &unbounded).unwrap(), " HOLDFOR=999999999");
}

#[test]
fn require_tls_is_never_left_out() {
    for is_optional in [false, true] {
        let required = EnvelopeOptions { require_tls: true, is_optional, ..Default::default() };
        let error = mail(&Arc::new(required), &Capabilities::default()).unwrap_err();
        assert_eq!(error.status(), Status::ExtensionNotOffered);
        assert!(error.message().contains("REQUIRETLS"), "{error}");
        assert!(!error.message().contains("SetIsOptional"), "{error}");
    }
}

#[test]
fn setters_refuse_what_does_not_fit_and_keep_what_there_was() {
    let mut options = EnvelopeOptions::default();
    options.set_envelope_id("kept").unwrap();
    for (id, status) in [
        ("a\r\nRSET", Status::LineBreak),
        ("a\0", Status::LineBreak),
        ("ж", Status::Argument),
        ("a\tb", Status::Argument),
        (&"x".repeat(101), Status::ArgumentOutOfRange),
        (&" ".repeat(34), Status::ArgumentOutOfRange),
    ] {
        assert_eq!(options.set_envelope_id(id).unwrap_err().status(), status);
    }
    assert_eq!(options.envelope_id(), "kept");
    options.set_envelope_id(&"x".repeat(100)).unwrap();

    let out_of_range = |result: Result<()>| {
        assert_eq!(result.unwrap_err().status(), Status::ArgumentOutOfRange);
    };
    for seconds in [0, 1_000_000_000, u32::MAX] {
        let deliver_by = DeliverBy { seconds, late: Late::Notify, trace: false };
        out_of_range(options.set_deliver_by(Some(deliver_by)));
        out_of_range(options.set_hold(Some(Hold::For(seconds))));
    }
    for priority in [-10, 10, i8::MIN, i8::MAX] {
        out_of_range(options.set_priority(Some(priority)));
    }
    out_of_range(options.set_hold(Some(Hold::Until(i64::MAX))));
    out_of_range(options.set_hold(Some(Hold::Until(i64::MIN))));
    out_of_range(options.set_original_recipient("a", Some(&"x".repeat(494))));
    out_of_range(options.set_auth_sender(Some(AuthSender::Mailbox("=".repeat(167).into()))));
    let status = |result: Result<()>| result.unwrap_err().status();
    assert_eq!(status(options.set_original_recipient("a", Some("b\n"))), Status::LineBreak);
    let broken = Some(AuthSender::Mailbox("a\r".into()));
    assert_eq!(status(options.set_auth_sender(broken)), Status::LineBreak);
    assert_eq!(Hold::until("tomorrow").unwrap_err().status(), Status::Argument);
    assert_eq!((options.deliver_by(), options.hold()), (None, None));
}

#[test]
fn no_parameter_holds_what_ends_one() {
    let hostile = "a b\t\u{7f}>\u{85}ж SIZE=1";
    for text in [hostile, "a b\t\u{7f}> SIZE=1"] {
        let mut options = EnvelopeOptions::default();
        options.set_original_recipient("a@test", Some(text)).unwrap();
        options.set_auth_sender(Some(AuthSender::Mailbox(text.into()))).unwrap();
        let (mail, rcpt) = said(&Arc::new(options), &everything(), "a@test").unwrap();
        for parameter in [&mail, &rcpt] {
            let value = parameter.strip_prefix(' ').unwrap().split_once('=').unwrap().1;
            assert!(value.bytes().all(|octet| matches!(octet, b'!'..=b'~')), "{parameter:?}");
            assert!(!value.contains('='), "{parameter:?}");
        }
    }
}
