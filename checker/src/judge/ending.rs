//! What the end of a run shows: panics, exit codes, limits, races.

use sched_model::limits::{Excess, PANICKED};
use sched_model::run;
use sched_model::run::{End, Event, How, Race, Run, Site, TaskId, What};

use super::looking;
use super::taken::{is_taken, is_todo};
use super::unwound::Uses;
use super::{
    Found, MESSAGE_CHARS, consequence, deadlock, first_line, found, held, is_thread, line, name,
    shortened, weak,
};
use crate::facts::Verdict;
use crate::facts::fact::{Access, Detail, Ended, Fact, Label};
use crate::facts::said;

/// Longest excerpt of standard error in the details, in characters.
const STDERR_CHARS: usize = 2_000;
/// With this status main ends that returns an error.
const FAILURE: i32 = 1;
/// With this signal mp ends the daemons that are left.
const SIGTERM: i32 = 15;

/// Panics that nobody takes, signals that nobody sent, and main's exit status.
pub fn exits(run: &Run, uses: Uses) -> Vec<Found> {
    of_tasks(run, |id| !is_taken(run, id, uses))
}

/// Panics that somebody takes. They are no faults, but may be the reason of one.
pub fn taken(run: &Run, uses: Uses) -> Vec<Found> {
    of_tasks(run, |id| is_taken(run, id, uses))
}

fn of_tasks(run: &Run, counts: impl Fn(TaskId) -> bool) -> Vec<Found> {
    let counts = |id: &TaskId| counts(*id);
    let found = (0..run.tasks.len()).filter(counts);
    // The first panic is often the reason of the others.
    let mut found: Vec<Found> = found.filter_map(|id| exit(run, id)).collect();
    found.sort_by_key(|it| it.about.until.unwrap_or(usize::MAX));
    found.dedup_by(|a, b| a.finding.fact == b.finding.fact && a.finding.at == b.finding.at);
    found
}

/// What the end of a task shows, if it is no fine one.
fn exit(run: &Run, id: TaskId) -> Option<Found> {
    let task = run.tasks.get(id)?;
    if let Some((message, at)) = &task.panic {
        if is_todo(task) {
            let fact = Fact::Ended(Ended::Todo(task.name.clone()));
            return Some(found(Verdict::Pending, fact, at.as_ref()));
        }
        return Some(panicked(run, id, message, at.as_ref()));
    }
    // If the run did not end by itself, the checker ended the remaining tasks.
    if run.end != End::Finished {
        return None;
    }
    let ended = match task.exit_code? {
        0 => return None,
        code if code < 0 && signal_was_asked_for(run, id, -code) => return None,
        code if code < 0 => {
            let ran = Some(who_ran_last(run, id)).filter(|ran| *ran != id);
            Ended::Killed(task.name.clone(), -code, ran.map(|ran| name(run, ran)))
        }
        PANICKED if is_thread(id, task) => Ended::Panicked(task.name.clone(), None),
        PANICKED => Ended::AsPanicked(task.name.clone(), PANICKED),
        code if id == 0 => match returned(run).filter(|_| code == FAILURE) {
            Some(error) => Ended::Failed(error),
            None => Ended::Status(code),
        },
        // A child may tell its parent something by its exit code.
        _ => return None,
    };
    if let Some(reason) = of_a_child(run, id) {
        return Some(reason);
    }
    let said_all = matches!(ended, Ended::Failed(_)) && run.stderr.lines().count() == 1;
    let mut found = found(Verdict::Panic, Fact::Ended(ended), task.started_at.as_ref());
    found.about.task(id);
    if !run.stderr.trim().is_empty() && !said_all {
        let stderr = shortened(run.stderr.trim_end(), STDERR_CHARS);
        found.details.push(Detail::StandardError(stderr));
    }
    Some(found)
}

/// The panic of a child, if that is the reason why the task `id` ended.
fn of_a_child(run: &Run, id: TaskId) -> Option<Found> {
    exit(run, consequence::of_a_child(run, id)?)
}

/// What a panic shows, unless another task's was its reason.
fn panicked(run: &Run, id: TaskId, message: &str, at: Option<&Site>) -> Found {
    let task = &run.tasks[id];
    if let Some(elsewhere) = consequence::of_another(run, id, message, at) {
        return elsewhere;
    }
    if let Some(mut reason) = of_a_child(run, id) {
        reason.label(at, Label::PanickedToo(task.name.clone()));
        return reason;
    }
    let first_line = first_line(message);
    let is_all = first_line == *message;
    let panicked = Ended::Panicked(task.name.clone(), Some(first_line));
    let mut found = found(Verdict::Panic, Fact::Ended(panicked), at);
    let panics = |event: &Event| event.task == id && event.what == What::Panic;
    found.about.until = run.events.iter().rposition(panics);
    found.about.task(id);
    if !is_all {
        let message = shortened(message, STDERR_CHARS);
        found.details.push(Detail::PanicMessage(message));
    }
    found
}

/// The error that main returned, if that is how it ended: Rust writes it to standard error last.
fn returned(run: &Run) -> Option<String> {
    let exits = |event: &&Event| event.task == 0 && matches!(event.what, What::Exit(_));
    let exit = run.events.iter().rev().find(exits)?;
    // Whoever calls `exit` does that in a line.
    if exit.at.as_ref().is_some_and(|at| !at.is_ours()) {
        return None;
    }
    let mut lines = run.stderr.lines().rev();
    let error = lines.find_map(|line| line.strip_prefix(said::ERROR))?;
    Some(shortened(error, MESSAGE_CHARS))
}

/// The task of a process that did something last.
fn who_ran_last(run: &Run, process: TaskId) -> TaskId {
    let of_it = |task: TaskId| run.tasks.get(task).is_some_and(|t| t.process == process);
    let mut events = run.events.iter().rev();
    let last = events.find(|event| of_it(event.task) && !matches!(event.what, What::Exit(_)));
    last.map_or(process, |event| event.task)
}

/// Whether a task of the program sent the signal, or the end of main did, to a daemon.
fn signal_was_asked_for(run: &Run, id: TaskId, signal: i32) -> bool {
    let sent = What::Signal(id, signal);
    id != 0
        && (run.tasks[id].daemon && signal == SIGTERM
            || run.events.iter().any(|event| event.what == sent))
}

/// What the way in which the run ended says; `of_exercise`: no answer comes near a limit. A program of
/// one's own may be right and large.
pub fn end(run: &Run, of_exercise: bool) -> Option<Found> {
    let of = |verdict, ended, at| found(verdict, Fact::Ended(ended), at);
    Some(match &run.end {
        End::Finished => return None,
        End::Deadlock { waits, cycle } => deadlock::deadlock(run, waits, cycle),
        End::Livelock { tasks } => livelock(run, tasks),
        End::EndlessLoop { task, last } => {
            let line = last.as_ref().map(|at| at.line);
            let computes = Ended::Computes(name(run, *task), line);
            of(Verdict::EndlessLoop, computes, last.as_ref())
        }
        End::TooMuchOutput { task } => {
            let printed = run.output.iter().rev().find(|line| line.task == *task);
            let at = printed.and_then(|line| line.at.as_ref());
            let ended = Ended::PrintedTooMuch(name(run, *task));
            of(Verdict::TooMuchOutput, ended, at)
        }
        End::OutOfMemory { task } => {
            let events = run.events.iter().rev();
            let mut sites = events
                .filter(|event| event.task == *task)
                .map(|event| &event.at);
            let at = sites.find_map(Option::as_ref);
            of(
                Verdict::OutOfMemory,
                Ended::TooMuchMemory(name(run, *task)),
                at,
            )
        }
        End::Inconclusive { reason, at } => {
            let ended = Ended::GaveUp(reason.clone());
            let over = of_exercise && Excess::of(reason).is_some();
            let verdict = match over {
                true => Verdict::OverLimit,
                false => Verdict::Inconclusive,
            };
            of(verdict, ended, at.as_ref())
        }
    })
}

/// Who repeats itself, and where.
fn livelock(run: &Run, tasks: &[(TaskId, Option<Site>)]) -> Found {
    let names = tasks.iter().map(|(task, _)| name(run, *task)).collect();
    let first = tasks.first().and_then(|(_, at)| at.as_ref());
    let in_vain = match tasks {
        [(task, _)] => looking::in_vain(run, *task),
        _ => None,
    };
    let ended = in_vain.unwrap_or(Ended::Repeat(names));
    let mut found = found(Verdict::Livelock, Fact::Ended(ended), first);
    for (task, at) in tasks {
        found.label(at.as_ref(), Label::Repeats(name(run, *task)));
        found.about.task(*task);
    }
    found
}

/// The first race of the run; more of them would say the same.
pub fn races(run: &Run) -> Option<Found> {
    let race = run.races.first()?;
    let object = run.objects.get(race.object);
    let [first, second] = [&race.first, &race.second].map(|access| Access {
        task: name(run, access.task),
        how: if access.write { How::Write } else { How::Read },
        line: line(access.at.as_ref()),
    });
    let fact = Fact::Race {
        cell: (object.map(|object| object.name.clone()), race.index),
        first: first.clone(),
        second: second.clone(),
    };
    let mut found = found(Verdict::DataRace, fact, race.second.at.as_ref());
    found.label(race.first.at.as_ref(), Label::Accesses(first.clone()));
    found.about.object(Some(race.object));
    found.about.task(race.first.task);
    found.about.task(race.second.task);
    if let Some((one, two)) = accesses(run, race) {
        found.about.event(run, one);
        found.about.event(run, two);
        found.about.until = Some(two);
        let held = |task, event| held::named(run, task, event);
        let first = (first, held(race.first.task, one));
        let second = (second, held(race.second.task, two));
        found.details.push(Detail::LocksHeld(vec![first, second]));
        let tasks = (race.first.task, race.second.task);
        let weak = weak::order(run, (tasks.0, one + 1), (tasks.1, two));
        found.details.extend(weak);
    }
    Some(found)
}

/// The events of the two accesses of a race.
pub fn accesses(run: &Run, race: &Race) -> Option<(usize, usize)> {
    let is = |event: &Event, access: &run::Access| {
        let writes = match event.what {
            What::Read(index, _) if index == race.index => false,
            What::Wrote(index, _) | What::Updated(index, _) if index == race.index => true,
            _ => return false,
        };
        let same = event.task == access.task && event.object == Some(race.object);
        same && writes == access.write && event.at == access.at
    };
    let events = run.events.iter().enumerate();
    let mut second = events.clone().filter(|(_, event)| is(event, &race.second));
    second.find_map(|(second, _)| {
        let before = &run.events[..second];
        let first = before.iter().rposition(|event| is(event, &race.first))?;
        Some((first, second))
    })
}

#[cfg(test)]
mod tests {
    use super::super::build::{FILE, RunBuilder, details, labels, site, told};
    use super::*;
    use crate::facts::Place;

    fn one(found: Vec<Found>) -> Found {
        assert_eq!(found.len(), 1, "{found:?}");
        found.into_iter().next().expect("one finding")
    }

    fn all_exits(run: &Run) -> Vec<Found> {
        exits(run, &|_| true)
    }

    fn ended(builder: RunBuilder) -> Found {
        end(&builder.run(), true).expect("a finding")
    }

    fn line(line: u32) -> Place {
        Place {
            file: FILE.into(),
            line,
        }
    }

    #[test]
    fn a_panic_names_task_message_and_line() {
        let found = one(all_exits(
            &RunBuilder::new(1)
                .panic(1, "index out of bounds\nmore")
                .run(),
        ));
        assert_eq!(found.finding.verdict, Verdict::Panic);
        assert_eq!(told(&found), "Process-1 panicked: index out of bounds");
        assert_eq!(found.finding.at, Some(line(20)));
        assert_eq!(
            details(&found),
            ["The panic's message:\nindex out of bounds\nmore"]
        );
    }

    #[test]
    fn a_todo_is_pending() {
        for message in ["not yet implemented", "not yet implemented: lock it"] {
            let found = one(all_exits(&RunBuilder::new(1).panic(1, message).run()));
            assert_eq!(found.finding.verdict, Verdict::Pending);
        }
        let found = one(all_exits(
            &RunBuilder::new(1).panic(1, "not implemented").run(),
        ));
        assert_eq!(found.finding.verdict, Verdict::Panic);
    }

    #[test]
    fn a_panic_in_a_thread_counts_unless_it_was_joined() {
        let left = RunBuilder::new(2).thread(1, 0).panic(1, "no").unjoined(1);
        let found = one(all_exits(&left.run()));
        assert_eq!(told(&found), "Process-1 panicked: no");
        assert_eq!(
            all_exits(&RunBuilder::new(2).thread(1, 0).panic(1, "no").run()),
            []
        );
        // If the join itself panics, the thread's own panic is what one wants to know.
        for message in [said::SCOPED, "called `unwrap()`: Any { .. }"] {
            let run = RunBuilder::new(2).thread(1, 0).panic(1, "no");
            let found = one(all_exits(&run.panic(0, message).run()));
            assert_eq!(told(&found), "Process-1 panicked: no");
        }
        let run = RunBuilder::new(2).panic(0, said::SCOPED).run();
        assert_eq!(
            told(&one(all_exits(&run))),
            "main panicked: a scoped thread panicked"
        );
    }

    #[test]
    fn a_signal_names_the_thread_that_ran() {
        let run = RunBuilder::new(1)
            .thread(1, 0)
            .event(1, What::Yield)
            .exit(0, -11);
        assert_eq!(
            told(&one(all_exits(&run.run()))),
            "main was ended by signal 11 (SIGSEGV) while Process-1 ran"
        );
    }

    #[test]
    fn an_error_that_main_returned_is_told_as_what_it_was() {
        let sentence = |found: &Found| told(found);
        let returned = |code, stderr: &str| {
            let run = RunBuilder::new(0).event(0, What::Exit(code));
            let found = one(all_exits(&run.exit(0, code).stderr(stderr).run()));
            (sentence(&found), details(&found).len())
        };
        let error = "Error: Custom { kind: PermissionDenied }\n";
        let error_told = "main returned an error: Custom { kind: PermissionDenied }";
        assert_eq!(returned(1, error), (error_told.to_owned(), 0));
        assert_eq!(
            returned(1, &format!("x\n{error}")),
            (error_told.to_owned(), 1)
        );
        assert_eq!(returned(2, error).0, "main ended with exit status 2");
        let run = RunBuilder::new(0).event_at(0, What::Exit(1), 7, None);
        let found = one(all_exits(&run.exit(0, 1).stderr(error).run()));
        assert_eq!(sentence(&found), "main ended with exit status 1");
    }

    #[test]
    fn main_must_exit_with_0_but_a_child_need_not() {
        let run = RunBuilder::new(1)
            .exit(0, 2)
            .exit(1, 3)
            .stderr("Error: no\n")
            .run();
        let found = one(all_exits(&run));
        assert_eq!(told(&found), "main ended with exit status 2");
        assert_eq!(details(&found), ["Standard error:\nError: no"]);
    }

    #[test]
    fn a_child_that_exits_as_after_a_panic_panicked() {
        let found = one(all_exits(&RunBuilder::new(1).exit(1, 101).run()));
        assert_eq!(told(&found), "Process-1 panicked (exit status 101)");
    }

    #[test]
    fn a_signal_that_nobody_sent_is_a_panic() {
        let found = one(all_exits(&RunBuilder::new(1).exit(1, -11).run()));
        assert_eq!(found.finding.verdict, Verdict::Panic);
        assert_eq!(told(&found), "Process-1 was ended by signal 11 (SIGSEGV)");
    }

    #[test]
    fn a_signal_that_the_program_sent_is_fine() {
        let run = RunBuilder::new(1)
            .event(0, What::Signal(1, 9))
            .exit(1, -9)
            .run();
        assert_eq!(all_exits(&run), []);
        let other = RunBuilder::new(2)
            .event(0, What::Signal(1, 9))
            .exit(2, -9)
            .run();
        assert_eq!(all_exits(&other).len(), 1);
    }

    #[test]
    fn a_daemon_is_terminated_at_the_end_of_main() {
        assert_eq!(
            all_exits(&RunBuilder::new(1).daemon(1).exit(1, -15).run()),
            []
        );
        assert_eq!(all_exits(&RunBuilder::new(1).exit(1, -15).run()).len(), 1);
    }

    #[test]
    fn exit_codes_of_tasks_that_the_checker_ended_do_not_count() {
        let run = RunBuilder::new(1)
            .exit(0, -9)
            .exit(1, -9)
            .deadlock(vec![], vec![])
            .run();
        assert_eq!(all_exits(&run), []);
    }

    #[test]
    fn each_other_end_has_its_verdict() {
        let site = site(7);
        for (end, verdict, message) in [
            (
                End::Livelock {
                    tasks: vec![(0, site.clone()), (1, None)],
                },
                Verdict::Livelock,
                "main and Process-1 repeat the same steps for ever, and nothing changes",
            ),
            (
                End::EndlessLoop {
                    task: 1,
                    last: site.clone(),
                },
                Verdict::EndlessLoop,
                "Process-1 computes without end after line 7",
            ),
            (
                End::TooMuchOutput { task: 1 },
                Verdict::TooMuchOutput,
                "Process-1 printed more than a program may print",
            ),
            (
                End::OutOfMemory { task: 0 },
                Verdict::OutOfMemory,
                "main asked for more memory than a program may have",
            ),
            (
                End::Inconclusive {
                    reason: "blocked in poll".into(),
                    at: site.clone(),
                },
                Verdict::Inconclusive,
                "blocked in poll",
            ),
            (
                End::Inconclusive {
                    reason: Excess::Disk.text().into(),
                    at: site.clone(),
                },
                Verdict::OverLimit,
                "the program fills the disk",
            ),
        ] {
            let found = ended(RunBuilder::new(1).end(end));
            assert_eq!((found.finding.verdict, &*told(&found)), (verdict, message));
        }
    }

    #[test]
    fn a_race_tells_both_accesses() {
        let found = races(&RunBuilder::new(2).lock("RawValue-1").race(0, 3).run());
        let found = found.expect("a finding");
        let finding = &found.finding;
        assert_eq!(finding.verdict, Verdict::DataRace);
        assert_eq!(
            told(&found),
            "Process-1 writes element 3 of RawValue-1 (line 30) and Process-2 reads it (line 31), \
             and nothing orders the two"
        );
        assert_eq!(finding.at, Some(line(31)));
        assert_eq!(
            labels(&found),
            [(line(30), "Process-1 writes it here".to_owned())]
        );
    }
}
