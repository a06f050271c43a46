//! What clients and a manager say to each other.
//!
//! A message is its length (4 bytes, little-endian) and then postcard's bytes.

use std::io;

use sched_model::{Asked, Part};
use serde::{Deserialize, Serialize};

/// An item as the client turned it into bytes; equal keys are equal bytes.
pub(super) type Bytes = Vec<u8>;

/// Bytes of a message's length.
pub(super) const LENGTH: usize = size_of::<u32>();

/// What a client may ask for. Objects are named by their number.
#[derive(Serialize, Deserialize)]
pub(super) enum Request {
    /// The first of every connection; has no answer.
    Hello {
        /// At which word it waits for answers.
        slot: u32,
    },
    NewDict,
    NewList,
    NewValue(Bytes),
    Dict(u32, DictRequest),
    List(u32, ListRequest),
    Get(u32),
    Set(u32, Bytes),
}

impl Request {
    /// What it is about.
    pub(super) fn part(&self) -> Part {
        use {DictRequest as Dict, ListRequest as List};
        match self {
            Self::Hello { .. } | Self::NewDict | Self::NewList | Self::NewValue(_) => {
                Part::whole(u32::MAX)
            }
            Self::Dict(id, Dict::Get(key) | Dict::Insert(key, _) | Dict::Remove(key)) => {
                Part::at(*id, key)
            }
            // What goes in or out elsewhere changes which item has this place.
            Self::List(id, List::Get(at) | List::Set(at, _)) => Part::at(*id, &at.to_le_bytes()),
            Self::Dict(id, _) | Self::List(id, _) | Self::Get(id) | Self::Set(id, _) => {
                Part::whole(*id)
            }
        }
    }

    /// What it does to that.
    pub(super) fn asked(&self) -> Asked {
        use {DictRequest as Dict, ListRequest as List};
        match self {
            Self::Hello { .. } | Self::NewDict | Self::NewList | Self::NewValue(_) => Asked::Makes,
            Self::Dict(_, Dict::Get(_) | Dict::Len | Dict::Items)
            | Self::List(_, List::Get(_) | List::Len | List::Items)
            | Self::Get(_) => Asked::Looks,
            Self::Dict(_, Dict::Insert(..)) | Self::List(_, List::Set(..)) | Self::Set(..) => {
                Asked::Puts
            }
            Self::Dict(_, Dict::Remove(_) | Dict::Clear)
            | Self::List(
                _,
                List::Push(_) | List::Pop | List::Insert(..) | List::Remove(_) | List::Clear,
            ) => Asked::Changes,
        }
    }
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

/// A message as it is sent.
///
/// # Errors
///
/// When it is 4 GiB long.
pub(super) fn frame(message: &impl Serialize) -> io::Result<Bytes> {
    let bytes = encode(message)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    Ok([&length.to_le_bytes()[..], &bytes].concat())
}

/// A message or an item as bytes.
///
/// # Errors
///
/// When serde cannot turn it into bytes.
pub(super) fn encode(item: &impl Serialize) -> io::Result<Bytes> {
    postcard::to_stdvec(item).map_err(io::Error::other)
}

/// What was turned into these bytes.
///
/// # Errors
///
/// When they are not those of such a thing.
pub(super) fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> io::Result<T> {
    postcard::from_bytes(bytes).map_err(io::Error::other)
}
