//! verdict: over_limit
//! message: steps and did not end
//!
//! Loops without a scheduling point.

fn attack() {
    let mut number = 0_u64;
    loop {
        number = std::hint::black_box(number.wrapping_add(1));
    }
}
