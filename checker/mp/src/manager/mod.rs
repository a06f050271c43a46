//! `Manager`: a process that keeps dictionaries, lists and values for others.

mod client;
mod hub;
mod protocol;
mod proxies;
mod rendezvous;
mod server;
mod shown;
mod store;

use std::io;
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sched_model::ObjectKind;
use sched_runtime::{Caller, attached, kernel};
use serde::Serialize;
use serde::de::DeserializeOwned;

use self::hub::{Hub, pair};
pub use self::proxies::{Dict, List, Shared};
use crate::child::Child;
use crate::process::Process;

/// A process that keeps dictionaries, lists and values, like `multiprocessing.Manager()`: others
/// reach them through proxies, over Unix sockets.
///
/// Each call of a proxy's method is one request, which the manager answers before it looks at the
/// next. Two calls are two requests, and somebody else's may come between. What a proxy returns is
/// a copy: changing it changes nothing in the manager.
///
/// The manager ends when this value is dropped by the process that made it, or when that process
/// ends. From then on every call of a proxy is an error.
pub struct Manager {
    server: Child,
    maker: u32,
    /// The line that answers for its end: its own start, unless it is shut down by hand.
    caller: Caller,
    hub: Arc<Hub>,
}

impl Manager {
    /// Starts a manager.
    ///
    /// # Errors
    ///
    /// When this process may not start others (it is a daemon, or has other threads), or when the
    /// system allows no more processes, sockets or files.
    #[track_caller]
    pub fn start() -> io::Result<Self> {
        let caller = Location::caller();
        static MANAGERS: AtomicU32 = AtomicU32::new(0);
        let number = MANAGERS.fetch_add(1, Ordering::Relaxed) + 1;
        let name = format!("Manager-{number}");
        // The system's own id: virtual ones are the same in runs side by side.
        let id = rustix::process::getpid().as_raw_pid().cast_unsigned();
        let id = u64::from(id) << 32 | u64::from(number);
        let (rendezvous, visitors) = pair()?;
        let object = kernel::object(ObjectKind::Manager, &name, 0, caller);
        let hub = Arc::new(Hub::new(id, rendezvous, object));
        let servers = Arc::clone(&hub);
        let process = Process::new(move || {
            die_with_maker();
            server::serve(&visitors, &servers, caller);
        });
        let server = process.name(name).daemon(true).start()?;
        hub.server.store(server.pid(), Ordering::Relaxed);
        Ok(Self {
            server,
            maker: kernel::pid(),
            caller,
            hub,
        })
    }

    /// A new, empty dictionary in this manager.
    ///
    /// # Errors
    ///
    /// When the manager has ended, as with all methods of proxies.
    #[track_caller]
    pub fn dict<K: Serialize + DeserializeOwned, V: Serialize + DeserializeOwned>(
        &self,
    ) -> io::Result<Dict<K, V>> {
        self.named_dict("")
    }

    /// The same, with a name for reports.
    ///
    /// # Errors
    ///
    /// When the manager has ended.
    #[track_caller]
    pub fn named_dict<K: Serialize + DeserializeOwned, V: Serialize + DeserializeOwned>(
        &self,
        name: &str,
    ) -> io::Result<Dict<K, V>> {
        Dict::new(&self.hub, name)
    }

    /// A new, empty list in this manager.
    ///
    /// # Errors
    ///
    /// When the manager has ended.
    #[track_caller]
    pub fn list<T: Serialize + DeserializeOwned>(&self) -> io::Result<List<T>> {
        self.named_list("")
    }

    /// The same, with a name for reports.
    ///
    /// # Errors
    ///
    /// When the manager has ended.
    #[track_caller]
    pub fn named_list<T: Serialize + DeserializeOwned>(&self, name: &str) -> io::Result<List<T>> {
        List::new(&self.hub, name)
    }

    /// A new value in this manager.
    ///
    /// # Errors
    ///
    /// When the manager has ended.
    #[track_caller]
    pub fn value<T: Serialize + DeserializeOwned>(&self, value: T) -> io::Result<Shared<T>> {
        self.named_value("", value)
    }

    /// The same, with a name for reports.
    ///
    /// # Errors
    ///
    /// When the manager has ended.
    #[track_caller]
    pub fn named_value<T: Serialize + DeserializeOwned>(
        &self,
        name: &str,
        value: T,
    ) -> io::Result<Shared<T>> {
        Shared::new(&self.hub, name, &value)
    }

    /// Ends the manager and waits until it has ended, as dropping it does.
    #[track_caller]
    pub fn shutdown(mut self) {
        self.caller = Location::caller();
    }
}

impl Drop for Manager {
    fn drop(&mut self) {
        if self.maker == kernel::pid() {
            self.server.end(self.caller);
        }
    }
}

/// In a plain run nothing else ends the server when its maker is killed.
fn die_with_maker() {
    if !attached::controlled() {
        let signal = rustix::process::Signal::TERM;
        let _ = rustix::process::set_parent_process_death_signal(Some(signal));
    }
}
