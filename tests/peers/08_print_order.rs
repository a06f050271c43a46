//! bug: panic, cause: not_atomic
//!
//! Two lines that belong together are written under the lock one by one.

use std::sync::{Arc, Mutex};
use std::thread;

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

fn main() {
    let bug = bug();
    let book = Arc::new(Mutex::new(Vec::new()));
    let threads = [0, 1, 2].map(|number| {
        let book = Arc::clone(&book);
        thread::spawn(move || {
            if bug {
                book.lock().unwrap().push((number, "begins"));
                book.lock().unwrap().push((number, "ends"));
            } else {
                let mut lines = book.lock().unwrap();
                lines.push((number, "begins"));
                lines.push((number, "ends"));
            }
        })
    });
    for thread in threads {
        thread.join().unwrap();
    }
    for pair in book.lock().unwrap().chunks(2) {
        assert_eq!(
            pair[0].0, pair[1].0,
            "one wrote between the lines of another"
        );
    }
}
