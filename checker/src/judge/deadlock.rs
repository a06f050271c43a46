//! Deadlocks: who waits for what, which line took it.

use sched_model::run::{End, Event, Run, Site, TaskId, Wait, What};

use super::blocked_forever::{cause, held_at_fork, holder_is_gone, is_held_at_fork, wait_to_tell};
use super::{Found, found, line, name};
use crate::facts::fact::{Awaited, Detail, Fact, Held, Label, Waiting};
use crate::facts::{About, Cause, Verdict};

/// How many waiting tasks the details name.
const WAITS_SHOWN: usize = 8;

/// Who waits for what: in a cycle, or because a task never gave it back.
pub fn deadlock(run: &Run, waits: &[Wait], cycle: &[TaskId]) -> Found {
    let wait_of = |task: &TaskId| waits.iter().find(|wait| wait.task == *task);
    let in_cycle: Vec<&Wait> = cycle.iter().filter_map(wait_of).collect();
    let forked = in_cycle.iter().find(|wait| is_held_at_fork(run, wait));
    let (shown, cause) = if let Some(wait) = forked {
        (vec![*wait], Some(Cause::HeldAtFork))
    } else if in_cycle.is_empty() {
        let told = wait_to_tell(run, waits);
        let cause = told.and_then(|(_, cause)| cause);
        (Vec::from_iter(told.map(|(wait, _)| wait)), cause)
    } else if let [wait] = in_cycle[..] {
        let itself = holds_it_itself(wait).then_some(Cause::SelfDeadlock);
        (vec![wait], itself.or_else(|| cause(run, wait)))
    } else {
        let only_held = in_cycle.iter().all(|wait| wait.holder.is_some());
        let cause = in_cycle.iter().find_map(|wait| cause(run, wait));
        (
            in_cycle.clone(),
            only_held.then_some(Cause::LockCycle).or(cause),
        )
    };
    let waiting = shown.iter().map(|wait| waiting(run, wait)).collect();
    let first = shown.first().and_then(|wait| wait.at.as_ref());
    let mut found = found(Verdict::Deadlock, Fact::Deadlock(waiting), first);
    found.cause = cause;
    for wait in &shown {
        label_wait(run, wait, &mut found);
        show_wait(run, wait, &mut found.about);
    }
    for task in (0..run.tasks.len()).filter(|&task| repeats(run, task)) {
        let label = Label::RepeatsForEver(name(run, task));
        found.label(last_line(run, task), label);
        found.about.task(task);
    }
    if in_cycle.len() > 1 {
        found.details.push(circle(run, &in_cycle));
    }
    found.details.extend(wait_list(run, waits, &shown));
    found
}

/// Who waits for what, since which event, and who took it, in which one.
fn show_wait(run: &Run, wait: &Wait, about: &mut About) {
    about.task(wait.task);
    about.object(wait.object);
    let holder = wait.holder.as_ref().map(|holder| holder.0);
    let far_side = wait.far_side.iter().flatten().copied();
    let others = holder.into_iter().chain(wait.child).chain(far_side);
    others.for_each(|task| about.task(task));
    let last = |task: TaskId, what: What| {
        let is_it = |it: &Event| it.task == task && it.what == what && it.object == wait.object;
        run.events.iter().rposition(is_it)
    };
    let begins = last(wait.task, What::Blocked);
    let joins = wait
        .child
        .and_then(|child| last(wait.task, What::JoinWait(child)));
    let took = holder.and_then(|holder| last(holder, What::Acquired));
    let shown = [begins, joins, took].into_iter().flatten();
    shown.for_each(|event| about.event(run, event));
}

/// The cycle of waits: each task, and what it waits for.
fn circle(run: &Run, cycle: &[&Wait]) -> Detail {
    let wait = |wait: &&Wait| {
        let object = wait.object.and_then(|object| run.objects.get(object));
        (
            name(run, wait.task),
            object.map(|object| object.name.clone()),
        )
    };
    Detail::Circle(cycle.iter().map(wait).collect())
}

fn holds_it_itself(wait: &Wait) -> bool {
    wait.holder
        .as_ref()
        .is_some_and(|(holder, _)| *holder == wait.task)
}

/// Whether a task neither waits nor has ended. If there is no cycle of waits, the run was ended
/// because all such tasks repeat the same steps for ever.
fn repeats(run: &Run, task: TaskId) -> bool {
    let End::Deadlock { waits, cycle } = &run.end else {
        return false;
    };
    let ended = run.tasks.get(task).is_none_or(|it| it.exit_code.is_some());
    cycle.is_empty() && !ended && waits.iter().all(|wait| wait.task != task)
}

/// The line at which a task was last.
fn last_line(run: &Run, task: TaskId) -> Option<&Site> {
    let mut events = run.events.iter().rev().filter(|event| event.task == task);
    events.find_map(|event| event.at.as_ref())
}

fn label_wait(run: &Run, wait: &Wait, found: &mut Found) {
    let what = || awaited(run, wait);
    found.label(wait.at.as_ref(), Label::Waits(name(run, wait.task), what()));
    if let Some((holder, since)) = &wait.holder {
        found.label(since.as_ref(), Label::Took(name(run, *holder), what()));
    }
}

/// Who waits for what, and who has it.
fn waiting(run: &Run, wait: &Wait) -> Waiting {
    let held = || {
        if let Some(far_side) = &wait.far_side {
            return match far_side[..] {
                [task] if task == wait.task && has_company(run, task) => Held::OpenFarSide,
                [task] if task == wait.task => Held::OwnFarSide,
                _ => Held::FarSide(far_side.iter().map(|task| name(run, *task)).collect()),
            };
        }
        let Some((holder, since)) = &wait.holder else {
            let repeats = wait.child.is_some_and(|child| repeats(run, child));
            return if repeats {
                Held::Repeating
            } else {
                Held::ByNobody
            };
        };
        let since = since.as_ref().map(|since| since.line);
        if let Some(holder) = wait.object.and_then(|object| held_at_fork(run, object)) {
            Held::AtFork(name(run, holder))
        } else if holds_it_itself(wait) {
            Held::ByItself(since)
        } else if holder_is_gone(run, wait).is_some() {
            Held::ByGone(name(run, *holder), since)
        } else {
            Held::By(name(run, *holder), since)
        }
    };
    Waiting {
        task: name(run, wait.task),
        awaited: awaited(run, wait),
        line: line(wait.at.as_ref()),
        held: held(),
    }
}

/// Whether other tasks of its process live.
fn has_company(run: &Run, task: TaskId) -> bool {
    let process = |task: TaskId| run.tasks.get(task).map(|it| it.process);
    let lives = |other: TaskId| run.tasks[other].exit_code.is_none();
    let mut others = (0..run.tasks.len()).filter(|&other| other != task && lives(other));
    others.any(|other| process(other) == process(task))
}

/// What a task waits for.
pub fn awaited(run: &Run, wait: &Wait) -> Awaited {
    let object = wait.object.and_then(|object| run.objects.get(object));
    let child = || wait.child.map(|child| Awaited::End(name(run, child)));
    object
        .map(|object| Awaited::Object(object.name.clone(), object.kind, wait.op))
        .or_else(child)
        .unwrap_or(Awaited::Nothing)
}

/// The other waiting tasks. A manager waits for requests, as it should.
fn wait_list(run: &Run, waits: &[Wait], shown: &[&Wait]) -> Option<Detail> {
    let others = waits.iter().filter(|wait| !shown.contains(wait));
    let others: Vec<&Wait> = others.filter(|wait| !run.serves(wait.task)).collect();
    let listed = others.iter().take(WAITS_SHOWN);
    let listed = listed.map(|wait| waiting(run, wait)).collect();
    let more = others.len().saturating_sub(WAITS_SHOWN);
    (!others.is_empty()).then_some(Detail::AlsoWaiting(listed, more))
}

#[cfg(test)]
mod tests {
    use super::super::build::{FILE, RunBuilder, details, join, labels, site, told, wait};
    use super::*;
    use crate::facts::Place;
    use sched_model::run::What;

    fn ended(builder: RunBuilder) -> Found {
        found_in(&builder.run())
    }

    fn found_in(run: &Run) -> Found {
        let End::Deadlock { waits, cycle } = &run.end else {
            panic!("no deadlock: {:?}", run.end)
        };
        deadlock(run, waits, cycle)
    }

    fn line(line: u32) -> Place {
        Place {
            file: FILE.into(),
            line,
        }
    }

    #[test]
    fn a_lock_cycle_names_both_tasks_and_locks() {
        let waits = vec![wait(1, 1, 14, Some((2, 12))), wait(2, 0, 24, Some((1, 22)))];
        let run = RunBuilder::new(2)
            .lock("Lock-1")
            .lock("Lock-2")
            .deadlock(waits, vec![1, 2]);
        let found = ended(run);
        assert_eq!(found.cause, Some(Cause::LockCycle));
        assert_eq!(
            told(&found),
            "Process-1 waits for Lock-2 (line 14), which Process-2 holds (since line 12); \
             Process-2 waits for Lock-1 (line 24), which Process-1 holds (since line 22)"
        );
        assert_eq!(found.finding.at, Some(line(14)));
        assert_eq!(
            labels(&found),
            [
                (line(12), "Process-2 took Lock-2 here".to_owned()),
                (line(24), "Process-2 waits here for Lock-1".to_owned()),
                (line(22), "Process-1 took Lock-1 here".to_owned()),
            ]
        );
    }

    #[test]
    fn who_repeats_itself_while_others_wait_for_it_is_named_with_its_line() {
        let joins = join(1, Some(40));
        let run = |cycle| {
            let run = RunBuilder::new(2).lock("Lock-1");
            let run = run.event_at(1, What::WouldBlock, 14, Some(0));
            let mut run = run.deadlock(vec![joins.clone()], cycle).run();
            run.tasks[1].exit_code = None;
            run
        };
        let found = found_in(&run(vec![]));
        assert_eq!(
            told(&found),
            "main waits for the end of Process-1 (line 40), which repeats the same steps for ever"
        );
        let label = (line(14), Label::RepeatsForEver("Process-1".to_owned()));
        assert_eq!(found.finding.labels, [label]);
        // If a cycle ended the run, the other tasks may have had much left to do.
        assert_eq!(found_in(&run(vec![0])).finding.labels, []);
    }

    #[test]
    fn waiting_for_what_one_holds_is_a_self_deadlock() {
        let waits = vec![wait(1, 0, 14, Some((1, 12)))];
        let found = ended(RunBuilder::new(1).lock("Lock-1").deadlock(waits, vec![1]));
        assert_eq!(found.cause, Some(Cause::SelfDeadlock));
        let expected =
            "Process-1 waits for Lock-1 (line 14), which it holds itself (since line 12)";
        assert_eq!(told(&found), expected);
    }

    #[test]
    fn a_lock_that_a_dead_task_took_was_never_released() {
        let joins = join(2, Some(40));
        let waits = vec![joins, wait(2, 0, 14, Some((1, 12)))];
        let found = ended(RunBuilder::new(2).lock("till").deadlock(waits, vec![]));
        assert_eq!(found.cause, Some(Cause::NeverReleased));
        assert_eq!(
            told(&found),
            "Process-2 waits for till (line 14), which Process-1 took at line 12 and never gave back"
        );
        assert_eq!(
            details(&found),
            ["Also waiting:\n  main waits for the end of Process-2 (line 40)"]
        );
    }

    #[test]
    fn a_line_of_our_own_libraries_is_not_told() {
        let ours = site(214).map(|site| sched_model::run::Site {
            file: "checker/mp/src/process.rs".into(),
            ..site
        });
        let end = Wait {
            at: ours,
            ..join(1, None)
        };
        let waits = vec![end, wait(1, 0, 14, None)];
        let alone = waits[..1].to_vec();
        let run = |waits| RunBuilder::new(1).lock("till").deadlock(waits, vec![]);
        let found = ended(run(waits));
        assert_eq!(
            details(&found),
            ["Also waiting:\n  main waits for the end of Process-1"]
        );
        let found = ended(run(alone));
        assert_eq!(
            (found.finding.at, found.finding.labels.len()),
            (None, 0),
            "a report shows no source that the learner did not write"
        );
    }

    #[test]
    fn a_manager_that_waits_for_requests_is_not_told_of() {
        let idle = Wait {
            task: 2,
            object: Some(0),
            child: None,
            at: site(1),
            holder: None,
            op: None,
            far_side: None,
        };
        let waits = vec![wait(1, 1, 14, Some((1, 12))), idle];
        let run = RunBuilder::new(1).manager("Manager-1").lock("till");
        let run = run.deadlock(waits, vec![1]);
        assert_eq!(ended(run).details, []);
    }

    #[test]
    fn a_cycle_over_a_join_is_no_lock_cycle() {
        let joins = join(1, Some(40));
        let waits = vec![joins, wait(1, 0, 14, Some((0, 38)))];
        let found = ended(
            RunBuilder::new(1)
                .lock("Lock-1")
                .deadlock(waits, vec![0, 1]),
        );
        assert_eq!(found.cause, None);
        assert_eq!(
            told(&found),
            "main waits for the end of Process-1 (line 40); Process-1 waits for Lock-1 (line 14), \
             which main holds (since line 38)"
        );
    }
}
