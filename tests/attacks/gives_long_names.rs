//! attack: locks and processes have names of hundreds of thousands of letters; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0; slow

use std::io;

use mp::{Lock, Process};

fn open_shop(_workers: u32) -> io::Result<()> {
    let name = "name".repeat(75_000);
    for number in 0..300 {
        let lock = Lock::named(&format!("{number}{name}"));
        lock.acquire();
        lock.release();
    }
    Process::new(|| {}).name(&name).start()?.join();
    Ok(())
}

// ---- given: edits below this line are ignored ----
