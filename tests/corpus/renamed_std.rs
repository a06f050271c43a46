//! Modules and types under other names.
use std as s;
use std::sync::Mutex as Lock;
use std::sync::{self as synchronisation, atomic::AtomicI32 as Counter};
use std::thread as t;

extern crate std as standard;

type Shared<T> = s::sync::Arc<Lock<T>>;

fn main() {
    let shared: Shared<i32> = standard::sync::Arc::new(Lock::new(1));
    let other = shared.clone();
    t::spawn(move || *other.lock().unwrap() += 1).join().unwrap();
    let counter = Counter::new(5);
    counter.fetch_sub(2, synchronisation::atomic::Ordering::SeqCst);
    s::println!("{} {counter:?}", shared.lock().unwrap());
    ::std::println!("{}", ::std::cmp::min(1, 2));
}
