//! Whether somebody takes what a panic leaves: then it is no fault of itself. It counts where it
//! ends main, or where nobody took it and nobody was about to.

use sched_model::run::{End, Run, Site, Task, TaskId, What};

use super::is_thread;
use super::unwound::{self, Uses, panicked};
use crate::facts::said;

/// Whether somebody took what the end of a task told, or might have if the run had gone on.
pub fn is_taken(run: &Run, id: TaskId, uses: Uses) -> bool {
    let Some(task) = run.tasks.get(id).filter(|task| panicked(task)) else {
        return false;
    };
    // What is still to be written is told in any case.
    if task.parent.is_none() || is_todo(task) {
        return false;
    }
    if is_thread(id, task) {
        task.joined
            || task.poison_seen
            || !task.let_go && is_cut_short(run, task.process)
            || unwound::is_learned(run, id, uses)
    } else {
        let process = |parent: TaskId| run.tasks.get(parent).map(|parent| parent.process);
        let parent = task.parent.and_then(process);
        told(run, id, uses) || parent.is_some_and(|it| ended_from_outside(run, it))
    }
}

/// Whether a task ended where something is still to be written.
pub fn is_todo(task: &Task) -> bool {
    let panic = task.panic.as_ref();
    panic.is_some_and(|(message, _)| message.starts_with(said::TODO))
}

/// Whether the exit code of a process was told to a line that uses it.
fn told(run: &Run, id: TaskId, uses: Uses) -> bool {
    let mut events = run.events.iter();
    events.any(|event| {
        let used = |at: &Site| !at.is_ours() && uses(at);
        event.what == What::Joined(id) && event.at.as_ref().is_none_or(used)
    })
}

/// Whether a thread of this process might still have joined another one: it ended only because its
/// process did, or because the run was given up.
fn is_cut_short(run: &Run, process: TaskId) -> bool {
    let goes_on = |task: &Task| task.process == process && task.exit_code.is_none();
    let over = matches!(run.end, End::Finished | End::Inconclusive { .. });
    over && run.tasks.iter().any(goes_on) || ended_from_outside(run, process)
}

/// Whether a process was ended, by a signal or with the run, before it could do all that it would.
fn ended_from_outside(run: &Run, process: TaskId) -> bool {
    let given_up = matches!(run.end, End::Inconclusive { .. });
    match run.tasks.get(process).and_then(|task| task.exit_code) {
        Some(code) => code < 0,
        None => given_up,
    }
}

#[cfg(test)]
mod tests {
    use super::super::build::RunBuilder;
    use sched_model::limits::ABORTED;

    use super::*;

    fn taken(run: RunBuilder) -> bool {
        is_taken(&run.run(), 1, &|at| at.line != 7)
    }

    #[test]
    fn an_exit_code_is_taken_by_a_line_that_uses_it() {
        let child = || RunBuilder::new(1).panic(1, "no");
        assert!(!taken(child()));
        assert!(taken(child().event_at(0, What::Joined(1), 8, None)));
        assert!(!taken(child().event_at(0, What::Joined(1), 7, None)));
        let again = child().event_at(0, What::Joined(1), 7, None);
        assert!(taken(again.event_at(0, What::Joined(1), 9, None)));
        let alive = What::IsAlive(1, false);
        assert!(
            !taken(child().event_at(0, alive, 8, None)),
            "that tells no code"
        );
    }

    #[test]
    fn an_abort_without_a_panic_is_no_panic() {
        let told = |run: RunBuilder| taken(run.event_at(0, What::Joined(1), 8, None));
        assert!(!told(RunBuilder::new(1).exit(1, ABORTED)));
        assert!(told(RunBuilder::new(1).panic(1, "no").exit(1, ABORTED)));
    }

    #[test]
    fn who_was_ended_might_have_looked() {
        let chain = || RunBuilder::new(2).parent(1, 2).panic(1, "no");
        assert!(!taken(chain()));
        assert!(taken(chain().exit(2, -9)));
        assert!(!taken(chain().exit(2, 3)));
    }

    #[test]
    fn a_thread_is_taken_by_a_join_by_poison_or_by_one_that_is_cut_short_before() {
        let left = || {
            RunBuilder::new(2)
                .thread(1, 0)
                .thread(2, 0)
                .panic(1, "no")
                .unjoined(1)
        };
        assert!(!taken(left()));
        assert!(taken(RunBuilder::new(1).thread(1, 0).panic(1, "no")));
        assert!(taken(left().change(1, |task| task.poison_seen = true)));
        let cut_short = || left().change(2, |task| task.exit_code = None);
        assert!(taken(cut_short()));
        assert!(!taken(cut_short().change(1, |task| task.let_go = true)));
        assert!(
            !taken(cut_short().deadlock(vec![], vec![])),
            "it will never join"
        );
    }

    #[test]
    fn nobody_takes_what_ends_main() {
        let run = RunBuilder::new(1)
            .panic(0, "no")
            .event_at(1, What::Joined(0), 8, None);
        assert!(!is_taken(&run.run(), 0, &|_| true));
    }
}
