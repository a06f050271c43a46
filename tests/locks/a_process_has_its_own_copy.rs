//! verdict: passed
//! A correct program: what a child does to its copies changes nothing here, and a lock that the
//! parent did not hold is free in the copy.
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, RwLock, mpsc};

static COUNT: Mutex<u32> = Mutex::new(0);
static TOTAL: AtomicU32 = AtomicU32::new(0);
static ONCE: OnceLock<u32> = OnceLock::new();
static LOCK: RwLock<u32> = RwLock::new(0);

fn change() {
    *COUNT.lock().unwrap() += 1;
    let seen = *LOCK.read().unwrap();
    *LOCK.write().unwrap() += seen;
    TOTAL.fetch_add(1, Ordering::SeqCst);
    ONCE.get_or_init(|| 1);
    assert_eq!((*COUNT.lock().unwrap(), TOTAL.load(Ordering::SeqCst)), (2, 2));
}

fn main() -> std::io::Result<()> {
    *COUNT.lock().unwrap() += 1;
    *LOCK.write().unwrap() += 1;
    TOTAL.fetch_add(1, Ordering::SeqCst);
    let (tx, rx) = mpsc::channel();
    tx.send(5).unwrap();
    let children = [mp::Process::new(change).start()?, mp::Process::new(change).start()?];
    children.iter().for_each(|child| drop(child.join()));
    println!("{:?} {:?} {:?} {:?} {:?}", COUNT, TOTAL, ONCE, LOCK, rx.recv());
    Ok(())
}
