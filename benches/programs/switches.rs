//! Two processes that write shared values as often as the argument says, so that a schedule
//! which switches at every point switches that often.

use mp::{Process, Value};

fn write(number: u32, value: &Value<u32>) {
    for i in 0..number {
        value.set(i);
    }
}

fn main() -> std::io::Result<()> {
    let number = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0);
    let (a, b) = (&Value::new(0), &Value::new(0));
    let other = Process::new(move || write(number, a)).start()?;
    write(number, b);
    other.join();
    Ok(())
}
