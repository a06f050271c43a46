//! verdict: wrong_order
//!
//! Sleeps for a day instead of waiting for its child: no sleep is long enough.

use std::time::Duration;

fn attack() {
    let done = mp::Value::new(0);
    let _child = mp::Process::new(|| done.set(1))
        .start()
        .expect("can be started");
    std::thread::sleep(Duration::from_secs(24 * 3600));
    if done.get() == 0 {
        println!("not done after a day");
    }
}
