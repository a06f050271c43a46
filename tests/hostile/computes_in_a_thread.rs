//! verdict: over_limit
//! message: steps and did not end
//! schedules: 1
//!
//! A thread computes for ever while main waits for it.

fn attack() {
    let busy = std::thread::spawn(|| {
        let mut number = 1_u64;
        loop {
            number = std::hint::black_box(number.wrapping_mul(3));
        }
    });
    busy.join().expect("never ends");
}
