//! Proxies: what a manager keeps, as other processes reach it.

use std::io;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;

use sched::kernel::Caller;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::server::{self, DictRequest, Kept, ListRequest, Reply, Request};
use super::{Hub, Manager};

/// Which object of which manager.
struct Proxy {
    hub: Arc<Hub>,
    id: u32,
}

impl Proxy {
    fn make(hub: &Arc<Hub>, name: &str, kept: Kept, caller: Caller) -> io::Result<Self> {
        let reply = hub.ask(name, &Request::New(kept), caller)?;
        let id = u32::try_from(number(reply)?).map_err(io::Error::other)?;
        Ok(Self {
            hub: Arc::clone(hub),
            id,
        })
    }

    fn ask(&self, name: &str, request: &Request, caller: Caller) -> io::Result<Reply> {
        self.hub.ask(name, request, caller)
    }
}

impl Clone for Proxy {
    fn clone(&self) -> Self {
        Self {
            hub: Arc::clone(&self.hub),
            id: self.id,
        }
    }
}

fn encode(item: &impl Serialize) -> io::Result<Vec<u8>> {
    postcard::to_stdvec(item).map_err(io::Error::other)
}

fn decode<T: DeserializeOwned>(bytes: &[u8]) -> io::Result<T> {
    postcard::from_bytes(bytes).map_err(io::Error::other)
}

fn unexpected<T>() -> io::Result<T> {
    Err(io::Error::other(
        "the manager gave an answer to another question",
    ))
}

fn number(reply: Reply) -> io::Result<u64> {
    match reply {
        Reply::Number(number) => Ok(number),
        _ => unexpected(),
    }
}

fn count(reply: Reply) -> io::Result<usize> {
    usize::try_from(number(reply)?).map_err(io::Error::other)
}

fn item<T: DeserializeOwned>(reply: Reply) -> io::Result<Option<T>> {
    match reply {
        Reply::Item(item) => item.as_deref().map(decode).transpose(),
        _ => unexpected(),
    }
}

fn done(reply: &Reply) -> io::Result<bool> {
    match reply {
        Reply::Done => Ok(true),
        Reply::Refused => Ok(false),
        _ => unexpected(),
    }
}

impl Manager {
    /// A new, empty dictionary in this manager.
    ///
    /// # Errors
    ///
    /// When the manager has ended; so it is with all methods of proxies.
    #[track_caller]
    pub fn dict<K: Serialize + DeserializeOwned, V: Serialize + DeserializeOwned>(
        &self,
    ) -> io::Result<Dict<K, V>> {
        let kept = Kept::Dict(server::Dict::default());
        let proxy = Proxy::make(&self.hub, "a new dict", kept, Location::caller())?;
        Ok(Dict {
            proxy,
            items: PhantomData,
        })
    }

    /// A new, empty list in this manager.
    ///
    /// # Errors
    ///
    /// When the manager has ended.
    #[track_caller]
    pub fn list<T: Serialize + DeserializeOwned>(&self) -> io::Result<List<T>> {
        let kept = Kept::List(Vec::new());
        let proxy = Proxy::make(&self.hub, "a new list", kept, Location::caller())?;
        Ok(List {
            proxy,
            items: PhantomData,
        })
    }

    /// A new value in this manager.
    ///
    /// # Errors
    ///
    /// When the manager has ended.
    #[track_caller]
    pub fn value<T: Serialize + DeserializeOwned>(&self, value: T) -> io::Result<Shared<T>> {
        let kept = Kept::Value(encode(&value)?);
        let proxy = Proxy::make(&self.hub, "a new value", kept, Location::caller())?;
        Ok(Shared {
            proxy,
            item: PhantomData,
        })
    }
}

/// A dictionary that a [`Manager`] keeps, in the order of insertion. Every method is one request
/// and fails when the manager has ended.
pub struct Dict<K, V> {
    proxy: Proxy,
    items: PhantomData<fn() -> (K, V)>,
}

#[allow(clippy::missing_errors_doc, reason = "told once, above")]
impl<K: Serialize + DeserializeOwned, V: Serialize + DeserializeOwned> Dict<K, V> {
    /// A copy of the item for `key`.
    #[track_caller]
    pub fn get(&self, key: &K) -> io::Result<Option<V>> {
        let request = DictRequest::Get(encode(key)?);
        item(self.ask("get", request, Location::caller())?)
    }

    /// Puts an item in the place of the one for `key`, which is returned, if there was one.
    #[track_caller]
    pub fn insert(&self, key: K, item: V) -> io::Result<Option<V>> {
        let request = DictRequest::Insert(encode(&key)?, encode(&item)?);
        self::item(self.ask("insert", request, Location::caller())?)
    }

    /// Takes the item for `key` out.
    #[track_caller]
    pub fn remove(&self, key: &K) -> io::Result<Option<V>> {
        let request = DictRequest::Remove(encode(key)?);
        item(self.ask("remove", request, Location::caller())?)
    }

    /// Whether there is an item for `key`. The answer may be out of date at once.
    #[track_caller]
    pub fn contains_key(&self, key: &K) -> io::Result<bool> {
        let request = DictRequest::Get(encode(key)?);
        match self.ask("contains_key", request, Location::caller())? {
            Reply::Item(item) => Ok(item.is_some()),
            _ => unexpected(),
        }
    }

    /// Number of items. Out of date as soon as it is told.
    #[track_caller]
    pub fn len(&self) -> io::Result<usize> {
        count(self.ask("len", DictRequest::Len, Location::caller())?)
    }

    /// Whether there are no items. The answer may be out of date at once.
    #[track_caller]
    pub fn is_empty(&self) -> io::Result<bool> {
        Ok(count(self.ask("is_empty", DictRequest::Len, Location::caller())?)? == 0)
    }

    /// All keys.
    #[track_caller]
    pub fn keys(&self) -> io::Result<Vec<K>> {
        let pairs = self.pairs("keys", Location::caller())?;
        pairs.iter().map(|(key, _)| decode(key)).collect()
    }

    /// Copies of all items.
    #[track_caller]
    pub fn values(&self) -> io::Result<Vec<V>> {
        let pairs = self.pairs("values", Location::caller())?;
        pairs.iter().map(|(_, item)| decode(item)).collect()
    }

    /// All keys with copies of their items.
    #[track_caller]
    pub fn items(&self) -> io::Result<Vec<(K, V)>> {
        let pairs = self.pairs("items", Location::caller())?;
        let both = |(key, item): &(Vec<u8>, Vec<u8>)| Ok((decode(key)?, decode(item)?));
        pairs.iter().map(both).collect()
    }

    /// Takes all items out.
    #[track_caller]
    pub fn clear(&self) -> io::Result<()> {
        done(&self.ask("clear", DictRequest::Clear, Location::caller())?).map(drop)
    }

    fn ask(&self, name: &str, request: DictRequest, caller: Caller) -> io::Result<Reply> {
        let request = Request::Dict(self.proxy.id, request);
        self.proxy.ask(name, &request, caller)
    }

    fn pairs(&self, name: &str, caller: Caller) -> io::Result<Vec<(Vec<u8>, Vec<u8>)>> {
        match self.ask(name, DictRequest::Items, caller)? {
            Reply::Pairs(pairs) => Ok(pairs),
            _ => unexpected(),
        }
    }
}

/// A list that a [`Manager`] keeps. Every method is one request and fails when the manager has
/// ended.
pub struct List<T> {
    proxy: Proxy,
    items: PhantomData<fn() -> T>,
}

#[allow(clippy::missing_errors_doc, reason = "told once, above")]
impl<T: Serialize + DeserializeOwned> List<T> {
    /// Adds an item at the end.
    #[track_caller]
    pub fn push(&self, item: T) -> io::Result<()> {
        let request = ListRequest::Push(encode(&item)?);
        done(&self.ask("push", request, Location::caller())?).map(drop)
    }

    /// Takes the last item out.
    #[track_caller]
    pub fn pop(&self) -> io::Result<Option<T>> {
        item(self.ask("pop", ListRequest::Pop, Location::caller())?)
    }

    /// A copy of item `at`.
    #[track_caller]
    pub fn get(&self, at: usize) -> io::Result<Option<T>> {
        item(self.ask("get", ListRequest::Get(at as u64), Location::caller())?)
    }

    /// Puts an item in the place of item `at`; false where there is none.
    #[track_caller]
    pub fn set(&self, at: usize, item: T) -> io::Result<bool> {
        let request = ListRequest::Set(at as u64, encode(&item)?);
        done(&self.ask("set", request, Location::caller())?)
    }

    /// Puts an item before item `at`, or at the end; false where that is beyond the end.
    #[track_caller]
    pub fn insert(&self, at: usize, item: T) -> io::Result<bool> {
        let request = ListRequest::Insert(at as u64, encode(&item)?);
        done(&self.ask("insert", request, Location::caller())?)
    }

    /// Takes item `at` out.
    #[track_caller]
    pub fn remove(&self, at: usize) -> io::Result<Option<T>> {
        item(self.ask("remove", ListRequest::Remove(at as u64), Location::caller())?)
    }

    /// Number of items. Out of date as soon as it is told.
    #[track_caller]
    pub fn len(&self) -> io::Result<usize> {
        count(self.ask("len", ListRequest::Len, Location::caller())?)
    }

    /// Whether there are no items. The answer may be out of date at once.
    #[track_caller]
    pub fn is_empty(&self) -> io::Result<bool> {
        Ok(count(self.ask("is_empty", ListRequest::Len, Location::caller())?)? == 0)
    }

    /// Copies of all items.
    #[track_caller]
    pub fn to_vec(&self) -> io::Result<Vec<T>> {
        match self.ask("to_vec", ListRequest::Items, Location::caller())? {
            Reply::Items(items) => items.iter().map(|item| decode(item)).collect(),
            _ => unexpected(),
        }
    }

    /// Takes all items out.
    #[track_caller]
    pub fn clear(&self) -> io::Result<()> {
        done(&self.ask("clear", ListRequest::Clear, Location::caller())?).map(drop)
    }

    fn ask(&self, name: &str, request: ListRequest, caller: Caller) -> io::Result<Reply> {
        let request = Request::List(self.proxy.id, request);
        self.proxy.ask(name, &request, caller)
    }
}

/// A value that a [`Manager`] keeps. Both methods are one request each, together they are two, and
/// fail when the manager has ended.
pub struct Shared<T> {
    proxy: Proxy,
    item: PhantomData<fn() -> T>,
}

#[allow(clippy::missing_errors_doc, reason = "told once, above")]
impl<T: Serialize + DeserializeOwned> Shared<T> {
    /// A copy of the value.
    #[track_caller]
    pub fn get(&self) -> io::Result<T> {
        let request = Request::Get(self.proxy.id);
        let value = item(self.proxy.ask("get", &request, Location::caller())?)?;
        value.map_or_else(unexpected, Ok)
    }

    /// Puts another value in its place.
    #[track_caller]
    pub fn set(&self, value: T) -> io::Result<()> {
        let request = Request::Set(self.proxy.id, encode(&value)?);
        done(&self.proxy.ask("set", &request, Location::caller())?).map(drop)
    }
}

// By hand: a clone is another proxy of the same object, whatever the items are.
impl<K, V> Clone for Dict<K, V> {
    fn clone(&self) -> Self {
        Self {
            proxy: self.proxy.clone(),
            items: PhantomData,
        }
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        Self {
            proxy: self.proxy.clone(),
            items: PhantomData,
        }
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self {
            proxy: self.proxy.clone(),
            item: PhantomData,
        }
    }
}
