//! verdict: endless_loop
//!
//! Loops without a scheduling point.

fn attack() {
    let mut number = 0_u64;
    loop {
        number = std::hint::black_box(number.wrapping_add(1));
    }
}
