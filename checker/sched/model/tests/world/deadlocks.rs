//! Deadlocks are found where there are some, and nowhere else: against an exhaustive search.

use std::collections::HashSet;

use proptest::prelude::*;
use sched_model::Strategy as Schedule;
use sched_model::engine::world::{Ending, NEVER, NONE, World, state};

use crate::pooled::Pooled;
use crate::program::{Program, Step, disciplined, guards};
use crate::sim::{At, Memory, Sim, config, run};
use crate::{DELAYS, cases, strategies};

/// All states that the children of a program of guards can reach: where each stands.
struct Search<'a> {
    scripts: &'a [Vec<Step>],
    seen: HashSet<Vec<usize>>,
}

impl<'a> Search<'a> {
    fn of(program: &'a Program) -> Self {
        Self {
            scripts: &program.scripts[1..],
            seen: HashSet::new(),
        }
    }

    fn holds(&self, task: usize, pc: usize, lock: usize) -> bool {
        let done = self.scripts[task][..pc].iter();
        done.fold(false, |held, step| match *step {
            Step::Guard(l) if l == lock => true,
            Step::Release(l) if l == lock => false,
            _ => held,
        })
    }

    fn can_step(&self, at: &[usize], task: usize) -> bool {
        match self.scripts[task].get(at[task]) {
            None => false,
            Some(&Step::Guard(l)) => !(0..at.len()).any(|t| self.holds(t, at[t], l)),
            Some(_) => true,
        }
    }

    /// Goes through all that follows; counts the final states: (all finished, some blocked for ever).
    fn ends(&mut self, at: Vec<usize>) -> (bool, bool) {
        if !self.seen.insert(at.clone()) {
            return (false, false);
        }
        let movable: Vec<usize> = (0..at.len()).filter(|&t| self.can_step(&at, t)).collect();
        if movable.is_empty() {
            let finished = (0..at.len()).all(|t| at[t] == self.scripts[t].len());
            return (finished, !finished);
        }
        let mut ends = (false, false);
        for task in movable {
            let mut next = at.clone();
            next[task] += 1;
            let (finished, blocked) = self.ends(next);
            ends = (ends.0 | finished, ends.1 | blocked);
        }
        ends
    }
}

/// Whether some order of the program's tasks deadlocks.
fn can_deadlock(program: &Program) -> bool {
    Search::of(program)
        .ends(vec![0; program.scripts.len() - 1])
        .1
}

/// Whether the children can still all finish from where they stand.
fn can_finish(sim: &Sim<'_>) -> bool {
    let mut at: Vec<usize> = sim.program.scripts[1..].iter().map(|_| 0).collect();
    for local in sim.locals.iter().filter(|local| local.script > 0) {
        at[local.script - 1] = if local.at == At::Gone {
            usize::MAX
        } else {
            local.pc
        };
    }
    for (pc, script) in at.iter_mut().zip(&sim.program.scripts[1..]) {
        *pc = (*pc).min(script.len());
    }
    Search::of(sim.program).ends(at).0
}

/// The reported cycle is one: each task in it waits for a lock that the next one holds.
fn check_cycle(sim: &Sim<'_>) {
    let world: &World = &sim.world;
    assert_ne!(world.end_task, NONE, "nobody closed the cycle");
    let path: Vec<u32> = world.cycle_from(world.end_task, true).tasks().collect();
    assert!(!path.is_empty(), "no cycle is reported");
    for (at, &task) in path.iter().enumerate() {
        assert_eq!(world.task(task).state, state::BLOCKED);
        let lock = world.task(task).wait_object as usize;
        assert_eq!(sim.holder_of(lock), Some(path[(at + 1) % path.len()]));
    }
}

/// How many of the schedules end in a deadlock; each is checked against the search.
fn deadlocks(program: &Program, strategy: Schedule, schedules: u64) -> usize {
    let deadlocks = |seed: &u64| {
        let config = config(strategy, *seed, NEVER);
        let mut sim = Sim::new(Pooled::used(), program, config, Memory::Equal);
        sim.run_on();
        if sim.world.ending == Ending::Finished as u32 {
            return false;
        }
        assert_eq!(sim.world.ending, Ending::Deadlock as u32);
        check_cycle(&sim);
        assert!(
            !can_finish(&sim),
            "reported as blocked for ever, and yet there is a way on"
        );
        true
    };
    (0..schedules).filter(deadlocks).count()
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn locks_taken_in_order_never_deadlock(program in disciplined(), seed: u64) {
        for strategy in strategies() {
            for delay in DELAYS {
                let outcome = run(&program, config(strategy, seed, delay));
                prop_assert!(outcome.is(Ending::Finished), "{:?} {}", strategy, delay);
            }
        }
    }

    #[test]
    fn random_walk_finds_the_deadlocks_that_a_search_finds(program in guards()) {
        let found = deadlocks(&program, Schedule::RandomWalk, 300) > 0;
        prop_assert_eq!(found, can_deadlock(&program));
    }

    #[test]
    fn no_strategy_reports_a_deadlock_that_is_none(program in guards()) {
        for strategy in strategies() {
            let found = deadlocks(&program, strategy, 5) > 0;
            prop_assert!(!found || can_deadlock(&program), "{:?}", strategy);
        }
    }
}

#[test]
fn about_half_of_the_random_guard_programs_can_deadlock() {
    // Otherwise the properties above would hold for want of cases.
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::new(cases(1));
    let can = (0..200).filter(|_| {
        let tree = guards().new_tree(&mut runner).expect("no filters");
        can_deadlock(&tree.current())
    });
    let can = can.count();
    assert!((30..170).contains(&can), "{can} of 200");
}

/// Main and child take two locks in opposite orders, by acquire, which anyone could give back.
#[test]
fn without_owners_a_deadlock_is_one_when_nobody_is_left() {
    let child = |a, b| {
        vec![
            Step::Acquire(a),
            Step::Acquire(b),
            Step::Release(b),
            Step::Release(a),
        ]
    };
    let program = Program::of(vec![child(0, 1), child(1, 0)]);
    let mut found = 0;
    for seed in 0..50 {
        let mut sim = Sim::new(
            Pooled::used(),
            &program,
            config(Schedule::RandomWalk, seed, NEVER),
            Memory::Equal,
        );
        sim.run_on();
        if sim.world.ending == Ending::Deadlock as u32 {
            found += 1;
            assert_eq!(sim.world.end_task, NONE, "no cycle is certain");
            let around = |task| sim.world.cycle_from(task, false).tasks().count();
            assert_eq!(
                [1, 2].map(around),
                [2, 2],
                "but the two wait for each other"
            );
        }
    }
    assert!(found > 5, "{found} of 50");
}

#[test]
fn a_task_that_takes_its_own_guard_again_deadlocks_while_others_still_run() {
    let program = Program::of(vec![
        vec![Step::Guard(0), Step::Guard(0)],
        vec![Step::Print; 50],
    ]);
    let mut sim = Sim::new(
        Pooled::used(),
        &program,
        config(Schedule::BreadthFirst, 0, NEVER),
        Memory::Equal,
    );
    sim.run_on();
    assert_eq!(sim.world.ending, Ending::Deadlock as u32);
    assert_eq!(sim.world.end_task, 1);
    assert!(sim.world.cycle_from(1, true).tasks().eq([1]));
    assert_ne!(sim.world.task(2).state, state::EXITED);
}
