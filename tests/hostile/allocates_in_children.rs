//! verdict: out_of_memory
//!
//! Every process takes less than it may, but together they take too much.

fn attack() {
    let work = || {
        let all = vec![1_u8; 300 << 20];
        std::thread::sleep(std::time::Duration::from_secs(1));
        assert_eq!(all[5], 1);
    };
    let start = |_| mp::Process::new(work).start().expect("can be started");
    let children: Vec<_> = (0..20).map(start).collect();
    children
        .iter()
        .for_each(|child| assert_eq!(child.join(), 0));
}
