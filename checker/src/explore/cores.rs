//! The cores that `course` may use, and threads that each stay on one of them: the one thread pool.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sched_host::{allowed_cores, stay_on};

/// The core for what runs alone.
pub fn first() -> Option<usize> {
    allowed_cores().first().copied()
}

/// Does something on a thread of its own, because a thread that stays on one core does so for good, as does
/// whatever it starts.
pub fn on_first<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| on(first(), work));
        thread
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Does the same on as many threads as there are `jobs`, each on a core, which it is told.
///
/// # Errors
///
/// The first one of a thread; the others come to their ends.
pub fn on_each<F>(jobs: usize, work: F) -> anyhow::Result<()>
where
    F: Fn(Option<usize>) -> anyhow::Result<()> + Sync,
{
    let cores = allowed_cores();
    std::thread::scope(|scope| {
        let start = |job: usize| {
            let core = cores.get(job % cores.len().max(1)).copied();
            let work = &work;
            scope.spawn(move || on(core, || work(core)))
        };
        let threads: Vec<_> = (0..jobs.max(1)).map(start).collect();
        threads.into_iter().try_for_each(|thread| {
            let ended = thread.join();
            ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })
}

/// Does something with each number below `count`, on several threads, each with a tool that it makes once
/// for its core. The results are in order; a thread that comes to none takes no further number.
///
/// # Errors
///
/// The first one of a thread; no new numbers are given out then.
pub fn map<S, T: Send>(
    jobs: usize,
    count: usize,
    tool: impl Fn(Option<usize>) -> S + Sync,
    work: impl Fn(&mut S, usize) -> anyhow::Result<Option<T>> + Sync,
) -> anyhow::Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    on_each(jobs.min(count), |core| {
        let mut tool = tool(core);
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return Ok(());
            }
            let stop = |_: &anyhow::Error| next.store(count, Ordering::Relaxed);
            match work(&mut tool, number).inspect_err(stop)? {
                Some(result) => lock(&results).push((number, result)),
                None => return Ok(()),
            }
        }
    })?;
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(number, _)| *number);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}

/// What is behind a lock, also after somebody panicked with it: the panic is told elsewhere.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn on<T>(core: Option<usize>, work: impl FnOnce() -> T) -> T {
    core.into_iter().for_each(stay_on);
    work()
}
