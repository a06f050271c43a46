//! Strategies: who goes next where several could.
//!
//! A strategy is a file with a type of its own and a line in the list below: its number, its file,
//! what it is called. All else (the numbers in the segment, the names in reports, the properties that
//! hold under every strategy) follows from that list. What a check does with it is said in
//! [`Strategy::of`].

mod breadth_first;
mod deviations;
mod insistent;
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

use crate::engine::slots::SlotSet;
use crate::engine::world::World;
use crate::limits::MAX_STEPS;
use crate::numbered::numbered;

/// What a strategy is told, and what it is asked.
///
/// It must decide from the [`World`] alone, so that a schedule is a function of program, arguments,
/// seed and number; what it needs to remember is kept in the world's fields.
trait Choose {
    /// A run begins.
    fn begin(&self, _world: &mut World) {}

    /// A task was added.
    fn task_added(&self, _world: &mut World, _task: u32) {}

    /// `holder` reached a point. The candidates are not known yet, so the strategy may still delay
    /// it.
    fn before(&self, _world: &mut World, _holder: u32) {}

    /// Picks one of the candidates.
    fn pick(&self, world: &mut World, among: Among) -> u32;

    /// What it follows.
    fn follows(&self) -> List {
        List::Nothing
    }

    /// Whether a task that could go on mostly does.
    fn lets_go_on(&self) -> bool {
        false
    }
}

/// The tasks among which a strategy picks.
#[derive(Clone, Copy)]
pub(super) struct Among {
    /// Who reached a point; [`NONE`](crate::records::NONE) if the supervisor decides after a death.
    pub holder: u32,
    /// Who could go on: at least one.
    pub candidates: SlotSet,
    /// The holder, if it could go on without being interrupted.
    pub current: Option<u32>,
    /// Whether these are those among whom the holder was chosen last, and nothing was done to another one
    /// since.
    pub settled: bool,
}

impl Among {
    /// Whether a task, whatever its number, could go on.
    fn has(&self, world: &World, task: u32) -> bool {
        world.is_among(self.candidates, task)
    }
}

/// What a strategy follows as far as it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Nothing: it decides by itself.
    Nothing,
    /// The choices of a run, one a decision.
    Choices,
    /// Where a run leaves the natural schedule.
    Deviations,
}

/// Defines [`Strategy`] with its numbers, names and implementations.
macro_rules! strategies {
    (
        $(#[$first_meta:meta])* $first:ident = $number:literal: $first_file:ident, $first_name:literal;
        $($(#[$meta:meta])* $variant:ident: $file:ident, $name:literal;)*
    ) => {
        numbered! {
            /// How a schedule chooses.
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            #[repr(u32)]
            pub enum Strategy {
                $(#[$first_meta])* $first = $number,
                $($(#[$meta])* $variant,)*
            }
        }

        impl Strategy {
            /// Its name, for people.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    Self::$first => $first_name,
                    $(Self::$variant => $name,)*
                }
            }

            #[inline]
            fn chooser(self) -> &'static dyn Choose {
                match self {
                    Self::$first => &$first_file::$first,
                    $(Self::$variant => &$file::$variant,)*
                }
            }
        }
    };
}

strategies! {
    /// No preemption, no delay: what one sees by hand.
    Natural = 0: natural, "natural";
    /// Switches at every point, in turn.
    BreadthFirst: breadth_first, "breadth-first";
    /// No preemption, the youngest task first.
    Reversed: reversed, "reversed";
    /// Any candidate with equal chance.
    RandomWalk: random_walk, "random walk";
    /// Random priorities with a few random changes (Burckhardt et al., ASPLOS 2010).
    Pct: pct, "PCT";
    /// Random priorities of operations, redrawn for those in conflict (Yuan et al., CAV 2018).
    PartialOrder: partial_order, "partial-order sampling";
    /// Steers towards a cycle of the lock-order graph.
    LockOrder: lock_order, "lock-order guided";
    /// No preemption but random, possibly very long, delays.
    LongDelays: long_delays, "long delays";
    /// A recorded list of choices.
    Replay: replay, "replay";
    /// The first choices as given, then natural: see the checker's systematic exploration.
    Systematic: replay, "systematic";
    /// Random, but mostly a change is read at once, and a task that has just read goes on.
    ReadGuided: read_guided, "news first";
    /// Switches at every point, in turn, from the first start on.
    RoundRobin: round_robin, "in turn";
    /// Natural, but for a short list of choices.
    Deviations: deviations, "natural with deviations";
    /// The running task goes on as if all others were very late.
    Insistent: insistent, "insistent";
}

/// Schedules that every row starts with; the later ones may use what these showed.
pub const FIRST_SCHEDULES: u32 = 3;

/// What a program with a single row does before it comes to [`CYCLE`].
const ALONE: [(Strategy, bool); 10] = [
    (Strategy::Reversed, true),
    (Strategy::ReadGuided, false),
    (Strategy::ReadGuided, false),
    (Strategy::ReadGuided, false),
    (Strategy::ReadGuided, false),
    (Strategy::PartialOrder, false),
    (Strategy::ReadGuided, false),
    (Strategy::RandomWalk, false),
    (Strategy::ReadGuided, false),
    (Strategy::LongDelays, false),
];
/// What is repeated, and whether it is of the timing group.
const CYCLE: [(Strategy, bool); 10] = [
    (Strategy::PartialOrder, false),
    (Strategy::RandomWalk, false),
    (Strategy::ReadGuided, false),
    (Strategy::LongDelays, false),
    (Strategy::PartialOrder, false),
    (Strategy::ReadGuided, false),
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
    /// short (long delays), and what nobody thought of (random walk). A single row begins with
    /// read-guided schedules: nothing finds more bugs of a few threads that start together.
    #[must_use]
    pub fn of(row: Option<usize>, schedule: u32) -> (Self, bool) {
        let from_here = match schedule {
            0 => return (Self::Natural, true),
            // Breadth-first always does the same, so once, with the first row's arguments, is
            // enough.
            1 if row.is_some_and(|row| row > 0) => return (Self::RandomWalk, false),
            1 => return (Self::BreadthFirst, false),
            // A program with a single row mostly has threads that are all alike: round robin finds
            // more there.
            2 if row.is_none() => return (Self::RoundRobin, false),
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

    /// The strategy of a schedule of a row whose natural run is long: few tasks that could go on are
    /// left for another one, at places drawn from all of the run. So a schedule takes little longer
    /// than the natural one, and a failure can be made small.
    #[must_use]
    pub fn of_long(schedule: u32) -> (Self, bool) {
        match schedule {
            0 => (Self::Natural, true),
            n if n % 4 == 2 => (Self::Reversed, true),
            n if n % 8 == 4 => (Self::RandomWalk, false),
            _ => (Self::Pct, false),
        }
    }

    /// The list that it follows, if it follows one.
    #[must_use]
    pub fn follows(self) -> List {
        self.chooser().follows()
    }

    /// The strategy of a run; natural for an unknown number.
    #[inline]
    fn of_run(world: &World) -> Self {
        Self::from_code(world.config.strategy).unwrap_or(Self::Natural)
    }
}

/// A run begins.
pub(super) fn begin(world: &mut World) {
    Strategy::of_run(world).chooser().begin(world);
}

/// A task was added.
pub(super) fn task_added(world: &mut World, task: u32) {
    Strategy::of_run(world).chooser().task_added(world, task);
}

/// `holder` reached a point; called before the candidates are known.
#[inline]
pub(super) fn before(world: &mut World, holder: u32) {
    Strategy::of_run(world).chooser().before(world, holder);
}

/// Points after which every strategy becomes a random walk: a strategy with favourites could keep
/// from running the very task that a loop waits for.
const FAIR_AFTER: u32 = 10_000;
/// So many points a task may go on for where nothing tells how long a run should be.
const LONGEST_STRETCH: u32 = 1 << 18;

/// Whoever has its turn because a strategy might never let it go on. In a run that may be long a walk
/// switches ever more seldom: each hand-over takes as long as many points, and so it has few of them
/// however long it is, but does not leave out any part.
#[inline]
fn fair(world: &mut World, chooser: &dyn Choose, among: Among) -> Option<u32> {
    let steps = world.steps;
    if steps <= FAIR_AFTER {
        return None;
    }
    if world.config.most_steps <= MAX_STEPS {
        return Some(random_walk::any(world, among.candidates));
    }
    if chooser.lets_go_on() && !lasts_too_long(world) {
        return None;
    }
    let switches = world.rng.below(steps.into()) < FAIR_AFTER.into();
    let stays = among.current.filter(|_| !switches);
    Some(stays.unwrap_or_else(|| random_walk::any(world, among.candidates)))
}

/// Whether a run of a strategy that does not interrupt without need takes so long that somebody may
/// wait for one who never has a turn: much longer than the natural run, or, where that is not known, with
/// one task alone at work. What is printed meanwhile must not become too much.
fn lasts_too_long(world: &mut World) -> bool {
    if world.config.length > 0 {
        return world.steps > world.config.length.saturating_mul(4);
    }
    let prints = world.printed != world.printed_before;
    let longest = if prints { FAIR_AFTER } else { LONGEST_STRETCH };
    if world.steps - world.runs_since > longest {
        world.lasts_too_long = 1;
    }
    world.lasts_too_long == 1
}

/// Picks one of the candidates.
#[inline]
pub(super) fn pick(world: &mut World, among: Among) -> u32 {
    let chooser = Strategy::of_run(world).chooser();
    if chooser.follows() != List::Choices {
        if let Some(one) = world.only_one(among.candidates) {
            return one;
        }
        if let Some(task) = fair(world, chooser, among) {
            return task;
        }
    }
    chooser.pick(world, among)
}

/// Whom the natural schedule would choose: it keeps nobody waiting.
pub(super) fn undelayed(world: &World, candidates: SlotSet, current: Option<u32>) -> u32 {
    let key = |&task: &u32| (world.due(task), world.task(task).ready_order);
    current.unwrap_or_else(|| world.those_of(candidates).min_by_key(key).unwrap_or(0))
}

/// The candidate that could go on first; among equals the one ready for longest.
fn earliest(world: &World, candidates: SlotSet) -> u32 {
    let key = |&task: &u32| (world.start_time(task), world.task(task).ready_order);
    world.those_of(candidates).min_by_key(key).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{CYCLE, FAIR_AFTER, FIRST_SCHEDULES, List, Strategy};
    use crate::engine::testing;

    #[test]
    fn names_tell_strategies_apart() {
        let names: HashSet<&str> = Strategy::ALL.iter().map(|it| it.name()).collect();
        assert_eq!(names.len(), Strategy::ALL.len());
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
        let alone = [expected[0], expected[1], (Strategy::RoundRobin, false)];
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
        assert_eq!(Strategy::of(None, 4).0, Strategy::ReadGuided);
        let begins = [0, 1, 2, 3, 10].map(|row| first(Some(row)));
        let expected = [
            Strategy::PartialOrder,
            Strategy::PartialOrder,
            Strategy::Pct,
            Strategy::ReadGuided,
            Strategy::PartialOrder,
        ];
        assert_eq!(begins, expected);
    }

    #[test]
    fn each_strategy_comes_again_within_ten_schedules() {
        // All strategies that are not only used for the first schedules and need no list.
        let first = |it: &Strategy| {
            let mut both = [None, Some(0)].into_iter();
            // Insistent takes the place of another one where it is asked for.
            *it == Strategy::Insistent
                || both.any(|row| (0..FIRST_SCHEDULES).any(|n| Strategy::of(row, n).0 == *it))
        };
        let all = Strategy::ALL.iter();
        let wanted = all.filter(|it| it.follows() == List::Nothing && !first(it));
        let wanted: Vec<_> = wanted.collect();
        for row in [None, Some(0), Some(1), Some(2), Some(999)] {
            let mix: Vec<_> = (13..1013).map(|n| Strategy::of(row, n)).collect();
            assert!(mix.windows(11).all(|window| window[0] == window[10]));
            for wanted in &wanted {
                assert!(
                    mix[..10].iter().any(|(it, _)| *it == **wanted),
                    "{wanted:?}"
                );
            }
            let timed: Vec<_> = mix[..10].iter().filter(|(_, timing)| *timing).collect();
            // Long delays would be no delays where all delays are zero.
            assert_eq!(timed, [&(Strategy::RandomWalk, true)]);
        }
        assert_eq!(
            Strategy::of(Some(usize::MAX), u32::MAX),
            CYCLE[(2 + 20) % 10]
        );
    }

    #[test]
    fn after_many_points_every_strategy_gives_each_task_its_chance() {
        let replays = |it: &&Strategy| it.follows() == List::Choices;
        for strategy in Strategy::ALL.iter().filter(|it| !replays(it)) {
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
