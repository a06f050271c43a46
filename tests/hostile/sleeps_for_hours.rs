//! verdict: passed
//!
//! Sleeps for hours, in turn and side by side.

use std::time::Duration;

fn attack() {
    let sleep = || std::thread::sleep(Duration::from_secs(3 * 3600));
    let start = |_| mp::Process::new(sleep).start().expect("can be started");
    let children: Vec<_> = (0..3).map(start).collect();
    children
        .iter()
        .for_each(|child| assert_eq!(child.join(), 0));
    sleep();
}
