//! Proxies: what a manager keeps, as other processes reach it.

use std::io;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::client;
use super::hub::Hub;
use super::protocol::{Bytes, DictRequest, ListRequest, Reply, Request, decode, encode};

/// Which object of which manager, and what it holds.
struct Proxy<T> {
    hub: Arc<Hub>,
    id: u32,
    /// For reports; empty for none.
    name: Arc<str>,
    items: PhantomData<fn() -> T>,
}

impl<T> Proxy<T> {
    /// Of a new object of this kind, which `request` asks for.
    #[track_caller]
    fn new(hub: &Arc<Hub>, kind: &str, name: &str, request: &Request) -> io::Result<Self> {
        let what = match name {
            "" => format!("a new {kind}"),
            name => format!("a new {kind}, {name}"),
        };
        let reply = client::ask(hub, &what, request, Location::caller())?;
        let id = u32::try_from(number(reply)?).map_err(io::Error::other)?;
        Ok(Self {
            hub: Arc::clone(hub),
            id,
            name: Arc::from(name),
            items: PhantomData,
        })
    }

    #[track_caller]
    fn ask(&self, method: &str, request: &Request) -> io::Result<Reply> {
        let caller = Location::caller();
        match &*self.name {
            "" => client::ask(&self.hub, method, request, caller),
            name => client::ask(&self.hub, &format!("{method} of {name}"), request, caller),
        }
    }
}

// By hand: a clone is another proxy of the same object, whatever the items are.
impl<T> Clone for Proxy<T> {
    fn clone(&self) -> Self {
        Self {
            hub: Arc::clone(&self.hub),
            id: self.id,
            name: Arc::clone(&self.name),
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

/// A dictionary that a [`Manager`](super::Manager) keeps, in the order of insertion. Every method
/// is one request and fails when the manager has ended.
pub struct Dict<K, V> {
    proxy: Proxy<(K, V)>,
}

impl<K: Serialize + DeserializeOwned, V: Serialize + DeserializeOwned> Dict<K, V> {
    #[track_caller]
    pub(super) fn new(hub: &Arc<Hub>, name: &str) -> io::Result<Self> {
        let proxy = Proxy::new(hub, "dict", name, &Request::NewDict)?;
        Ok(Self { proxy })
    }

    /// A copy of the item for `key`.
    #[track_caller]
    pub fn get(&self, key: &K) -> io::Result<Option<V>> {
        item(self.ask("get", DictRequest::Get(encode(key)?))?)
    }

    /// Puts an item in the place of the one for `key`, which is returned, if there was one.
    #[track_caller]
    pub fn insert(&self, key: K, item: V) -> io::Result<Option<V>> {
        self::item(self.ask("insert", DictRequest::Insert(encode(&key)?, encode(&item)?))?)
    }

    /// Takes the item for `key` out.
    #[track_caller]
    pub fn remove(&self, key: &K) -> io::Result<Option<V>> {
        item(self.ask("remove", DictRequest::Remove(encode(key)?))?)
    }

    /// Whether there is an item for `key`. The answer may be out of date at once.
    #[track_caller]
    pub fn contains_key(&self, key: &K) -> io::Result<bool> {
        match self.ask("contains_key", DictRequest::Get(encode(key)?))? {
            Reply::Item(item) => Ok(item.is_some()),
            _ => unexpected(),
        }
    }

    /// Number of items. The answer may be out of date at once.
    #[track_caller]
    pub fn len(&self) -> io::Result<usize> {
        count(self.ask("len", DictRequest::Len)?)
    }

    /// Whether there are no items. The answer may be out of date at once.
    #[track_caller]
    pub fn is_empty(&self) -> io::Result<bool> {
        Ok(count(self.ask("is_empty", DictRequest::Len)?)? == 0)
    }

    /// All keys.
    #[track_caller]
    pub fn keys(&self) -> io::Result<Vec<K>> {
        let pairs = self.pairs("keys")?;
        pairs.iter().map(|(key, _)| decode(key)).collect()
    }

    /// Copies of all items.
    #[track_caller]
    pub fn values(&self) -> io::Result<Vec<V>> {
        let pairs = self.pairs("values")?;
        pairs.iter().map(|(_, item)| decode(item)).collect()
    }

    /// All keys with copies of their items.
    #[track_caller]
    pub fn items(&self) -> io::Result<Vec<(K, V)>> {
        let pairs = self.pairs("items")?;
        let both = |(key, item): &(Bytes, Bytes)| Ok((decode(key)?, decode(item)?));
        pairs.iter().map(both).collect()
    }

    /// Takes all items out.
    #[track_caller]
    pub fn clear(&self) -> io::Result<()> {
        done(&self.ask("clear", DictRequest::Clear)?).map(drop)
    }

    #[track_caller]
    fn ask(&self, name: &str, request: DictRequest) -> io::Result<Reply> {
        self.proxy.ask(name, &Request::Dict(self.proxy.id, request))
    }

    #[track_caller]
    fn pairs(&self, name: &str) -> io::Result<Vec<(Bytes, Bytes)>> {
        match self.ask(name, DictRequest::Items)? {
            Reply::Pairs(pairs) => Ok(pairs),
            _ => unexpected(),
        }
    }
}

/// A list that a [`Manager`](super::Manager) keeps. Every method is one request and fails when the
/// manager has ended.
pub struct List<T> {
    proxy: Proxy<T>,
}

impl<T: Serialize + DeserializeOwned> List<T> {
    #[track_caller]
    pub(super) fn new(hub: &Arc<Hub>, name: &str) -> io::Result<Self> {
        let proxy = Proxy::new(hub, "list", name, &Request::NewList)?;
        Ok(Self { proxy })
    }

    /// Adds an item at the end.
    #[track_caller]
    pub fn push(&self, item: T) -> io::Result<()> {
        done(&self.ask("push", ListRequest::Push(encode(&item)?))?).map(drop)
    }

    /// Takes the last item out.
    #[track_caller]
    pub fn pop(&self) -> io::Result<Option<T>> {
        item(self.ask("pop", ListRequest::Pop)?)
    }

    /// A copy of item `at`.
    #[track_caller]
    pub fn get(&self, at: usize) -> io::Result<Option<T>> {
        item(self.ask("get", ListRequest::Get(at as u64))?)
    }

    /// Puts an item in the place of item `at`; false where there is none.
    #[track_caller]
    pub fn set(&self, at: usize, item: T) -> io::Result<bool> {
        done(&self.ask("set", ListRequest::Set(at as u64, encode(&item)?))?)
    }

    /// Puts an item before item `at`, or at the end; false where that is beyond the end.
    #[track_caller]
    pub fn insert(&self, at: usize, item: T) -> io::Result<bool> {
        done(&self.ask("insert", ListRequest::Insert(at as u64, encode(&item)?))?)
    }

    /// Takes item `at` out.
    #[track_caller]
    pub fn remove(&self, at: usize) -> io::Result<Option<T>> {
        item(self.ask("remove", ListRequest::Remove(at as u64))?)
    }

    /// Number of items. The answer may be out of date at once.
    #[track_caller]
    pub fn len(&self) -> io::Result<usize> {
        count(self.ask("len", ListRequest::Len)?)
    }

    /// Whether there are no items. The answer may be out of date at once.
    #[track_caller]
    pub fn is_empty(&self) -> io::Result<bool> {
        Ok(count(self.ask("is_empty", ListRequest::Len)?)? == 0)
    }

    /// Copies of all items.
    #[track_caller]
    pub fn to_vec(&self) -> io::Result<Vec<T>> {
        match self.ask("to_vec", ListRequest::Items)? {
            Reply::Items(items) => items.iter().map(|item| decode(item)).collect(),
            _ => unexpected(),
        }
    }

    /// Takes all items out.
    #[track_caller]
    pub fn clear(&self) -> io::Result<()> {
        done(&self.ask("clear", ListRequest::Clear)?).map(drop)
    }

    #[track_caller]
    fn ask(&self, name: &str, request: ListRequest) -> io::Result<Reply> {
        self.proxy.ask(name, &Request::List(self.proxy.id, request))
    }
}

/// A value that a [`Manager`](super::Manager) keeps. Each method is one request, so both together
/// are two, and fails when the manager has ended.
pub struct Shared<T> {
    proxy: Proxy<T>,
}

impl<T: Serialize + DeserializeOwned> Shared<T> {
    #[track_caller]
    pub(super) fn new(hub: &Arc<Hub>, name: &str, value: &T) -> io::Result<Self> {
        let proxy = Proxy::new(hub, "value", name, &Request::NewValue(encode(value)?))?;
        Ok(Self { proxy })
    }

    /// A copy of the value.
    #[track_caller]
    pub fn get(&self) -> io::Result<T> {
        let value = item(self.proxy.ask("get", &Request::Get(self.proxy.id))?)?;
        value.map_or_else(unexpected, Ok)
    }

    /// Puts another value in its place.
    #[track_caller]
    pub fn set(&self, value: T) -> io::Result<()> {
        let request = Request::Set(self.proxy.id, encode(&value)?);
        done(&self.proxy.ask("set", &request)?).map(drop)
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
