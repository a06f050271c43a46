//! verdict: passed
//!
//! The state is how much was done in all: even is the baker's turn. The work is done without the lock,
//! for nobody else works before the count goes on.

use std::io;

use mp::{Condition, Process, Value};

fn wait_until(done: &Value<u32>, changed: &Condition, number: u32) {
    changed.lock().wait_for(|| done.get() == number);
}

fn one_more(done: &Value<u32>, changed: &Condition) {
    let held = changed.lock();
    done.lock().update(|done| done + 1);
    held.notify_all();
}

fn open_shop(trays: u32) -> io::Result<()> {
    let (done, changed) = (Value::new(0_u32), Condition::new());
    let baker = Process::new(|| {
        for tray in 1..=trays {
            wait_until(&done, &changed, 2 * tray - 2);
            bake(tray);
            one_more(&done, &changed);
        }
    });
    let seller = Process::new(|| {
        for tray in 1..=trays {
            wait_until(&done, &changed, 2 * tray - 1);
            sell(tray);
            one_more(&done, &changed);
        }
    });
    let (seller, baker) = (seller.start()?, baker.start()?);
    baker.join();
    seller.join();
    Ok(())
}
