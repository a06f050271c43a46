//! Strategies: who goes next where several could.
//!
//! A strategy is told of new tasks and of each point, and picks one of the candidates. It must
//! decide from the [`World`] alone, so that a schedule is a function of program, arguments, seed
//! and number; what it needs to remember is kept in the world's fields.

mod breadth_first;
mod deviations;
mod in_turn;
mod lock_order;
mod long_delays;
mod natural;
mod news;
mod partial_order;
mod pct;
mod random_walk;
mod replay;
mod reversed;

use crate::decide::TaskSet;
use crate::world::{NONE, World};

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
    /// The first choices as given, then natural: see [`crate::systematic`].
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

impl Strategy {
    /// The strategy of a schedule, and whether it belongs to the timing group (no delays).
    ///
    /// News first leads: nothing finds more bugs a schedule that need more than starting together.
    /// The others are there for what it finds late: deep orders (PCT), few among many operations
    /// (partial order), cycles of locks (lock order), sleeps that are too short (long delays), and
    /// what nobody thought of (random walk).
    #[must_use]
    pub fn of(schedule: u32) -> (Self, bool) {
        const MIX: [(Strategy, bool); 10] = [
            (Strategy::News, false),
            (Strategy::LongDelays, false),
            (Strategy::RandomWalk, false),
            (Strategy::News, false),
            (Strategy::LockOrder, false),
            (Strategy::RandomWalk, false),
            (Strategy::News, false),
            (Strategy::PartialOrder, false),
            (Strategy::RandomWalk, true),
            (Strategy::Pct, false),
        ];
        match schedule {
            0 => (Self::Natural, true),
            1 => (Self::BreadthFirst, false),
            2 => (Self::Reversed, true),
            3 => (Self::InTurn, false),
            n => MIX[((n - 4) % 10) as usize],
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
        Strategy::News => news::pick(world, (holder != NONE).then_some(holder), candidates),
        Strategy::InTurn => in_turn::pick(world, candidates, current),
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
pub(crate) mod testing {
    //! Worlds in the small: tasks that pass points and do nothing else.

    use super::Strategy;
    use crate::decide::Next;
    use crate::limits::MAX_EDGES;
    use crate::world::{Config, NEVER, NONE, Op, World, state};

    /// A world of `tasks` tasks, all ready but main, which runs.
    pub(crate) fn world(strategy: Strategy, seed: u64, tasks: u32) -> Box<World> {
        let mut world = World::boxed();
        world.config = Config {
            seed,
            schedule: 1,
            strategy: strategy.code(),
            max_delay: NEVER,
            length: 40,
            edge_count: 0,
            edges: [[0; 2]; MAX_EDGES],
            replay_len: 0,
            reserved: 0,
        };
        again(&mut world, tasks);
        world
    }

    /// Begins another run with the same configuration.
    pub(crate) fn again(world: &mut World, tasks: u32) {
        world.begin();
        for _ in 0..tasks {
            let parent = if world.task_count == 0 { NONE } else { 0 };
            world.add_task(parent, "", false, NONE).expect("few tasks");
        }
        world.task_mut(0).state = state::RUNNING;
    }

    /// The holder passes a point that concerns nobody; who goes on.
    pub(crate) fn point(world: &mut World, holder: u32) -> u32 {
        point_on(world, holder, NONE)
    }

    /// The holder is about to do something with `object`; who goes on.
    pub(crate) fn point_on(world: &mut World, holder: u32, object: u32) -> u32 {
        world.changed();
        world.announce(holder, Op::Write, object, 1);
        decide(world, holder)
    }

    pub(crate) fn decide(world: &mut World, holder: u32) -> u32 {
        match world.decide(holder) {
            Next::Task(task) => task,
            Next::Over => panic!("the run is over: {}", world.ending),
        }
    }

    /// Who is chosen at each of `points` points.
    pub(crate) fn points(world: &mut World, points: usize) -> Vec<u32> {
        let mut holder = 0;
        let mut chosen = Vec::new();
        for _ in 0..points {
            holder = point(world, holder);
            chosen.push(holder);
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{ALL, FAIR_AFTER, FIRST_SCHEDULES, Strategy, testing};

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
        let first: Vec<_> = (0..FIRST_SCHEDULES).map(Strategy::of).collect();
        let expected = [
            (Strategy::Natural, true),
            (Strategy::BreadthFirst, false),
            (Strategy::Reversed, true),
        ];
        assert_eq!(first, expected);
    }

    #[test]
    fn the_mix_repeats_every_ten_and_news_first_leads() {
        assert_eq!(Strategy::of(3), (Strategy::InTurn, false));
        let mix: Vec<_> = (4..1004).map(Strategy::of).collect();
        assert!(mix.windows(11).all(|window| window[0] == window[10]));
        let count = |wanted| {
            let of_it = |(strategy, _): &&(Strategy, bool)| *strategy == wanted;
            mix[..10].iter().filter(of_it).count()
        };
        assert_eq!((count(Strategy::News), count(Strategy::RandomWalk)), (3, 3));
        for rare in [
            Strategy::Pct,
            Strategy::LockOrder,
            Strategy::LongDelays,
            Strategy::PartialOrder,
        ] {
            assert_eq!(count(rare), 1, "{rare:?}");
        }
        assert_eq!(mix[..10].iter().filter(|(_, timing)| *timing).count(), 1);
        let timed = mix.iter().find(|(_, timing)| *timing).expect("one in ten");
        assert_eq!(
            timed.0,
            Strategy::RandomWalk,
            "delays of no time would be no delays"
        );
        assert!(mix[..3].iter().all(|(_, timing)| !timing));
        assert_eq!(Strategy::of(u32::MAX), mix[((u32::MAX - 4) % 10) as usize]);
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
