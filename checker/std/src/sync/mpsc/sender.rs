//! The sending ends: `Sender` and `SyncSender`.

use ::real::fmt;
use ::real::panic::Location;
use ::real::prelude::rust_2024::*;
use ::real::sync::Arc;
use ::real::sync::mpsc::{SendError, TrySendError};

use ::sched::kernel::Caller;

use super::channel::{Channel, NotPut};

/// A sending end, and where it was made: its end has no line of its own.
struct End<T> {
    channel: Arc<Channel<T>>,
    made_at: Caller,
}

impl<T> End<T> {
    #[track_caller]
    fn another(&self) -> Self {
        self.channel.add_sender();
        End {
            channel: Arc::clone(&self.channel),
            made_at: Location::caller(),
        }
    }
}

impl<T> Drop for End<T> {
    fn drop(&mut self) {
        self.channel.remove_sender(self.made_at);
    }
}

/// See [`std::sync::mpsc::Sender`].
pub struct Sender<T>(End<T>);

/// See [`std::sync::mpsc::SyncSender`].
pub struct SyncSender<T>(End<T>);

impl<T> Sender<T> {
    #[track_caller]
    pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
        let made_at = Location::caller();
        Sender(End { channel, made_at })
    }

    /// See [`std::sync::mpsc::Sender::send`].
    ///
    /// # Errors
    ///
    /// As the real one.
    #[track_caller]
    pub fn send(&self, t: T) -> Result<(), SendError<T>> {
        let sent = self.0.channel.send(t, Location::caller());
        sent.map_err(SendError)
    }
}

impl<T> Clone for Sender<T> {
    #[track_caller]
    fn clone(&self) -> Sender<T> {
        Sender(self.0.another())
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}

impl<T> SyncSender<T> {
    #[track_caller]
    pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
        let made_at = Location::caller();
        SyncSender(End { channel, made_at })
    }

    /// See [`std::sync::mpsc::SyncSender::send`].
    ///
    /// # Errors
    ///
    /// As the real one.
    #[track_caller]
    pub fn send(&self, t: T) -> Result<(), SendError<T>> {
        let sent = self.0.channel.send(t, Location::caller());
        sent.map_err(SendError)
    }

    /// See [`std::sync::mpsc::SyncSender::try_send`].
    ///
    /// # Errors
    ///
    /// As the real one.
    #[track_caller]
    pub fn try_send(&self, t: T) -> Result<(), TrySendError<T>> {
        let sent = self.0.channel.try_send(t, Location::caller());
        sent.map_err(|error| match error {
            NotPut::Full(t) => TrySendError::Full(t),
            NotPut::Closed(t) => TrySendError::Disconnected(t),
        })
    }
}

impl<T> Clone for SyncSender<T> {
    #[track_caller]
    fn clone(&self) -> SyncSender<T> {
        SyncSender(self.0.another())
    }
}

impl<T> fmt::Debug for SyncSender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyncSender").finish_non_exhaustive()
    }
}
