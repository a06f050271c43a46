//! Setting up once, from several threads.
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

static SETUP: Once = Once::new();
static CALLS: AtomicU32 = AtomicU32::new(0);

fn ready() -> u32 {
    SETUP.call_once(|| {
        CALLS.fetch_add(1, Ordering::Relaxed);
    });
    CALLS.load(Ordering::Relaxed)
}

fn main() {
    println!("{}", SETUP.is_completed());
    let threads: Vec<_> = (0..4).map(|_| thread::spawn(ready)).collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), 1);
    }
    println!("{} {}", SETUP.is_completed(), ready());
}
