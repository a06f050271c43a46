//! verdict: passed
//!
//! Another right answer: whoever is sent is an object with a method.

use std::io;

use mp::{Process, Run};

struct Somebody<'a>(&'a Shop);

impl Run for Somebody<'_> {
    fn run(&mut self) {
        self.0.bell.wait();
        eat(self.0);
    }
}

fn sit_by_the_bell(shop: &Shop) {
    Somebody(shop).run();
    knead(shop, PIECES);
}

fn send_somebody(shop: &Shop) -> io::Result<()> {
    let sent = Process::of(Somebody(shop)).name("somebody").start()?;
    for _ in 0..PIECES {
        knead(shop, 1);
    }
    sent.join();
    Ok(())
}
