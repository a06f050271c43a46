//! `std::sync`, `std::thread` and `mp` with a random sleep of up to a millisecond before each
//! operation: what a careful tester would do without a checker.
//!
//! Only what the programs of `tests/peers` use is replaced; all else is the real thing.

use std::ops::Deref;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Sleeps for up to a millisecond.
///
/// The clock's nanoseconds are the randomness, well stirred (the finaliser of SplitMix64): a
/// generator with a state would be the same in all children of a fork.
fn pause() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let mut bits = now.expect("a clock after 1970").subsec_nanos() as u64;
    bits = (bits ^ u64::from(std::process::id()) << 32).wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    std::thread::sleep(Duration::from_nanos((bits ^ bits >> 31) % 1_000_000));
}

/// A `T` that each of its methods is late to.
///
/// Rust dereferences before it looks at the arguments. So methods whose arguments may be operations
/// themselves, as in `value.set(value.get() + 1)`, have mirrors here that pause after those.
#[derive(Default)]
pub struct Delayed<T>(T);

impl<T> Deref for Delayed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        pause();
        &self.0
    }
}

pub mod sync {
    pub use std::sync::*;

    use super::Delayed;

    pub type Mutex<T> = Delayed<std::sync::Mutex<T>>;
    pub type RwLock<T> = Delayed<std::sync::RwLock<T>>;
    pub type Condvar = Delayed<std::sync::Condvar>;

    impl<T> Mutex<T> {
        pub const fn new(value: T) -> Self {
            Delayed(std::sync::Mutex::new(value))
        }
    }

    impl<T> RwLock<T> {
        pub const fn new(value: T) -> Self {
            Delayed(std::sync::RwLock::new(value))
        }
    }

    impl Condvar {
        pub const fn new() -> Self {
            Delayed(std::sync::Condvar::new())
        }
    }

    pub mod atomic {
        pub use std::sync::atomic::*;

        use super::super::{Delayed, pause};

        pub type AtomicUsize = Delayed<std::sync::atomic::AtomicUsize>;

        impl AtomicUsize {
            pub const fn new(value: usize) -> Self {
                Delayed(std::sync::atomic::AtomicUsize::new(value))
            }

            pub fn store(&self, value: usize, order: Ordering) {
                pause();
                self.0.store(value, order);
            }
        }
    }
}

pub mod thread {
    pub use std::thread::*;

    use super::pause;

    pub fn spawn<R: Send + 'static>(act: impl FnOnce() -> R + Send + 'static) -> JoinHandle<R> {
        pause();
        std::thread::spawn(move || {
            pause();
            act()
        })
    }
}

pub mod mp {
    pub use ::mp::*;

    use serde::{Serialize, de::DeserializeOwned};

    use super::{Delayed, pause};

    pub type Value<T> = Delayed<::mp::Value<T>>;
    pub type Lock = Delayed<::mp::Lock>;
    pub type Connection<T> = Delayed<::mp::Connection<T>>;

    impl<T: Element> Value<T> {
        pub fn new(value: T) -> Self {
            Delayed(::mp::Value::new(value))
        }

        pub fn set(&self, value: T) {
            pause();
            self.0.set(value);
        }
    }

    impl Lock {
        pub fn named(name: &str) -> Self {
            Delayed(::mp::Lock::named(name))
        }
    }

    /// Makes processes that are late.
    pub struct Process;

    impl Process {
        #[expect(clippy::new_ret_no_self, reason = "the programs call it so")]
        pub fn new<'a>(act: impl FnOnce() + 'a) -> ::mp::Process<'a> {
            ::mp::Process::new(move || {
                pause();
                act();
            })
        }
    }

    pub fn pipe<T>() -> std::io::Result<(Connection<T>, Connection<T>)>
    where
        T: Serialize + DeserializeOwned,
    {
        let (receiver, sender) = ::mp::pipe()?;
        Ok((Delayed(receiver), Delayed(sender)))
    }
}
