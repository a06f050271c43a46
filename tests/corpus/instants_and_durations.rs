//! Time that passes, compared but never printed as it is.
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

fn main() {
    let start = Instant::now();
    thread::sleep(Duration::from_millis(20));
    let elapsed = start.elapsed();
    println!("{}", elapsed >= Duration::from_millis(20));
    let deadline = start + Duration::from_secs(3600);
    println!("{}", deadline > start && deadline - start == Duration::from_secs(3600));
    println!("{:?}", start.saturating_duration_since(deadline));
    println!("{}", SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() > 1_000_000_000);
    println!("{:?} {:.1}", Duration::from_micros(1500), Duration::from_millis(2500).as_secs_f64());
    println!("{:?}", Duration::from_secs(1).checked_sub(Duration::from_secs(2)));
}
