//! verdict: over_limit
//! message: than the checker watches
//! schedules: 2
//!
//! Every thread starts one more.

fn attack() {
    let next = std::thread::spawn(attack);
    next.join().expect("does not panic");
}
