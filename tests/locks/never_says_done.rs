//! verdict: deadlock, task_not_done
//! says: main waits for all messages of Queue-1 to be done (line 18)
//!
//! The worker ends after the second of three letters, of which it has reported one.
use mp::{JoinableQueue, Process};

fn main() -> std::io::Result<()> {
    let letters = JoinableQueue::unbounded();
    let work = || {
        letters.get();
        letters.task_done();
        letters.get();
    };
    let worker = Process::new(work).start()?;
    for letter in ["a", "b", "c"] {
        letters.put(letter.to_owned());
    }
    letters.join();
    worker.join();
    Ok(())
}
