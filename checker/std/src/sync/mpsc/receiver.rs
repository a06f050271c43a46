//! The receiving end, and the iterators over what it receives.

use ::real::cell::Cell;
use ::real::fmt;
use ::real::marker::PhantomData;
use ::real::panic::{Location, RefUnwindSafe};
use ::real::prelude::rust_2024::*;
use ::real::sync::Arc;
use ::real::sync::mpsc::{RecvError, RecvTimeoutError, TryRecvError};
use ::real::time::Duration;

use ::sched_model::Op;
use ::sched_runtime::{Caller, Until};

use super::channel::{Channel, NotGot};

/// See [`::std::sync::mpsc::Receiver`].
pub struct Receiver<T> {
    channel: Arc<Channel<T>>,
    made_at: Caller,
    /// One thread receives.
    here: PhantomData<Cell<()>>,
}

impl<T> RefUnwindSafe for Receiver<T> {}

impl<T> Receiver<T> {
    #[track_caller]
    pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
        Receiver {
            channel,
            made_at: Location::caller(),
            here: PhantomData,
        }
    }

    /// See [`::std::sync::mpsc::Receiver::try_recv`].
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        let caller = Location::caller();
        let got = self.receive((Op::TryReceive, false), caller);
        got.map_err(|error| match error {
            NotGot::Empty => TryRecvError::Empty,
            NotGot::Closed => TryRecvError::Disconnected,
        })
    }

    /// See [`::std::sync::mpsc::Receiver::recv`].
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        let caller = Location::caller();
        let got = self.receive((Op::Receive, false), caller);
        got.map_err(|_| RecvError)
    }

    /// See [`::std::sync::mpsc::Receiver::recv_timeout`].
    #[track_caller]
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        let caller = Location::caller();
        let until = Until::after(Some(timeout));
        let got = self.channel.receive((Op::Receive, false), until, caller);
        got.map_err(|error| match error {
            NotGot::Empty => RecvTimeoutError::Timeout,
            NotGot::Closed => RecvTimeoutError::Disconnected,
        })
    }

    fn receive(&self, op: (Op, bool), caller: Caller) -> Result<T, NotGot> {
        self.channel.receive(op, Until::Woken, caller)
    }

    /// See [`::std::sync::mpsc::Receiver::iter`].
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { rx: self }
    }

    /// See [`::std::sync::mpsc::Receiver::try_iter`].
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

/// The iterators of std, each with how it asks for the next message.
macro_rules! iterators {
    ($($name:ident<$($a:lifetime,)? T>: $op:ident from $receiver:ty;)*) => {$(
        #[doc = ::real::concat!("See [`::std::sync::mpsc::", ::real::stringify!($name), "`].")]
        pub struct $name<$($a,)? T> {
            rx: $receiver,
        }

        impl<$($a,)? T> Iterator for $name<$($a,)? T> {
            type Item = T;

            #[track_caller]
            fn next(&mut self) -> Option<T> {
                self.rx.receive((Op::$op, true), Location::caller()).ok()
            }
        }

        impl<$($a,)? T> fmt::Debug for $name<$($a,)? T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut shown = f.debug_struct(::real::stringify!($name));
                shown.field("rx", &self.rx).finish()
            }
        }
    )*};
}
iterators! {
    Iter<'a, T>: Receive from &'a Receiver<T>;
    TryIter<'a, T>: TryReceive from &'a Receiver<T>;
    IntoIter<T>: Receive from Receiver<T>;
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
