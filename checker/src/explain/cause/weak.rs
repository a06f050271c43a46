//! The cause that a value is not the newest one: an access to an atomic asks for too little order.

use sched_model::Freedom;

use super::Evidence;
use crate::facts::Proposal;
use crate::facts::why::Why;

/// The last value in the run that was not the newest, or that others overwrote at once.
pub fn weak_order(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let weak = |it: &(usize, _, Freedom)| it.2.is_of_values() && it.0 <= evidence.until();
    let (at, event, _) = run.freely().filter(weak).last()?;
    let unseen = run.unseen(at)?;
    let stored = &run.events[unseen.stored];
    (evidence.is_learners(event.at.as_ref()) || evidence.is_learners(stored.at.as_ref())).then(
        || {
            let why = Why::WeakOrder(at);
            evidence.proposal(why, &[unseen.stored, at, at + 1], &[event.object])
        },
    )
}
