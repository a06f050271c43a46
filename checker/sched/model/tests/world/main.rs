//! Properties of whole runs, on random programs and without processes: what the scheduler promises
//! to every program, under every strategy.

mod acts;
mod always;
mod deadlocks;
mod guided;
mod polling;
mod pooled;
mod program;
mod races;
mod regressions;
mod rules;
mod sim;
mod slots;
mod systematic;
mod tables;
mod threads;
mod time;

use proptest::test_runner::{Config, RngSeed};
use sched_model::Strategy;
use sched_model::engine::strategy::List;
use sched_model::engine::world::NEVER;

/// All strategies but those that follow a list, which have no choices of their own.
fn strategies() -> impl Iterator<Item = Strategy> {
    let all = Strategy::ALL.iter().copied();
    all.filter(|it| it.follows() == List::Nothing)
}

/// Values of `D`.
const DELAYS: [u64; 3] = [0, 1_000_000_000, NEVER];

/// The same cases each time, so that a failure is there for everybody; under Miri, which is some
/// hundred times slower, few of them.
fn cases(cases: u32) -> Config {
    Config {
        cases: if cfg!(miri) { cases.min(3) } else { cases },
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..Config::default()
    }
}
