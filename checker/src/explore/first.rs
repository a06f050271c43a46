//! Measures how soon schedules show something, seed by seed; each seed stops as soon as it is seen.

use std::ops::Range;
use std::sync::Arc;

use sched_model::FIRST_SCHEDULES;

use super::guide::Guide;
use super::worker::Worker;
use super::{Judge, Plan, cores};
use crate::support::interrupt;

/// Whether the last schedule of a row shows what is looked for, given those before it.
pub type Shows<'a, T> = &'a (dyn Fn(usize, &[T]) -> bool + Sync);

/// For each seed, how many schedules were run until one showed it, taking the rows of arguments in
/// turn; `None` if none of the plan's schedules does. After a signal it returns early, and the
/// result means nothing.
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
    let count = usize::try_from(seeds.end - seeds.start)?;
    let workers = |core| plan.rows.iter().map(|_| Worker::new(plan, core)).collect();
    cores::map(plan.jobs, count, workers, |workers: &mut Vec<_>, number| {
        if interrupt::requested() {
            return Ok(None);
        }
        let seeded = Plan {
            seed: seeds.start + number as u64,
            started: Arc::clone(&plan.started),
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
) -> anyhow::Result<Option<u32>> {
    let quotas = plan.quotas();
    let mut guides = vec![Guide::default(); quotas.len()];
    let mut seen: Vec<Vec<T>> = quotas.iter().map(|_| Vec::new()).collect();
    let mut count = 0;
    for round in 0..quotas.iter().copied().max().unwrap_or(0) {
        for row in 0..quotas.len() {
            let Some(number) = plan.turn(row, round).filter(|it| *it < quotas[row]) else {
                continue;
            };
            let schedule = plan.schedule(row, number, &guides[row]);
            let requested = &interrupt::requested;
            let Some(run) = workers[row].run(row, &schedule, requested)? else {
                return Ok(None);
            };
            count += 1;
            if number < FIRST_SCHEDULES {
                guides[row].learn(&run);
            }
            seen[row].push(judge(row, run).value);
            if shows(row, &seen[row]) {
                return Ok(Some(count));
            }
        }
    }
    Ok(None)
}
