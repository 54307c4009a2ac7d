//! Envelope options by their names.

use super::face::{Handle, NONE, c, ok};
use inetmail::ffi::envelope_options::*;

pub type Options = Handle<INetEnvelopeOptions>;

/// Options that are set as `name=value` says.
pub fn options(settings: &[(String, String)]) -> Options {
    let options = Handle::of(INetEnvelopeOptions_Create());
    for (name, value) in settings {
        ok(set(options.0, name, value));
    }
    options
}

fn set(options: *mut INetEnvelopeOptions, name: &str, value: &str) -> i32 {
    let number = || value.parse().expect("a number");
    let text = c(value);
    unsafe {
        match name {
            "notify" => INetEnvelopeOptions_SetNotify(options, number()),
            "return" => INetEnvelopeOptions_SetReturn(options, number()),
            "id" => INetEnvelopeOptions_SetEnvelopeId(options, text.as_ptr()),
            "original" => INetEnvelopeOptions_SetAddOriginalRecipient(options, 1),
            "originally" => {
                let (recipient, original) = value.split_once(':').expect("two addresses");
                let (recipient, original) = (c(recipient), c(original));
                let original = if original.is_empty() { NONE } else { original.as_ptr() };
                INetEnvelopeOptions_SetOriginalRecipient(options, recipient.as_ptr(), original)
            }
            "tls" => INetEnvelopeOptions_SetRequireTls(options, 1),
            "by" => {
                let parts: Vec<i32> =
                    value.split(':').map(|part| part.parse().expect("a number")).collect();
                INetEnvelopeOptions_SetDeliverBy(options, parts[0], parts[1], parts[2])
            }
            "priority" => INetEnvelopeOptions_SetPriority(options, number()),
            "holdfor" => INetEnvelopeOptions_SetHoldFor(options, number()),
            "holduntil" => INetEnvelopeOptions_SetHoldUntil(options, text.as_ptr()),
            "auth" => INetEnvelopeOptions_SetAuthSender(options, text.as_ptr()),
            "optional" => INetEnvelopeOptions_SetIsOptional(options, 1),
            other => panic!("options have no {other}"),
        }
    }
}
