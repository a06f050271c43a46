//! verdict: deadlock, too_few_at_barrier
//! says: the others at Barrier-1
use std::sync::Barrier;
use std::thread;

static BARRIER: Barrier = Barrier::new(3);

fn main() {
    let other = thread::spawn(|| BARRIER.wait().is_leader());
    BARRIER.wait();
    println!("{}", other.join().unwrap());
}
