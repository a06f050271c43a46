//! What a manager keeps, and what its clients' requests do to it.

use std::collections::HashMap;

use super::protocol::{Bytes, DictRequest, ListRequest, Reply, Request};

/// Something that a manager keeps.
enum Kept {
    Dict(Dict),
    List(Vec<Bytes>),
    Value(Bytes),
}

/// Items by key; each with the number of its insertion, which gives the order.
#[derive(Default)]
struct Dict {
    items: HashMap<Bytes, (u64, Bytes)>,
    inserted: u64,
}

impl Dict {
    fn serve(&mut self, request: DictRequest) -> Reply {
        match request {
            DictRequest::Get(key) => {
                Reply::Item(self.items.get(&key).map(|(_, item)| item.clone()))
            }
            DictRequest::Insert(key, item) => match self.items.get_mut(&key) {
                Some((_, old)) => Reply::Item(Some(std::mem::replace(old, item))),
                None => {
                    self.inserted += 1;
                    self.items.insert(key, (self.inserted, item));
                    Reply::Item(None)
                }
            },
            DictRequest::Remove(key) => Reply::Item(self.items.remove(&key).map(|(_, item)| item)),
            DictRequest::Len => Reply::Number(self.items.len() as u64),
            DictRequest::Items => {
                let mut items: Vec<_> = self.items.iter().collect();
                items.sort_by_key(|(_, (number, _))| *number);
                let pair = |(key, (_, item)): (&Bytes, &(u64, Bytes))| (key.clone(), item.clone());
                Reply::Pairs(items.into_iter().map(pair).collect())
            }
            DictRequest::Clear => {
                self.items.clear();
                Reply::Done
            }
        }
    }
}

fn serve_list(items: &mut Vec<Bytes>, request: ListRequest) -> Reply {
    let at = |index: u64| usize::try_from(index).unwrap_or(usize::MAX);
    match request {
        ListRequest::Push(item) => {
            items.push(item);
            Reply::Done
        }
        ListRequest::Pop => Reply::Item(items.pop()),
        ListRequest::Get(index) => Reply::Item(items.get(at(index)).cloned()),
        ListRequest::Set(index, item) => match items.get_mut(at(index)) {
            Some(old) => {
                *old = item;
                Reply::Done
            }
            None => Reply::Refused,
        },
        ListRequest::Insert(index, item) if at(index) <= items.len() => {
            items.insert(at(index), item);
            Reply::Done
        }
        ListRequest::Insert(..) => Reply::Refused,
        ListRequest::Remove(index) => {
            let there = at(index) < items.len();
            Reply::Item(there.then(|| items.remove(at(index))))
        }
        ListRequest::Len => Reply::Number(items.len() as u64),
        ListRequest::Items => Reply::Items(items.clone()),
        ListRequest::Clear => {
            items.clear();
            Reply::Done
        }
    }
}

/// All that a manager keeps, by number.
#[derive(Default)]
pub(super) struct Store(Vec<Kept>);

impl Store {
    /// Does what is asked for.
    pub(super) fn serve(&mut self, request: Request) -> Reply {
        match request {
            Request::Hello { .. } => Reply::Done,
            Request::NewDict => self.keep(Kept::Dict(Dict::default())),
            Request::NewList => self.keep(Kept::List(Vec::new())),
            Request::NewValue(value) => self.keep(Kept::Value(value)),
            Request::Dict(id, request) => match self.0.get_mut(id as usize) {
                Some(Kept::Dict(dict)) => dict.serve(request),
                _ => Reply::Refused,
            },
            Request::List(id, request) => match self.0.get_mut(id as usize) {
                Some(Kept::List(items)) => serve_list(items, request),
                _ => Reply::Refused,
            },
            Request::Get(id) => match self.0.get(id as usize) {
                Some(Kept::Value(value)) => Reply::Item(Some(value.clone())),
                _ => Reply::Refused,
            },
            Request::Set(id, new) => match self.0.get_mut(id as usize) {
                Some(Kept::Value(value)) => {
                    *value = new;
                    Reply::Done
                }
                _ => Reply::Refused,
            },
        }
    }
    /// Keeps something new; its number is the answer.
    fn keep(&mut self, new: Kept) -> Reply {
        self.0.push(new);
        Reply::Number(self.0.len() as u64 - 1)
    }
}
