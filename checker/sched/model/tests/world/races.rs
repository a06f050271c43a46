//! The race check against happens-before written down as a graph over the finished trace.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sched_model::Strategy as Schedule;
use sched_model::engine::world::{Kind, NEVER};

use crate::cases;
use crate::pooled::Pooled;
use crate::program::{Cell, Program, Step, racy};
use crate::sim::{Event, Memory, Outcome, Sim, config, races};

/// For each event the set of those that happened before it.
fn happens_before(events: &[Event]) -> Vec<Vec<bool>> {
    let mut before: Vec<Vec<bool>> = Vec::new();
    for (at, event) in events.iter().enumerate() {
        let mut mine = vec![false; events.len()];
        for (earlier, other) in events[..at].iter().enumerate() {
            if leads_to(other, event) {
                mine[earlier] = true;
                for (bit, &old) in mine.iter_mut().zip(&before[earlier]) {
                    *bit |= old;
                }
            }
        }
        before.push(mine);
    }
    before
}

/// Whether there is an edge from an event to a later one.
fn leads_to(from: &Event, to: &Event) -> bool {
    let sees_exit = to.is(Kind::Joined) || (to.is(Kind::IsAlive) && to.b == 0);
    from.task == to.task
        || (from.is(Kind::Released) && to.is(Kind::Acquired) && from.object == to.object)
        || (from.is(Kind::Start) && to.is(Kind::Begin) && from.a == u64::from(to.task))
        || (from.is(Kind::Exit) && sees_exit && to.a == u64::from(from.task))
}

fn is_access(event: &Event) -> bool {
    event.is(Kind::Read) || event.is(Kind::Wrote) || event.is(Kind::Updated)
}

fn conflict(a: &Event, b: &Event) -> bool {
    let same = (a.object, a.a) == (b.object, b.a) && a.task != b.task;
    is_access(a) && is_access(b) && same && !(a.is(Kind::Read) && b.is(Kind::Read))
}

/// A race as it can be compared: object, element, tasks, sites.
type Pair = (u32, u32, [u32; 2], [u32; 2]);

fn pair(a: &Event, b: &Event) -> Pair {
    (
        a.object,
        u32::from(a.a == 1),
        [a.task, b.task],
        [a.site, b.site],
    )
}

/// All conflicting pairs that nothing orders.
fn unordered(events: &[Event], nearest: bool) -> BTreeSet<Pair> {
    let before = happens_before(events);
    let mut found = BTreeSet::new();
    for (late, b) in events.iter().enumerate() {
        for (early, a) in events[..late].iter().enumerate() {
            let hidden = nearest && events[early + 1..late].iter().any(|c| hides(c, a));
            if conflict(a, b) && !before[late][early] && !hidden {
                found.insert(pair(a, b));
            }
        }
    }
    found
}

/// Whether the check no longer remembers `a` after `c`: a later write, or the reader's next read.
fn hides(c: &Event, a: &Event) -> bool {
    let same = is_access(c) && (c.object, c.a) == (a.object, a.a);
    same && (!c.is(Kind::Read) || (a.is(Kind::Read) && c.task == a.task))
}

fn observed(program: &Program, strategy: Schedule, seed: u64) -> (Outcome, BTreeSet<Pair>) {
    let config = config(strategy, seed, NEVER);
    let (outcome, world) = Sim::new(Pooled::used(), program, config, Memory::Equal).run();
    let races = races(&world)
        .iter()
        .map(|r| (r.object, r.index, r.tasks, r.sites))
        .collect();
    (outcome, races)
}

fn cells(races: &BTreeSet<Pair>) -> BTreeSet<(u32, u32)> {
    races.iter().map(|r| (r.0, r.1)).collect()
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn the_check_agrees_with_reachability(program in racy(), seed: u64) {
        for strategy in [Schedule::Natural, Schedule::RandomWalk, Schedule::BreadthFirst] {
            let (outcome, found) = observed(&program, strategy, seed);
            let all = unordered(&outcome.events, false);
            prop_assert!(found.is_subset(&all), "{:?}: {:?} of {:?}", strategy, found, all);
            if found.len() < sched_model::limits::MAX_RACES {
                prop_assert_eq!(cells(&found), cells(&all), "{:?}", strategy);
                prop_assert_eq!(&found, &unordered(&outcome.events, true), "{:?}", strategy);
            }
        }
    }
}

/// Two children that do these steps.
fn both(steps: &[Step]) -> Program {
    Program::of(vec![steps.to_vec(), steps.to_vec()])
}

#[test]
fn a_race_is_found_in_every_order_and_a_lock_removes_it() {
    let cell = Cell(0, 0);
    for seed in 0..100 {
        let (_, found) = observed(
            &both(&[Step::Read(cell), Step::Write(cell)]),
            Schedule::RandomWalk,
            seed,
        );
        assert!(!found.is_empty(), "schedule {seed}");
        let locked = [
            Step::Guard(0),
            Step::Read(cell),
            Step::Write(cell),
            Step::Release(0),
        ];
        let (_, found) = observed(&both(&locked), Schedule::RandomWalk, seed);
        assert!(found.is_empty(), "schedule {seed}: {found:?}");
    }
}

#[test]
fn two_locks_do_not_protect_and_reads_do_not_race() {
    let cell = Cell(1, 1);
    let under = |lock| vec![Step::Guard(lock), Step::Update(cell), Step::Release(lock)];
    let (_, found) = observed(&Program::of(vec![under(0), under(1)]), Schedule::Natural, 0);
    assert_eq!(found.len(), 1);
    let (_, found) = observed(&both(&[Step::Read(cell)]), Schedule::Natural, 0);
    assert!(found.is_empty());
}
