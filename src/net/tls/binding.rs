//! What a login is bound to: the TLS connection that it goes over (RFC 5056).

use super::info::TlsInfo;
use crate::pki::end_point;
use crate::sasl::{Binding, END_POINT};
use rustls::ProtocolVersion;
use rustls::client::ClientConnection;

/// RFC 9266 section 4.2. In TLS 1.2 it would say something only with the extended master secret, and few servers know it there.
const LABEL: &[u8] = b"EXPORTER-Channel-Binding";

pub fn binding(connection: &ClientConnection, info: &TlsInfo) -> Option<Binding> {
    let end_point = info.chain.first().and_then(|leaf| end_point(leaf)).unwrap_or_default();
    if connection.protocol_version() == Some(ProtocolVersion::TLSv1_3) {
        let data = connection.export_keying_material([0; 32], LABEL, Some(b"")).ok()?.to_vec();
        return Some(Binding { name: "tls-exporter", data, end_point });
    }
    let has_end_point = !end_point.is_empty();
    let data = end_point.clone();
    has_end_point.then_some(Binding { name: END_POINT, data, end_point })
}
