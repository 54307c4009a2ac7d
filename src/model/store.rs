//! What the collections of certificates, of lists of revoked ones and of OCSP responses share.

use super::certificate::{Certificate, about, read_file};
use super::collection::{Collection, Member};
use super::lock;
use crate::error::{Error, Result, Status};
use crate::pki::read_public_certificates;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};

/// What such a collection holds. Two are the same if their octets are.
pub trait Stored: Member + Sized + 'static {
    /// All that these octets hold, at least one.
    fn read(octets: &[u8], password: Option<&str>) -> Result<Vec<Self>>;

    fn der(&self) -> &[u8];

    /// A number of its own.
    fn id(&self) -> i64;

    fn numbers() -> &'static Numbers<Self>;
}

/// A collection of objects that are read from octets. One that only shows what came from elsewhere is read-only.
#[derive(Debug)]
pub struct Store<T> {
    items: Collection<T>,
    is_read_only: bool,
}

impl<T> Default for Store<T> {
    fn default() -> Self {
        Store { items: Collection::default(), is_read_only: false }
    }
}

impl<T: Stored> Store<T> {
    pub fn read_only(items: Vec<Arc<T>>) -> Store<T> {
        let store = Store { items: Collection::default(), is_read_only: true };
        store.items.replace(items);
        store
    }

    pub fn count(&self) -> usize {
        self.items.count()
    }

    pub fn item(&self, index: i32) -> Result<Arc<T>> {
        self.items.item(index)
    }

    /// The octets of what stands at an index.
    pub fn octets(&self, index: i32) -> Result<Vec<u8>> {
        Ok(self.item(index)?.der().to_vec())
    }

    pub fn index_of(&self, item: &T) -> Option<usize> {
        self.items.index_of(item)
    }

    /// The items as they are now, and the revision that they are.
    pub fn revised(&self) -> (u64, Vec<Arc<T>>) {
        self.items.revised()
    }

    /// A number that every change raises.
    pub fn revision(&self) -> u64 {
        self.items.revision()
    }

    pub fn add(&self, item: Arc<T>) -> Result<()> {
        self.writable()?.add(item);
        Ok(())
    }

    /// Adds all that octets hold, or on a failure nothing.
    pub fn add_octets(&self, octets: &[u8], password: Option<&str>) -> Result<()> {
        let items = self.writable()?;
        items.extend(T::read(octets, password)?.into_iter().map(Arc::new));
        Ok(())
    }

    pub fn add_file(&self, path: &str, password: Option<&str>) -> Result<()> {
        self.writable()?;
        let octets = read_file(path)?;
        self.add_octets(&octets, password).map_err(|error| about(path, error))
    }

    pub fn remove(&self, item: &T) -> Result<bool> {
        Ok(self.writable()?.remove(item))
    }

    pub fn remove_at(&self, index: i32) -> Result<()> {
        self.writable()?.remove_at(index)
    }

    pub fn clear(&self) -> Result<()> {
        self.writable()?.clear();
        Ok(())
    }

    /// Lets go what stands at `count` and behind it.
    pub fn truncate(&self, count: i32) -> Result<()> {
        self.writable()?.truncate(count)
    }

    /// The number of the object at an index, by which [`Store::put`] finds it again.
    pub fn number(&self, index: i32) -> Result<i64> {
        Ok(number(&self.item(index)?))
    }

    /// Puts the object of this number at an index; at the count it is added.
    pub fn put(&self, index: i32, number: i64) -> Result<()> {
        let items = self.writable()?;
        let item = T::numbers().find(number).ok_or_else(|| {
            let sentence = format!("{number} is the handle of nothing that there is here");
            Error::new(Status::Argument, sentence)
        })?;
        items.put(index, item)
    }

    fn writable(&self) -> Result<&Collection<T>> {
        match self.is_read_only {
            true => {
                let sentence =
                    "the collection shows what came from elsewhere, and cannot be changed";
                Err(Error::new(Status::ReadOnly, sentence))
            }
            false => Ok(&self.items),
        }
    }
}

impl Store<Certificate> {
    /// Adds all certificates of one file with the private key of another, or on a failure nothing.
    pub fn add_files(&self, path: &str, key_path: &str, password: Option<&str>) -> Result<()> {
        let items = self.writable()?;
        let read = Certificate::all_of_files(path, key_path, password)?;
        items.extend(read.into_iter().map(Arc::new));
        Ok(())
    }

    /// Adds the certificates of a file whose private keys, if there are any, are of no interest.
    pub fn add_public_file(&self, path: &str) -> Result<()> {
        let items = self.writable()?;
        let read = read_public_certificates(&read_file(path)?);
        items.extend(read.map_err(|error| about(path, error))?.into_iter().map(Arc::new));
        Ok(())
    }
}

/// The number of an object, from now on known.
pub fn number<T: Stored>(item: &Arc<T>) -> i64 {
    T::numbers().remember(item)
}

/// Objects by the numbers that a host has been told.
pub struct Numbers<T>(Mutex<Option<HashMap<i64, Weak<T>>>>);

impl<T: Stored> Numbers<T> {
    pub const fn new() -> Numbers<T> {
        Numbers(Mutex::new(None))
    }

    fn remember(&self, item: &Arc<T>) -> i64 {
        let mut known = lock(&self.0);
        let known = known.get_or_insert_default();
        // Now and then those that are no more are forgotten, so that the map grows with what there is.
        if known.len() == known.capacity() {
            known.retain(|_, object| object.strong_count() > 0);
        }
        known.insert(item.id(), Arc::downgrade(item));
        item.id()
    }

    fn find(&self, number: i64) -> Option<Arc<T>> {
        lock(&self.0).as_ref()?.get(&number)?.upgrade()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Certificate, Crl};

    const EC: &[u8] = include_bytes!("../../tests/certificates/ec.pem");
    const RSA: &[u8] = include_bytes!("../../tests/certificates/rsa.pem");

    fn certificate(pem: &[u8]) -> Arc<Certificate> {
        Arc::new(Certificate::of_octets(pem, None).unwrap())
    }

    #[test]
    fn every_change_raises_the_revision() {
        let store = Store::<Certificate>::default();
        let mut seen = vec![store.revision()];
        let mut changed = |store: &Store<Certificate>| {
            assert!(seen.iter().all(|revision| *revision < store.revision()));
            seen.push(store.revision());
        };
        let ec = certificate(EC);
        store.add(ec.clone()).unwrap();
        changed(&store);
        store.add_octets(&[RSA, EC].concat(), None).unwrap();
        changed(&store);
        assert!(store.remove(&ec).unwrap());
        changed(&store);
        store.put(0, number(&ec)).unwrap();
        changed(&store);
        store.remove_at(1).unwrap();
        changed(&store);
        store.truncate(0).unwrap();
        changed(&store);
        store.clear().unwrap();
        changed(&store);
        let (revision, items) = store.revised();
        assert!(revision == store.revision() && items.is_empty());
        assert_eq!((store.count(), store.index_of(&ec), store.revision()), (0, None, revision));
    }

    #[test]
    fn octets_are_added_all_or_not_at_all() {
        let store = Store::<Certificate>::default();
        let half = [EC, b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"].concat();
        let refused = store.add_octets(&half, None).unwrap_err();
        assert_eq!(refused.status(), Status::CertificateFile);
        assert!(refused.message().starts_with("certificate 2: "), "{refused}");
        assert_eq!(store.count(), 0);
    }

    #[test]
    fn who_is_trusted_needs_no_key() {
        let store = Store::<Certificate>::default();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/certificates/");
        store.add_public_file(&format!("{folder}ec.pem")).unwrap();
        assert_eq!(store.count(), 1);
        let refused = store.add_public_file(&format!("{folder}ec.aes256.pem")).unwrap_err();
        assert_eq!(refused.status(), Status::CertificateFile);
        assert!(refused.message().contains("ec.aes256.pem: there is no certificate"), "{refused}");
        let absent = store.add_public_file(&format!("{folder}absent")).unwrap_err();
        assert_eq!((absent.status(), store.count()), (Status::FileNotFound, 1));
    }

    #[test]
    fn a_chain_and_its_key_come_from_two_files() {
        let store = Store::<Certificate>::default();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/certificates/");
        let [ec, key, other] =
            ["ec.pem", "ec.sec1.pem", "rsa.pkcs1.pem"].map(|name| format!("{folder}{name}"));
        let chain = std::env::temp_dir().join(format!("inetmail-chain-{}.pem", std::process::id()));
        std::fs::write(&chain, [RSA, EC].concat()).unwrap();
        let chain = chain.to_str().unwrap();
        store.add_files(chain, &key, None).unwrap();
        std::fs::remove_file(chain).unwrap();
        // The one that the key is of comes first.
        assert_eq!((store.count(), store.index_of(&certificate(EC))), (2, Some(0)));
        assert!(store.item(0).unwrap().private_key().is_some());
        assert!(store.item(1).unwrap().private_key().is_none());
        for (key, words) in [
            (other.as_str(), "the private key is not the one of any certificate here"),
            (ec.as_str(), "the file of the key holds no private key"),
        ] {
            let refused = store.add_files(&ec, key, None).unwrap_err();
            assert_eq!(refused.status(), Status::PrivateKey);
            assert_eq!(refused.message(), format!("{ec}, {key}: {words}"));
        }
        let absent = store.add_files(&ec, &format!("{folder}absent"), None).unwrap_err();
        assert_eq!((absent.status(), store.count()), (Status::FileNotFound, 2));
        let shown = Store::<Certificate>::read_only(Vec::new());
        assert_eq!(shown.add_files(&ec, &key, None).unwrap_err().status(), Status::ReadOnly);
    }

    #[test]
    fn a_read_only_one_stays_as_it_is() {
        let ec = certificate(EC);
        let store = Store::read_only(vec![ec.clone()]);
        let refusals = [
            store.add(ec.clone()),
            store.add_octets(EC, None),
            store.add_file("no such file", None),
            store.remove(&ec).map(drop),
            store.remove_at(0),
            store.clear(),
            store.truncate(0),
            store.put(0, number(&ec)),
        ];
        for refusal in refusals {
            assert_eq!(refusal.unwrap_err().status(), Status::ReadOnly);
        }
        assert_eq!((store.count(), store.index_of(&ec)), (1, Some(0)));
    }

    #[test]
    fn objects_are_found_by_their_numbers_while_somebody_holds_them() {
        let (one, other) = (Store::<Certificate>::default(), Store::<Certificate>::default());
        one.add_octets(&[EC, RSA].concat(), None).unwrap();
        let numbers = [one.number(0).unwrap(), one.number(1).unwrap()];
        assert_ne!(numbers[0], numbers[1]);
        other.put(0, numbers[1]).unwrap();
        assert!(Arc::ptr_eq(&one.item(1).unwrap(), &other.item(0).unwrap()));
        assert_eq!(other.put(2, numbers[0]).unwrap_err().status(), Status::IndexOutOfRange);
        other.put(0, numbers[0]).unwrap();
        assert_eq!((other.count(), other.number(0).unwrap()), (1, numbers[0]));
        one.clear().unwrap();
        assert_eq!(other.put(0, numbers[1]).unwrap_err().status(), Status::Argument);
        for wrong in [0, -1, i64::MAX] {
            assert_eq!(other.put(0, wrong).unwrap_err().status(), Status::Argument);
        }
        // A list's number is none of a certificate.
        let lists = Store::<Crl>::default();
        lists.add_octets(include_bytes!("../../tests/certificates/list.der"), None).unwrap();
        let list = lists.number(0).unwrap();
        assert_eq!(other.put(0, list).unwrap_err().status(), Status::Argument);
        lists.put(1, list).unwrap();
        assert_eq!(lists.octets(0).unwrap(), lists.octets(1).unwrap());
    }

    #[test]
    fn numbers_of_what_is_gone_are_forgotten() {
        for _ in 0..1000 {
            number(&certificate(EC));
        }
        let known = lock(&Certificate::numbers().0).as_ref().unwrap().len();
        assert!(known < 500, "{known}");
    }
}
