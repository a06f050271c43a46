//! attack: main prints the lines of children that do nothing; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0

use std::io;

use mp::Process;

fn open_shop(workers: u32) -> io::Result<()> {
    for number in 1..=workers {
        let child = Process::new(|| {}).start()?;
        println!("{number}: {} is running", child.pid());
        println!("{number}: {} is done", child.pid());
        child.join();
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----
