//! Steps that belong together and are not kept together: somebody else came between.
//!
//! Lu, Park, Seo and Zhou, "Learning from mistakes", ASPLOS 2008, call it an atomicity violation.

use super::stale::{self, Cell, Deed};
use super::{Cause, Evidence};
use crate::judge::about::About;

/// Two steps of a task on the same thing, one after the other, and another task's between them.
struct Between {
    cell: Cell,
    before: usize,
    between: usize,
    after: usize,
}

/// The first preemption that the run needs took a task away between two of its steps on the same
/// thing, and another used that meanwhile.
pub fn not_atomic(evidence: &Evidence) -> Option<Cause> {
    let it = interrupted(evidence)?;
    let run = evidence.run;
    let task = |event: usize| evidence.task(run.events[event].task);
    let (mine, other) = (task(it.before), task(it.between));
    let cell = evidence.cell(it.cell);
    let [before, between, after] =
        [it.before, it.between, it.after].map(|event| evidence.line(event));
    let mut about = About::default();
    for event in [it.before, it.between, it.after] {
        about.event(run, event);
    }
    about.object(Some(it.cell.0));
    let (name, why) = if looks_then_acts(evidence, &it) {
        let why = format!(
            "{mine} looked at {cell}{before}, then {other} changed it{between}, and then {mine} \
             acted on what it had seen{after}, which was no longer so"
        );
        ("check_then_act", why)
    } else {
        let why = format!(
            "{other} used {cell}{between} between two steps of {mine} on it{before}{after}: they \
             belong together, and nothing keeps others out"
        );
        ("not_atomic", why)
    };
    Some(Cause { name, why, about })
}

fn interrupted(evidence: &Evidence) -> Option<Between> {
    let run = evidence.run;
    let at = run.choices.iter().position(|it| it.deviates && it.preempts)?;
    let taken_away = run.choices[at].current?;
    let switch = run.choices[at].events;
    let uses = |event: usize| stale::deed(run, &run.events[event]);
    let earlier = (0..switch).rev().filter(|&it| run.events[it].task == taken_away);
    let mut cells: Vec<Cell> = Vec::new();
    for before in earlier {
        let Some((cell, deed)) = uses(before) else { continue };
        // Only the last step on each thing.
        if cells.contains(&cell) {
            continue;
        }
        cells.push(cell);
        let mine = |&it: &usize| {
            let used = uses(it).is_some_and(|(used, _)| used == cell);
            used && run.events[it].task == taken_away
        };
        let Some(after) = (switch..=evidence.until()).find(mine) else {
            continue;
        };
        // Who looked is misled by a change only; who changed something, by any use.
        let misled = !matches!(deed, Deed::Looks(_));
        let between = (switch..after).find(|&it| {
            let of_other = run.events[it].task != taken_away;
            let used = uses(it).filter(|(used, _)| *used == cell && of_other);
            used.is_some_and(|(_, deed)| misled || !matches!(deed, Deed::Looks(_)))
        });
        if let Some(between) = between {
            return Some(Between {
                cell,
                before,
                between,
                after,
            });
        }
    }
    None
}

/// Whether the first step looks, and the second is, or leads to, a change.
fn looks_then_acts(evidence: &Evidence, it: &Between) -> bool {
    let run = evidence.run;
    let looks = |event: usize| match stale::deed(run, &run.events[event]) {
        Some((cell, Deed::Looks(_))) if cell == it.cell => Some(true),
        Some((cell, _)) if cell == it.cell => Some(false),
        _ => None,
    };
    let mine = |&event: &usize| run.events[event].task == run.events[it.before].task;
    let changed = (it.after..=evidence.until()).filter(mine).find_map(|event| {
        let what = looks(event)?;
        (!what).then_some(())
    });
    looks(it.before) == Some(true) && looks(it.between) == Some(false) && changed.is_some()
}
