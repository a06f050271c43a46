//! verdict: panic
//! message: Resource temporarily unavailable
//! schedules: 20
//!
//! Every child starts a child of its own, until the system has no more.

fn attack() {
    let child = mp::Process::new(attack).start();
    child.expect("can be started").join();
}
