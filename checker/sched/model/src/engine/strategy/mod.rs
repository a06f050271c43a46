//! Strategies: who goes next where several could.
//!
//! A strategy is told of new tasks and of each point, and picks one of the candidates. It must
//! decide from the [`World`] alone, so that a schedule is a function of program, arguments, seed
//! and number; what it needs to remember is kept in the world's fields.

mod breadth_first;
mod deviations;

mod lock_order;
mod long_delays;
mod natural;

mod partial_order;
mod pct;
mod random_walk;
mod read_guided;
mod replay;
mod reversed;
mod round_robin;

use crate::engine::world::{NONE, World};
use crate::task_set::TaskSet;

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
    /// The first choices as given, then natural: see the checker's systematic exploration.
    Systematic,
    /// Random, but changes are mostly heard at once, and who looked mostly goes on.
    News,
    /// Switches at every point, in turn, from the first start on.
    InTurn,
    /// Natural, but for a short list of choices.
    Deviations,
}

const ALL: [Strategy; 13] = [
    Strategy::Natural,
    Strategy::BreadthFirst,
    Strategy::Reversed,
    Strategy::RandomWalk,
    Strategy::Pct,
    Strategy::PartialOrder,
    Strategy::LockOrder,
    Strategy::LongDelays,
    Strategy::Replay,
    Strategy::Systematic,
    Strategy::News,
    Strategy::InTurn,
    Strategy::Deviations,
];

/// Schedules that every row starts with; the later ones may use what these showed.
pub const FIRST_SCHEDULES: u32 = 3;

/// What a program without rows does before it comes to [`CYCLE`].
const ALONE: [(Strategy, bool); 10] = [
    (Strategy::Reversed, true),
    (Strategy::News, false),
    (Strategy::News, false),
    (Strategy::News, false),
    (Strategy::News, false),
    (Strategy::PartialOrder, false),
    (Strategy::News, false),
    (Strategy::RandomWalk, false),
    (Strategy::News, false),
    (Strategy::LongDelays, false),
];
/// What is repeated, and whether it is of the timing group.
const CYCLE: [(Strategy, bool); 10] = [
    (Strategy::PartialOrder, false),
    (Strategy::RandomWalk, false),
    (Strategy::News, false),
    (Strategy::LongDelays, false),
    (Strategy::PartialOrder, false),
    (Strategy::News, false),
    (Strategy::RandomWalk, false),
    (Strategy::RandomWalk, true),
    (Strategy::Pct, false),
    (Strategy::LockOrder, false),
];
/// How far each row begins from where the one before it does.
const APART: usize = 4;

impl Strategy {
    /// The strategy of a schedule, and whether it belongs to the timing group (no delays). `row` is
    /// `None` where there is one row of arguments only.
    ///
    /// Several rows begin the cycle at different places, so that they soon meet deep orders (PCT),
    /// few among many operations (partial order), cycles of locks (lock order), sleeps that are too
    /// short (long delays), and what nobody thought of (random walk). One row alone begins with news
    /// first: nothing finds more bugs of few threads that start together.
    #[must_use]
    pub fn of(row: Option<usize>, schedule: u32) -> (Self, bool) {
        let from_here = match schedule {
            0 => return (Self::Natural, true),
            // Once is enough: what it always does, it does with the first row's arguments, too.
            1 if row.is_some_and(|row| row > 0) => return (Self::RandomWalk, false),
            1 => return (Self::BreadthFirst, false),
            // One program alone is most often one of threads that are all alike: their turns find more.
            2 if row.is_none() => return (Self::InTurn, false),
            2 => return (Self::Reversed, true),
            n => (n - FIRST_SCHEDULES) as usize,
        };
        match row {
            Some(row) => CYCLE[(from_here % 10 + APART * (row % 10)) % 10],
            None => match ALONE.get(from_here) {
                Some(first) => *first,
                None => CYCLE[(from_here - ALONE.len()) % 10],
            },
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
            Self::Systematic => "systematic",
            Self::News => "news first",
            Self::InTurn => "in turn",
            Self::Deviations => "natural with deviations",
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
pub fn pick(world: &mut World, holder: u32, candidates: TaskSet, current: Option<u32>) -> u32 {
    let strategy = of(world);
    if matches!(strategy, Strategy::Replay | Strategy::Systematic) {
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
        Strategy::News => read_guided::pick(world, (holder != NONE).then_some(holder), candidates),
        Strategy::InTurn => round_robin::pick(world, candidates, current),
        Strategy::Pct | Strategy::PartialOrder => pct::highest(world, candidates),
        Strategy::LockOrder => lock_order::pick(world, candidates),
        Strategy::LongDelays => long_delays::pick(world, candidates, current),
        Strategy::Replay | Strategy::Systematic => replay::pick(world, candidates, current),
        Strategy::Deviations => deviations::pick(world, candidates, current),
    }
}

/// Whom the natural schedule would choose: it keeps nobody waiting.
pub fn undelayed(world: &World, candidates: TaskSet, current: Option<u32>) -> u32 {
    let key = |&task: &u32| (world.due(task), world.task(task).ready_order);
    current.unwrap_or_else(|| candidates.iter().min_by_key(key).unwrap_or(0))
}

/// The candidate that could go on first; among equals the one ready for longest.
fn earliest(world: &World, candidates: TaskSet) -> u32 {
    let key = |&task: &u32| (world.start_time(task), world.task(task).ready_order);
    candidates.iter().min_by_key(key).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{ALL, CYCLE, FAIR_AFTER, FIRST_SCHEDULES, Strategy};
    use crate::engine::testing;

    #[test]
    fn codes_and_names_tell_strategies_apart() {
        let names: HashSet<&str> = ALL.iter().map(|strategy| strategy.name()).collect();
        assert_eq!(names.len(), ALL.len());
        for strategy in ALL {
            assert_eq!(Strategy::from_code(strategy.code()), strategy);
        }
        assert_eq!(Strategy::from_code(13), Strategy::Natural);
        assert_eq!(Strategy::from_code(u32::MAX), Strategy::Natural);
    }

    #[test]
    fn the_first_schedules_are_fixed_and_breadth_first_alone_has_delays() {
        let expected = [
            (Strategy::Natural, true),
            (Strategy::BreadthFirst, false),
            (Strategy::Reversed, true),
        ];
        let first = |row| (0..FIRST_SCHEDULES).map(move |n| Strategy::of(row, n));
        assert!(first(Some(0)).eq(expected));
        // One alone takes turns before it is reversed.
        let alone = [expected[0], expected[1], (Strategy::InTurn, false)];
        assert!(first(None).eq(alone));
        assert_eq!(Strategy::of(None, FIRST_SCHEDULES), expected[2]);
        let later = [expected[0], (Strategy::RandomWalk, false), expected[2]];
        for row in [1, 2, 19] {
            assert!(first(Some(row)).eq(later));
        }
    }

    #[test]
    fn rows_begin_at_different_places_and_one_alone_with_news_first() {
        let first = |row| Strategy::of(row, FIRST_SCHEDULES).0;
        assert_eq!(Strategy::of(None, 4).0, Strategy::News);
        let begins = [0, 1, 2, 3, 10].map(|row| first(Some(row)));
        let expected = [
            Strategy::PartialOrder,
            Strategy::PartialOrder,
            Strategy::Pct,
            Strategy::News,
            Strategy::PartialOrder,
        ];
        assert_eq!(begins, expected);
    }

    #[test]
    fn each_strategy_comes_again_within_ten_schedules() {
        for row in [None, Some(0), Some(1), Some(2), Some(999)] {
            let mix: Vec<_> = (13..1013).map(|n| Strategy::of(row, n)).collect();
            assert!(mix.windows(11).all(|window| window[0] == window[10]));
            for wanted in [
                Strategy::News,
                Strategy::RandomWalk,
                Strategy::Pct,
                Strategy::PartialOrder,
                Strategy::LockOrder,
                Strategy::LongDelays,
            ] {
                assert!(mix[..10].iter().any(|(it, _)| *it == wanted), "{wanted:?}");
            }
            let timed: Vec<_> = mix[..10].iter().filter(|(_, timing)| *timing).collect();
            // Long delays of no time would be no delays.
            assert_eq!(timed, [&(Strategy::RandomWalk, true)]);
        }
        assert_eq!(
            Strategy::of(Some(usize::MAX), u32::MAX),
            CYCLE[(2 + 20) % 10]
        );
    }

    #[test]
    fn after_many_points_every_strategy_gives_each_task_its_chance() {
        for strategy in &ALL[..8] {
            let mut world = testing::world(*strategy, 1, 4);
            world.steps = FAIR_AFTER;
            let chosen = testing::points(&mut world, 400);
            for task in 0..4 {
                let turns = chosen.iter().filter(|&&t| t == task).count();
                assert!(
                    (60..140).contains(&turns),
                    "{strategy:?}: {turns} of 400 for {task}"
                );
            }
        }
    }
}
