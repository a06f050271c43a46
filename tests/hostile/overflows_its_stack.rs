//! verdict: panic
//! message: SIGABRT
//! schedules: 10
//!
//! Calls itself until the stack is used up.

#[allow(unconditional_recursion)]
fn deeper(level: u64) -> u64 {
    std::hint::black_box(deeper(level + 1) + 1)
}

fn attack() {
    deeper(0);
}
