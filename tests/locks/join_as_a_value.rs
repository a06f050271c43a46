//! verdict: deadlock, held_at_fork
//! line: 15
//! says: main waits for the end of Thread-1 (line 15); Thread-1 waits for Mutex-1 (line 11), which main holds (since line 10)
//! A function of std's is called by another one of std's, on behalf of the program's line.

use std::sync::Mutex;
use std::thread::{JoinHandle, spawn};
fn main() {
    static OVEN: Mutex<u32> = Mutex::new(0);
    let hot = OVEN.lock();
    let baker = spawn(|| drop(OVEN.lock()));
    Some(baker)
        .into_iter()
        .map(JoinHandle::join)
        .for_each(drop);
    drop(hot);
}
