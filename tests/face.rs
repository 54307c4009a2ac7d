//! The documented Fore surface through the C face: constructors, defaults, live collections, errors.

mod support;

use inetmail::ffi::attachment::*;
use inetmail::ffi::attachment_collection::*;
use inetmail::ffi::credential_cache::*;
use inetmail::ffi::credentials_by_host::*;
use inetmail::ffi::error::*;
use inetmail::ffi::library::*;
use inetmail::ffi::mail_address::*;
use inetmail::ffi::mail_address_collection::*;
use inetmail::ffi::mail_message::*;
use inetmail::ffi::network_credential::*;
use inetmail::ffi::object::*;
use inetmail::ffi::send_report::*;
use inetmail::ffi::smtp_client::*;
use std::net::TcpListener;
use std::ptr::null_mut;
use support::face::{Handle, Record, c, client, message, ok, text};

fn address(text: &str) -> Handle<INetMailAddress> {
    let text = c(text);
    Handle::of(unsafe { CurlMailAddress_Create(text.as_ptr()) })
}

fn named(address: &str, name: &str) -> Handle<INetMailAddress> {
    let (address, name) = (c(address), c(name));
    Handle::of(unsafe { CurlMailAddress_CreateWithName(address.as_ptr(), name.as_ptr()) })
}

fn letter() -> Handle<INetMailMessage> {
    let (from, to) = (address("ivanov@server.ru"), address("petrov@server.ru"));
    Handle::of(CurlMailMessage_CreateWithFromAndTo(from.0, to.0))
}

fn credential(user: &str) -> Handle<INetNetworkCredential> {
    let user = c(user);
    let (password, domain) = (c"password".as_ptr(), c"work".as_ptr());
    Handle::of(unsafe { CurlNetworkCredential_Create(user.as_ptr(), password, domain) })
}

fn user_of(credential: &Handle<INetNetworkCredential>) -> String {
    text(|buffer, size| unsafe { INetNetworkCredential_GetUserName(credential.0, buffer, size) })
}

fn address_of(address: &Handle<INetMailAddress>) -> String {
    text(|buffer, size| unsafe { INetMailAddress_GetAddress(address.0, buffer, size) })
}

#[test]
fn an_address_tells_its_parts() {
    let address = named("Ivan.Ivanov@server.ru", "Иванов");
    let part = |get: unsafe extern "C" fn(*const INetMailAddress, *mut i8, usize) -> i64| {
        text(|buffer, size| unsafe { get(address.0, buffer, size) })
    };
    assert_eq!(part(INetMailAddress_GetAddress), "Ivan.Ivanov@server.ru");
    assert_eq!(part(INetMailAddress_GetDisplayName), "Иванов");
    assert_eq!(part(INetMailAddress_GetUser), "Ivan.Ivanov");
    assert_eq!(part(INetMailAddress_GetHost), "server.ru");
}

#[test]
fn a_message_starts_with_the_documented_defaults() {
    let mail = letter();
    assert_eq!(INetMailMessage_GetIsBodyHtml(mail.0), 0);
    assert_eq!(INetMailMessage_GetPriority(mail.0), INET_MAIL_PRIORITY_NORMAL);
    assert_eq!(INetMailMessage_GetBodyEncoding(mail.0), -1);
    assert_eq!(INetMailMessage_GetSubjectEncoding(mail.0), -1);
    assert_eq!(text(|b, n| unsafe { INetMailMessage_GetSubject(mail.0, b, n) }), "");
    assert_eq!(text(|b, n| unsafe { INetMailMessage_GetBody(mail.0, b, n) }), "");
    INetError_Clear();
    for unset in [
        INetMailMessage_GetSender(mail.0),
        INetMailMessage_GetReplyTo(mail.0),
        INetMailMessage_GetReversePath(mail.0),
    ] {
        assert!(unset.is_null());
    }
    assert_eq!(INetError_GetStatus(), 0, "none is no failure");
    assert_eq!(address_of(&Handle::of(INetMailMessage_GetFrom(mail.0))), "ivanov@server.ru");
}

#[test]
fn a_client_starts_with_the_documented_defaults() {
    let client = Handle::of(unsafe { CurlSmtpClient_CreateWithHost(c"server.ru".as_ptr()) });
    assert_eq!(INetSmtpClient_GetPort(client.0), 25);
    assert_eq!(INetSmtpClient_GetTimeout(client.0), 100_000);
    assert_eq!(INetSmtpClient_GetEnableSsl(client.0), 0);
    assert_eq!(INetSmtpClient_GetUseDefaultCredentials(client.0), 0);
    assert_eq!(text(|b, n| unsafe { INetSmtpClient_GetHost(client.0, b, n) }), "server.ru");
    assert_eq!(text(|b, n| unsafe { INetSmtpClient_GetLocalDomain(client.0, b, n) }), "");
    let none = unsafe { INetSmtpClient_GetThisHostCredentials(client.0, c"".as_ptr()) };
    assert!(none.is_null());
}

#[test]
fn a_null_that_is_none_leaves_no_record_of_an_earlier_failure() {
    let mail = letter();
    for fails in [true, false, true, false] {
        let of = if fails { std::ptr::null() } else { mail.0.cast_const() };
        assert!(INetMailMessage_GetSender(of).is_null());
        assert_eq!(INetError_GetStatus() == 0, !fails);
    }
}

#[test]
fn collections_are_live_and_count_from_0() {
    let mail = letter();
    let to = Handle::of(INetMailMessage_GetTo(mail.0));
    let again = Handle::of(INetMailMessage_GetTo(mail.0));
    ok(unsafe { INetMailAddressCollection_AddString(to.0, c"a@b, \"C\" <c@d>".as_ptr()) });
    assert_eq!(INetMailAddressCollection_GetCount(again.0), 3);
    let first = named("first@b", "Первый");
    ok(INetMailAddressCollection_Insert(to.0, 0, first.0));
    ok(INetMailAddressCollection_Insert(to.0, 4, first.0));
    let all = text(|b, n| unsafe { INetMailAddressCollection_ToString(again.0, b, n) });
    assert_eq!(all, "\"Первый\" <first@b>,petrov@server.ru,a@b,\"C\" <c@d>,\"Первый\" <first@b>");

    let same = address("FIRST@B");
    assert_eq!(INetMailAddressCollection_IndexOf(to.0, same.0), 0);
    assert_eq!(INetMailAddressCollection_Contains(to.0, same.0), 1);
    assert_eq!(INetMailAddressCollection_Remove(to.0, same.0), 1);
    assert_eq!(INetMailAddressCollection_IndexOf(to.0, same.0), 3);
    ok(INetMailAddressCollection_RemoveAt(to.0, 3));
    assert_eq!(INetMailAddressCollection_IndexOf(to.0, same.0), -1);
    assert_eq!(INetMailAddressCollection_Remove(to.0, same.0), 0);
    assert_eq!(address_of(&Handle::of(INetMailAddressCollection_GetItem(to.0, 1))), "a@b");

    for index in [-1, 3, i32::MAX, i32::MIN] {
        assert!(INetMailAddressCollection_GetItem(to.0, index).is_null());
        assert_eq!(INetError_GetStatus(), -1103);
        assert_eq!(INetMailAddressCollection_RemoveAt(to.0, index), -1103);
    }
    assert_eq!(INetMailAddressCollection_Insert(to.0, 4, first.0), -1103);
    ok(INetMailAddressCollection_Clear(to.0));
    assert_eq!(INetMailAddressCollection_GetCount(again.0), 0);
}

#[test]
fn a_list_with_one_bad_address_adds_none() {
    let mail = letter();
    let to = Handle::of(INetMailMessage_GetTo(mail.0));
    let list = c"good@b, bad";
    assert_eq!(unsafe { INetMailAddressCollection_AddString(to.0, list.as_ptr()) }, -1200);
    assert_eq!(INetMailAddressCollection_GetCount(to.0), 1);
}

#[test]
fn attachments_are_the_same_by_identity() {
    let mail = letter();
    let attachments = Handle::of(INetMailMessage_GetAttachments(mail.0));
    let one = mail.attach("/etc/hostname");
    let two = mail.attach("/etc/hostname");
    assert_eq!(INetAttachmentCollection_GetCount(attachments.0), 2);
    assert_eq!(INetAttachmentCollection_IndexOf(attachments.0, two.0), 1);
    assert_eq!(INetAttachmentCollection_Remove(attachments.0, one.0), 1);
    assert_eq!(INetAttachmentCollection_Contains(attachments.0, one.0), 0);
    let item = Handle::of(INetAttachmentCollection_GetItem(attachments.0, 0));
    assert_eq!(INetAttachmentCollection_IndexOf(attachments.0, item.0), 0);
    ok(unsafe { INetAttachment_SetContentName(item.0, c"/etc/other".as_ptr()) });
    let name = text(|b, n| unsafe { INetAttachment_GetContentName(two.0, b, n) });
    assert_eq!(name, "/etc/other", "attachments are shared objects");
}

#[test]
fn reply_to_is_the_first_of_its_list() {
    let mail = letter();
    let list = Handle::of(INetMailMessage_GetReplyToList(mail.0));
    ok(INetMailMessage_SetReplyTo(mail.0, address("a@b").0));
    ok(unsafe { INetMailAddressCollection_AddString(list.0, c"c@d".as_ptr()) });
    assert_eq!(address_of(&Handle::of(INetMailMessage_GetReplyTo(mail.0))), "a@b");
    ok(INetMailMessage_SetReplyTo(mail.0, null_mut()));
    assert_eq!(INetMailAddressCollection_GetCount(list.0), 0);
}

#[test]
fn numbers_outside_their_range_are_refused() {
    let mail = letter();
    for (priority, expected) in [(1, 1), (2, 2), (3, 3), (0, 3)] {
        ok(INetMailMessage_SetPriority(mail.0, priority));
        assert_eq!(INetMailMessage_GetPriority(mail.0), expected);
    }
    assert_eq!(INetMailMessage_SetPriority(mail.0, 4), -1102);
    assert_eq!(INetMailMessage_SetBodyEncoding(mail.0, 4711), -1102);
    ok(INetMailMessage_SetBodyEncoding(mail.0, 57002));
    let client = client("server.ru", 25);
    for port in [0, -1, 65536] {
        assert_eq!(INetSmtpClient_SetPort(client.0, port), -1102);
        assert!(unsafe { CurlSmtpClient_CreateWithHostAndPort(c"h".as_ptr(), port) }.is_null());
    }
    for timeout in [0, -1] {
        assert_eq!(INetSmtpClient_SetTimeout(client.0, timeout), -1102);
    }
    assert_eq!(INetSmtpClient_GetTimeout(client.0), 100_000);
}

#[test]
fn line_breaks_are_refused_wherever_a_header_or_a_command_would_take_them() {
    let mail = letter();
    let client = client("server.ru", 25);
    unsafe {
        for text in [c"a\r\nX-Evil: 1", c"a\nb", c"a\rb"] {
            assert_eq!(INetMailMessage_SetSubject(mail.0, text.as_ptr()), -1201);
            assert_eq!(INetSmtpClient_SetLocalDomain(client.0, text.as_ptr()), -1201);
            assert!(CurlMailAddress_CreateWithName(c"a@b".as_ptr(), text.as_ptr()).is_null());
            assert_eq!(INetError_GetStatus(), -1201);
            assert_eq!(INetSmtpClient_SetHost(client.0, text.as_ptr()), -1100);
        }
        assert!(CurlMailAddress_Create(c"a@b>\r\nRCPT TO:<c@d".as_ptr()).is_null());
        assert_eq!(INetError_GetStatus(), -1201);
        assert_eq!(INetSmtpClient_SetLocalDomain(client.0, c"a b".as_ptr()), -1100);
        for name in [c"client.test", c"[192.0.2.1]", c"[IPv6:::1]", c""] {
            ok(INetSmtpClient_SetLocalDomain(client.0, name.as_ptr()));
        }
    }
}

#[test]
fn credentials_are_found_as_fore_has_it() {
    let client = client("server.ru", 587);
    let (any, kerberos, cached) = (credential("any"), credential("kerberos"), credential("cached"));
    unsafe {
        ok(INetSmtpClient_SetThisHostCredentials(client.0, c"".as_ptr(), any.0));
        ok(INetSmtpClient_SetThisHostCredentials(client.0, c"Kerberos".as_ptr(), kerberos.0));
        let cache = Handle::of(CurlCredentialCache_Create());
        let host = c"other.ru".as_ptr();
        ok(INetCredentialCache_Add(cache.0, host, 25, c"PLAIN".as_ptr(), cached.0));
        assert_eq!(INetCredentialCache_Add(cache.0, host, 25, c"plain".as_ptr(), any.0), -1100);
        ok(INetSmtpClient_SetCredentials(client.0, cache.0));

        let view = Handle::of(INetSmtpClient_GetCredentials(client.0));
        let user = |host: &std::ffi::CStr, port, protocol: &std::ffi::CStr| {
            let found =
                INetCredentialsByHost_GetCredential(view.0, host.as_ptr(), port, protocol.as_ptr());
            (!found.is_null()).then(|| user_of(&Handle(found)))
        };
        assert_eq!(user(c"server.ru", 587, c"gssapi").as_deref(), Some("kerberos"));
        assert_eq!(user(c"server.ru", 587, c"LOGIN").as_deref(), Some("any"));
        assert_eq!(user(c"other.ru", 25, c"").as_deref(), Some("cached"));
        assert_eq!(user(c"server.ru", 25, c""), None);

        ok(INetSmtpClient_SetThisHostCredentials(client.0, c"GSSAPI".as_ptr(), null_mut()));
        assert_eq!(user(c"server.ru", 587, c"gssapi").as_deref(), Some("any"));
        ok(INetCredentialCache_Remove(cache.0, host, 25, c"PLAIN".as_ptr()));
        ok(INetCredentialCache_Remove(cache.0, host, 25, c"PLAIN".as_ptr()));
        assert_eq!(user(c"other.ru", 25, c""), None);
    }
}

#[test]
fn a_credential_changes_its_user_and_keeps_its_domain() {
    let credential = credential("one");
    let domain = || text(|b, n| unsafe { INetNetworkCredential_GetDomain(credential.0, b, n) });
    unsafe {
        let (user, password) = (c"two".as_ptr(), c"other".as_ptr());
        ok(INetNetworkCredential_CreateWithUserPassword(credential.0, user, password));
    }
    assert_eq!((user_of(&credential), domain()), ("two".into(), "work".into()));
}

#[test]
fn a_message_that_is_not_complete_reaches_nobody() {
    let status = |host: &str, mail: &Handle<INetMailMessage>| {
        client(host, 1).send(mail).expect_err("nothing to send").status
    };
    let empty = Handle::of(INetMailMessage_Create());
    assert_eq!(status("127.0.0.1", &empty), -1300);
    let to = Handle::of(INetMailMessage_GetTo(empty.0));
    ok(unsafe { INetMailAddressCollection_AddString(to.0, c"a@b".as_ptr()) });
    assert_eq!(status("127.0.0.1", &empty), -1301);
    assert_eq!(status("", &letter()), -1302);

    let mail = letter();
    mail.attach("/no/such/file");
    assert_eq!(status("127.0.0.1", &mail), -1104);
    assert!(Record::of_this_thread().message.contains("/no/such/file"));
    let mail = letter();
    mail.attach("/dev/null");
    assert_eq!(status("127.0.0.1", &mail), -1105);
    let mail = letter();
    ok(INetMailMessage_SetSubjectEncoding(mail.0, 57002));
    assert_eq!(status("127.0.0.1", &mail), -1202);
}

#[test]
fn nobody_listening_is_an_error_of_the_system() {
    let record = client("127.0.0.1", 1).send(&letter()).expect_err("nobody listens");
    assert_eq!((record.status, record.phase.as_str()), (-1401, "connect"));
    assert_eq!(record.os_error, 111);
    assert!(record.is_transient && record.is_safe_to_retry && !record.is_connection_usable);
}

#[test]
fn a_report_outlives_its_client_and_tells_what_was_not_sent() {
    let report = client("127.0.0.1", 1).report(&message("a@b", "c@d, e@f, c@d", "", ""));
    assert_eq!(INetSendReport_GetStatus(report.0), -1401);
    assert_eq!(INetSendReport_GetRecipientCount(report.0), 2);
    assert_eq!(INetSendReport_GetVerdictAt(report.0, 1), INET_VERDICT_NOT_SENT);
    assert_eq!(INetSendReport_GetVerdictAt(report.0, 2), -1103);
    let recipient = text(|b, n| unsafe { INetSendReport_GetRecipientAt(report.0, 1, b, n) });
    assert_eq!(recipient, "e@f");
    assert!(text(|b, n| unsafe { INetSendReport_GetMessage(report.0, b, n) }).contains("refused"));
}

#[test]
fn a_client_released_in_the_midst_of_a_send_cancels_it() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let client = client("127.0.0.1", silent.local_addr().expect("an address").port());
    let mail = letter();
    std::thread::scope(|scope| {
        let sending = scope.spawn(|| client.send(&mail).expect_err("cancelled").status);
        // The connection has come in: the client waits for a greeting.
        let _connection = silent.accept().expect("a connection");
        ok(INetSmtpClient_Release(client.0));
        assert_eq!(sending.join().expect("no panic"), -1304);
    });
}

#[test]
fn objects_of_any_type_tell_their_type_and_count_references() {
    let mail = letter();
    let name = || text(|b, n| unsafe { INetObject_GetTypeName(mail.0.cast(), b, n) });
    assert_eq!(name(), "INetMailMessage");
    ok(INetObject_AddRef(mail.0.cast()));
    ok(INetObject_Release(mail.0.cast()));
    ok(INetMailMessage_AddRef(mail.0));
    ok(INetMailMessage_Release(mail.0));
    assert_eq!(name(), "INetMailMessage");
    assert_eq!(INetAttachment_Release(mail.0.cast()), -1000);
    assert_eq!(INetObject_Release(null_mut()), 0);
    assert_eq!(INetObject_AddRef(null_mut()), -1000);
}

#[test]
fn objects_live_as_long_as_others_use_them() {
    let mail = letter();
    let to = Handle::of(INetMailMessage_GetTo(mail.0));
    drop(mail);
    assert_eq!(INetMailAddressCollection_GetCount(to.0), 1);
}

#[test]
fn the_library_knows_its_version() {
    let version = text(|b, n| unsafe { INetLibrary_GetVersion(b, n) });
    assert_eq!(version, env!("CARGO_PKG_VERSION"));
    assert!(INetLibrary_GetLiveHandleCount() >= 0);
}
