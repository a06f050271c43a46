//! How soon the schedules show something: stops as soon as they do, seed by seed.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use sched::strategy::FIRST_SCHEDULES;

use super::guide::Guide;
use super::worker::Worker;
use super::{Judge, Plan, lock};

/// Whether the last schedule of a row, with those before it, shows what is looked for.
pub type Shows<'a, T> = &'a (dyn Fn(usize, &[T]) -> bool + Sync);

/// For each seed, how many schedules were run when the first one showed it, the rows of arguments
/// taken in turn; `None` where none of the plan's schedules does. Stopped by a signal, it returns
/// early, and what it returns means nothing.
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
    let next = AtomicU64::new(seeds.start);
    let results = Mutex::new(Vec::new());
    let cores = sched::host::allowed_cores();
    let work = |core: Option<usize>| -> anyhow::Result<()> {
        if let Some(core) = core {
            sched::host::stay_on(core);
        }
        let workers = plan.rows.iter().map(|_| Worker::new(plan, core));
        let mut workers: Vec<_> = workers.collect();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if !seeds.contains(&seed) || crate::support::interrupt::requested() {
                return Ok(());
            }
            let seeded = Plan {
                seed,
                started: Arc::clone(&plan.started),
                ..*plan
            };
            let first = search(&seeded, &mut workers, judge, shows)?;
            lock(&results).push((seed, first));
        }
    };
    std::thread::scope(|scope| {
        let start = |job: usize| {
            let core = cores.get(job % cores.len().max(1)).copied();
            let work = &work;
            scope.spawn(move || work(core))
        };
        let handles: Vec<_> = (0..plan.jobs.max(1)).map(start).collect();
        handles
            .into_iter()
            .try_for_each(|handle| match handle.join() {
                Ok(result) => result,
                Err(panic) => std::panic::resume_unwind(panic),
            })
    })?;
    let mut results = std::mem::take(&mut *lock(&results));
    results.sort_by_key(|(seed, _)| *seed);
    Ok(results.into_iter().map(|(_, first)| first).collect())
}

/// One seed's schedules, the first of each row, then the second of each row, and so on.
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
    for number in 0..quotas.iter().copied().max().unwrap_or(0) {
        for row in 0..quotas.len() {
            if number >= quotas[row] {
                continue;
            }
            let schedule = plan.schedule(row, number, &guides[row]);
            let requested = &crate::support::interrupt::requested;
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
