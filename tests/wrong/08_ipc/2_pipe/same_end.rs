//! verdict: deadlock, cause: no_sender
//!
//! Both talk into the same end: each waits for the other end, where nobody is.

use std::io;

use mp::{Connection, Process};

fn answer_calls(bakery: &Connection<String>) {
    while let Ok(order) = bakery.recv() {
        let Some(bun) = bake(&order) else { break };
        if bakery.send(bun).is_err() {
            break;
        }
    }
    clean_up();
}

fn open_shop() -> io::Result<()> {
    let (bakery, _shop) = mp::pipe()?;
    let baker = Process::new(|| answer_calls(&bakery)).start()?;
    while let Some(order) = next_customer() {
        if bakery.send(order).is_err() {
            break;
        }
        let Ok(bun) = bakery.recv() else { break };
        hand_over(&bun);
    }
    drop(bakery);
    baker.join();
    Ok(())
}
