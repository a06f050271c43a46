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
use super::shown::shown;

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
        client::answered(hub, "");
        let id = u32::try_from(number(reply)?).map_err(io::Error::other)?;
        Ok(Self {
            hub: Arc::clone(hub),
            id,
            name: Arc::from(name),
            items: PhantomData,
        })
    }

    /// Calls this method, with arguments as a report shows them; what it returns is made of the
    /// reply.
    #[track_caller]
    fn call<R: Serialize>(
        &self,
        method: &str,
        arguments: &str,
        request: &Request,
        returned: impl FnOnce(Reply) -> io::Result<R>,
    ) -> io::Result<R> {
        let caller = Location::caller();
        let dot = if self.name.is_empty() { "" } else { "." };
        let call = format!("{}{dot}{method}({arguments})", self.name);
        let reply = client::ask(&self.hub, &call, request, caller)?;
        let returned = returned(reply)?;
        client::answered(&self.hub, &shown(&returned));
        Ok(returned)
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

fn is_none(reply: Reply) -> io::Result<bool> {
    Ok(number(reply)? == 0)
}

fn item<T: DeserializeOwned>(reply: Reply) -> io::Result<Option<T>> {
    match reply {
        Reply::Item(item) => item.as_deref().map(decode).transpose(),
        _ => unexpected(),
    }
}

fn is_there(reply: Reply) -> io::Result<bool> {
    match reply {
        Reply::Item(item) => Ok(item.is_some()),
        _ => unexpected(),
    }
}

fn pairs(reply: Reply) -> io::Result<Vec<(Bytes, Bytes)>> {
    match reply {
        Reply::Pairs(pairs) => Ok(pairs),
        _ => unexpected(),
    }
}

fn is_done(reply: Reply) -> io::Result<bool> {
    match reply {
        Reply::Done => Ok(true),
        Reply::Refused => Ok(false),
        _ => unexpected(),
    }
}

fn done(reply: Reply) -> io::Result<()> {
    is_done(reply).map(drop)
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
        self.call("get", &shown(key), DictRequest::Get(encode(key)?), item)
    }

    /// Puts an item in the place of the one for `key`, which is returned, if there was one.
    #[track_caller]
    pub fn insert(&self, key: K, item: V) -> io::Result<Option<V>> {
        let request = DictRequest::Insert(encode(&key)?, encode(&item)?);
        self.call("insert", &both(&key, &item), request, self::item)
    }

    /// Takes the item for `key` out.
    #[track_caller]
    pub fn remove(&self, key: &K) -> io::Result<Option<V>> {
        let request = DictRequest::Remove(encode(key)?);
        self.call("remove", &shown(key), request, item)
    }

    /// Whether there is an item for `key`. The answer may be out of date at once.
    #[track_caller]
    pub fn contains_key(&self, key: &K) -> io::Result<bool> {
        let request = DictRequest::Get(encode(key)?);
        self.call("contains_key", &shown(key), request, is_there)
    }

    /// Number of items. The answer may be out of date at once.
    #[track_caller]
    pub fn len(&self) -> io::Result<usize> {
        self.call("len", "", DictRequest::Len, count)
    }

    /// Whether there are no items. The answer may be out of date at once.
    #[track_caller]
    pub fn is_empty(&self) -> io::Result<bool> {
        self.call("is_empty", "", DictRequest::Len, is_none)
    }

    /// All keys.
    #[track_caller]
    pub fn keys(&self) -> io::Result<Vec<K>> {
        self.call("keys", "", DictRequest::Items, |reply| {
            pairs(reply)?.iter().map(|(key, _)| decode(key)).collect()
        })
    }

    /// Copies of all items.
    #[track_caller]
    pub fn values(&self) -> io::Result<Vec<V>> {
        self.call("values", "", DictRequest::Items, |reply| {
            pairs(reply)?.iter().map(|(_, item)| decode(item)).collect()
        })
    }

    /// All keys with copies of their items.
    #[track_caller]
    pub fn items(&self) -> io::Result<Vec<(K, V)>> {
        let both = |(key, item): &(Bytes, Bytes)| Ok((decode(key)?, decode(item)?));
        self.call("items", "", DictRequest::Items, |reply| {
            pairs(reply)?.iter().map(both).collect()
        })
    }

    /// Takes all items out.
    #[track_caller]
    pub fn clear(&self) -> io::Result<()> {
        self.call("clear", "", DictRequest::Clear, done)
    }

    #[track_caller]
    fn call<R: Serialize>(
        &self,
        method: &str,
        arguments: &str,
        request: DictRequest,
        returned: impl FnOnce(Reply) -> io::Result<R>,
    ) -> io::Result<R> {
        let request = Request::Dict(self.proxy.id, request);
        self.proxy.call(method, arguments, &request, returned)
    }
}

/// Two arguments of a call.
fn both(one: &impl Serialize, other: &impl Serialize) -> String {
    format!("{}, {}", shown(one), shown(other))
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
        let request = ListRequest::Push(encode(&item)?);
        self.call("push", &shown(&item), request, done)
    }

    /// Takes the last item out.
    #[track_caller]
    pub fn pop(&self) -> io::Result<Option<T>> {
        self.call("pop", "", ListRequest::Pop, item)
    }

    /// A copy of item `at`.
    #[track_caller]
    pub fn get(&self, at: usize) -> io::Result<Option<T>> {
        self.call("get", &shown(&at), ListRequest::Get(at as u64), item)
    }

    /// Puts an item in the place of item `at`; false where there is none.
    #[track_caller]
    pub fn set(&self, at: usize, item: T) -> io::Result<bool> {
        let request = ListRequest::Set(at as u64, encode(&item)?);
        self.call("set", &both(&at, &item), request, is_done)
    }

    /// Puts an item before item `at`, or at the end; false where that is beyond the end.
    #[track_caller]
    pub fn insert(&self, at: usize, item: T) -> io::Result<bool> {
        let request = ListRequest::Insert(at as u64, encode(&item)?);
        self.call("insert", &both(&at, &item), request, is_done)
    }

    /// Takes item `at` out.
    #[track_caller]
    pub fn remove(&self, at: usize) -> io::Result<Option<T>> {
        self.call("remove", &shown(&at), ListRequest::Remove(at as u64), item)
    }

    /// Number of items. The answer may be out of date at once.
    #[track_caller]
    pub fn len(&self) -> io::Result<usize> {
        self.call("len", "", ListRequest::Len, count)
    }

    /// Whether there are no items. The answer may be out of date at once.
    #[track_caller]
    pub fn is_empty(&self) -> io::Result<bool> {
        self.call("is_empty", "", ListRequest::Len, is_none)
    }

    /// Copies of all items.
    #[track_caller]
    pub fn to_vec(&self) -> io::Result<Vec<T>> {
        self.call("to_vec", "", ListRequest::Items, |reply| match reply {
            Reply::Items(items) => items.iter().map(|item| decode(item)).collect(),
            _ => unexpected(),
        })
    }

    /// Takes all items out.
    #[track_caller]
    pub fn clear(&self) -> io::Result<()> {
        self.call("clear", "", ListRequest::Clear, done)
    }

    #[track_caller]
    fn call<R: Serialize>(
        &self,
        method: &str,
        arguments: &str,
        request: ListRequest,
        returned: impl FnOnce(Reply) -> io::Result<R>,
    ) -> io::Result<R> {
        let request = Request::List(self.proxy.id, request);
        self.proxy.call(method, arguments, &request, returned)
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
        let value = |reply| item(reply)?.map_or_else(unexpected, Ok);
        self.proxy
            .call("get", "", &Request::Get(self.proxy.id), value)
    }

    /// Puts another value in its place.
    #[track_caller]
    pub fn set(&self, value: T) -> io::Result<()> {
        let request = Request::Set(self.proxy.id, encode(&value)?);
        self.proxy.call("set", &shown(&value), &request, done)
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
