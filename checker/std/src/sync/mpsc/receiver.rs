//! The receiving end, and the iterators over what it receives.

use ::real::cell::Cell;
use ::real::fmt;
use ::real::marker::PhantomData;
use ::real::panic::{Location, RefUnwindSafe};
use ::real::prelude::rust_2024::*;
use ::real::sync::Arc;
use ::real::sync::mpsc::{RecvError, RecvTimeoutError, TryRecvError};
use ::real::time::Duration;

use ::sched::kernel::{Caller, Until};
use ::sched::world::Op;

use super::channel::{Channel, NotGot};

/// See [`std::sync::mpsc::Receiver`].
pub struct Receiver<T> {
    channel: Arc<Channel<T>>,
    made_at: Caller,
    /// One thread receives.
    here: PhantomData<Cell<()>>,
}

impl<T> RefUnwindSafe for Receiver<T> {}

/// See [`std::sync::mpsc::Iter`].
#[derive(Debug)]
pub struct Iter<'a, T: 'a> {
    rx: &'a Receiver<T>,
}

/// See [`std::sync::mpsc::TryIter`].
#[derive(Debug)]
pub struct TryIter<'a, T: 'a> {
    rx: &'a Receiver<T>,
}

/// See [`std::sync::mpsc::IntoIter`].
#[derive(Debug)]
pub struct IntoIter<T> {
    rx: Receiver<T>,
}

impl<T> Receiver<T> {
    #[track_caller]
    pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
        Receiver {
            channel,
            made_at: Location::caller(),
            here: PhantomData,
        }
    }

    /// See [`std::sync::mpsc::Receiver::try_recv`].
    ///
    /// # Errors
    ///
    /// As the real one.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        let caller = Location::caller();
        let got = self.channel.receive(Op::TryReceive, Until::Woken, caller);
        got.map_err(|error| match error {
            NotGot::Empty => TryRecvError::Empty,
            NotGot::Closed => TryRecvError::Disconnected,
        })
    }

    /// See [`std::sync::mpsc::Receiver::recv`].
    ///
    /// # Errors
    ///
    /// As the real one.
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        let caller = Location::caller();
        let got = self.channel.receive(Op::Receive, Until::Woken, caller);
        got.map_err(|_| RecvError)
    }

    /// See [`std::sync::mpsc::Receiver::recv_timeout`].
    ///
    /// # Errors
    ///
    /// As the real one.
    #[track_caller]
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        let caller = Location::caller();
        let until = Until::after(Some(timeout));
        let got = self.channel.receive(Op::Receive, until, caller);
        got.map_err(|error| match error {
            NotGot::Empty => RecvTimeoutError::Timeout,
            NotGot::Closed => RecvTimeoutError::Disconnected,
        })
    }

    /// See [`std::sync::mpsc::Receiver::iter`].
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { rx: self }
    }

    /// See [`std::sync::mpsc::Receiver::try_iter`].
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter { rx: self }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.channel.remove_receiver(self.made_at);
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.rx.recv().ok()
    }
}

impl<'a, T> Iterator for TryIter<'a, T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.rx.try_recv().ok()
    }
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.rx.recv().ok()
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter { rx: self }
    }
}
