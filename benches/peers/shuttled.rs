//! Runs one program under shuttle until it fails, and prints after how many schedules that was.

use std::any::Any;
use std::panic::{catch_unwind, set_hook};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use shuttle::scheduler::{PctScheduler, RandomScheduler};
use shuttle::{Config, FailurePersistence, Runner};

/// No seed may take longer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Runs `program` as the arguments demand: after the program's own come the scheduler and its
/// seed. Prints whether it failed, the number of schedules until then, and the nanoseconds.
pub fn run(program: fn()) {
    static SCHEDULES: AtomicUsize = AtomicUsize::new(0);
    let mut args = std::env::args().skip(2);
    let scheduler = args.next().expect("a scheduler");
    let seed: u64 = args.next().expect("a seed").parse().expect("a number");

    set_hook(Box::new(|_| ()));
    let mut config = Config::new();
    config.failure_persistence = FailurePersistence::None;
    config.silence_warnings = true;
    config.max_time = Some(PATIENCE);
    let once = move || {
        SCHEDULES.fetch_add(1, Relaxed);
        program();
    };
    let start = Instant::now();
    let result = catch_unwind(|| match scheduler.as_str() {
        "random" => {
            let random = RandomScheduler::new_from_seed(seed, usize::MAX);
            Runner::new(random, config).run(once)
        }
        "pct" => Runner::new(PctScheduler::new_from_seed(seed, 3, usize::MAX), config).run(once),
        other => panic!("no scheduler {other}"),
    });
    let nanos = start.elapsed().as_nanos();
    let failed = result.is_err_and(|what| !is_schedulers_own(&*what));
    println!("{failed} {} {nanos}", SCHEDULES.load(Relaxed));
}

/// Whether a panic is the PCT scheduler's, which gives up where its first schedule had no choices.
fn is_schedulers_own(what: &(dyn Any + Send)) -> bool {
    let text = what.downcast_ref::<&str>().copied();
    text == Some("test closure did not exercise any concurrency")
}
