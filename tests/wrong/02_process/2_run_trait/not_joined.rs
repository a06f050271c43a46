//! verdict: wrong_output, cause: unjoined
//!
//! Nobody waits: the shop counts the trays before the first process has begun.

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
    for baker in bakers {
        Process::of(baker.clone()).start()?;
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----

/// A baker, and how many trays this process has seen the baker fill.
#[derive(Clone)]
struct Baker<'a> {
    name: &'a str,
    shift: u32,
    filled: u32,
    shelf: &'a mp::Value<u32>,
}

impl Baker<'_> {
    /// Fills one more tray and puts it on the shelf.
    fn fill_tray(&mut self) {
        self.filled += 1;
        let (name, tray, pid) = (self.name, self.filled, std::process::id());
        println!("{name} fills tray {tray} in process {pid}");
        self.shelf.lock().update(|trays| trays + 1);
    }
}

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let shift = args.next().and_then(|text| text.parse().ok()).unwrap_or(2);
    let mut names: Vec<String> = args.collect();
    if names.is_empty() {
        names = vec!["ada".to_owned(), "ben".to_owned()];
    }
    println!("the shop is process {}", std::process::id());
    let shelf = mp::Value::new(0_u32);
    let new_baker = |name| Baker {
        name,
        shift,
        filled: 0,
        shelf: &shelf,
    };
    let mut bakers: Vec<Baker> = names.iter().map(|name| new_baker(name)).collect();
    demonstrate(&mut bakers[0]);
    println!("trays on the shelf after the show: {}", shelf.get());
    open_bakery(&bakers)?;
    println!("trays on the shelf at closing time: {}", shelf.get());
    for baker in &bakers {
        let (name, filled) = (baker.name, baker.filled);
        println!("trays by {name} that the shop has heard of: {filled}");
    }
    Ok(())
}
