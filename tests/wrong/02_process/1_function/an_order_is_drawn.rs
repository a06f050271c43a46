//! verdict: requirement
//!
//! One baker after the other; where it begins, a race with a helper decides.

use std::io;

use mp::{Process, Queue, Value};

fn open_bakery(bakers: u32, trays: &Value<u32>) -> io::Result<()> {
    let sides = &Queue::unbounded();
    let helper = Process::new(|| sides.put(1)).start()?;
    sides.put(0);
    let heads = sides.get() == 0;
    sides.get();
    helper.join();
    for nth in 1..=bakers {
        let number = if heads { nth } else { bakers + 1 - nth };
        Process::new(move || bake(number, trays)).start()?.join();
    }
    Ok(())
}
