//! Processes and what they share: Python's `multiprocessing`, in Rust.
//!
//! Semantics are those of CPython's [`multiprocessing`] with the *fork* start method; where Rust's
//! types allow something better, it is taken and said so. A program that uses this crate runs
//! plainly, with real processes under the operating system's scheduler; under `course check` the
//! same operations are scheduling points of a controlled run.
//!
//! [`multiprocessing`]: https://docs.python.org/3/library/multiprocessing.html
//!
//! ```no_run
//! use mp::{Process, Value};
//!
//! fn main() -> std::io::Result<()> {
//!     let buns = Value::new(0);
//!     let baker = Process::new(|| buns.lock().update(|n| n + 1)).start()?;
//!     baker.join();
//!     println!("{} bun", buns.get());
//!     Ok(())
//! }
//! ```

#![deny(unsafe_code)]

mod barrier;
mod cells;
mod child;
mod condition;
mod element;
mod ends;
mod errors;
mod event;
mod family;
mod guard;
mod lifecycle;
mod lock;
mod mailbox;
mod manager;
mod pipe;
mod process;
mod queue;
mod random;
mod raw;
mod rlock;
mod section;
mod semaphore;
#[allow(unsafe_code, reason = "shared memory, as atomics only")]
mod shared;
mod value;

pub use barrier::Barrier;
pub use child::Child;
pub use condition::{Condition, ConditionGuard};
pub use element::Element;
pub use errors::{Broken, Closed, Empty, Full};
pub use event::Event;
pub use family::{Current, current};
pub use lock::{Lock, LockGuard, Lockable};
pub use manager::{Dict, List, Manager, Shared};
pub use pipe::{Connection, named_pipe, pipe};
pub use process::{Process, Run};
pub use queue::{JoinableQueue, Queue};
pub use random::random;
pub use raw::{RawArray, RawValue};
pub use rlock::{RLock, RLockGuard};
pub use section::{Section, section};
pub use semaphore::{BoundedSemaphore, Semaphore, SemaphoreGuard};
pub use value::{Array, ArrayGuard, Value, ValueGuard};
