//! Sending: messages of this library, messages that a host has made, and messages that go on to somebody else.

use super::lock;
use super::mail_address::MailAddress;
use super::mail_message::{MailMessage, no_sender};
use super::open_file::OpenFile;
use super::packing::each_once;
use super::send_report::SendReport;
use super::smtp_client::{DeliveryMethod, Settings, SmtpClient};
use crate::deliver::{
    Call, Cancel, Content, Delivery, Envelope, EnvelopeOptions as Options, Parcel, Progress,
    Report, Terms, deposit, stamp,
};
use crate::error::{Error, Result, Status};
use crate::mime::{
    Missing, OctetSlice, Octets, Ready, ReadySender, ReturnPath, Source, resent_fields,
};
use std::sync::Arc;

/// Octets of a message that is ready, from wherever the host has them.
pub enum ReadyOctets<'a> {
    Slice(&'a [u8]),
    File(&'a str),
    Stream(Box<dyn Octets + 'a>),
}

/// Sender and recipients as the host gives them. `None` leaves them to the header of the message.
#[derive(Debug, Clone, Copy, Default)]
pub struct HostEnvelope<'a> {
    pub sender: Option<&'a str>,
    pub recipients: Option<&'a str>,
}

/// Where a message goes: the settings as they were when its Send began.
pub(super) enum Way {
    Network(Terms),
    Directory(String),
}

/// A message that went by its way.
pub(super) enum Sent {
    Delivered(Delivery),
    Deposited(Report),
}

impl SmtpClient {
    /// Sends on the calling thread. The report tells what became of each recipient; an error is one from before anything
    /// was tried.
    pub fn send(&self, message: &MailMessage) -> Result<SendReport> {
        self.submit(true, |options| message.pack(options)).map(SendReport::from)
    }

    /// The same without a report. Success is the message accepted for every recipient.
    pub fn deliver(&self, message: &MailMessage) -> Result<()> {
        self.submit(false, |options| message.pack(options))?.into_result()
    }

    /// Sends a message that the host has made: as it is, but for Bcc, Return-Path and line ends.
    pub fn send_ready(&self, octets: ReadyOctets, envelope: HostEnvelope) -> Result<SendReport> {
        let pack = |options| pack_ready(octets, envelope, self.keeps_bcc(), options);
        self.submit(true, pack).map(SendReport::from)
    }

    /// Sends a message on to exactly these recipients, as it is.
    pub fn forward(
        &self,
        sender: &str,
        recipients: &str,
        message: &MailMessage,
    ) -> Result<SendReport> {
        let pack = |of_client| {
            let (sender, recipients) = (Sender::parse(sender)?, parse_list(recipients)?);
            let mut letter = message.letter(0, Missing::None)?;
            if let Some(fields) = self.resent_fields(&sender, &recipients)? {
                letter.prepend(&fields);
            }
            let needs_smtputf8 = letter.needs_smtputf8();
            let own = message.envelope_options().map(|options| options.now());
            let options = own.or(of_client);
            let envelope = envelope(sender, recipients, needs_smtputf8, options)?;
            Ok(Parcel::new(envelope, Content::Letter(letter)))
        };
        self.submit(true, pack).map(SendReport::from)
    }

    /// The same with a message that the host has made.
    pub fn forward_ready(
        &self,
        sender: &str,
        recipients: &str,
        octets: ReadyOctets,
    ) -> Result<SendReport> {
        let pack = |options| {
            let (sender, recipients) = (Sender::parse(sender)?, parse_list(recipients)?);
            let mut ready = ready(octets, ReturnPath::Keep)?;
            if let Some(fields) = self.resent_fields(&sender, &recipients)? {
                ready.prepend(fields);
            }
            let needs_smtputf8 = ready.needs_smtputf8();
            let envelope = envelope(sender, recipients, needs_smtputf8, options)?;
            Ok(Parcel::new(envelope, Content::Ready(Box::new(ready))))
        };
        self.submit(true, pack).map(SendReport::from)
    }

    /// Sends what `pack` makes by the options of the client.
    fn submit<'a>(
        &self,
        is_reported: bool,
        pack: impl FnOnce(Option<Arc<Options>>) -> Result<Parcel<'a>>,
    ) -> Result<Sent> {
        let mut settings = lock(&self.settings);
        let (way, options) = (settings.way()?, settings.asks_for());
        let progress = Progress::new(settings.on_progress());
        drop(settings);
        let cancel = self.driver.cancellation();
        self.hand_over(way, cancel, &progress, is_reported, || pack(options))
    }

    /// Where messages go as the client is set now.
    pub(super) fn way(&self) -> Result<Way> {
        lock(&self.settings).way()
    }

    /// Hands over what `pack` makes.
    pub(super) fn hand_over<'a>(
        &self,
        way: Way,
        cancel: &Cancel,
        progress: &Progress,
        is_reported: bool,
        pack: impl FnOnce() -> Result<Parcel<'a>>,
    ) -> Result<Sent> {
        let sent = match &way {
            Way::Network(terms) => {
                let call = Call { terms, cancel, progress, is_reported };
                self.driver.send(call, pack).map(Sent::Delivered)
            }
            Way::Directory(directory) => {
                pack().and_then(|parcel| deposit(directory, parcel)).map(Sent::Deposited)
            }
        };
        sent.map_err(Error::retry_is_safe)
    }

    fn resent_fields(&self, sender: &Sender, to: &[MailAddress]) -> Result<Option<Vec<u8>>> {
        match (self.adds_resent_fields(), sender) {
            (false, _) => Ok(None),
            (true, Sender::Address(from)) => resent_fields(stamp(), from, to).map(Some),
            (true, Sender::Null) => {
                let sentence = "Resent-From needs a sender: the null path is none";
                Err(Error::new(Status::Argument, sentence))
            }
        }
    }
}

impl Settings {
    fn way(&mut self) -> Result<Way> {
        let way = match self.delivery_method {
            DeliveryMethod::Network => self.terms().map(Way::Network),
            DeliveryMethod::SpecifiedPickupDirectory if self.pickup_directory.is_empty() => {
                let sentence = "the client has no pickup directory";
                Err(Error::new(Status::PickupDirectory, sentence))
            }
            DeliveryMethod::SpecifiedPickupDirectory => {
                Ok(Way::Directory(self.pickup_directory.clone()))
            }
            DeliveryMethod::PickupDirectoryFromIis => Err(Error::new(
                Status::PickupDirectory,
                "there is no IIS on this system whose pickup directory could be asked for; \
                 name one and use the specified pickup directory",
            )),
        };
        way.map_err(Error::retry_is_safe)
    }
}

impl Sent {
    /// Success is the message accepted for every recipient.
    fn into_result(self) -> Result<()> {
        match self {
            Sent::Delivered(delivery) => delivery.into_result(),
            Sent::Deposited(report) => report.to_result(),
        }
    }
}

impl From<Sent> for SendReport {
    fn from(sent: Sent) -> SendReport {
        match sent {
            Sent::Delivered(delivery) => delivery.report(),
            Sent::Deposited(report) => report,
        }
        .into()
    }
}

/// Who is told when delivery fails.
enum Sender {
    Null,
    Address(MailAddress),
}

impl Sender {
    /// From an address, or `<>` for nobody.
    fn parse(text: &str) -> Result<Sender> {
        match text.trim() {
            "<>" => Ok(Sender::Null),
            address => {
                MailAddress::parse(address).map(Sender::Address).map_err(about("the sender"))
            }
        }
    }
}

fn pack_ready<'a>(
    octets: ReadyOctets<'a>,
    given: HostEnvelope,
    keeps_bcc: bool,
    options: Option<Arc<Options>>,
) -> Result<Parcel<'a>> {
    let mut ready = ready(octets, ReturnPath::Drop)?;
    if keeps_bcc {
        ready.keep_bcc();
    }
    let (sender, recipients) = match (given.sender, given.recipients) {
        (Some(sender), Some(recipients)) => (Sender::parse(sender)?, parse_list(recipients)?),
        (sender, recipients) => {
            let told = ready.envelope()?;
            let sender = match (sender, told.sender) {
                (Some(sender), _) => Sender::parse(sender)?,
                (None, ReadySender::NullPath) => Sender::Null,
                (None, ReadySender::Mailbox(mailbox)) => Sender::Address(mailbox),
                (None, ReadySender::Missing) => return Err(no_sender()),
            };
            (sender, recipients.map_or(Ok(told.recipients), parse_list)?)
        }
    };
    if recipients.is_empty() {
        return Err(Status::NoRecipients.into());
    }
    let needs_smtputf8 = ready.needs_smtputf8();
    let envelope = envelope(sender, recipients, needs_smtputf8, options)?;
    Ok(Parcel::new(envelope, Content::Ready(Box::new(ready))))
}

fn ready(octets: ReadyOctets, return_path: ReturnPath) -> Result<Ready> {
    match octets {
        ReadyOctets::Slice(octets) => {
            Ready::new(Box::new(OctetSlice::new(octets)), Some(octets.len() as u64), return_path)
        }
        ReadyOctets::File(path) => {
            let file = FileOctets { file: OpenFile::new(path, None)?, offset: 0 };
            let length = file.file.length();
            Ready::new(Box::new(file), length, return_path).map_err(about(path))
        }
        ReadyOctets::Stream(stream) => Ready::new(stream, None, return_path),
    }
}

fn envelope(
    sender: Sender,
    recipients: Vec<MailAddress>,
    needs_smtputf8: bool,
    options: Option<Arc<Options>>,
) -> Result<Arc<Envelope>> {
    let reverse_path = match sender {
        Sender::Null => Arc::default(),
        Sender::Address(address) => address.wire_address().clone(),
    };
    let recipients = recipients.iter().map(|address| address.wire_address().clone()).collect();
    Envelope::new(reverse_path, each_once(recipients), needs_smtputf8, options).map(Arc::new)
}

fn parse_list(text: &str) -> Result<Vec<MailAddress>> {
    MailAddress::parse_list(text).map_err(about("the recipients"))
}

fn about(what: &str) -> impl Fn(Error) -> Error {
    move |error| error.map_message(|message| format!("{what}: {message}"))
}

/// A file, read from its start to the end that it had when it was opened.
struct FileOctets {
    file: OpenFile,
    offset: u64,
}

impl Octets for FileOctets {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let rest = self.file.length().unwrap_or(u64::MAX) - self.offset;
        let room = into.len().min(usize::try_from(rest).unwrap_or(usize::MAX));
        let read = self.file.read_at(self.offset, &mut into[..room])?;
        if read == 0 && room > 0 {
            return Err(self.file.changed("became shorter"));
        }
        self.offset += read as u64;
        Ok(read)
    }

    fn rewind(&mut self) -> Result<()> {
        self.offset = 0;
        Ok(())
    }
}
