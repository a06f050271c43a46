//! What may be the cause of a failure: the mistakes whose patterns are in its trace.
//!
//! A wrong cause is worse than none. So one is proposed only if its whole pattern is in the trace.
//! If the failing run deviates from the natural one, a deviation must also lie inside the pattern:
//! the run was made as small as possible, so without that deviation nothing would be wrong. What is
//! proposed is then tried: see [`super::experiment`].

mod atomic;
mod messages;
pub mod order;
mod stale;
mod waits;
mod weak;
mod woken;

#[cfg(test)]
mod tests;

use sched_model::run::{ObjectId, Run, Site};

use crate::facts::why::Why;
use crate::facts::{About, Found, Proposal, Verdict};

/// What is known of a failure.
pub struct Evidence<'a> {
    /// The failing run.
    pub run: &'a Run,
    /// The natural run with the same arguments.
    pub natural: &'a Run,
    /// If the natural run fails as well: a run with the same arguments in which nothing is wrong,
    /// if one was found.
    pub passing: Option<&'a Run>,
    /// What is wrong.
    pub found: &'a Found,
    /// The first line of the given part, if the program has one.
    pub given: Option<u32>,
}

/// Looks for the pattern of one mistake.
type Pattern = fn(&Evidence) -> Option<Proposal>;

/// The mistakes that can be behind a verdict, the most telling first.
fn patterns(verdict: Verdict) -> &'static [Pattern] {
    use Verdict::*;
    match verdict {
        Deadlock => &[
            weak::weak_order,
            waits::held_at_fork,
            waits::stale_look,
            waits::for_dead,
            waits::cleared,
            waits::held_while_waiting,
            messages::each_for_the_next,
            messages::open_end,
            messages::not_done,
            waits::wrong_one_woken,
            messages::sender_kept,
            waits::plain,
            waits::changed_untold,
            waits::woke_too_few,
            waits::nobody_left,
            messages::only_the_next_could,
            waits::gave_up,
            stale::lost_update,
            waits::held_meanwhile,
            waits::nobody_goes_on,
        ],
        DataRace => &[
            weak::weak_order,
            order::two_locks_in_race,
            stale::lost_update,
            order::unjoined,
        ],
        WrongOutput | WrongOrder | Panic => &[
            weak::weak_order,
            order::two_locks_in_output,
            woken::if_not_while,
            stale::lost_update,
            stale::check_then_act,
            waits::gave_up,
            order::sleep_as_sync,
            order::unjoined,
            atomic::not_atomic,
            atomic::apart,
            order::cut_off,
        ],
        BuildError | NotAllowed | Pending | Livelock | EndlessLoop | Requirement | Leak
        | TooMuchOutput | OutOfMemory | OverLimit | Inconclusive | Passed => &[],
    }
}

/// What may be the cause, the most telling first.
pub fn proposals(evidence: &Evidence) -> impl Iterator<Item = Proposal> {
    let patterns = patterns(evidence.found.finding.verdict).iter();
    patterns.filter_map(|pattern| pattern(evidence))
}

impl Evidence<'_> {
    /// Whether a passing run would help: if the natural run fails as well, there is nothing else to
    /// compare with. A deadlock is explained by who waits in it alone.
    pub fn needs_passing(&self) -> bool {
        let verdict = self.found.finding.verdict;
        let natural = !self.run.choices.iter().any(|choice| choice.deviates);
        natural && verdict != Verdict::Deadlock && !patterns(verdict).is_empty()
    }

    /// A run with the same arguments in which nothing is wrong, if one is known.
    fn well(&self) -> Option<&Run> {
        let deviates = self.run.choices.iter().any(|choice| choice.deviates);
        self.passing.or(deviates.then_some(self.natural))
    }

    /// A proposal, shown by these events and objects.
    fn proposal(&self, why: Why, events: &[usize], objects: &[Option<ObjectId>]) -> Proposal {
        let mut about = About::default();
        events
            .iter()
            .for_each(|event| about.event(self.run, *event));
        objects.iter().for_each(|object| about.object(*object));
        Proposal { why, about }
    }

    /// The event after which nothing matters any more.
    fn until(&self) -> usize {
        let last = self.run.events.len().saturating_sub(1);
        self.found.about.until.unwrap_or(last)
    }

    /// Whether the schedule deviates from the natural one between two events. In a natural run
    /// everything may matter.
    fn disturbed(&self, from: usize, to: usize) -> bool {
        let mut choices = self.run.choices.iter().filter(|it| it.deviates).peekable();
        choices.peek().is_none() || choices.any(|it| (from + 1..=to).contains(&it.events))
    }

    /// Whether a line is the learner's.
    fn is_learners(&self, at: Option<&Site>) -> bool {
        at.is_some_and(|at| {
            let theirs = !at.file.starts_with("checker/");
            theirs && self.given.is_none_or(|given| at.line < given)
        })
    }
}
