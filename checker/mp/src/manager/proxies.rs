//! Proxies: what a manager keeps, as other processes reach it.

use std::io;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;

use sched::kernel::Caller;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::client;
use super::hub::Hub;
use super::protocol::{Bytes, DictRequest, ListRequest, Reply, Request, decode, encode};

/// Which object of which manager, and what it holds.
struct Proxy<T> {
    hub: Arc<Hub>,
    id: u32,
    items: PhantomData<fn() -> T>,
}

impl<T> Proxy<T> {
    /// Of a new object, which `request` asks for.
    fn new(hub: &Arc<Hub>, name: &str, request: &Request, caller: Caller) -> io::Result<Self> {
        let reply = client::ask(hub, name, request, caller)?;
        let id = u32::try_from(number(reply)?).map_err(io::Error::other)?;
        Ok(Self {
            hub: Arc::clone(hub),
            id,
            items: PhantomData,
        })
    }

    fn ask(&self, name: &str, request: &Request, caller: Caller) -> io::Result<Reply> {
        client::ask(&self.hub, name, request, caller)
    }
}

// By hand: a clone is another proxy of the same object, whatever the items are.
impl<T> Clone for Proxy<T> {
    fn clone(&self) -> Self {
        Self {
            hub: Arc::clone(&self.hub),
            id: self.id,
            items: PhantomData,
        }
    }
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

/// A dictionary that a [`Manager`](super::Manager) keeps, in the order of insertion. Every method is one request
/// and fails when the manager has ended.
pub struct Dict<K, V> {
    proxy: Proxy<(K, V)>,
}

#[allow(clippy::missing_errors_doc, reason = "told once, above")]
impl<K: Serialize + DeserializeOwned, V: Serialize + DeserializeOwned> Dict<K, V> {
    pub(super) fn new(hub: &Arc<Hub>, caller: Caller) -> io::Result<Self> {
        let proxy = Proxy::new(hub, "a new dict", &Request::NewDict, caller)?;
        Ok(Self { proxy })
    }

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

    /// Number of items. The answer may be out of date at once.
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
        let both = |(key, item): &(Bytes, Bytes)| Ok((decode(key)?, decode(item)?));
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

    fn pairs(&self, name: &str, caller: Caller) -> io::Result<Vec<(Bytes, Bytes)>> {
        match self.ask(name, DictRequest::Items, caller)? {
            Reply::Pairs(pairs) => Ok(pairs),
            _ => unexpected(),
        }
    }
}

/// A list that a [`Manager`](super::Manager) keeps. Every method is one request and fails when the manager has
/// ended.
pub struct List<T> {
    proxy: Proxy<T>,
}

#[allow(clippy::missing_errors_doc, reason = "told once, above")]
impl<T: Serialize + DeserializeOwned> List<T> {
    pub(super) fn new(hub: &Arc<Hub>, caller: Caller) -> io::Result<Self> {
        let proxy = Proxy::new(hub, "a new list", &Request::NewList, caller)?;
        Ok(Self { proxy })
    }

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

    /// Number of items. The answer may be out of date at once.
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

/// A value that a [`Manager`](super::Manager) keeps. Both methods are one request each, together they are two, and
/// fail when the manager has ended.
pub struct Shared<T> {
    proxy: Proxy<T>,
}

#[allow(clippy::missing_errors_doc, reason = "told once, above")]
impl<T: Serialize + DeserializeOwned> Shared<T> {
    pub(super) fn new(hub: &Arc<Hub>, value: &T, caller: Caller) -> io::Result<Self> {
        let request = Request::NewValue(encode(value)?);
        let proxy = Proxy::new(hub, "a new value", &request, caller)?;
        Ok(Self { proxy })
    }

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

/// By hand, as for [`Proxy`].
macro_rules! clones {
    ($($name:ident<$($item:ident),+>;)*) => {$(
        impl<$($item),+> Clone for $name<$($item),+> {
            fn clone(&self) -> Self {
                Self {
                    proxy: self.proxy.clone(),
                }
            }
        }
    )*};
}
clones! {
    Dict<K, V>;
    List<T>;
    Shared<T>;
}
