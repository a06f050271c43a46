//! Joining threads.

use ::real::fmt;
use ::real::os::unix::thread::{JoinHandleExt, RawPthread};
use ::real::panic::Location;
use ::real::prelude::rust_2024::*;
use ::real::thread::Result;

use ::sched_runtime::{attached, thread};

use super::current::Thread;

/// That a thread can be joined: a handle has it, and whoever drops the handle lets the thread go.
struct Hold(u32);

impl Drop for Hold {
    fn drop(&mut self) {
        if attached::controlled() {
            thread::let_go(self.0);
        }
    }
}

/// The handles of std: each is the real one, and the task that the thread is under check.
macro_rules! handles {
    ($($name:ident<$($scope:lifetime,)? T>;)*) => {$(
        #[doc = ::real::concat!("See [`::std::thread::", ::real::stringify!($name), "`].")]
        pub struct $name<$($scope,)? T> {
            real: ::real::thread::$name<$($scope,)? T>,
            thread: Thread,
            hold: Hold,
            nothing: fn() -> Option<T>,
        }

        impl<$($scope,)? T> $name<$($scope,)? T> {
            /// `nothing` is its result where that says nothing.
            pub(super) fn new(
                real: ::real::thread::$name<$($scope,)? T>,
                task: u32,
                nothing: fn() -> Option<T>,
            ) -> Self {
                let thread = Thread::new(real.thread().clone(), task);
                let hold = Hold(task);
                Self { real, thread, hold, nothing }
            }

            #[doc = ::real::concat!("See [`::std::thread::", ::real::stringify!($name), "::thread`].")]
            #[must_use]
            pub fn thread(&self) -> &Thread {
                &self.thread
            }

            #[doc = ::real::concat!("See [`::std::thread::", ::real::stringify!($name), "::join`].")]
            ///
            /// # Errors
            ///
            /// As the real one: what the thread panicked with.
            #[track_caller]
            pub fn join(self) -> Result<T> {
                if attached::controlled() {
                    let nothing = (self.nothing)();
                    let ended = thread::join(self.hold.0, nothing.is_some(), Location::caller());
                    if let Some(nothing) = nothing.filter(|_| !ended) {
                        return Ok(nothing);
                    }
                }
                // Now the real one waits for nothing.
                self.real.join()
            }

            #[doc = ::real::concat!(
                "See [`::std::thread::", ::real::stringify!($name), "::is_finished`]."
            )]
            #[must_use]
            #[track_caller]
            pub fn is_finished(&self) -> bool {
                if attached::controlled() {
                    thread::is_finished(self.hold.0, Location::caller())
                } else {
                    self.real.is_finished()
                }
            }
        }

        impl<$($scope,)? T> fmt::Debug for $name<$($scope,)? T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.real, f)
            }
        }
    )*};
}
handles! {
    JoinHandle<T>;
    ScopedJoinHandle<'scope, T>;
}

impl<T> JoinHandleExt for JoinHandle<T> {
    fn as_pthread_t(&self) -> RawPthread {
        self.real.as_pthread_t()
    }

    fn into_pthread_t(self) -> RawPthread {
        self.real.into_pthread_t()
    }
}
