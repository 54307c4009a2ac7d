//! Sends small messages through lettre, each built anew: a peer of `send_inetmail`.
//!
//!     send_lettre PORT send|fresh|recipients|connections N [C] [--tls CERTIFICATE]
//!
//! Warm connections are those of a pooled `SmtpTransport`, several of them are as many threads. A new connection for each
//! message is an `SmtpConnection` without the pool, which would be a thread for each.

use lettre::address::Envelope;
use lettre::message::{Mailbox, header::ContentType};
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::client::{
    Certificate, CertificateStore, SmtpConnection, Tls, TlsParameters,
};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, Message, SmtpTransport, Transport};
use peers::{Clock, FROM, TO, Task, body, recipient, subject};

const HOST: &str = "127.0.0.1";

fn main() {
    let task = Task::from_arguments();
    match task.mode.as_str() {
        "send" => send_one_by_one(&task),
        "fresh" => send_fresh(&task),
        "recipients" => send_to_many(&task),
        "connections" => send_by_threads(&task),
        _ => panic!("no such mode"),
    }
}

fn send_one_by_one(task: &Task) {
    let transport = transport(task);
    send_one(&transport, 0);
    let clock = Clock::start();
    (1..=task.count).for_each(|n| send_one(&transport, n));
    clock.tell();
}

fn send_fresh(task: &Task) {
    let tls = task.certificate.as_deref().map(tls_parameters);
    send_alone(task, tls.as_ref(), 0);
    let clock = Clock::start();
    (1..=task.count).for_each(|n| send_alone(task, tls.as_ref(), n));
    clock.tell();
}

fn send_alone(task: &Task, tls: Option<&TlsParameters>, n: usize) {
    let hello = ClientId::default();
    let mut connection =
        SmtpConnection::connect((HOST, task.port), None, &hello, None, None).expect("a server");
    if let Some(tls) = tls {
        connection.starttls(tls, &hello).expect("TLS");
    }
    let message = build(n);
    connection.send(message.envelope(), &message.formatted()).expect("a reply");
    connection.quit().expect("a reply");
}

/// With an envelope: `Message::builder().bcc()` needs the square of the recipients.
fn send_to_many(task: &Task) {
    let transport = transport(task);
    let others = (1..task.count).map(|n| address(&recipient(n)));
    let recipients: Vec<Address> = std::iter::once(address(TO)).chain(others).collect();
    let envelope = Envelope::new(Some(address(FROM)), recipients).expect("an envelope");
    let clock = Clock::start();
    transport.send_raw(&envelope, &build(0).formatted()).expect("a reply");
    clock.tell();
}

fn send_by_threads(task: &Task) {
    let transport = transport(task);
    let clock = Clock::start();
    std::thread::scope(|scope| {
        for connection in 0..task.connections {
            let transport = &transport;
            scope.spawn(move || task.share(connection).for_each(|n| send_one(transport, n)));
        }
    });
    clock.tell();
}

fn send_one(transport: &SmtpTransport, n: usize) {
    transport.send(&build(n)).expect("a reply");
}

fn transport(task: &Task) -> SmtpTransport {
    let tls =
        task.certificate.as_deref().map_or(Tls::None, |pem| Tls::Required(tls_parameters(pem)));
    let connections = u32::try_from(task.connections).expect("few connections");
    SmtpTransport::builder_dangerous(HOST)
        .port(task.port)
        .tls(tls)
        .pool_config(PoolConfig::new().max_size(connections))
        .build()
}

fn tls_parameters(pem: &[u8]) -> TlsParameters {
    TlsParameters::builder(HOST.to_owned())
        .certificate_store(CertificateStore::None)
        .add_root_certificate(Certificate::from_pem(pem).expect("a certificate"))
        .build()
        .expect("parameters of TLS")
}

fn address(text: &str) -> Address {
    text.parse().expect("an address")
}

fn build(n: usize) -> Message {
    Message::builder()
        .from(Mailbox::new(None, address(FROM)))
        .to(Mailbox::new(None, address(TO)))
        .subject(subject(n))
        .header(ContentType::TEXT_PLAIN)
        .body(body(n))
        .expect("a message")
}
