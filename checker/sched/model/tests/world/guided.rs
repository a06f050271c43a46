//! What strategies are for: who finds what, and how soon.

use sched_model::Strategy;
use sched_model::engine::world::{Ending, Kind, NEVER};

use crate::program::{Cell, Program, Step};
use crate::sim::{Outcome, config, run};
use crate::strategies;

/// How many of 200 schedules show it.
fn count(program: &Program, strategy: Strategy, shows: impl Fn(&Outcome) -> bool) -> usize {
    (0..200)
        .filter(|&seed| shows(&run(program, config(strategy, seed, NEVER))))
        .count()
}

/// Two tasks that take two locks in opposite orders, the second after some other work.
fn abba(work: usize) -> Program {
    let child = |a, b| {
        let mut steps = vec![Step::Print; work];
        steps.extend([
            Step::Guard(a),
            Step::Guard(b),
            Step::Release(b),
            Step::Release(a),
        ]);
        steps
    };
    Program::of(vec![child(0, 1), child(1, 0)])
}

#[test]
fn lock_order_guided_closes_the_cycle_in_nearly_every_schedule() {
    let deadlock = |outcome: &Outcome| outcome.is(Ending::Deadlock);
    let guided = count(&abba(20), Strategy::LockOrder, deadlock);
    assert!(guided >= 190, "guided: {guided} of 200");
    let walk = count(&abba(20), Strategy::RandomWalk, deadlock);
    assert!(
        (1..guided / 2).contains(&walk),
        "random walk: {walk} of 200"
    );
    for strategy in [Strategy::Natural, Strategy::Reversed] {
        assert_eq!(count(&abba(20), strategy, deadlock), 0, "{strategy:?}");
    }
}

#[test]
fn lock_order_guided_without_edges_walks_at_random() {
    for seed in 0..50 {
        let with = |strategy| {
            let mut config = config(strategy, seed, NEVER);
            config.edge_count = 0;
            run(&abba(3), config).events
        };
        assert_eq!(with(Strategy::LockOrder), with(Strategy::RandomWalk));
    }
}

#[test]
fn natural_and_reversed_never_preempt() {
    let program = Program::of(vec![vec![Step::Print; 5]; 4]);
    for (strategy, order) in [
        (Strategy::Natural, [1, 2, 3, 4]),
        (Strategy::Reversed, [4, 3, 2, 1]),
    ] {
        let outcome = run(&program, config(strategy, 0, NEVER));
        let printers = outcome.events.iter().filter(|event| event.is(Kind::Print));
        let printers: Vec<u32> = printers.map(|event| event.task).collect();
        let expected: Vec<u32> = order.iter().flat_map(|&task| [task; 5]).collect();
        assert_eq!(printers, expected, "{strategy:?}");
    }
}

#[test]
fn breadth_first_lets_all_tasks_overlap() {
    let program = Program::of(vec![vec![Step::Print; 5]; 4]);
    let outcome = run(&program, config(Strategy::BreadthFirst, 0, 0));
    let printers: Vec<u32> = outcome
        .events
        .iter()
        .filter(|event| event.is(Kind::Print))
        .map(|event| event.task)
        .collect();
    let last_first = (1..5)
        .map(|task| printers.iter().position(|&p| p == task))
        .max();
    let first_last = (1..5)
        .map(|task| printers.iter().rposition(|&p| p == task))
        .min();
    assert!(
        last_first < first_last,
        "all began before the first was done: {printers:?}"
    );
}

/// A lost update: both read before either wrote; the second follows a long way.
fn lost_update() -> Program {
    let update = [Step::Read(Cell(0, 0)), Step::Write(Cell(0, 0))];
    let late = [&[Step::Print; 12][..], &update].concat();
    Program::of(vec![update.to_vec(), late])
}

fn update_lost(outcome: &Outcome) -> bool {
    let accesses = outcome
        .events
        .iter()
        .filter(|event| event.object != u32::MAX);
    let kinds: Vec<u32> = accesses.map(|event| event.kind).take(2).collect();
    kinds == [Kind::Read as u32; 2]
}

#[test]
fn priorities_find_a_conflict_that_a_random_walk_reaches_rarely() {
    let walk = count(&lost_update(), Strategy::RandomWalk, update_lost);
    let sampled = count(&lost_update(), Strategy::PartialOrder, update_lost);
    let pct = count(&lost_update(), Strategy::Pct, update_lost);
    assert!(walk < 5, "random walk: {walk} of 200");
    assert!(
        sampled > 3 * walk.max(2),
        "partial order: {sampled}, random walk: {walk} of 200"
    );
    assert!(pct > walk, "PCT: {pct}, random walk: {walk} of 200");
}

#[test]
fn long_delays_move_the_clock_by_no_more_than_the_bound() {
    let program = Program {
        scripts: vec![vec![Step::Print; 60]],
        threads: Vec::new(),
        locks: 0,
        cells: 0,
    };
    for seed in 0..50 {
        let bounded = run(&program, config(Strategy::LongDelays, seed, 1_000_000)).clock;
        assert!((1024..=61 * 1_000_000).contains(&bounded), "{bounded}");
        assert_eq!(
            run(&program, config(Strategy::LongDelays, seed, 0)).clock,
            0
        );
    }
    let longest =
        (0..50).map(|seed| run(&program, config(Strategy::LongDelays, seed, NEVER)).clock);
    assert!(
        longest.max() > Some(3_600_000_000_000),
        "some delay is longer than an hour"
    );
}

#[test]
fn without_competition_all_strategies_agree() {
    let program = Program {
        scripts: vec![vec![Step::Print, Step::Sleep(7)]],
        threads: Vec::new(),
        locks: 0,
        cells: 0,
    };
    for strategy in strategies() {
        let outcome = run(&program, config(strategy, 3, 0));
        assert_eq!(
            outcome,
            run(&program, config(Strategy::Natural, 3, 0)),
            "{strategy:?}"
        );
    }
}
