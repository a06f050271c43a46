//! verdict: livelock
//!
//! Looks again and again at a value that nobody will ever change.

fn attack() {
    let flag = mp::Value::new(0_i32);
    let polls = || while flag.get() == 0 {};
    let child = mp::Process::new(polls).start().expect("can be started");
    while flag.get() == 0 {}
    child.join();
}
