//! A loop over messages with a time limit, and a timer thread.
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

#[derive(Debug, PartialEq)]
enum Event {
    Key(char),
    Tick,
    Quit,
}

fn main() {
    let (tx, rx) = mpsc::channel();
    let keys = tx.clone();
    let keyboard = thread::spawn(move || {
        "abc".chars().for_each(|c| keys.send(Event::Key(c)).unwrap());
        thread::sleep(Duration::from_millis(30));
        keys.send(Event::Quit).unwrap();
    });
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(10));
        let _ = tx.send(Event::Tick);
    });
    let (mut text, mut ticks) = (String::new(), 0);
    loop {
        match rx.recv_timeout(Duration::from_secs(10)) {
            Ok(Event::Key(c)) => text.push(c),
            Ok(Event::Tick) => ticks += 1,
            Ok(Event::Quit) | Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => continue,
        }
    }
    keyboard.join().unwrap();
    println!("{text} {}", ticks <= 1);
}
