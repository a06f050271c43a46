//! verdict: wrong_output
//!
//! A cheat: main prints what bakers would print, with made-up process ids.

use std::io;

use mp::Run;

impl Run for Baker<'_> {
    fn run(&mut self) {
        for _ in 0..self.shift {
            self.fill_tray();
        }
    }
}

fn demonstrate(baker: &mut Baker) {
    baker.run();
}

fn open_bakery(bakers: &[Baker]) -> io::Result<()> {
    let mut pid = std::process::id();
    for baker in bakers {
        pid += 1;
        for tray in 1..=baker.shift {
            let tray = baker.filled + tray;
            println!("{} fills tray {tray} in process {pid}", baker.name);
            baker.shelf.lock().update(|trays| trays + 1);
        }
    }
    Ok(())
}
