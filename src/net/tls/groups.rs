//! Groups of the key exchange, which older texts call curves.

use super::selection::{Known, Selection};
use crate::error::Result;
use rustls::NamedGroup;

/// A group that rustls may have.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    pub id: NamedGroup,
    /// As the registry of IANA has it.
    pub name: &'static str,
    /// The other names: of curves in SEC 2, NIST and SecureBlackbox.
    others: &'static [&'static str],
    pub key_bits: i32,
}

/// In order of preference: the key share of the first is sent unasked.
#[cfg(not(feature = "tls-aws-lc"))]
const GROUPS: [Group; 3] = [X25519, SECP256R1, SECP384R1];
#[cfg(feature = "tls-aws-lc")]
const GROUPS: [Group; 7] =
    [X25519MLKEM768, X25519, SECP256R1, SECP384R1, SECP256R1MLKEM768, MLKEM768, MLKEM1024];

const X25519: Group =
    Group { id: NamedGroup::X25519, name: "x25519", others: &["CURVE25519"], key_bits: 253 };
const SECP256R1: Group = Group {
    id: NamedGroup::secp256r1,
    name: "secp256r1",
    others: &["P-256", "P256", "NISTP256", "NIST-P256", "PRIME256V1"],
    key_bits: 256,
};
const SECP384R1: Group = Group {
    id: NamedGroup::secp384r1,
    name: "secp384r1",
    others: &["P-384", "P384", "NISTP384", "NIST-P384"],
    key_bits: 384,
};
const SECP521R1: Group = Group {
    id: NamedGroup::secp521r1,
    name: "secp521r1",
    others: &["P-521", "P521", "NISTP521", "NIST-P521"],
    key_bits: 521,
};
const X25519MLKEM768: Group =
    Group { id: NamedGroup::X25519MLKEM768, name: "X25519MLKEM768", others: &[], key_bits: 768 };
const SECP256R1MLKEM768: Group = Group {
    id: NamedGroup::secp256r1MLKEM768,
    name: "SecP256r1MLKEM768",
    others: &[],
    key_bits: 768,
};

const MLKEM768: Group =
    Group { id: NamedGroup::MLKEM768, name: "MLKEM768", others: &["ML-KEM-768"], key_bits: 768 };
const MLKEM1024: Group = Group {
    id: NamedGroup::MLKEM1024,
    name: "MLKEM1024",
    others: &["ML-KEM-1024"],
    key_bits: 1024,
};

/// Every group that has a name here, also those that this build lacks.
const ALL: [Group; 8] = [
    X25519MLKEM768,
    X25519,
    SECP256R1,
    SECP384R1,
    SECP521R1,
    SECP256R1MLKEM768,
    MLKEM768,
    MLKEM1024,
];

/// Groups that only other libraries have.
const FOREIGN: [&str; 16] = [
    "x448",
    "CURVE448",
    "brainpoolP256r1",
    "brainpoolP384r1",
    "brainpoolP512r1",
    "BRAINPOOL256",
    "BRAINPOOL384",
    "BRAINPOOL512",
    "secp256k1",
    "secp224r1",
    "secp192r1",
    "NISTP224",
    "NISTP192",
    "sect571r1",
    "ffdhe2048",
    "ffdhe3072",
];

/// The groups that a list names.
pub fn parse(text: &str) -> Result<Selection<NamedGroup>> {
    Selection::parse(text, "group of a key exchange", &GROUPS.map(|group| group.id), find)
}

/// Against which a computer of the next kind, or of this one, has least to say.
pub fn strongest() -> Selection<NamedGroup> {
    let names = if cfg!(feature = "tls-aws-lc") { "X25519MLKEM768;P-384" } else { "P-384" };
    parse(names).unwrap_or_default()
}

pub fn describe(id: NamedGroup) -> Option<&'static Group> {
    ALL.iter().find(|group| group.id == id)
}

fn find(name: &str) -> Option<Known<NamedGroup>> {
    let is = |other: &&str| other.eq_ignore_ascii_case(name);
    let known = ALL.iter().find(|group| is(&group.name) || group.others.iter().any(&is));
    match known {
        Some(group) if GROUPS.iter().any(|here| here.id == group.id) => Some(Known::Here(group.id)),
        Some(group) => Some(Known::Elsewhere(group.name)),
        None => FOREIGN.iter().find(|other| is(other)).map(|name| Known::Elsewhere(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Status;

    #[test]
    fn a_group_has_several_names_and_the_first_of_a_list_is_preferred() {
        let here = parse("NISTP384,curve25519;P-256").unwrap().here().unwrap();
        assert_eq!(here, [NamedGroup::secp384r1, NamedGroup::X25519, NamedGroup::secp256r1]);
        assert_eq!(parse("brainpoolp256r1").unwrap().elsewhere(), Some("brainpoolP256r1"));
        assert_eq!(parse("P-255").unwrap_err().status(), Status::Argument);
    }

    #[test]
    fn the_groups_are_those_of_the_provider() {
        let ids = |groups: Vec<NamedGroup>| {
            let mut ids: Vec<_> = groups.into_iter().map(u16::from).collect();
            ids.sort();
            ids
        };
        let provided = super::super::all_groups().iter().map(|group| group.name());
        assert_eq!(ids(provided.collect()), ids(GROUPS.map(|group| group.id).to_vec()));
        assert_eq!(parse("P-521").unwrap().elsewhere(), Some("secp521r1"));
    }
}
