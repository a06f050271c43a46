//! Strategies: who goes next where several could.
//!
//! A strategy is told of new tasks and of each point, and picks one of the candidates. It must
//! decide from the [`World`] alone, so that a schedule is a function of program, arguments, seed
//! and number; what it needs to remember is kept in the world's fields.

mod breadth_first;
mod lock_order;
mod long_delays;
mod natural;
mod partial_order;
mod pct;
mod random_walk;
mod replay;
mod reversed;

use crate::decide::TaskSet;
use crate::world::World;

/// How a schedule chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Strategy {
    /// No preemption, no delay: what one sees by hand.
    Natural = 0,
    /// Switches at every point, in turn.
    BreadthFirst,
    /// No preemption, the youngest task first.
    Reversed,
    /// Any candidate with equal chance.
    RandomWalk,
    /// Random priorities with a few random changes (Burckhardt et al., ASPLOS 2010).
    Pct,
    /// Random priorities of operations, redrawn for those in conflict (Yuan et al., CAV 2018).
    PartialOrder,
    /// Steers towards a cycle of the lock-order graph.
    LockOrder,
    /// No preemption but random, possibly very long, delays.
    LongDelays,
    /// A recorded list of choices.
    Replay,
}

const ALL: [Strategy; 9] = [
    Strategy::Natural,
    Strategy::BreadthFirst,
    Strategy::Reversed,
    Strategy::RandomWalk,
    Strategy::Pct,
    Strategy::PartialOrder,
    Strategy::LockOrder,
    Strategy::LongDelays,
    Strategy::Replay,
];

/// Schedules that every row starts with; the later ones may use what these showed.
pub const FIRST_SCHEDULES: u32 = 3;

impl Strategy {
    /// The strategy of a schedule, and whether it belongs to the timing group (no delays).
    ///
    /// Random walk leads: on small programs nothing finds more bugs a schedule. The others are
    /// there for what it finds late: deep orders (PCT), few among many operations (partial
    /// order), cycles of locks (lock order), and sleeps that are too short (long delays).
    #[must_use]
    pub fn of(schedule: u32) -> (Self, bool) {
        const MIX: [(Strategy, bool); 10] = [
            (Strategy::RandomWalk, false),
            (Strategy::PartialOrder, false),
            (Strategy::LockOrder, false),
            (Strategy::RandomWalk, false),
            (Strategy::Pct, false),
            (Strategy::RandomWalk, false),
            (Strategy::LongDelays, false),
            (Strategy::PartialOrder, false),
            (Strategy::RandomWalk, true),
            (Strategy::RandomWalk, false),
        ];
        match schedule {
            0 => (Self::Natural, true),
            1 => (Self::BreadthFirst, true),
            2 => (Self::Reversed, true),
            n => MIX[((n - FIRST_SCHEDULES) % 10) as usize],
        }
    }

    /// The number by which it is known in the segment.
    #[must_use]
    pub fn code(self) -> u32 {
        self as u32
    }

    /// The strategy of a code; natural for an unknown one.
    #[must_use]
    pub fn from_code(code: u32) -> Self {
        ALL.get(code as usize).copied().unwrap_or(Self::Natural)
    }

    /// Its name, for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Natural => "natural",
            Self::BreadthFirst => "breadth-first",
            Self::Reversed => "reversed",
            Self::RandomWalk => "random walk",
            Self::Pct => "PCT",
            Self::PartialOrder => "partial-order sampling",
            Self::LockOrder => "lock-order guided",
            Self::LongDelays => "long delays",
            Self::Replay => "replay",
        }
    }
}

fn of(world: &World) -> Strategy {
    Strategy::from_code(world.config.strategy)
}

/// A run begins.
pub fn begin(world: &mut World) {
    if of(world) == Strategy::Pct {
        pct::begin(world);
    }
}

/// A task was added.
pub fn task_added(world: &mut World, task: u32) {
    match of(world) {
        Strategy::Pct => pct::task_added(world, task),
        Strategy::PartialOrder => partial_order::redraw(world, task),
        _ => {}
    }
}

/// `holder` reached a point; called before the candidates are known.
pub fn before(world: &mut World, holder: u32) {
    match of(world) {
        Strategy::Pct => pct::before(world, holder),
        Strategy::PartialOrder => partial_order::before(world, holder),
        Strategy::LongDelays => long_delays::before(world, holder),
        _ => {}
    }
}

/// Points after which every strategy becomes a random walk: a strategy with favourites could keep
/// from running the very task that a loop waits for.
const FAIR_AFTER: u32 = 10_000;

/// Picks one of the candidates, of which there is at least one; `current` is the holder if it is
/// among them.
pub fn pick(world: &mut World, candidates: TaskSet, current: Option<u32>) -> u32 {
    let strategy = of(world);
    if strategy == Strategy::Replay {
        return replay::pick(world, candidates, current);
    }
    if candidates.len() == 1 {
        return candidates.iter().next().unwrap_or(0);
    }
    if world.steps > FAIR_AFTER {
        return random_walk::pick(world, candidates);
    }
    match strategy {
        Strategy::Natural => natural::pick(world, candidates, current),
        Strategy::BreadthFirst => breadth_first::pick(world, candidates, current),
        Strategy::Reversed => reversed::pick(world, candidates, current),
        Strategy::RandomWalk => random_walk::pick(world, candidates),
        Strategy::Pct | Strategy::PartialOrder => pct::highest(world, candidates),
        Strategy::LockOrder => lock_order::pick(world, candidates),
        Strategy::LongDelays => long_delays::pick(world, candidates, current),
        Strategy::Replay => replay::pick(world, candidates, current),
    }
}

/// The candidate that could go on first; among equals the one ready for longest.
fn earliest(world: &World, candidates: TaskSet) -> u32 {
    let key = |&task: &u32| (world.start_time(task), world.task(task).ready_order);
    candidates.iter().min_by_key(key).unwrap_or(0)
}
