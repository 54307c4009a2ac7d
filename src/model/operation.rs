//! `INetOperation`: a Send or a run that goes on beside its caller, on a thread of the library.

use super::collection::Collection;
use super::mail_message::MailMessage;
use super::send_report::SendReport;
use super::smtp_client::SmtpClient;
use crate::deliver::{self, Cancel, Content, Parcel, Progress};
use crate::error::Result;
use std::sync::Arc;

pub type Operation = deliver::Operation<SendReport>;

type Run = Box<dyn FnOnce(&Cancel, &Progress) -> Result<SendReport> + Send>;

/// An operation that is ready to start.
pub struct Pending {
    operation: Arc<Operation>,
    run: Run,
}

impl SmtpClient {
    /// Makes ready to send the message as it is now, through the client as it is set now. What is wrong with either shows here.
    pub fn send_async(self: &Arc<Self>, message: &MailMessage) -> Result<Pending> {
        let cancel = self.driver.cancellation_of_one();
        let way = self.way()?;
        let (envelope, letter) = message.pack_letter(self.asks_for())?;
        let client = self.clone();
        let run = move |cancel: &Cancel, progress: &Progress| {
            let pack = || Ok(Parcel::new(envelope, Content::Letter(letter)));
            client.hand_over(way, cancel, progress, true, pack).map(SendReport::from)
        };
        Ok(Pending {
            operation: Arc::new(Operation::new(cancel, Progress::new(self.on_progress()))),
            run: Box::new(run),
        })
    }

    /// The same with every message that stands in the collection now, each as it is when its turn comes.
    pub fn send_collection_async(
        self: &Arc<Self>,
        messages: &Collection<MailMessage>,
    ) -> Result<Pending> {
        let cancel = self.driver.cancellation_of_one();
        let way = self.way()?;
        let messages = messages.snapshot();
        let client = self.clone();
        let run = move |cancel: &Cancel, progress: &Progress| {
            client.send_all(&messages, &way, cancel, progress)
        };
        Ok(Pending {
            operation: Arc::new(Operation::new(cancel, Progress::of_run(self.on_progress()))),
            run: Box::new(run),
        })
    }
}

impl Pending {
    pub fn operation(&self) -> Arc<Operation> {
        self.operation.clone()
    }

    /// Starts it. `completed` is called when it has its result, on the operation's thread, or dropped if there is none.
    pub fn start(self, completed: impl FnOnce() + Send + 'static) -> Result<()> {
        self.operation.start(self.run, completed)
    }
}
