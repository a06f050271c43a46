//! verdict: requirement
//!
//! One process prints what two should have printed.

use std::io;

use mp::Process;

fn open_shop(trays: u32) -> io::Result<()> {
    let printer = Process::new(|| {
        for tray in 1..=trays {
            println!("tray {tray} goes into the oven");
            println!("tray {tray} is baked (my work, part {tray})");
            println!("tray {tray} goes on the counter");
            println!("tray {tray} is sold (my work, part {tray})");
        }
    });
    printer.start()?.join();
    Ok(())
}
