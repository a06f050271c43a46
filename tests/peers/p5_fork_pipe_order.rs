//! bug: panic, cause: not_atomic
//!
//! Three processes send two messages each into one pipe, without a lock around both.

use mp::{Lock, Process, pipe};

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

fn main() -> std::io::Result<()> {
    let bug = bug();
    let lock = &Lock::named("pipe");
    let (receiver, sender) = pipe::<usize>()?;
    let sender = &sender;
    let mut children = Vec::new();
    for number in 0..3 {
        let send = move || {
            let _guard = (!bug).then(|| lock.lock());
            for _ in 0..2 {
                sender.send(number).expect("main receives");
            }
        };
        children.push(Process::new(send).start()?);
    }
    let mut all = Vec::new();
    for _ in 0..6 {
        all.push(receiver.recv().expect("six messages"));
    }
    for child in &children {
        child.join();
    }
    for pair in all.chunks(2) {
        assert_eq!(pair[0], pair[1], "one sent between the messages of another");
    }
    Ok(())
}
