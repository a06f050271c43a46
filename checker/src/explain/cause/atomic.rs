//! Atomicity violations: steps that belong together, and another task came between.
//!
//! The term is from Lu, Park, Seo and Zhou, "Learning from mistakes", ASPLOS 2008.

use sched_model::run::{Act, Choice, ObjectId, What};

use super::Evidence;
use super::stale::{self, Deed};
use crate::facts::Proposal;
use crate::facts::why::{Stale, Why};

/// Two consecutive steps of a task on the same thing, and another task's step between them.
struct Between {
    object: ObjectId,
    before: usize,
    between: usize,
    after: usize,
}

/// What a step on a thing is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Looks,
    /// Wanted to change it, and could not.
    InVain,
    Changes,
}

/// A preemption that the run needs interrupted a task between two of its steps on the same thing, and
/// another task used that thing meanwhile.
pub fn not_atomic(evidence: &Evidence) -> Option<Proposal> {
    let needed = |it: &&Choice| it.deviates && it.preempts;
    let mut switches = evidence.run.choices.iter().filter(needed);
    let it = switches.find_map(|switch| interrupted(evidence, switch))?;
    let why = if looks_then_acts(evidence, &it) {
        let stale = Stale {
            of: (it.object, None),
            look: it.before,
            change: it.between,
            act: it.after,
        };
        Why::CheckThenAct(stale, None)
    } else {
        Why::NotAtomic {
            object: Some(it.object),
            before: it.before,
            between: it.between,
            after: it.after,
        }
    };
    let events = [it.before, it.between, it.after];
    Some(evidence.proposal(why, &events, &[Some(it.object)]))
}

/// The same of whatever can be seen, and of what it prints above all. Only where somebody said what is
/// to be printed: elsewhere it may be meant that others come between.
pub fn apart(evidence: &Evidence) -> Option<Proposal> {
    evidence.given?;
    let run = evidence.run;
    let seen = |event: usize| {
        let prints = matches!(run.events[event].what, What::Print(..));
        prints || step(evidence, event).is_some()
    };
    let learners = |event: &usize| evidence.is_learners(run.events[*event].at.as_ref());
    let until = run.events.len().min(evidence.until() + 1);
    let needed = |it: &&Choice| it.deviates && it.preempts && it.events < until;
    run.choices.iter().filter(needed).find_map(|switch| {
        let (left, switch) = (switch.current?, switch.events);
        let mine = |event: &usize| run.events[*event].task == left && seen(*event);
        let before = (0..switch).rev().find(mine).filter(learners)?;
        let after = (switch..until).find(mine).filter(learners)?;
        let others = |event: &usize| run.events[*event].task != left && seen(*event);
        // Who only looks harms nobody, unless nobody does anything else.
        let does = |event: &usize| others(event) && !only_looks(evidence, *event);
        let mut between = switch..after;
        let between = between
            .clone()
            .find(does)
            .or_else(|| between.find(others))?;
        let why = Why::NotAtomic {
            object: None,
            before,
            between,
            after,
        };
        Some(evidence.proposal(why, &[before, between, after], &[]))
    })
}

fn step(evidence: &Evidence, event: usize) -> Option<(ObjectId, Step)> {
    let event = &evidence.run.events[event];
    if let What::Act(Act::Full | Act::Empty, _) = event.what {
        return Some((event.object?, Step::InVain));
    }
    let (cell, deed) = stale::deed(evidence.run, event)?;
    let step = match deed {
        Deed::Looks(_) => Step::Looks,
        Deed::Puts(_) | Deed::Changes => Step::Changes,
    };
    Some((cell.object, step))
}

/// Whether a step changes nothing, and neither tries to.
fn only_looks(evidence: &Evidence, event: usize) -> bool {
    step(evidence, event).is_some_and(|(_, what)| what == Step::Looks)
}

fn interrupted(evidence: &Evidence, switch: &Choice) -> Option<Between> {
    let run = evidence.run;
    let (taken_away, switch) = (switch.current?, switch.events);
    let mine = |event: usize| run.events[event].task == taken_away;
    let learners = |event: usize| evidence.is_learners(run.events[event].at.as_ref());
    // Its last step before, and its first one after, with nothing else in between but locks.
    let nothing = |event: usize| {
        use What::{Acquired, Again, Blocked, Released};
        let what = &run.events[event].what;
        matches!(what, Acquired | Again | Blocked | Released)
    };
    let before = (0..switch).rfind(|&it| mine(it) && !nothing(it))?;
    let after = (switch..run.events.len()).find(|&it| mine(it) && !nothing(it))?;
    let (object, first) = step(evidence, before)?;
    let second = step(evidence, after).filter(|(it, _)| *it == object)?.1;
    // A task that looked is misled only by a change; a task that changed something leaves a
    // half-done state for anybody.
    let meanwhile = switch..after.min(evidence.until() + 1);
    let others = |it: &usize, what: Step| !mine(*it) && step(evidence, *it) == Some((object, what));
    let changed = meanwhile.clone().find(|it| others(it, Step::Changes));
    let used = |it: &usize| others(it, Step::Looks) || others(it, Step::InVain);
    let between = match first {
        Step::Looks => changed,
        _ => changed.or_else(|| meanwhile.clone().find(used)),
    }?;
    let looks = [first, second].iter().all(|it| *it == Step::Looks);
    let needless = looks && !changes_later(evidence, after, object);
    // Who takes in vain what it took before relied on what it had seen there.
    let seen = |it: &usize| mine(*it) && step(evidence, *it) == Some((object, Step::Looks));
    let relied = (first, second) == (Step::Changes, Step::InVain);
    let relied = relied.then(|| (0..before).rfind(seen));
    let before = relied.flatten().unwrap_or(before);
    let found = learners(before) && learners(after) && !needless;
    found.then_some(Between {
        object,
        before,
        between,
        after,
    })
}

/// Whether this task changes the object from this step on.
fn changes_later(evidence: &Evidence, from: usize, object: ObjectId) -> bool {
    let run = evidence.run;
    let changes = |event: usize| {
        let wants = |it: Step| it != Step::Looks;
        step(evidence, event).is_some_and(|(it, what)| it == object && wants(what))
    };
    let task = run.events[from].task;
    (from..=evidence.until().min(run.events.len() - 1))
        .any(|event| run.events[event].task == task && changes(event))
}

/// Whether the first step looks, and the second is, or leads to, a change.
fn looks_then_acts(evidence: &Evidence, it: &Between) -> bool {
    let looks = step(evidence, it.before).is_some_and(|(_, what)| what == Step::Looks);
    looks && changes_later(evidence, it.after, it.object)
}
