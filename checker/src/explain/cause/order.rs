//! Orders that nothing enforces: different locks, a sleep in place of a wait, a child not joined.

use sched_model::run::{Act, Choice, End, Event, ObjectId, Run, TaskId, What};

use super::Evidence;
use crate::explain::pick::changes;
use crate::explain::query::{is, steps};
use crate::explain::waiting;
use crate::facts::why::{Late, Why};
use crate::facts::{Explanation, Proposal, Verdict};
use crate::judge::ending::accesses;
use crate::judge::held;

/// Both accesses of a race are made with a lock held, but not with the same one.
pub fn two_locks_in_race(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let race = run.races.first()?;
    let (first, second) = accesses(run, race)?;
    let one = locks(evidence, race.first.task, first);
    let two = locks(evidence, race.second.task, second);
    two_locks(evidence, (one, first), (two, second))
}

/// One task held a lock while it printed its lines, and another task, holding another lock, printed
/// between them.
pub fn two_locks_in_output(evidence: &Evidence) -> Option<Proposal> {
    let [first, offender, last] = evidence.found.about.events[..] else {
        return None;
    };
    let events = &evidence.run.events;
    if events[first].task != events[last].task || events[offender].task == events[first].task {
        return None;
    }
    let at_end = held::by(evidence.run, events[last].task, last);
    let mut through = held::by(evidence.run, events[first].task, first);
    through.retain(|it| at_end.contains(it));
    let mine = through.into_iter().map(|(lock, _)| lock).collect();
    let theirs = locks(evidence, events[offender].task, offender);
    two_locks(evidence, (mine, first), (theirs, offender))
}

fn locks(evidence: &Evidence, task: TaskId, event: usize) -> Vec<ObjectId> {
    let held = held::by(evidence.run, task, event);
    held.into_iter().map(|(lock, _)| lock).collect()
}

/// What each of two tasks held at an event of its own.
type Holding = (Vec<ObjectId>, usize);

fn two_locks(evidence: &Evidence, a: Holding, b: Holding) -> Option<Proposal> {
    let (one, two) = (*a.0.first()?, *b.0.first()?);
    if a.0.iter().any(|lock| b.0.contains(lock)) {
        return None;
    }
    let why = Why::TwoLocks([(one, a.1), (two, b.1)]);
    Some(evidence.proposal(why, &[a.1, b.1], &[Some(one), Some(two)]))
}

/// The only difference between the failing run and the natural one: a task's sleep ended before
/// others that were ready had gone on.
pub fn sleep_as_sync(evidence: &Evidence) -> Option<Proposal> {
    // What is wrong in the natural run, too, is no matter of time.
    let verdict = evidence.found.finding.verdict;
    if !matches!(verdict, Verdict::WrongOrder | Verdict::Panic) {
        return None;
    }
    let run = evidence.run;
    let mut all = Vec::new();
    for choice in run.choices.iter().filter(|choice| choice.deviates) {
        let before = run.events.get(..choice.events)?;
        let last = before.iter().rposition(|it| it.task == choice.task)?;
        if !matches!(run.events[last].what, What::Sleep(_)) {
            return None;
        }
        // A sleep in the given part stands for work, and a sleep between two looks is polling;
        // neither is a substitute for a wait.
        if !evidence.is_learners(run.events[last].at.as_ref()) || asks_around(run, last) {
            continue;
        }
        all.push((last, choice));
    }
    // Who is told of is who was misled.
    let concerned = |it: &&(usize, _)| evidence.found.about.tasks.contains(&run.events[it.0].task);
    let (sleep, choice) = *all.iter().rfind(concerned).or(all.first())?;
    let late = late(evidence, choice)?;
    (!waits_for_others(evidence, sleep, late)).then(|| slept(evidence, sleep, late))
}

/// Whether a task that sleeps waits afterwards for others that it started where it started this one:
/// then it does not sleep in place of that.
fn waits_for_others(evidence: &Evidence, sleep: usize, late: TaskId) -> bool {
    let run = evidence.run;
    let like = |task: TaskId| {
        let (one, other) = (&run.tasks[task], &run.tasks[late]);
        task != late && (one.parent, &one.started_at) == (other.parent, &other.started_at)
    };
    let joins = |it: &What| match it {
        What::JoinWait(task) | What::Joined(task) => like(*task),
        _ => false,
    };
    // At its own end it waits for all, whatever it slept for.
    let theirs = |it: usize| evidence.is_learners(run.events[it].at.as_ref());
    let mut of_it = steps(run)
        .of(run.events[sleep].task)
        .since(sleep)
        .all(joins);
    run.tasks[late].started_at.is_some() && of_it.any(theirs)
}

/// Whether a task does nothing but sleep between a look and the next equal look.
fn asks_around(run: &Run, sleep: usize) -> bool {
    use What::{Act as Acts, Again, Clock, IsAlive, Random, Read, WouldBlock, Yield};
    let task = run.events[sleep].task;
    let does = |it: &&Event| {
        let nothing = matches!(it.what, Again | Clock | Random | Yield);
        it.task == task && !nothing
    };
    let looks = |it: &Event| {
        let asks = matches!(it.what, Acts(Act::Looked | Act::Empty | Act::Full, _));
        asks || matches!(it.what, Read(..) | IsAlive(..) | WouldBlock)
    };
    let before = run.events[..sleep].iter().rfind(does);
    let after = run.events[sleep + 1..].iter().find(does);
    before
        .zip(after)
        .is_some_and(|(a, b)| looks(a) && looks(b) && a.at == b.at && a.object == b.object)
}

/// A task that could have gone on before the chosen sleeper, and still had something to do.
fn late(evidence: &Evidence, choice: &Choice) -> Option<TaskId> {
    let after = evidence.run.events.get(choice.events..)?;
    let late = waiting::ready(evidence.run, choice);
    // Where the process ended before, it never did it.
    let ended = |task: TaskId| {
        let exits = |it: &Event| it.task == task && matches!(it.what, What::Exit(_));
        evidence.run.events.iter().any(exits)
    };
    let mut late = late
        .into_iter()
        .filter(|it| after.iter().any(|event| event.task == *it) || !ended(*it));
    let first = late.next();
    let concerned = |task: &TaskId| evidence.found.about.tasks.contains(task);
    first
        .filter(concerned)
        .or_else(|| late.find(concerned))
        .or(first)
}

/// Who was late for a sleep, among all who could have gone on: whose step should have come before one of
/// the sleeper's, where the order of the two decides.
pub fn decided(run: &Run, explanation: &mut Explanation, [first, second]: [usize; 2]) {
    let Why::Slept(sleep, late) = &mut explanation.why else {
        return;
    };
    let [first, second] = [first, second].map(|it| run.events[it].task);
    if first == run.events[*sleep].task && second != first {
        explanation.about.tasks.retain(|it| it != late);
        explanation.about.task(second);
        *late = second;
    }
}

/// A child that nobody joined had not yet done what its parent relied on.
pub fn unjoined(evidence: &Evidence) -> Option<Proposal> {
    unjoined_and_late(evidence).or_else(|| unjoined_and_cut_off(evidence))
}

/// In this run the child never got to it; in a passing run it does so before.
fn unjoined_and_cut_off(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let passing = evidence.well()?;
    let until = evidence.until();
    let before = run.events.get(..=until)?;
    let same_object = |a: ObjectId, b: ObjectId| {
        let (a, b) = (run.objects.get(a), passing.objects.get(b));
        a.zip(b)
            .is_some_and(|(a, b)| a.name == b.name && a.kind == b.kind)
    };
    let (parent, child, object, use_of_it) = before.iter().rev().find_map(|it| {
        let object = it.object?;
        let child = (0..run.tasks.len()).find(|&child| {
            let task = &run.tasks[child];
            let waits = [What::JoinWait(child), What::Joined(child)];
            let waited = before.iter().enumerate().any(|(index, it)| {
                let ended = it.task == child && matches!(it.what, What::Exit(_));
                // With a time limit, it did wait.
                let gave_up = Some(it.task) == task.parent && waits_in_vain(run, index);
                ended || gave_up || waits.contains(&it.what)
            });
            let does = |it: &Event| it.task == child && it.object == Some(object);
            let on_its_own = task.parent == Some(it.task) && !task.daemon && !waited;
            on_its_own && !before.iter().any(|it| does(it) && changes(&it.what))
        })?;
        Some((it.task, child, object, it))
    })?;
    let concerned = evidence.found.about.tasks.contains(&parent);
    let named =
        |run: &Run, task: TaskId, name: &str| run.tasks.get(task).is_some_and(|it| it.name == name);
    let name_of = |task: TaskId| run.tasks.get(task).map(|it| it.name.as_str());
    let (name, parents) = (name_of(child)?, name_of(parent)?);
    let done = passing.events.iter().position(|it| {
        let here = it.object.is_some_and(|it| same_object(object, it));
        here && named(passing, it.task, name) && changes(&it.what)
    })?;
    let used = passing.events[done..].iter().any(|it| {
        let here = it.object.is_some_and(|it| same_object(object, it));
        here && named(passing, it.task, parents) && it.at == use_of_it.at
    });
    if !concerned || !used {
        return None;
    }
    if let Some(slept) = slept_instead(evidence, parent, child) {
        return Some(slept);
    }
    let why = Why::Unjoined {
        parent,
        child,
        until,
        late: Late::Never(passing.events[done].at.as_ref().map(|at| at.line)),
    };
    let mut explanation = evidence.proposal(why, &[], &[Some(object)]);
    explanation.about.task(child);
    Some(explanation)
}

/// A thread that nobody joined, or a daemon, was not done when its parent ended, and ended with it.
pub fn cut_off(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let stops =
        |child: TaskId| move |it: &What| matches!(it, What::Signal(task, _) if *task == child);
    let cut = |child: &TaskId| {
        let task = &run.tasks[*child];
        let stopped = task.daemon
            && steps(run)
                .all(stops(*child))
                .any(|it| run.events[it].at.is_none());
        let with_main = task.process != *child && task.exit_code.is_none();
        run.end == End::Finished && (stopped || with_main) && !run.serves(*child)
    };
    let last_of = |child: TaskId| {
        let parent = run.tasks[child].parent?;
        let start = steps(run).of(parent).first(is(&What::Start(child)))?;
        let leads = run.tasks[parent].process == parent;
        let placed = |it: &usize| run.events[*it].at.is_some();
        let stopped = steps(run).of(parent).first(stops(child));
        let before = steps(run).before(stopped.unwrap_or(usize::MAX));
        let mut after = before.of(parent).since(start + 1).all(|_| true);
        Some((parent, child, after.rfind(placed).filter(|_| leads)?))
    };
    let (parent, child, until) = (0..run.tasks.len()).filter(cut).find_map(last_of)?;
    let why = Why::Unjoined {
        parent,
        child,
        until,
        late: Late::CutOff,
    };
    let mut proposal = evidence.proposal(why, &[until], &[]);
    proposal.about.task(child);
    Some(proposal)
}

/// Whether a task waits for something here and goes on although nobody gave it.
fn waits_in_vain(run: &Run, event: usize) -> bool {
    let (waits, after) = (&run.events[event], &run.events[event + 1..]);
    let rest = after.iter().take_while(|it| it.task != waits.task);
    let mut of_it = rest.filter(|it| it.object == waits.object);
    let given = of_it.any(|it| waiting::gives(run, it));
    waits.what == What::WouldBlock
        || waits.what == What::Blocked && waits.object.is_some() && !given
}

/// The parent slept, in the learner's part, after it had started the child.
fn slept_instead(evidence: &Evidence, parent: TaskId, child: TaskId) -> Option<Proposal> {
    let run = evidence.run;
    let events = run.events.get(..=evidence.until())?;
    let started = events.iter().position(|it| it.what == What::Start(child))?;
    let sleep = events.iter().rposition(|it| {
        it.task == parent
            && matches!(it.what, What::Sleep(_))
            && evidence.is_learners(it.at.as_ref())
    })?;
    if sleep < started || asks_around(run, sleep) || waits_for_others(evidence, sleep, child) {
        return None;
    }
    Some(slept(evidence, sleep, child))
}

/// A sleep was over before another task was done.
fn slept(evidence: &Evidence, sleep: usize, late: TaskId) -> Proposal {
    let mut explanation = evidence.proposal(Why::Slept(sleep, late), &[sleep], &[]);
    explanation.about.task(late);
    explanation
}

fn unjoined_and_late(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let until = evidence.until();
    let (before, after) = run.events.split_at_checked(until + 1)?;
    let parents = &evidence.found.about.tasks;
    let used = |parent: TaskId, object: Option<ObjectId>| {
        let uses = |it: &Event| it.task == parent && it.object == object;
        object.is_some() && before.iter().any(uses)
    };
    let child = |task: TaskId| {
        let parent = run.tasks[task].parent.filter(|it| parents.contains(it))?;
        let started = before.iter().any(|it| it.what == What::Start(task));
        if run.tasks[task].joined || run.tasks[task].daemon || !started {
            return None;
        }
        let does = |what: What| move |it: &Event| it.task == parent && it.what == what;
        // With a time limit, it did wait.
        if before.iter().any(does(What::JoinWait(task))) {
            return None;
        }
        let asked = before.iter().any(does(What::IsAlive(task, true)));
        let late = |(index, it): &(usize, &Event)| {
            let told = evidence.found.about.events.contains(&(until + 1 + index));
            let changes = changes(&it.what) && used(parent, it.object);
            it.task == task && (told || changes || asked)
        };
        let late = after.iter().enumerate().find(late)?.0;
        Some((parent, task, until + 1 + late))
    };
    let (parent, child, late) = (0..run.tasks.len()).find_map(child)?;
    let why = Why::Unjoined {
        parent,
        child,
        until,
        late: Late::At(late),
    };
    Some(evidence.proposal(why, &[until, late], &[]))
}

#[cfg(test)]
#[path = "order_tests.rs"]
mod tests;
