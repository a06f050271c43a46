//! Threads that stand in for processes: the lines are right, and too few processes printed them.

use std::collections::BTreeSet;

use sched_model::run::{Run, TaskId};

use super::{Found, LINE_CHARS, found, is_thread, name, shortened};
use crate::course::View;
use crate::facts::Verdict;
use crate::facts::fact::{Fact, Text, Unmet};

/// The first line that a thread printed where a process of its own should, in a transcript that is
/// as expected. What is expected there of `child` is the work of another process than main's, and
/// where lines are grouped, of another process than those of the other groups.
pub fn thread(view: &View, run: &Run) -> Option<Found> {
    let grouped = match view {
        View::Exact | View::Sorted => false,
        View::ByTask | View::Blocks { .. } => true,
        View::Text | View::AsUndisturbed => return None,
    };
    let process = |task: TaskId| run.tasks.get(task).map_or(task, |it| it.process);
    let printed: BTreeSet<TaskId> = run.output.iter().map(|line| line.task).collect();
    let is_other = |task: TaskId, other: TaskId| other != task && process(other) == process(task);
    let too_few = |task: TaskId| {
        process(task) == 0 || grouped && printed.iter().any(|&other| is_other(task, other))
    };
    let stands_in = |task: TaskId| {
        let thread = run.tasks.get(task).is_some_and(|it| is_thread(task, it));
        thread && too_few(task)
    };
    let index = run.output.iter().position(|line| stands_in(line.task))?;
    let line = run.output.get(index)?;
    let text = Text {
        task: name(run, line.task),
        text: shortened(&line.text, LINE_CHARS),
    };
    let unmet = Unmet::Thread(text, name(run, process(line.task)));
    let mut found = found(Verdict::Requirement, Fact::Unmet(unmet), line.at.as_ref());
    found.about.until = found.about.line(run, index);
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::super::build::{self, RunBuilder};
    use super::*;

    fn told(view: &View, run: RunBuilder) -> Option<String> {
        thread(view, &run.run()).map(|found| build::told(&found))
    }

    /// Main and two others, of which the second is a thread of `process`.
    fn run(process: TaskId) -> RunBuilder {
        let run = RunBuilder::new(2).thread(2, process).print(0, "open");
        run.print(2, "a").print(0, "closed")
    }

    #[test]
    fn a_thread_of_main_is_no_process() {
        let says = |it: Option<String>| it.expect("is told").contains("a thread of main");
        assert!(says(told(&View::ByTask, run(0))));
        assert!(says(told(&View::Exact, run(0))));
        assert!(says(told(&View::Sorted, run(0))));
        assert_eq!(told(&View::AsUndisturbed, run(0)), None);
    }

    #[test]
    fn a_process_may_do_its_work_in_a_thread_and_two_threads_are_not_two_processes() {
        assert_eq!(told(&View::ByTask, run(1)), None);
        let both = || run(1).print(1, "b");
        assert!(told(&View::ByTask, both()).is_some());
        assert_eq!(told(&View::Exact, both()), None);
        assert_eq!(told(&View::ByTask, run(2).print(1, "b")), None);
    }
}
