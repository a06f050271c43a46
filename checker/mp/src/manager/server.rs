//! The manager's own process: takes requests one after the other and answers them.

use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::Ordering;

use rustix::event::{PollFd, PollFlags};
use sched::kernel::{self, Caller, Until};
use serde::{Deserialize, Serialize};

use super::wire::{LENGTH, frame, nudge};
use super::{Hub, door};

/// An item as the client turned it into bytes; equal keys are equal bytes.
type Bytes = Vec<u8>;

/// What a client may ask for. Objects are named by their number.
#[derive(Serialize, Deserialize)]
pub(super) enum Request {
    /// The first of every connection; has no answer.
    Hello {
        /// At which word it waits for answers.
        slot: u32,
    },
    New(Kept),
    Dict(u32, DictRequest),
    List(u32, ListRequest),
    Get(u32),
    Set(u32, Bytes),
}

#[derive(Serialize, Deserialize)]
pub(super) enum DictRequest {
    Get(Bytes),
    Insert(Bytes, Bytes),
    Remove(Bytes),
    Len,
    Items,
    Clear,
}

#[derive(Serialize, Deserialize)]
pub(super) enum ListRequest {
    Push(Bytes),
    Pop,
    Get(u64),
    Set(u64, Bytes),
    Insert(u64, Bytes),
    Remove(u64),
    Len,
    Items,
    Clear,
}

#[derive(Serialize, Deserialize)]
pub(super) enum Reply {
    /// Done; or the answer is yes.
    Done,
    /// There is no such object, or no such place in it.
    Refused,
    /// The number of a new object, or of items.
    Number(u64),
    Item(Option<Bytes>),
    Items(Vec<Bytes>),
    Pairs(Vec<(Bytes, Bytes)>),
}

/// Something that a manager keeps.
#[derive(Serialize, Deserialize)]
pub(super) enum Kept {
    Dict(Dict),
    List(Vec<Bytes>),
    Value(Bytes),
}

/// Items by key; each with the number of its insertion, which gives the order.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Dict {
    items: HashMap<Bytes, (u64, Bytes)>,
    inserted: u64,
}

impl Dict {
    fn answer(&mut self, request: DictRequest) -> Reply {
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

fn answer_list(items: &mut Vec<Bytes>, request: ListRequest) -> Reply {
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
struct Store(Vec<Kept>);

impl Store {
    fn answer(&mut self, request: Request) -> Reply {
        match request {
            Request::Hello { .. } => Reply::Done,
            Request::New(kept) => {
                self.0.push(kept);
                Reply::Number(self.0.len() as u64 - 1)
            }
            Request::Dict(id, request) => match self.0.get_mut(id as usize) {
                Some(Kept::Dict(dict)) => dict.answer(request),
                _ => Reply::Refused,
            },
            Request::List(id, request) => match self.0.get_mut(id as usize) {
                Some(Kept::List(items)) => answer_list(items, request),
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
}

/// A client: what came in and is no whole request yet, what could not be sent yet.
struct Client {
    stream: UnixStream,
    slot: Option<u32>,
    incoming: Bytes,
    outgoing: Bytes,
}

/// Serves for ever.
pub(super) fn serve(visitors: &UnixStream, hub: &Hub, caller: Caller) {
    let mut store = Store::default();
    let mut clients: Vec<Client> = Vec::new();
    if visitors.set_nonblocking(true).is_err() {
        return;
    }
    loop {
        let seen = hub.requests().load(Ordering::Acquire);
        let mut idle = !accept(visitors, &mut clients);
        clients.retain_mut(|client| match client.serve(&mut store, hub) {
            Ok(moved) => {
                idle &= !moved;
                true
            }
            // It has ended, or is none of ours.
            Err(_) => false,
        });
        if idle && kernel::controlled() {
            kernel::wait(hub.requests(), seen, Until::Woken, hub.object, caller);
        } else if idle {
            wait_for_sockets(visitors, &clients);
        }
    }
}

/// Takes in who has come; whether anybody has.
fn accept(visitors: &UnixStream, clients: &mut Vec<Client>) -> bool {
    let before = clients.len();
    while let Ok(stream) = door::next(visitors) {
        if stream.set_nonblocking(true).is_ok() {
            clients.push(Client {
                stream,
                slot: None,
                incoming: Vec::new(),
                outgoing: Vec::new(),
            });
        }
    }
    clients.len() > before
}

fn wait_for_sockets(visitors: &UnixStream, clients: &[Client]) {
    let mut sockets = vec![PollFd::new(visitors, PollFlags::IN)];
    for client in clients {
        let sending = if client.outgoing.is_empty() {
            PollFlags::empty()
        } else {
            PollFlags::OUT
        };
        sockets.push(PollFd::new(&client.stream, PollFlags::IN | sending));
    }
    // An interrupted wait is one that ended early.
    let _ = rustix::event::poll(&mut sockets, None);
}

impl Client {
    /// Takes what it sent, answers each whole request, sends what can be sent. Whether anything
    /// moved.
    fn serve(&mut self, store: &mut Store, hub: &Hub) -> io::Result<bool> {
        let mut moved = self.read()?;
        while let Some(request) = self.request()? {
            if let Request::Hello { slot } = request {
                self.slot = Some(slot);
                continue;
            }
            if self.slot.is_none() {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
            self.outgoing.extend(frame(&store.answer(request))?);
        }
        moved |= self.write()?;
        if moved && let Some(slot) = self.slot {
            nudge(hub.answers(slot));
        }
        Ok(moved)
    }

    fn read(&mut self) -> io::Result<bool> {
        let mut bytes = [0; 4096];
        let mut moved = false;
        loop {
            match self.stream.read(&mut bytes) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(got) => {
                    self.incoming.extend(&bytes[..got]);
                    moved = true;
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(moved),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The next whole request.
    fn request(&mut self) -> io::Result<Option<Request>> {
        let Some((length, rest)) = self.incoming.split_first_chunk::<LENGTH>() else {
            return Ok(None);
        };
        let length = u32::from_le_bytes(*length) as usize;
        let Some(bytes) = rest.get(..length) else {
            return Ok(None);
        };
        let request = postcard::from_bytes(bytes).map_err(io::Error::other)?;
        self.incoming.drain(..LENGTH + length);
        Ok(Some(request))
    }

    fn write(&mut self) -> io::Result<bool> {
        let mut moved = false;
        while !self.outgoing.is_empty() {
            match self.stream.write(&self.outgoing) {
                Ok(sent) => {
                    self.outgoing.drain(..sent);
                    moved = true;
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(moved)
    }
}
