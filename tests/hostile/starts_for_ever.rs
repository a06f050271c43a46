//! verdict: over_limit
//! message: than the checker watches or computes for longer than a check may take
//! schedules: 1
//!
//! Every child starts a child of its own, without end.

fn attack() {
    let child = mp::Process::new(attack).start();
    child.expect("can be started").join();
}
