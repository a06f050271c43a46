//! The two steps that decide: were they the other way round, and all else as it was, nothing would
//! be wrong.
//!
//! In the smallest run each place where a task is left for another one is needed. There, the steps of
//! the task that was left are moved before those of the other one, as few of them as are needed; and
//! then the last of these only as far as is needed, which leaves one step of each task. Both are found
//! by bisection, as in delta debugging: from an order that fails to one that passes (Zeller, FSE 2002).

use sched_model::run::{Choice, Deviation, Run, TaskId};

use super::shrink::every_choice;
use super::{Judge, is_same, pick, table};
use crate::explore::replay::Replayer;
use crate::facts::table::Table;
use crate::facts::{About, Failing, Passing, Rerun};

/// Places that are looked at, the last one first.
const PLACES: usize = 4;
/// Decisions that a run may have for it.
const LONGEST: usize = 5_000;

/// Two steps whose order decides.
pub struct Decided {
    /// Their events in the failing run.
    pub steps: [usize; 2],
    /// The nearest run that passes, and their events in it, where the second step comes just before the
    /// first one.
    other: (Run, [usize; 2]),
}

impl Decided {
    /// The nearest run that passes, with what is seen of the failing one.
    pub fn passing(self, about: &About) -> Option<Passing> {
        let (run, both) = self.other;
        let about = About {
            events: both.to_vec(),
            until: None,
            ..about.clone()
        };
        let table = table::table(&run, &about)?;
        let decides = Some(both);
        let table = Table { decides, ..table };
        Some(Passing { run, table })
    }
}

/// The two steps that decide in a failing run that was made small.
///
/// # Errors
///
/// As [`Replayer::schedule`].
pub fn decided(
    replayer: &mut Replayer,
    failing: &Failing,
    judge: Judge,
) -> anyhow::Result<Option<Decided>> {
    let Failing { run, found } = failing;
    if found.finding.verdict.traits().rerun != Rerun::ToShrink {
        return Ok(None);
    }
    let pair = pair(&run.choices, &mut |deviations| {
        let all = judge(&replayer.deviating(run, deviations)?);
        Ok(match all.iter().any(|it| is_same(it, found)) {
            _ if all.is_empty() => Moved::Passes,
            true => Moved::Fails,
            false => Moved::Other,
        })
    })?;
    let Some(pair) = pair else {
        return Ok(None);
    };
    let other = replayer.deviating(run, &pair.order)?;
    let both = events(run, pair.steps).zip(events(&other, pair.passing));
    // What comes later may be another step when what comes earlier is: then it has no order here.
    let same = |(here, there): (usize, usize)| {
        let (here, there) = (&run.events[here], &other.events[there]);
        (here.task, &here.at) == (there.task, &there.at)
    };
    let both = both.filter(|(steps, passing)| steps.iter().copied().zip(*passing).all(same));
    Ok(both.map(|(steps, passing)| Decided {
        steps,
        other: (other, passing),
    }))
}

/// What became of a run in which steps were moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moved {
    /// Nothing is wrong.
    Passes,
    /// It fails as before.
    Fails,
    /// Something else is wrong, or nothing can be said.
    Other,
}

/// Runs the natural schedule with these other choices.
type Try<'a> = &'a mut dyn FnMut(&[Deviation]) -> anyhow::Result<Moved>;

/// Two decisions whose order decides.
#[derive(Debug, PartialEq, Eq)]
struct Pair {
    /// Those of the failing run.
    steps: [usize; 2],
    /// The same in the one that passes.
    passing: [usize; 2],
    /// The choices of that one.
    order: Vec<Deviation>,
}

/// The two decisions, where there are some.
fn pair(choices: &[Choice], attempt: Try) -> anyhow::Result<Option<Pair>> {
    if choices.len() > LONGEST || choices.iter().any(|it| it.times > 1) {
        return Ok(None);
    }
    let needed = |at: &usize| choices[*at].preempts || choices[*at].deviates;
    for at in (0..choices.len()).rev().filter(needed).take(PLACES) {
        let Some(place) = Place::of(choices, at) else {
            continue;
        };
        let pair = place.pair(attempt)?;
        if pair.is_some() {
            return Ok(pair);
        }
    }
    Ok(None)
}

/// A place where one task was left for others.
struct Place {
    order: Vec<TaskId>,
    /// From where on the others run.
    left: usize,
    /// Where the one goes on, and for how many steps.
    again: usize,
    steps: usize,
}

impl Place {
    fn of(choices: &[Choice], left: usize) -> Option<Place> {
        let order: Vec<TaskId> = choices.iter().map(|choice| choice.task).collect();
        let could = |task: TaskId| {
            let number = u32::try_from(task).ok();
            let candidates = &choices[left].candidates;
            task != order[left] && number.is_some_and(|it| candidates.contains(it))
        };
        let again = match left.checked_sub(1).map(|before| order[before]) {
            Some(task) if choices[left].preempts => {
                (left..order.len()).find(|&it| order[it] == task)
            }
            _ => (left..order.len()).find(|&it| could(order[it])),
        }?;
        let steps = order[again..].iter();
        let steps = steps.take_while(|&&task| task == order[again]).count();
        Some(Place {
            order,
            left,
            again,
            steps,
        })
    }

    /// The order in which so many steps come before the others, and one more at this place.
    fn moved(&self, steps: usize, next: Option<usize>) -> Vec<Deviation> {
        let (order, again) = (&self.order, self.again);
        let next = next.unwrap_or(again + steps);
        let mut moved = order.clone();
        moved[self.left..again + steps].rotate_right(steps);
        if let Some(last) = (next < again + steps).then_some(again + steps) {
            moved[next..=last].rotate_right(1);
        }
        every_choice(&moved)
    }

    /// The places of the two steps in the order of the run.
    fn pair(&self, attempt: Try) -> anyhow::Result<Option<Pair>> {
        let mut came = |steps, next| attempt(&self.moved(steps, next));
        if came(self.steps, None)? != Moved::Passes {
            return Ok(None);
        }
        let passes = |came: Moved| came == Moved::Passes;
        let steps = boundary(0, self.steps, &mut |steps| Ok(passes(came(steps, None)?)))?;
        let (kept, left) = (steps - 1, self.left + steps - 1);
        let far = self.again - self.left;
        // Counted from where it fails: before none of the others it does, before all it passes.
        let before = boundary(0, far, &mut |before| {
            Ok(passes(came(kept, Some(left + far - before))?))
        })?;
        let place = left + far - before;
        if came(kept, Some(place + 1))? != Moved::Fails {
            return Ok(None);
        }
        Ok(Some(Pair {
            steps: [place - kept, self.again + kept],
            passing: [place + 1, place],
            order: self.moved(kept, Some(place)),
        }))
    }
}

/// The least number above `fails` that passes where the one below it does not, if `passes` does.
fn boundary(
    mut fails: usize,
    mut passes: usize,
    check: &mut dyn FnMut(usize) -> anyhow::Result<bool>,
) -> anyhow::Result<usize> {
    while passes - fails > 1 {
        let middle = fails.midpoint(passes);
        match check(middle)? {
            true => passes = middle,
            false => fails = middle,
        }
    }
    Ok(passes)
}

/// The event by which the step after a decision is known.
fn event(run: &Run, at: usize) -> Option<usize> {
    let choice = run.choices.get(at)?;
    let next = run.choices.get(at + 1);
    let end = next.map_or(run.events.len(), |next| next.events);
    let mine = |index: &usize| {
        run.events
            .get(*index)
            .is_some_and(|it| it.task == choice.task)
    };
    let all = (choice.events..end).filter(mine);
    let announced = |index: &usize| run.events[*index].object == choice.object;
    let whole = |index: &usize| !pick::is_part_of_next(run, *index);
    let mut told = all.clone().filter(announced).filter(whole);
    told.next().or_else(|| all.clone().next())
}

/// The events of both steps after these decisions.
fn events(run: &Run, both: [usize; 2]) -> Option<[usize; 2]> {
    let [first, second] = both.map(|at| event(run, at));
    Some([first?, second?])
}

#[cfg(test)]
#[path = "decides_tests.rs"]
mod tests;
