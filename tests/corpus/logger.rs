//! lines: any order
//! A global logger that threads share.
use std::io::{self, Write};
use std::sync::{Mutex, OnceLock};
use std::thread;

trait Log: Send + Sync {
    fn log(&self, line: &str);
}

struct Standard(Mutex<u32>);

impl Log for Standard {
    fn log(&self, line: &str) {
        let mut lines = self.0.lock().unwrap();
        *lines += 1;
        let mut out = io::stdout().lock();
        writeln!(out, "[log] {line}").unwrap();
    }
}

static LOGGER: OnceLock<Box<dyn Log>> = OnceLock::new();

fn log(line: impl AsRef<str>) {
    if let Some(logger) = LOGGER.get() {
        logger.log(line.as_ref());
    }
}

fn main() {
    log("lost");
    let set = LOGGER.set(Box::new(Standard(Mutex::new(0))));
    assert!(set.is_ok());
    thread::scope(|s| {
        for n in 0..3 {
            s.spawn(move || log(format!("thread {n}")));
        }
    });
    log("the end");
}
