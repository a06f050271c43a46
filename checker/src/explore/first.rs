//! Measures how soon schedules show something, seed by seed; each seed stops as soon as it is seen.
//! A seed is cut short where a check would be, and after one that was cut before it saw anything no
//! more are tried: they would cost as much, and tell as little.

use std::ops::Range;
use std::sync::Arc;

use sched_model::FIRST_SCHEDULES;

use super::guide::Guide;
use super::worker::Worker;
use super::{Judge, Plan, cores};
use crate::facts::limits::STOPS;
use crate::support::interrupt;

/// So many seeds are tried side by side, on any number of cores: where they end is the same everywhere.
const AT_ONCE: u64 = 4;

/// Whether the last schedule of a row shows what is looked for, given those before it.
pub type Shows<'a, T> = &'a (dyn Fn(usize, &[T]) -> bool + Sync);

/// What one seed came to.
#[derive(Clone, Copy)]
struct Searched {
    /// How many schedules were run until one showed it.
    first: Option<u32>,
    /// Whether it was cut short before one did.
    cut: bool,
}

/// For each seed, how many schedules were run until one showed it, taking the rows of arguments in
/// turn; `None` if none of the plan's schedules does. Fewer seeds than asked for where each costs too
/// much. After a signal it returns early, and the result means nothing.
///
/// # Errors
///
/// As [`super::explore`].
pub fn until<T: Send>(
    plan: &Plan,
    seeds: Range<u64>,
    judge: Judge<T>,
    shows: Shows<T>,
) -> anyhow::Result<Vec<Option<u32>>> {
    let mut seen = Vec::new();
    let mut next = seeds.start;
    while next < seeds.end {
        let some = next..seeds.end.min(next + AT_ONCE);
        next = some.end;
        let searched = several(plan, some, judge, shows)?;
        seen.extend(searched.iter().map(|it| it.first));
        if searched.iter().any(|it| it.cut) || interrupt::requested() {
            break;
        }
    }
    Ok(seen)
}

/// The same for some seeds, side by side.
fn several<T: Send>(
    plan: &Plan,
    seeds: Range<u64>,
    judge: Judge<T>,
    shows: Shows<T>,
) -> anyhow::Result<Vec<Searched>> {
    let count = usize::try_from(seeds.end - seeds.start)?;
    let workers = |core| plan.rows.iter().map(|_| Worker::new(plan, core)).collect();
    cores::map(plan.jobs, count, workers, |workers: &mut Vec<_>, number| {
        if interrupt::requested() {
            return Ok(None);
        }
        let seeded = Plan {
            seed: seeds.start + number as u64,
            // Each may take as much as a check.
            open: Arc::clone(&plan.open),
            started: Arc::default(),
            ..*plan
        };
        search(&seeded, workers, judge, shows).map(Some)
    })
}

/// One seed's schedules: in the first round the first of each row, in the second the second of each
/// row, and so on; edges pass most rounds.
fn search<T>(
    plan: &Plan,
    workers: &mut [Worker],
    judge: Judge<T>,
    shows: Shows<T>,
) -> anyhow::Result<Searched> {
    let quotas = plan.quotas();
    let mut guides = vec![Guide::default(); quotas.len()];
    let mut seen: Vec<Vec<T>> = quotas.iter().map(|_| Vec::new()).collect();
    let (mut count, mut stops) = (0, 0);
    let ended = |first, cut| Ok(Searched { first, cut });
    for round in 0..quotas.iter().copied().max().unwrap_or(0) {
        for row in 0..quotas.len() {
            let Some(number) = plan.turn(row, round).filter(|it| *it < quotas[row]) else {
                continue;
            };
            let schedule = plan.schedule(row, number, &guides[row]);
            let requested = &interrupt::requested;
            let Some(run) = workers[row].run(row, &schedule, requested)? else {
                return ended(None, false);
            };
            count += 1;
            if number < FIRST_SCHEDULES {
                guides[row].learn(&run);
            }
            let judged = judge(row, run);
            stops += usize::from(judged.stop);
            seen[row].push(judged.value);
            if shows(row, &seen[row]) {
                return ended(Some(count), false);
            }
            if stops >= STOPS {
                return ended(None, true);
            }
        }
    }
    ended(None, false)
}
