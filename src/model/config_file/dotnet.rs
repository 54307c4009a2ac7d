//! .NET: `system.net/mailSettings/smtp`, and sections of the same form under other names.

use super::xml::Element;
use super::{Facts, Login, make};
use crate::error::Result;
use crate::model::nearest::{hint, shown};
use crate::model::smtp_client::{DeliveryMethod, SmtpClient};

const SMTP: [&str; 3] = ["deliveryMethod", "deliveryFormat", "from"];
const NETWORK: [&str; 8] = [
    "host",
    "port",
    "userName",
    "password",
    "defaultCredentials",
    "enableSsl",
    "clientDomain",
    "targetName",
];
const PICKUP: [&str; 1] = ["pickupDirectoryLocation"];
const CHILDREN: [&str; 2] = ["network", "specifiedPickupDirectory"];

const METHODS: [(&str, DeliveryMethod); 3] = [
    ("Network", DeliveryMethod::Network),
    ("SpecifiedPickupDirectory", DeliveryMethod::SpecifiedPickupDirectory),
    ("PickupDirectoryFromIis", DeliveryMethod::PickupDirectoryFromIis),
];

/// What stands in `mailSettings`, what is called `smtp` and stands alone, and what has the children of such a section.
pub fn is_section(element: Element) -> bool {
    let is_among_mail_settings = element.parent().is_some_and(|parent| parent.is("mailSettings"));
    let is_alone = element.parent().is_none() && element.is("smtp");
    is_among_mail_settings
        || is_alone
        || element.children().any(|child| CHILDREN.iter().any(|name| child.is(name)))
}

pub fn client(section: Element) -> Result<SmtpClient> {
    refuse_what_leads_elsewhere(section)?;
    let is_known = |child: &Element| CHILDREN.iter().any(|name| child.is(name));
    if let Some(other) = section.children().find(|child| !is_known(child)) {
        let (name, hint) = (shown(other.name()), hint(other.name(), CHILDREN));
        return Err(other.wrong(format!("<{}> has no <{name}>{hint}", section.name())));
    }
    let network = section.child("network")?;
    let pickup = section.child("specifiedPickupDirectory")?;
    let mut facts = Facts {
        delivery_method: delivery_method(section)?,
        from: section.word("from")?.unwrap_or_default(),
        ..Facts::default()
    };
    check_format(section)?;
    refuse_others(section, &SMTP)?;
    if let Some(network) = network {
        read_network(network, &mut facts)?;
    }
    if let Some(pickup) = pickup {
        facts.pickup_directory = pickup.word("pickupDirectoryLocation")?.unwrap_or_default();
        refuse_others(pickup, &PICKUP)?;
    }
    make(facts, |what| match what {
        "host" => (network.unwrap_or(section), "host"),
        "port" => (network.unwrap_or(section), "port"),
        "target name" => (network.unwrap_or(section), "targetName"),
        "local domain" => (network.unwrap_or(section), "clientDomain"),
        "pickup directory" => (pickup.unwrap_or(section), "pickupDirectoryLocation"),
        _ => (section, "from"),
    })
}

fn read_network<'d>(network: Element<'d>, facts: &mut Facts<'d>) -> Result<()> {
    facts.host = network.word("host")?.unwrap_or_default();
    facts.port = network.number("port")?;
    facts.enables_ssl = network.boolean("enableSsl")?;
    facts.local_domain = network.word("clientDomain")?.unwrap_or_default();
    facts.target_name = network.word("targetName")?.unwrap_or_default();
    facts.uses_default_credentials = network.boolean("defaultCredentials")?;
    let user = network.text("userName")?.unwrap_or_default();
    let password = network.text("password")?.unwrap_or_default();
    // The system's own identity wins, as in .NET.
    if !facts.uses_default_credentials && !user.is_empty() {
        facts.login = Some(Login { user, password, protocol: "" });
    }
    refuse_others(network, &NETWORK)
}

fn delivery_method(section: Element) -> Result<DeliveryMethod> {
    let Some(name) = section.word("deliveryMethod")? else { return Ok(DeliveryMethod::Network) };
    let found = METHODS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, method)| *method).ok_or_else(|| {
        let wanted = "Network, SpecifiedPickupDirectory or PickupDirectoryFromIis";
        section.wrong_value("deliveryMethod", name, wanted)
    })
}

/// What a message needs decides how it goes: in seven bits, or internationally (RFC 6532). So either is kept to by itself.
fn check_format(section: Element) -> Result<()> {
    match section.word("deliveryFormat")? {
        Some(name)
            if !["SevenBit", "International"].iter().any(|k| k.eq_ignore_ascii_case(name)) =>
        {
            Err(section.wrong_value("deliveryFormat", name, "SevenBit or International"))
        }
        _ => Ok(()),
    }
}

/// Settings that stand elsewhere, or under a key that this library does not have.
fn refuse_what_leads_elsewhere(section: Element) -> Result<()> {
    if section.has("configSource") {
        let sentence = "configSource leads to another file: give that one";
        return Err(section.wrong(sentence));
    }
    if section.has("configProtectionProvider") {
        let sentence = "the section is encrypted by .NET, whose keys this library does not have";
        return Err(section.wrong(sentence));
    }
    Ok(())
}

/// .NET lets every element say what files nearer to the program may change of it, which changes nothing here.
fn refuse_others(element: Element, known: &[&'static str]) -> Result<()> {
    let locks = [
        "lockAttributes",
        "lockAllAttributesExcept",
        "lockElements",
        "lockAllElementsExcept",
        "lockItem",
    ];
    element.overlook(|name| locks.contains(&name));
    element.refuse_others(known)
}
