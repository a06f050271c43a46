//! verdict: over_limit
//! message: 100,000 scheduling points
//!
//! Loops with scheduling points, and each round changes something that others could notice.

fn attack() {
    let count = mp::Value::new(0_u64);
    loop {
        let number = count.get();
        count.set(number.wrapping_add(1));
    }
}
