//! verdict: passed
//! schedules: 3
//!
//! Children see the large memory of their parent, which is there only once.

fn attack() {
    let all = vec![1_u8; 300 << 20];
    let work = || {
        std::thread::sleep(std::time::Duration::from_secs(1));
        // For long enough that somebody can look while all are there.
        let mut sum = 0_u64;
        (0..1_000_000).for_each(|at| sum += u64::from(all[at]));
        assert_eq!(sum, 1_000_000);
    };
    let start = |_| mp::Process::new(work).start().expect("can be started");
    let children: Vec<_> = (0..6).map(start).collect();
    children
        .iter()
        .for_each(|child| assert_eq!(child.join(), 0));
}
