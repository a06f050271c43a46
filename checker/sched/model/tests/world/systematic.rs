//! Systematic exploration: what it leaves out is equivalent to what it runs.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sched_host::decode::{Sites, decode};
use sched_host::systematic::{Prints, Systematic};
use sched_model::Strategy;
use sched_model::engine::world::{Config, NEVER, ReplayRecord};
use sched_model::run::{End, Run, What};

use crate::cases;
use crate::pooled::Pooled;
use crate::program::{Program, guards, racy};
use crate::sim::{Memory, Sim, config};

/// More runs than a test of one program takes.
const MOST: usize = 3000;

fn run(program: &Program, begins: &[u32]) -> Run {
    let mut world = Pooled::used();
    for (slot, task) in world.replay.iter_mut().zip(begins) {
        *slot = ReplayRecord::new(*task, 0, 1);
    }
    let config = Config {
        list_len: u32::try_from(begins.len()).expect("few choices"),
        ..config(Strategy::Systematic, 0, NEVER)
    };
    let (_, world) = Sim::new(world, program, config, Memory::Equal).run();
    decode(&world, &mut Sites::default())
}

/// What the tasks of a run did, each by itself, and how the run ended.
fn seen(run: &Run) -> String {
    let of = |task| {
        let own = run.events.iter().filter(move |event| event.task == task);
        // That a task waited is not a difference; what it then found is.
        own.filter(|event| !matches!(event.what, What::Blocked | What::JoinWait(_)))
            .map(|event| format!("{:?} {:?}", event.what, event.object))
            .collect::<Vec<_>>()
    };
    // A deadlock ends a run at once, wherever those who have nothing to do with it are.
    let tasks = if run.end == End::Finished {
        0..run.tasks.len()
    } else {
        0..0
    };
    let tasks: Vec<_> = tasks.map(of).collect();
    let end = format!("{:?}", run.end);
    let end = end
        .split_once(' ')
        .map_or(end.clone(), |(word, _)| word.to_owned());
    format!("{end} {tasks:?}")
}

/// All that is seen, and in how many runs; `None` where there are too many.
fn explore(program: &Program, preemptions: u32, reduce: bool) -> Option<(BTreeSet<String>, usize)> {
    let mut systematic = Systematic::new(preemptions, Prints::Free, reduce);
    let (mut all, mut count) = (BTreeSet::new(), 0);
    while let Some(begins) = systematic.begins() {
        let begins: Vec<u32> = begins.iter().map(|choice| choice.task as u32).collect();
        let run = run(program, &begins);
        assert!(systematic.learn(&run), "a run does not follow its choices");
        all.insert(seen(&run));
        count += 1;
        if count > MOST {
            return None;
        }
    }
    Some((all, count))
}

fn same_with_and_without_reduction(
    program: &Program,
    preemptions: u32,
) -> Result<(), TestCaseError> {
    let Some((full, runs)) = explore(program, preemptions, false) else {
        return Ok(());
    };
    let (reduced, fewer) = explore(program, preemptions, true).expect("not more than without");
    prop_assert!(fewer <= runs, "{fewer} runs instead of {runs}");
    prop_assert_eq!(reduced, full);
    Ok(())
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn nothing_is_missed_among_locks(program in guards(), preemptions in 0..4_u32) {
        same_with_and_without_reduction(&program, preemptions)?;
    }

    #[test]
    fn nothing_is_missed_among_threads_which_their_process_may_cut_off(
        mut program in racy(), preemptions in 0..3_u32,
    ) {
        program.threads = (1..program.scripts.len()).collect();
        same_with_and_without_reduction(&program, preemptions)?;
    }

    #[test]
    fn nothing_is_missed_among_cells(program in racy(), preemptions in 0..4_u32) {
        same_with_and_without_reduction(&program, preemptions)?;
    }
}
