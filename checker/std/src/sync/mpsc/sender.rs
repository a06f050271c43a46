//! The sending ends: `Sender` and `SyncSender`.

use ::real::fmt;
use ::real::panic::Location;
use ::real::prelude::rust_2024::*;
use ::real::sync::Arc;
use ::real::sync::mpsc::{SendError, TrySendError};

use ::sched_runtime::Caller;

use super::channel::{Channel, NotPut};

/// A sending end, and where it was made: its drop has no line of its own.
struct End<T> {
    channel: Arc<Channel<T>>,
    made_at: Caller,
}

impl<T> Drop for End<T> {
    fn drop(&mut self) {
        self.channel.remove_sender(self.made_at);
    }
}

/// What both senders have.
macro_rules! senders {
    ($($name:ident)*) => {$(
        #[doc = ::real::concat!("See [`::std::sync::mpsc::", ::real::stringify!($name), "`].")]
        pub struct $name<T>(End<T>);

        impl<T> $name<T> {
            #[track_caller]
            pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
                let made_at = Location::caller();
                $name(End { channel, made_at })
            }

            #[doc = ::real::concat!("See [`::std::sync::mpsc::", ::real::stringify!($name), "::send`].")]
            #[track_caller]
            pub fn send(&self, t: T) -> Result<(), SendError<T>> {
                let sent = self.0.channel.send(t, Location::caller());
                sent.map_err(SendError)
            }
        }

        impl<T> Clone for $name<T> {
            #[track_caller]
            fn clone(&self) -> $name<T> {
                self.0.channel.add_sender();
                $name::new(Arc::clone(&self.0.channel))
            }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(::real::stringify!($name)).finish_non_exhaustive()
            }
        }
    )*};
}
senders!(Sender SyncSender);

impl<T> SyncSender<T> {
    /// See [`::std::sync::mpsc::SyncSender::try_send`].
    #[track_caller]
    pub fn try_send(&self, t: T) -> Result<(), TrySendError<T>> {
        let sent = self.0.channel.try_send(t, Location::caller());
        sent.map_err(|error| match error {
            NotPut::Full(t) => TrySendError::Full(t),
            NotPut::Closed(t) => TrySendError::Disconnected(t),
        })
    }
}
