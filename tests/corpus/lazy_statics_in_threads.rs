//! A value computed once by whoever comes first, which itself uses another.
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};
use std::thread;

static CALLS: AtomicUsize = AtomicUsize::new(0);
static BASE: LazyLock<Vec<u32>> = LazyLock::new(|| {
    CALLS.fetch_add(1, Ordering::SeqCst);
    vec![1, 2, 3]
});
static SUM: LazyLock<Mutex<u32>> = LazyLock::new(|| {
    CALLS.fetch_add(1, Ordering::SeqCst);
    Mutex::new(BASE.iter().sum())
});

fn main() {
    thread::scope(|s| {
        for _ in 0..3 {
            s.spawn(|| *SUM.lock().unwrap() += BASE[0]);
        }
    });
    println!("{} {}", SUM.lock().unwrap(), CALLS.load(Ordering::SeqCst));
    let local = LazyLock::new(|| "local".len());
    println!("{} {:?}", *local, local);
}
