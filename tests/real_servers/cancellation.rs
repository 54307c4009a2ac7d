//! Cancellation in the midst of a large message to Postfix.

use super::support::face::status_name;
use super::*;
use inetmail::ffi::delivery_settings::*;
use inetmail::ffi::operation::*;
use inetmail::ffi::progress::INetSmtpClient_OnProgress;
use inetmail::ffi::smtp_client::INetSmtpClient_Cancel;
use std::ffi::c_void;
use std::ptr::{from_ref, null_mut};
use std::sync::Barrier;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// What is told to hosts is 50 ms; a busy machine may need more.
const HANG: Duration = Duration::from_secs(2);

/// The message goes no further than this until it is cancelled.
const MIDST: i64 = 5_000_000;

/// Holds up the first message that has come so far, so that it cannot be through before it is cancelled.
struct HoldUp {
    is_done: AtomicBool,
    in_the_midst: Barrier,
    cancelled: Barrier,
}

impl HoldUp {
    fn new() -> HoldUp {
        let is_done = AtomicBool::new(false);
        HoldUp { is_done, in_the_midst: Barrier::new(2), cancelled: Barrier::new(2) }
    }

    fn hold_up(&self, client: &Client) {
        let user = from_ref(self).cast_mut().cast();
        ok(unsafe { INetSmtpClient_OnProgress(client.0, Some(progress), user, None) });
    }

    fn cancel_by(&self, cancel: impl FnOnce()) {
        self.in_the_midst.wait();
        cancel();
        self.cancelled.wait();
    }
}

unsafe extern "C" fn progress(user: *mut c_void, octets: i64, total: i64, _: i32) -> i32 {
    let hold_up = unsafe { &*user.cast::<HoldUp>() };
    if octets > MIDST && octets < total && !hold_up.is_done.swap(true, Ordering::SeqCst) {
        hold_up.in_the_midst.wait();
        hold_up.cancelled.wait();
    }
    0
}

#[expect(clippy::disallowed_methods, reason = "the test measures")]
fn now() -> Instant {
    Instant::now()
}

/// Larger than what the system holds for a connection, and not beyond what Postfix takes.
fn large(recipient: &str) -> Message {
    message("sender@test", recipient, "Large", &"A line of 20 octets\n".repeat(2_000_000))
}

fn clients() -> [Client; 3] {
    let by_data = client_of("NOTLS");
    ok(INetSmtpClient_SetUseChunking(by_data.0, INET_CHUNKING_OFF));
    [client_of("NOTLS"), by_data, client_of("STARTTLS").with_ssl()]
}

/// Nothing of the large message arrives, and the client is as good as before.
fn check_what_arrives(client: &Client, recipient: &str) {
    client.send(&simple(recipient)).expect("a Send after the cancelled one");
    let arrived = &delivered(recipient, 1)[0];
    assert!(arrived.bytes.len() < 10_000, "half a message arrived");
}

#[test]
fn a_send_is_cancelled_in_the_midst_of_its_message_by_another_thread() {
    for client in clients() {
        let (recipient, hold_up) = (fresh_address(), HoldUp::new());
        hold_up.hold_up(&client);
        let large = large(&recipient);
        std::thread::scope(|scope| {
            let sending = scope.spawn(|| (client.send(&large).expect_err("cancelled"), now()));
            hold_up.cancel_by(|| ok(INetSmtpClient_Cancel(client.0)));
            let start = now();
            let (record, end) = sending.join().expect("no panic");
            assert_eq!(status_name(record.status), "INET_E_CANCELLED", "{record:?}");
            assert_eq!(record.phase, "message");
            assert!(record.is_safe_to_retry && !record.is_connection_usable, "{record:?}");
            assert!(end.saturating_duration_since(start) < HANG);
        });
        check_what_arrives(&client, &recipient);
    }
}

#[test]
fn an_operation_is_cancelled_in_the_midst_of_its_message_and_no_other() {
    for client in clients() {
        let (recipient, hold_up) = (fresh_address(), HoldUp::new());
        hold_up.hold_up(&client);
        let start = |message: &Message| {
            Handle::of(unsafe {
                INetSmtpClient_SendAsync(client.0, message.0, None, null_mut(), None)
            })
        };
        let operation = start(&large(&recipient));
        let other = fresh_address();
        hold_up.cancel_by(|| {
            assert!(INetOperation_GetOctetsSent(operation.0) > MIDST);
            // Another one comes and goes meanwhile.
            let beside = start(&simple(&other));
            assert_eq!(INetOperation_Wait(beside.0, 30_000), 1);
            assert_eq!(INetOperation_GetStatus(beside.0), 0);
            ok(INetOperation_Cancel(operation.0));
        });
        assert_eq!(INetOperation_Wait(operation.0, HANG.as_millis() as i32), 1);
        assert_eq!(status_name(INetOperation_GetStatus(operation.0)), "INET_E_CANCELLED");
        let report = Handle::of(INetOperation_GetReport(operation.0));
        assert_eq!(INetSendReport_GetVerdictAt(report.0, 0), INET_VERDICT_NOT_SENT);
        assert_eq!(INetSendReport_GetIsSafeToRetry(report.0), 1);
        check_what_arrives(&client, &recipient);
        delivered(&other, 1);
    }
}
