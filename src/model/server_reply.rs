//! `INetServerReply`: what a server answered, whatever the code.

pub type ServerReply = crate::deliver::Reply<'static>;
