//! `INetServerInfo`: the snapshot of the `deliver` room is the object already.

pub use crate::deliver::ServerInfo;
