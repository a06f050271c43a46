//! verdict: deadlock, lock_cycle
//! says: waits for OnceLock-
use std::sync::OnceLock;
use std::thread;

static EGG: OnceLock<u32> = OnceLock::new();
static CHICKEN: OnceLock<u32> = OnceLock::new();

fn main() {
    let other = thread::spawn(|| *EGG.get_or_init(|| CHICKEN.get_or_init(|| 1) + 1));
    let mine = *CHICKEN.get_or_init(|| EGG.get_or_init(|| 1) + 1);
    println!("{}", (mine + other.join().unwrap()) / 9);
}
