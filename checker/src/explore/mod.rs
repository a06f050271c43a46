//! Runs a program under its schedules, on several cores, with the same results on any number.
//!
//! A row of arguments starts with three fixed schedules; what they show (how long a run is, in
//! which order locks are taken) guides the later ones, which are then independent of each other. So
//! schedule number i of a row is the same whichever worker runs it, and results are put in order at
//! the end. After two schedules that each used up a whole limit (an endless loop, say) the rest is
//! left out. The cut is at the same place on every machine, because results behind it are dropped. So
//! it is where the schedules together took more work than a check of an exercise may: then the last
//! one says that the others are missing.

pub mod cores;
pub mod first;
mod guide;
pub mod liberties;
mod queue;
pub mod replay;
pub mod systematic;
mod worker;

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sched_host::Schedule;
use sched_model::liberty;
use sched_model::limits::{
    CPU_PER_CHECK, Excess, FOR_SCHEDULES, LEAST_SCHEDULES, MAX_STEPS, MAX_STEPS_OF_PROGRAM,
    PATIENCE, STEPS_PER_CHECK, WORK,
};
use sched_model::run::Run;
use sched_model::{FIRST_SCHEDULES, Strategy};

use cores::lock;
use guide::Guide;
use liberties::Open;
use queue::{Place, Queue, Task, Took};
use worker::Worker;

use crate::facts::{Long, Started};
use crate::support::interrupt;

pub use replay::replay;

/// What to explore.
#[derive(Clone)]
pub struct Plan<'a> {
    /// The executable.
    pub program: &'a Path,
    /// Rows of arguments.
    pub rows: &'a [Vec<String>],
    /// How many of them are ordinary; the others are edges, in which little can happen.
    pub ordinary: usize,
    /// Schedules, over all rows.
    pub schedules: u32,
    /// What, with a schedule's number, determines it.
    pub seed: u64,
    /// Cores to use.
    pub jobs: usize,
    /// How long a ready task may be kept waiting; `None` without bound.
    pub max_delay: Option<Duration>,
    /// The same where the time limit of a wait runs out.
    pub limit_delay: Option<Duration>,
    /// Whether one of the first schedules is insistent: for programs that must not ask in vain.
    pub insists: bool,
    /// How far to explore systematically; `None`: by the strategies.
    pub systematic: Option<systematic::Bounds>,
    /// Of each row, the schedules that take liberties, to be run in place of all but its first ones;
    /// `None`: none.
    pub liberties: Option<&'a [Vec<u32>]>,
    /// What the schedules till now left open.
    pub open: Arc<Mutex<Open>>,
    /// Whether there is an end to what it may take together, as for answers of strangers.
    pub bounded: bool,
    /// Whether runs may be as long as they are, as those of programs of one's own: there are fewer of
    /// long ones.
    pub long: bool,
    /// Whether the least number of long ones is run even if one fails.
    pub to_the_end: bool,
    /// What was started by it till now.
    pub started: Arc<Mutex<Started>>,
}

/// An ordinary row has so many schedules for each of an edge.
const FOR_AN_EDGE: u32 = 4;

/// What the judge made of the runs.
pub struct Explored<T> {
    /// By row, in the order of schedules.
    pub rows: Vec<Vec<T>>,
    /// Whether a systematic exploration came to its end.
    pub complete: bool,
    /// Whether schedules are missing because those before took all the work that a check may.
    pub exhausted: bool,
    /// The longest run, where runs are so long that there were fewer of them than asked for.
    pub long: Option<Long>,
}

/// What the judge made of a run.
pub struct Judged<T> {
    /// To be kept.
    pub value: T,
    /// Whether such a run costs so much that two of them are enough.
    pub stop: bool,
    /// Whether something is wrong in it, so that of long ones no more are needed than what they may
    /// cost.
    pub fails: bool,
}

/// Judges a run of a row.
pub type Judge<'a, T> = &'a (dyn Fn(usize, Run) -> Judged<T> + Sync);

impl Plan<'_> {
    /// What was started by it till now.
    pub fn started(&self) -> Started {
        *lock(&self.started)
    }

    /// The work that it may take, if there is an end to it.
    fn work(&self) -> Option<u64> {
        let schedules = u64::from(self.schedules.max(FOR_SCHEDULES));
        let most = schedules.saturating_mul(WORK / u64::from(FOR_SCHEDULES));
        self.bounded.then_some(most)
    }

    /// The work that is left of it.
    fn work_left(&self) -> Option<u64> {
        let spent = self.started().work;
        self.work().map(|most| most.saturating_sub(spent))
    }

    /// The CPU time that is left of what it may take, if there is an end to it. Where others take of it
    /// at the same time, a run may have half of that.
    fn cpu_left(&self) -> Option<Duration> {
        let spent = self.started().cpu;
        let most = CPU_PER_CHECK * self.schedules.max(FOR_SCHEDULES) / FOR_SCHEDULES;
        let left = most.saturating_sub(spent);
        self.bounded
            .then(|| if self.jobs > 1 { left / 2 } else { left })
    }

    /// The number of schedules of each row: the total divided; the first rows take the remainder.
    fn quotas(&self) -> Vec<u32> {
        if let Some(numbers) = self.liberties {
            let of_row = |it: &Vec<u32>| match u32::try_from(it.len()).unwrap_or(0) {
                0 => 0,
                some => FIRST_SCHEDULES + some,
            };
            return numbers.iter().map(of_row).collect();
        }
        let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let edges = number(self.rows.len().saturating_sub(self.ordinary));
        let all = number(self.ordinary) * u64::from(FOR_AN_EDGE) + edges;
        let share = |row: usize| {
            let of_it = if row < self.ordinary { FOR_AN_EDGE } else { 1 };
            let part = u64::from(self.schedules) * u64::from(of_it) / all.max(1);
            u32::try_from(part).unwrap_or(u32::MAX)
        };
        let mut quotas: Vec<u32> = (0..self.rows.len().max(1)).map(share).collect();
        let left = self.schedules - quotas.iter().sum::<u32>();
        quotas
            .iter_mut()
            .take(left as usize)
            .for_each(|it| *it += 1);
        quotas.iter().map(|quota| (*quota).max(1)).collect()
    }

    /// Which schedule of a row has its turn in a round, if one has.
    fn turn(&self, row: usize, round: u32) -> Option<u32> {
        if row < self.ordinary {
            Some(round)
        } else {
            round
                .is_multiple_of(FOR_AN_EDGE)
                .then_some(round / FOR_AN_EDGE)
        }
    }

    /// The number of the insistent schedule, which is one of the first row. It takes the place of
    /// one of many that differ by chance.
    fn insistent(&self) -> u32 {
        let soon = (SOON - 1) / self.rows.len().max(1);
        let soon = u32::try_from(soon).unwrap_or(u32::MAX);
        soon.clamp(FIRST_SCHEDULES, FIRST_SCHEDULES + 1)
    }

    /// About how many points a row's schedules may take together, where so many are asked for.
    fn share(&self, quota: u32) -> u64 {
        let asked = u64::from(self.schedules.max(FOR_SCHEDULES));
        let most = STEPS_PER_CHECK * asked / u64::from(FOR_SCHEDULES);
        match self.long {
            true => most * u64::from(quota) / u64::from(self.schedules.max(1)),
            false => u64::MAX,
        }
    }

    /// How many of a row's schedules are run, where so many are asked for.
    fn affordable(&self, quota: u32, guide: &Guide) -> u32 {
        let share = self.share(quota);
        let affordable = share.checked_div(guide.cost()).filter(|_| self.long);
        let least = u64::from(LEAST_SCHEDULES);
        let affordable = affordable.map(|it| u32::try_from(it.max(least)).unwrap_or(u32::MAX));
        affordable.map_or(quota, |affordable| quota.min(affordable))
    }

    /// The schedule of this number; where liberties are taken, the first ones are ordinary.
    fn schedule(&self, row: usize, number: u32, guide: &Guide) -> Schedule {
        let later = number.checked_sub(FIRST_SCHEDULES);
        let listed = self
            .liberties
            .zip(later)
            .and_then(|(numbers, later)| numbers.get(row)?.get(later as usize));
        let number = listed.copied().unwrap_or(number);
        Schedule {
            number,
            takes_liberties: liberty::parts(number).is_some(),
            ..self.ordinary(row, liberty::base(number), guide)
        }
    }

    fn ordinary(&self, row: usize, number: u32, guide: &Guide) -> Schedule {
        let (strategy, timing) = if self.insists && (row, number) == (0, self.insistent()) {
            (Strategy::Insistent, false)
        } else if self.long && guide.is_long() {
            Strategy::of_long(number)
        } else {
            Strategy::of((self.rows.len() > 1).then_some(row), number)
        };
        let undelayed = timing.then_some(Duration::ZERO);
        let max_delay = undelayed.or(self.max_delay);
        Schedule {
            seed: self.seed,
            number,
            strategy,
            max_delay,
            limit_delay: self.limit_delay,
            clock_drift: Duration::ZERO,
            patience: patience(strategy, max_delay),
            length: guide.length,
            most_steps: if self.long {
                MAX_STEPS_OF_PROGRAM
            } else {
                MAX_STEPS
            },
            edges: guide.edges.clone(),
            replay: Vec::new(),
            deviations: Vec::new(),
            interventions: Vec::new(),
            takes_liberties: false,
            liberties: Vec::new(),
        }
    }
}

/// How often a question may be repeated while nothing changes. Where nobody is delayed, and where
/// all others are, that shows who asks on and on. Elsewhere it would only take the place of steps
/// that do something.
fn patience(strategy: Strategy, max_delay: Option<Duration>) -> u32 {
    let insists = match strategy {
        Strategy::Insistent => true,
        Strategy::Systematic => false,
        _ => max_delay == Some(Duration::ZERO),
    };
    if insists { PATIENCE } else { 0 }
}

/// By then the insistent schedule is met, if there are not many rows.
const SOON: usize = 15;

/// Runs all schedules of all rows and judges each run on the thread that ran it.
///
/// # Errors
///
/// When the program cannot be started, or no scratch folder be made.
pub fn explore<T: Send>(
    plan: &Plan,
    judge: Judge<T>,
    progress: &(dyn Fn(u32, u32) + Sync),
) -> anyhow::Result<Explored<T>> {
    if let Some(bounds) = plan.systematic {
        return systematic::explore(plan, bounds, judge, progress);
    }
    let work = match plan.liberties {
        Some(_) => plan.work_left(),
        None => plan.work(),
    };
    let rows = plan.quotas().into_iter();
    // How many are run is guessed from the first ones. Only where they take far more than was guessed
    // are there fewer: those that switch often mostly take somewhat more.
    let share = |quota| plan.share(quota).saturating_mul(2);
    let rows: Vec<_> = rows.map(|quota| (quota, share(quota))).collect();
    let queue = Queue::new(&rows, work.unwrap_or(u64::MAX));
    let results = Mutex::new(Vec::new());
    cores::on_each(plan.jobs, |core| {
        let mut worker = Worker::new(plan, core);
        while let Some(task) = queue.next(worker.row()) {
            let done = |place, judged: Judged<T>, took: Took| {
                let took = took.failing(judged.fails && !plan.to_the_end);
                let done = queue.done(place, judged.stop, took);
                lock(&results).push((place, judged.value));
                progress(done, queue.total());
            };
            // A worker that fails must not leave the others waiting for its row.
            run(&mut worker, task, &queue, judge, &done).inspect_err(|_| queue.close())?;
        }
        Ok(())
    })?;
    let results = std::mem::take(&mut *lock(&results));
    let mut rows = in_order(results, plan.rows.len(), &queue);
    let long = queue.longest();
    let exhausted = queue.exhausted();
    if let Some(last) = exhausted {
        let reason = Excess::Work.text().into_owned();
        let run = Run::inconclusive(last.number, Strategy::Natural, reason);
        rows[last.row].push(judge(last.row, run).value);
    }
    Ok(Explored {
        rows,
        complete: false,
        exhausted: exhausted.is_some(),
        long,
    })
}

/// Runs the schedules of a task, as long as they count.
fn run<T>(
    worker: &mut Worker,
    task: Task,
    queue: &Queue,
    judge: Judge<T>,
    done: &dyn Fn(Place, Judged<T>, Took),
) -> anyhow::Result<()> {
    let (row, mut guide) = (task.row, task.guide);
    let mut next = task.numbers.start;
    for number in task.numbers {
        // The natural one tells all that long ones need: the others are run side by side.
        if number > 0 && task.first && worker.plan().long && guide.is_long() {
            break;
        }
        next = number + 1;
        let place = Place { row, number };
        let cancelled = || queue.is_cut(place) || interrupt::requested();
        if cancelled() {
            break;
        }
        let schedule = worker.plan().schedule(row, number, &guide);
        let Some(run) = worker.run(row, &schedule, &cancelled)? else {
            break;
        };
        if number < FIRST_SCHEDULES {
            guide.learn(&run);
        }
        let took = Took::by(&run);
        done(place, judge(row, run), took);
    }
    if task.first {
        let plan = worker.plan();
        queue.guided(row, (guide, next), &|quota, guide| {
            plan.affordable(quota, guide)
        });
    }
    Ok(())
}

fn in_order<T>(mut results: Vec<(Place, T)>, rows: usize, queue: &Queue) -> Vec<Vec<T>> {
    results.sort_by_key(|(place, _)| *place);
    let mut ordered: Vec<Vec<T>> = (0..rows).map(|_| Vec::new()).collect();
    for (place, value) in results {
        if !queue.is_cut(place) {
            ordered[place.row].push(value);
        }
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::Plan;
    use std::path::Path;
    use std::sync::Arc;

    fn plan(rows: &[Vec<String>], ordinary: usize, schedules: u32) -> Plan<'_> {
        Plan {
            program: Path::new(""),
            rows,
            ordinary,
            schedules,
            seed: 0,
            jobs: 1,
            max_delay: None,
            limit_delay: None,
            insists: false,
            systematic: None,
            liberties: None,
            open: Arc::default(),
            bounded: false,
            long: true,
            to_the_end: false,
            started: Arc::default(),
        }
    }

    fn quotas(schedules: u32, rows: usize) -> Vec<u32> {
        plan(&vec![Vec::new(); rows], rows, schedules).quotas()
    }

    #[test]
    fn schedules_are_divided_over_the_rows_and_none_is_left_out() {
        assert_eq!(quotas(200, 2), [100, 100]);
        assert_eq!(quotas(200, 3), [67, 67, 66]);
        assert_eq!(quotas(1, 2), [1, 1]);
        assert_eq!(quotas(5, 1), [5]);
    }

    #[test]
    fn an_edge_has_fewer_schedules_and_its_first_one_at_once() {
        let rows = vec![Vec::new(); 3];
        let plan = plan(&rows, 2, 200);
        assert_eq!(plan.quotas(), [89, 89, 22]);
        let turns = |round| [0, 1, 2].map(|row| plan.turn(row, round));
        assert_eq!(turns(0), [Some(0), Some(0), Some(0)]);
        assert_eq!(turns(3), [Some(3), Some(3), None]);
        assert_eq!(turns(4), [Some(4), Some(4), Some(1)]);
    }
}
