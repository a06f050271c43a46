//! verdict: passed
//!
//! Another right answer: a type with `run`, started backwards, and joined in the order of the times.

use std::io;

use mp::{Process, Run, Value};

struct Oven<'a>(usize, u64, &'a Value<u32>);

impl Run for Oven<'_> {
    fn run(&mut self) {
        bake(self.0, self.1, self.2);
    }
}

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    let mut ovens = Vec::new();
    for (tray, &time) in tenths.iter().enumerate().rev() {
        ovens.push((time, Process::of(Oven(tray, time, baked)).start()?));
    }
    ovens.sort_by_key(|(time, _)| *time);
    while let Some((_, oven)) = ovens.pop() {
        oven.join();
    }
    let mut brushes = Vec::new();
    for tray in (0..tenths.len()).rev() {
        brushes.push(Process::new(move || glaze(tray, baked, glazed)).start()?);
    }
    brushes.into_iter().for_each(|brush| {
        brush.join();
    });
    Ok(())
}
