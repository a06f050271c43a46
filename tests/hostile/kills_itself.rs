//! verdict: panic
//! message: SIGKILL
//!
//! Kills itself while it holds the baton, past the function that the scheduler knows.

unsafe extern "C" {
    safe fn raise(signal: i32) -> i32;
}

fn attack() {
    let child = mp::Process::new(|| {
        raise(9);
    });
    let child = child.start().expect("can be started");
    assert_eq!(child.join(), -9);
}
