//! What a client shows of its connections: to callbacks, to a queue that is asked, and to a log.

use super::event::{Event, EventQueue, kinds};
use super::lock;
use super::log::{Log, LogHook, LogSettings};
use super::smtp_client::{Settings, SmtpClient};
use super::within;
use crate::deliver::{Heard, Note, ProgressHook, Sight, Watched, Witness};
use crate::error::{Error, Result, Status};
use std::sync::Arc;

pub type CommandHook = Arc<dyn Fn(&str) + Send + Sync>;
pub type CommandDataHook = Arc<dyn Fn(&str, &[u8]) + Send + Sync>;
pub type CommandReplyHook = Arc<dyn Fn(&Heard) + Send + Sync>;
pub type ErrorHook = Arc<dyn Fn(&Error) + Send + Sync>;
pub type NotificationHook = Arc<dyn Fn(Note, &str) + Send + Sync>;

/// The callbacks of a host. None of them has a say.
#[derive(Clone, Default)]
pub struct EventHooks {
    pub command: Option<CommandHook>,
    pub command_data: Option<CommandDataHook>,
    pub command_reply: Option<CommandReplyHook>,
    pub error: Option<ErrorHook>,
    pub notification: Option<NotificationHook>,
}

/// What a client shows, and to whom.
pub(super) struct Show {
    hooks: EventHooks,
    queue: Arc<EventQueue>,
    log_settings: LogSettings,
    log_hook: Option<LogHook>,
    log: Option<Arc<Log>>,
    /// Nobody, as long as nobody wants to see anything.
    pub(super) watched: Watched,
}

impl Default for Show {
    fn default() -> Show {
        let mut show = Show {
            hooks: EventHooks::default(),
            queue: Arc::default(),
            log_settings: LogSettings::default(),
            log_hook: None,
            log: None,
            watched: None,
        };
        // The environment may want a log.
        show.renew_log();
        show.begin();
        show
    }
}

impl Settings {
    /// Who is told how far a call is: the host's callback, and the queue.
    pub(super) fn on_progress(&self) -> Option<ProgressHook> {
        let hook = self.on_progress.clone();
        let Some(queue) = self.show.queue_of(kinds::PROGRESS) else { return hook };
        Some(Arc::new(move |current, total, messages| {
            let kind = kinds::PROGRESS;
            queue.push(Event { kind, current, total, messages, ..Event::default() });
            hook.as_ref().map_or(Ok(()), |hook| hook(current, total, messages))
        }))
    }
}

impl Show {
    fn begin(&mut self) {
        let keeps_any = self.queue.kinds() & !kinds::PROGRESS != 0;
        let EventHooks { command, command_data, command_reply, error, notification } = &self.hooks;
        let calls_any = command.is_some()
            || command_data.is_some()
            || command_reply.is_some()
            || error.is_some()
            || notification.is_some();
        self.watched = (keeps_any || calls_any || self.log.is_some()).then(|| {
            let (hooks, queue, log) = (self.hooks.clone(), self.queue.clone(), self.log.clone());
            Arc::new(Spectator { hooks, queue, log }) as Arc<dyn Witness>
        });
    }
}

/// All who look on at one client.
struct Spectator {
    hooks: EventHooks,
    queue: Arc<EventQueue>,
    log: Option<Arc<Log>>,
}

impl Witness for Spectator {
    fn wants_octets(&self) -> bool {
        self.hooks.command_data.is_some()
            || self.queue.keeps(kinds::COMMAND_DATA)
            || self.log.as_ref().is_some_and(|log| log.wants_octets())
    }

    fn see(&self, connection: u32, sight: &Sight) {
        // What a callback does, the log has told of before.
        let fault = self.log.as_ref().and_then(|log| log.see(connection, sight));
        if let Some(fault) = fault {
            self.show(0, &Sight::Note(Note::LogFailed, &format!("reason={fault}")));
        }
        self.show(connection, sight);
    }
}

impl Spectator {
    fn show(&self, connection: u32, sight: &Sight) {
        self.queue.see(connection, sight);
        let hooks = &self.hooks;
        match *sight {
            Sight::Command(line) => call(&hooks.command, |hook| hook(line)),
            Sight::Octets(command, octets) => {
                call(&hooks.command_data, |hook| hook(command, octets));
            }
            Sight::Reply(heard) => call(&hooks.command_reply, |hook| hook(heard)),
            Sight::Error(error) => call(&hooks.error, |hook| hook(error)),
            Sight::Note(note, parameters) => {
                call(&hooks.notification, |hook| hook(note, parameters));
            }
        }
    }
}

fn call<H>(hook: &Option<H>, with: impl FnOnce(&H)) {
    if let Some(hook) = hook {
        with(hook);
    }
}

impl SmtpClient {
    /// Changes the callbacks for what begins from now on.
    pub fn change_event_hooks<T>(&self, change: impl FnOnce(&mut EventHooks) -> T) {
        drop(self.change_show(|show| change(&mut show.hooks)));
    }

    /// The kinds of events that are kept for [`SmtpClient::next_event`].
    pub fn event_kinds(&self) -> i32 {
        lock(&self.settings).show.queue.kinds() as i32
    }

    pub fn set_event_kinds(&self, wanted: i32) -> Result<()> {
        let bits = u32::try_from(wanted).ok().filter(|bits| bits & !kinds::ALL == 0);
        let bits = bits.ok_or_else(|| {
            let sentence = format!("{wanted:#x} holds a bit that is no kind of event's");
            Error::new(Status::ArgumentOutOfRange, sentence)
        })?;
        self.change_show(|show| show.queue.set_kinds(bits));
        Ok(())
    }

    pub fn event_capacity(&self) -> i32 {
        self.event_queue().capacity() as i32
    }

    pub fn set_event_capacity(&self, capacity: i32) -> Result<()> {
        let capacity = within("number of events", capacity, 1..=1_000_000)?;
        self.event_queue().set_capacity(capacity as usize);
        Ok(())
    }

    /// The oldest event that nobody has asked for.
    pub fn next_event(&self) -> Option<Arc<Event>> {
        self.event_queue().next()
    }

    fn event_queue(&self) -> Arc<EventQueue> {
        lock(&self.settings).show.queue.clone()
    }

    pub(super) fn watched(&self) -> Watched {
        lock(&self.settings).show.watched.clone()
    }

    /// Who is told how far a call is that begins now.
    pub(super) fn on_progress(&self) -> Option<ProgressHook> {
        lock(&self.settings).on_progress()
    }

    pub fn log_settings(&self) -> LogSettings {
        lock(&self.settings).show.log_settings.clone()
    }

    /// Changes how the log is kept: another log begins.
    pub fn change_log(&self, change: impl FnOnce(&mut LogSettings) -> Result<()>) -> Result<()> {
        let changed = self.change_show(|show| {
            let mut settings = show.log_settings.clone();
            change(&mut settings)?;
            show.log_settings = settings;
            Ok(show.renew_log())
        });
        changed.map(drop)
    }

    /// Says who takes the lines of the log.
    pub fn set_on_log(&self, hook: Option<LogHook>) {
        let before = self.change_show(|show| {
            show.log_settings.called(hook.is_some());
            (std::mem::replace(&mut show.log_hook, hook), show.renew_log())
        });
        drop(before);
    }

    /// Why the log could not be written; empty where it could.
    pub fn log_fault(&self) -> String {
        let log = lock(&self.settings).show.log.clone();
        log.map(|log| log.fault()).unwrap_or_default()
    }

    /// Writes out what the log holds back.
    pub fn flush_log(&self) {
        let log = lock(&self.settings).show.log.clone();
        if let Some(log) = log {
            log.flush();
        }
    }

    /// What comes back may have an end that the host does something about: it is without the lock.
    fn change_show<T>(&self, change: impl FnOnce(&mut Show) -> T) -> T {
        let (changed, before) = {
            let show = &mut lock(&self.settings).show;
            let changed = (change(show), show.watched.take());
            show.begin();
            changed
        };
        drop(before);
        changed
    }
}

impl Show {
    /// The queue, if it keeps events of that kind.
    fn queue_of(&self, kind: u32) -> Option<Arc<EventQueue>> {
        self.queue.keeps(kind).then(|| self.queue.clone())
    }

    /// Gives back the log before, which is written out and closed when it goes.
    fn renew_log(&mut self) -> Option<Arc<Log>> {
        let log = Log::new(&self.log_settings, self.log_hook.clone());
        std::mem::replace(&mut self.log, log.map(Arc::new))
    }
}
