//! verdict: deadlock, cause: lost_wakeup
//!
//! The program of the story: it sleeps for four seconds, so that the baker is waiting by then.

use std::thread::sleep;
use std::time::Duration;

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    sleep(Duration::from_secs(4));
    let held = kitchen.table.lock();
    kitchen.dough.set(grams);
    held.notify_all();
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    let mut held = kitchen.table.lock();
    held.wait();
    bake(kitchen);
}
