//! verdict: wrong_output
//!
//! The processes get new bakers instead of clones: who worked in the window counts from 1 again.

use std::io;

use mp::{Process, Run};

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
    let mut started = Vec::new();
    for Baker {
        name, shift, shelf, ..
    } in bakers
    {
        let baker = Baker {
            name,
            shift: *shift,
            filled: 0,
            shelf,
        };
        started.push(Process::of(baker).start()?);
    }
    started.iter().for_each(|process| drop(process.join()));
    Ok(())
}
