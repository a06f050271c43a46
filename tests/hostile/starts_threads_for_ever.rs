//! verdict: over_limit
//! message: more threads than can be watched
//! schedules: 2
//!
//! Every thread starts one more.

fn attack() {
    let next = std::thread::spawn(attack);
    next.join().expect("does not panic");
}
