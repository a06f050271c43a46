//! verdict: passed
//!
//! A child kills its sibling, which sleeps or waits to run; their parent sees how it ended.

unsafe extern "C" {
    safe fn kill(pid: i32, signal: i32) -> i32;
}

fn attack() {
    let sleeper = mp::Process::new(|| std::thread::sleep(std::time::Duration::from_secs(3600)));
    let sleeper = sleeper.start().expect("can be started");
    let pid = i32::try_from(sleeper.pid()).expect("is small");
    let killer = mp::Process::new(move || {
        kill(pid, 9);
    });
    let killer = killer.start().expect("can be started");
    killer.join();
    // In some schedules the sleeper is done before it is killed.
    assert!(matches!(sleeper.join(), 0 | -9));
}
