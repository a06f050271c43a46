//! `std::sync::mpsc`: channels. The errors are the real ones.

pub use ::real::sync::mpsc::*;

mod channel;
mod receiver;
mod sender;

pub use receiver::{IntoIter, Iter, Receiver, TryIter};
pub use sender::{Sender, SyncSender};

use ::real::panic::Location;
use ::real::prelude::rust_2024::*;

use channel::Channel;

/// See [`::std::sync::mpsc::channel`].
#[must_use]
#[track_caller]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let channel = Channel::shared(None, Location::caller());
    (Sender::new(channel.clone()), Receiver::new(channel))
}

/// See [`::std::sync::mpsc::sync_channel`].
#[must_use]
#[track_caller]
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let channel = Channel::shared(Some(bound), Location::caller());
    (SyncSender::new(channel.clone()), Receiver::new(channel))
}
