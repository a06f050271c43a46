//! verdict: passed
//!
//! Closes every descriptor there may be, in main and in a child, and goes on.

unsafe extern "C" {
    safe fn close(descriptor: i32) -> i32;
}

fn attack() {
    let all = || (0..1024).for_each(|number| drop(close(number)));
    all();
    let child = mp::Process::new(all).start().expect("can be started");
    assert_eq!(child.join(), 0);
}
