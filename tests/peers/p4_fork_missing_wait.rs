//! bug: panic, cause: unjoined
//!
//! Main reads the result of a process that it does not wait for.

use mp::{Process, Value};

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

fn main() -> std::io::Result<()> {
    let result = &Value::new(0);
    let child = Process::new(|| result.set(42)).start()?;
    if !bug() {
        child.join();
    }
    assert_eq!(result.get(), 42);
    Ok(())
}
