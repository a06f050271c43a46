//! Tests of who is ready.

use std::time::Duration;

use super::*;
use crate::judge::build::RunBuilder;

#[test]
fn who_waits_is_not_ready_until_its_sleep_is_over() {
    let run = RunBuilder::new(4)
        .event(0, What::Start(1))
        .event(0, What::Start(2))
        .event(0, What::Start(3))
        .event(0, What::JoinWait(1))
        .event(2, What::Sleep(Duration::from_secs(2)))
        .event(3, What::Sleep(Duration::from_secs(3)))
        .run();
    let choice = |seconds: u64| Choice {
        clock: seconds * 1_000_000_000,
        deviates: true,
        events: 6,
        ..Choice::of_task(3)
    };
    assert_eq!(ready(&run, &choice(1)), [1], "started, and not yet begun");
    assert_eq!(ready(&run, &choice(2)), [1, 2]);
}
