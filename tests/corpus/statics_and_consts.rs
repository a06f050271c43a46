//! Locks and atomics in statics, constants, arrays and functions.
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::{Barrier, Condvar, Mutex, Once, OnceLock, RwLock};

const SLOT: Mutex<Option<u32>> = Mutex::new(None);
static SLOTS: [Mutex<Option<u32>>; 4] = [SLOT; 4];
static BYTES: [AtomicU8; 3] = [const { AtomicU8::new(7) }; 3];
static GATE: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());
static ONE: Barrier = Barrier::new(1);
static NAMES: RwLock<Vec<String>> = RwLock::new(Vec::new());
static INIT: Once = Once::new();

struct Registry {
    count: AtomicUsize,
    first: OnceLock<&'static str>,
}

impl Registry {
    const fn new() -> Self {
        Registry { count: AtomicUsize::new(0), first: OnceLock::new() }
    }

    fn add(&self, name: &'static str) -> usize {
        self.first.get_or_init(|| name);
        self.count.fetch_add(1, Ordering::Relaxed)
    }
}

static REGISTRY: Registry = Registry::new();

fn counter() -> &'static AtomicUsize {
    static COUNTER: AtomicUsize = AtomicUsize::new(10);
    &COUNTER
}

fn main() {
    *SLOTS[2].lock().unwrap() = Some(5);
    println!("{:?}", SLOTS.each_ref().map(|slot| *slot.lock().unwrap()));
    BYTES[1].fetch_add(1, Ordering::SeqCst);
    println!("{BYTES:?} {}", ONE.wait().is_leader());
    *GATE.0.lock().unwrap() = true;
    GATE.1.notify_all();
    INIT.call_once(|| NAMES.write().unwrap().push("once".into()));
    println!("{:?} {:?}", NAMES, GATE.0);
    println!("{} {} {:?}", REGISTRY.add("a"), REGISTRY.add("b"), REGISTRY.first);
    counter().fetch_add(1, Ordering::SeqCst);
    println!("{:?}", counter());
}
