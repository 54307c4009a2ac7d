//! Sends small messages through mail-send, each built anew with mail-builder: a peer of `send_inetmail`.
//!
//!     send_mail_send PORT send|fresh|recipients|connections N [C] [--tls CERTIFICATE]
//!
//! One thread: several connections are as many tasks of one tokio runtime.

use mail_send::mail_builder::MessageBuilder;
use mail_send::smtp::message::Message;
use mail_send::{SmtpClient, SmtpClientBuilder};
use peers::{Clock, FROM, TO, Task, body, recipient, subject};
use std::rc::Rc;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, pem::PemObject};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

type Builder = SmtpClientBuilder<&'static str>;

fn main() {
    let task = Task::from_arguments();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime.expect("a runtime"), run(task));
}

async fn run(task: Task) {
    let builder = builder(&task);
    match task.mode.as_str() {
        "send" if task.certificate.is_some() => {
            send_one_by_one(&task, builder.connect().await.expect("a server")).await;
        }
        "send" => {
            send_one_by_one(&task, builder.connect_plain().await.expect("a server")).await;
        }
        "fresh" => send_fresh(&task, &builder).await,
        "recipients" => send_to_many(&task, &builder).await,
        "connections" => send_by_tasks(task, builder).await,
        _ => panic!("no such mode"),
    }
}

async fn send_one_by_one<T>(task: &Task, mut client: SmtpClient<T>)
where
    T: AsyncRead + AsyncWrite + Unpin,
{
    send_one(&mut client, 0).await;
    let clock = Clock::start();
    for n in 1..=task.count {
        send_one(&mut client, n).await;
    }
    clock.tell();
    client.quit().await.expect("a reply");
}

async fn send_fresh(task: &Task, builder: &Builder) {
    send_alone(task, builder, 0).await;
    let clock = Clock::start();
    for n in 1..=task.count {
        send_alone(task, builder, n).await;
    }
    clock.tell();
}

async fn send_alone(task: &Task, builder: &Builder, n: usize) {
    if task.certificate.is_some() {
        let mut client = builder.connect().await.expect("a server");
        send_one(&mut client, n).await;
        client.quit().await.expect("a reply");
    } else {
        let mut client = builder.connect_plain().await.expect("a server");
        send_one(&mut client, n).await;
        client.quit().await.expect("a reply");
    }
}

async fn send_to_many(task: &Task, builder: &Builder) {
    let text = build(0).write_to_vec().expect("a message");
    let mut message = Message::new(FROM, [TO], text);
    for n in 1..task.count {
        message = message.to(recipient(n));
    }
    let clock = Clock::start();
    let mut client = builder.connect_plain().await.expect("a server");
    client.send(message).await.expect("a reply");
    clock.tell();
}

async fn send_by_tasks(task: Task, builder: Builder) {
    let (task, builder) = (Rc::new(task), Rc::new(builder));
    let clock = Clock::start();
    let tasks: Vec<_> = (0..task.connections)
        .map(|connection| {
            let (task, builder) = (task.clone(), builder.clone());
            tokio::task::spawn_local(async move {
                let mut client = builder.connect_plain().await.expect("a server");
                for n in task.share(connection) {
                    send_one(&mut client, n).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("an end");
    }
    clock.tell();
}

async fn send_one<T: AsyncRead + AsyncWrite + Unpin>(client: &mut SmtpClient<T>, n: usize) {
    client.send(build(n)).await.expect("a reply");
}

fn builder(task: &Task) -> Builder {
    let mut roots = RootCertStore::empty();
    if let Some(pem) = &task.certificate {
        let certificate = CertificateDer::from_pem_slice(pem).expect("a certificate");
        roots.add(certificate).expect("a certificate that is a root");
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = TlsConnector::from(Arc::new(config));
    SmtpClientBuilder::new_with_tls_connector("127.0.0.1", task.port, connector).implicit_tls(false)
}

fn build(n: usize) -> MessageBuilder<'static> {
    MessageBuilder::new().from(FROM).to(TO).subject(subject(n)).text_body(body(n))
}
