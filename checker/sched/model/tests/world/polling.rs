//! Loops that ask again and again: they end when what they wait for comes, and are called endless
//! only with proof.

use sched_model::Strategy;
use sched_model::engine::world::{Ending, NEVER};

use crate::pooled::Pooled;
use crate::program::{Cell, Program, Step};
use crate::sim::{Memory, Sim, config};
use crate::{DELAYS, strategies};

const FLAG: Cell = Cell(0, 0);

fn ending(
    program: &Program,
    strategy: Strategy,
    seed: u64,
    delay: u64,
    memory: Memory,
) -> (u32, u32) {
    let config = config(strategy, seed, delay);
    let (outcome, _) = Sim::new(Pooled::used(), program, config, memory).run();
    (outcome.ending, outcome.steps)
}

/// Loops whose end comes: each with a child that brings it, and one that has nothing to do with it.
fn that_end() -> Vec<(&'static str, Program)> {
    let with = |main: &[Step], child: &[Step]| {
        let mut script = vec![Step::Start(1), Step::Start(2)];
        script.extend_from_slice(main);
        script.extend([Step::Join(1), Step::Join(2)]);
        let idle = vec![Step::Sleep(3_000_000), Step::Print, Step::Print];
        Program {
            scripts: vec![script, child.to_vec(), idle],
            threads: Vec::new(),
            locks: 1,
            cells: 1,
        }
    };
    let slow = [Step::Print, Step::Sleep(5_000_000), Step::Print];
    let sets = [&slow[..], &[Step::Write(FLAG)]].concat();
    let holds = [&[Step::Acquire(0)], &slow[..], &[Step::Release(0)]].concat();
    let taken = |take| [take, Step::Print, Step::Release(0)];
    vec![
        ("is_alive", with(&[Step::WhileAlive(1)], &slow)),
        (
            "join with a timeout",
            with(&[Step::JoinUntil(1, 1000)], &slow),
        ),
        ("try_acquire", with(&taken(Step::TryUntilTaken(0)), &holds)),
        (
            "acquire with a timeout",
            with(&taken(Step::AcquireUntilTaken(0, 1000)), &holds),
        ),
        ("the clock", with(&[Step::ClockUntil(2_000_000_000)], &slow)),
        ("a flag", with(&[Step::ReadUntil(FLAG)], &sets)),
        ("a flag, yielding", with(&[Step::YieldUntil(FLAG)], &sets)),
        ("a flag, sleeping", with(&[Step::NapUntil(FLAG)], &sets)),
        ("two that wait for each other", both_ways()),
    ]
}

/// Main sets a flag for the child, the child one for main, which both poll.
fn both_ways() -> Program {
    let (a, b) = (Cell(0, 0), Cell(0, 1));
    let main = vec![
        Step::Start(1),
        Step::Write(a),
        Step::ReadUntil(b),
        Step::Join(1),
    ];
    Program {
        scripts: vec![main, vec![Step::YieldUntil(a), Step::Write(b)]],
        threads: Vec::new(),
        locks: 0,
        cells: 1,
    }
}

#[test]
fn polling_ends_when_the_awaited_comes_under_every_strategy() {
    for (name, program) in that_end() {
        for strategy in strategies() {
            for delay in DELAYS {
                for (seed, memory) in [(0, Memory::Equal), (1, Memory::Counts)] {
                    let (end, steps) = ending(&program, strategy, seed, delay, memory);
                    let finished = end == Ending::Finished as u32;
                    assert!(
                        finished,
                        "{name}, {strategy:?}, {delay}: ending {end}, {steps} steps"
                    );
                }
            }
        }
    }
}

#[test]
fn polling_without_sleeping_takes_few_points() {
    for (name, program) in that_end()
        .into_iter()
        .filter(|(name, _)| !name.contains("sleeping"))
    {
        for strategy in strategies() {
            let (_, steps) = ending(&program, strategy, 0, NEVER, Memory::Equal);
            assert!(steps < 200, "{name}, {strategy:?}: {steps} steps");
        }
    }
}

/// Loops whose end never comes; and whether somebody is blocked meanwhile.
fn that_never_end() -> Vec<(&'static str, Program, bool)> {
    let alone = |step| Program {
        scripts: vec![vec![step]],
        threads: Vec::new(),
        locks: 1,
        cells: 1,
    };
    let twice = |step| Program {
        scripts: vec![vec![Step::Acquire(0), step]],
        threads: Vec::new(),
        locks: 1,
        cells: 1,
    };
    let three = Program {
        scripts: vec![
            vec![Step::Start(1), Step::ReadUntil(FLAG)],
            vec![Step::YieldUntil(Cell(0, 1))],
        ],
        threads: Vec::new(),
        locks: 0,
        cells: 1,
    };
    vec![
        ("a flag", alone(Step::ReadUntil(FLAG)), false),
        ("a flag, yielding", alone(Step::YieldUntil(FLAG)), false),
        ("a lock of its own", twice(Step::TryUntilTaken(0)), false),
        ("two tasks and two flags", three, false),
        (
            "a flag, while main joins",
            Program::of(vec![vec![Step::ReadUntil(FLAG)]]),
            true,
        ),
        ("a lock that main holds", main_holds(), true),
    ]
}

/// Main waits for a child that tries to take main's lock.
fn main_holds() -> Program {
    let main = vec![
        Step::Acquire(0),
        Step::Start(1),
        Step::Join(1),
        Step::Release(0),
    ];
    Program {
        scripts: vec![main, vec![Step::TryUntilTaken(0)]],
        threads: Vec::new(),
        locks: 1,
        cells: 0,
    }
}

#[test]
fn endless_polling_is_proved_when_states_recur() {
    for (name, program, blocked) in that_never_end() {
        for strategy in strategies() {
            for delay in DELAYS {
                let (end, steps) = ending(&program, strategy, 1, delay, Memory::Equal);
                let expected = if blocked {
                    Ending::Deadlock
                } else {
                    Ending::Livelock
                };
                assert_eq!(end, expected as u32, "{name}, {strategy:?}");
                assert!(steps < 2000, "{name}, {strategy:?}: {steps} steps");
            }
        }
    }
}

#[test]
fn endless_polling_with_a_counter_is_inconclusive() {
    for (name, program, _) in that_never_end() {
        for strategy in [Strategy::Natural, Strategy::RandomWalk] {
            let (end, steps) = ending(&program, strategy, 1, NEVER, Memory::Counts);
            assert_eq!(end, Ending::Inconclusive as u32, "{name}, {strategy:?}");
            assert_eq!(
                steps,
                sched_model::limits::MAX_STEPS,
                "{name}, {strategy:?}"
            );
        }
    }
}

#[test]
fn a_sleeper_that_would_bring_the_end_is_waited_for() {
    // The states of the poller recur, but the sleeper's is still to come.
    let main = vec![Step::Start(1), Step::ReadUntil(FLAG), Step::Join(1)];
    let child = vec![Step::Sleep(3_600_000_000_000), Step::Write(FLAG)];
    let program = Program {
        scripts: vec![main, child],
        threads: Vec::new(),
        locks: 0,
        cells: 1,
    };
    for strategy in strategies() {
        for delay in DELAYS {
            let (end, _) = ending(&program, strategy, 0, delay, Memory::Equal);
            assert_eq!(end, Ending::Finished as u32, "{strategy:?}");
        }
    }
}
