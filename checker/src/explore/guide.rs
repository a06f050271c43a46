//! What the first schedules of a row tell the later ones.

use std::collections::{BTreeMap, BTreeSet};

use sched_model::Strategy;
use sched_model::limits::BLOCKS_PER_POINT;
use sched_model::run::{Event, ObjectId, ObjectKind, Run, TaskId, What};

/// Length of a run, and lock orders that could meet in a cycle.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guide {
    /// Scheduling points of the natural run.
    pub length: u32,
    /// Basic blocks that are computed in it.
    computed: u64,
    /// About how long each of the first runs takes, in points, in order.
    costs: Vec<u64>,
    /// Edges of the lock-order graph that lie on a cycle: (held, wanted).
    pub edges: Vec<[u32; 2]>,
    /// All edges seen.
    seen: BTreeSet<(ObjectId, ObjectId)>,
}

/// From so many points on a run is long.
const LONG: u32 = 20_000;

/// Whether a run is.
pub fn is_long(run: &Run) -> bool {
    run.steps >= LONG
}

impl Guide {
    /// Whether the natural run is so long that tasks should not be interrupted all the time.
    pub fn is_long(&self) -> bool {
        self.length >= LONG
    }

    /// About how long a run takes, in points: half of the first ones take longer. One that is far longer
    /// than the others, such as where all are interrupted all the time, says nothing of them.
    pub fn cost(&self) -> u64 {
        self.costs.get(self.costs.len() / 2).copied().unwrap_or(0)
    }

    /// What is computed in the natural run, if that takes longer than all else.
    pub fn computes(&self) -> Option<u64> {
        let points = self.computed / BLOCKS_PER_POINT;
        (points > self.cost() / 2).then_some(self.computed)
    }

    /// Learns from one of the first schedules.
    pub fn learn(&mut self, run: &Run) {
        if run.strategy == Strategy::Natural {
            self.length = run.steps;
            self.computed = run.computed;
        }
        let at = self.costs.partition_point(|cost| *cost < run.cost());
        self.costs.insert(at, run.cost());
        // A task that reads again while a writer waits for it has to wait for that writer.
        let reads_again = |object: ObjectId| {
            let object = run.objects.get(object);
            object.is_some_and(|object| object.kind == ObjectKind::RwLock)
        };
        self.seen.extend(lock_orders(&run.events, &reads_again));
        self.edges = on_cycles(&self.seen);
    }
}

/// Which object was wanted while which other was held.
fn lock_orders(
    events: &[Event],
    again: &dyn Fn(ObjectId) -> bool,
) -> BTreeSet<(ObjectId, ObjectId)> {
    let mut held: BTreeMap<TaskId, Vec<ObjectId>> = BTreeMap::new();
    let mut edges = BTreeSet::new();
    for event in events {
        let (Some(object), holds) = (event.object, held.entry(event.task).or_default()) else {
            continue;
        };
        match event.what {
            What::Blocked | What::Acquired => {
                let others = holds.iter().filter(|&&h| h != object || again(h));
                edges.extend(others.map(|&h| (h, object)));
                if event.what == What::Acquired {
                    holds.push(object);
                }
            }
            What::Released => {
                if let Some(at) = holds.iter().rposition(|&h| h == object) {
                    holds.remove(at);
                }
            }
            _ => {}
        }
    }
    edges
}

/// The edges whose end leads back to their start.
fn on_cycles(edges: &BTreeSet<(ObjectId, ObjectId)>) -> Vec<[u32; 2]> {
    let leads_back = |&&(held, wanted): &&(ObjectId, ObjectId)| {
        let mut reached = BTreeSet::from([wanted]);
        let mut todo = vec![wanted];
        while let Some(at) = todo.pop() {
            let next = edges
                .range((at, 0)..=(at, ObjectId::MAX))
                .map(|&(_, to)| to);
            todo.extend(next.filter(|&to| reached.insert(to)));
        }
        reached.contains(&held)
    };
    let number = |object: ObjectId| u32::try_from(object).unwrap_or(u32::MAX);
    edges
        .iter()
        .filter(leads_back)
        .map(|&(a, b)| [number(a), number(b)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{lock_orders, on_cycles};
    use sched_model::run::{Event, What};
    use std::time::Duration;

    fn event(task: usize, what: What, object: usize) -> Event {
        Event {
            time: Duration::ZERO,
            task,
            what,
            at: None,
            object: Some(object),
        }
    }

    #[test]
    fn two_tasks_that_take_two_locks_in_opposite_orders_make_a_cycle() {
        use What::{Acquired, Released};
        let events = [
            event(1, Acquired, 0),
            event(1, Acquired, 1),
            event(1, Released, 1),
            event(1, Released, 0),
            event(2, Acquired, 1),
            event(2, Acquired, 0),
            event(2, Acquired, 5),
        ];
        let edges = lock_orders(&events, &|_| false);
        assert_eq!(
            on_cycles(&edges),
            [[0, 1], [1, 0]],
            "5 is wanted last by everyone"
        );
    }

    #[test]
    fn one_after_the_other_is_no_order() {
        use What::{Acquired, Released};
        let events = [
            event(1, Acquired, 0),
            event(1, Released, 0),
            event(1, Acquired, 1),
        ];
        assert!(lock_orders(&events, &|_| false).is_empty());
    }
}
