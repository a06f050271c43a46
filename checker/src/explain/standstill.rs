//! Which waits never end, and who could end each of them, from the state in which a run ended.

use sched_model::run::{End, Run, TaskId, Wait};

use crate::facts::standstill::{Standstill, Stuck};
use crate::judge::deadlock::awaited;

/// Those who wait, if the run ended because nobody could go on.
pub fn waits(run: &Run) -> &[Wait] {
    match &run.end {
        End::Deadlock { waits, .. } => waits,
        _ => &[],
    }
}

/// Whether it is known who alone could end a wait.
pub fn is_known(wait: &Wait) -> bool {
    wait.holder.is_some() || wait.child.is_some() || wait.far_side.is_some()
}

/// Who could end a wait: who holds what is waited for, whose end it is, or who has the other end of a
/// pipe; else anybody who lives.
pub fn enders(run: &Run, wait: &Wait) -> Vec<TaskId> {
    let holder = wait.holder.as_ref().map(|(holder, _)| *holder);
    if let Some(one) = holder.or(wait.child) {
        return vec![one];
    }
    if let Some(several) = &wait.far_side {
        return several.clone();
    }
    let lives = |task: &TaskId| run.tasks[*task].exit_code.is_none() && !run.serves(*task);
    let others = (0..run.tasks.len()).filter(|task| *task != wait.task);
    others.filter(lives).collect()
}

/// That this wait never ends, if all who could end it wait themselves, repeat the same for ever, or have
/// ended.
pub fn of(run: &Run, first: &Wait) -> Option<Standstill> {
    let End::Deadlock { waits, cycle } = &run.end else {
        return None;
    };
    let mut stuck: Vec<Stuck> = Vec::new();
    let mut next = vec![first.task];
    while let Some(task) = next.pop() {
        let ended = run.tasks.get(task)?.exit_code.is_some();
        if ended || stuck.iter().any(|it| it.task == task) {
            continue;
        }
        let wait = match task == first.task {
            true => first,
            false => match waits.iter().find(|it| it.task == task) {
                Some(wait) => wait,
                // Where there is no cycle, nobody could go on.
                None if cycle.is_empty() => continue,
                None => return None,
            },
        };
        let ended_by = enders(run, wait);
        next.extend(ended_by.iter().rev());
        stuck.push(Stuck {
            task,
            awaited: awaited(run, wait),
            at: wait.at.clone(),
            ended_by,
        });
    }
    Some(Standstill { waits: stuck })
}

#[cfg(test)]
#[path = "standstill_tests.rs"]
mod tests;
