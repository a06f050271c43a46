//! The trace of a run: the events and the decisions that are recorded, and what of a long run is left
//! out.
//!
//! The first half of the room holds all that happens. Where the other half is full, room is made
//! there. A run of an exercise has room for all that it may do, a program of one's own for less: it is
//! read after each schedule. Of the events, those go which lie far from any change of tasks, and say
//! what everybody does all the time: a lock taken and given back, a value read and written. They go in
//! pieces after which each lock is held as before, so that whoever follows the rest knows who holds
//! what. Decisions that let the same task go on, as the natural schedule would, are taken together once
//! there are many. So a trace grows with how often tasks take turns, and not with how long each of them
//! works; what happened in between is the same in each run of the schedule.

use std::ops::Range;

use crate::engine::strategy::Among;
use crate::engine::world::{ChoiceRecord, EventRecord, Kind, LogRecord, NONE, World};
use crate::limits::{Excess, MAX_EVENTS, MAX_STEPS};

/// Bytes of a page, for what only speed depends on.
const PAGE: usize = 4096;
/// Events of a run that may be long.
const ROOM: usize = MAX_EVENTS / 2;
/// So many events are kept before and after a change of tasks.
const AROUND: usize = 32;

impl World {
    /// How many events there is room for; after half as many decisions they are taken together.
    #[inline]
    fn room(&self) -> usize {
        match self.config.most_steps > MAX_STEPS {
            true => ROOM,
            false => MAX_EVENTS,
        }
    }

    /// Appends to the trace.
    #[inline]
    pub fn record(&mut self, task: u32, kind: Kind, object: u32, a: u64, b: u64) {
        if self.event_count as usize >= self.room() && !self.makes_room_for_events() {
            return self.give_up(task, &Excess::Events.text());
        }
        let at = self.event_count as usize;
        let site = self.task(task).site;
        let kind = kind as u32;
        if std::ptr::from_ref(&self.log[at]).addr() % PAGE < size_of::<LogRecord>() {
            // A page that is first read is mapped together with its neighbours; one that is first
            // written is mapped alone.
            std::hint::black_box(self.log[at].event.time);
        }
        self.log[at].event = EventRecord {
            time: self.clock,
            task,
            kind,
            site,
            object,
            a,
            b,
        };
        self.event_count += 1;
    }

    /// Notes a decision.
    #[inline]
    pub(super) fn note_choice(&mut self, task: u32, how: u32, among: Among) {
        let at = self.choice_count as usize;
        if at >= MAX_EVENTS {
            return self.give_up(task, &Excess::Events.text());
        }
        if at > self.room() / 2 && self.log[at - 1].choice.goes_on(task, how) {
            self.log[at - 1].choice.times += 1;
            return;
        }
        let near = self.note_candidates(at, among.candidates);
        let (clock, events, object) = (self.clock, self.event_count, self.task(task).op_object);
        let choice = ChoiceRecord {
            clock,
            task,
            events,
            candidates: near,
            current: among.current.unwrap_or(NONE),
            object,
            how,
            times: 1,
        };
        self.log[at].choice = choice;
        self.choice_count += 1;
    }

    /// Leaves out events of the second half; whether there is room then.
    #[cold]
    fn makes_room_for_events(&mut self) -> bool {
        let room = self.room();
        self.leave_out(Self::end_of_stretch, AROUND);
        if self.event_count as usize > room / 8 * 7 {
            // All of them are near a change of tasks: the last ones matter most.
            self.leave_out(|_, _| room / 4 * 3, 0);
        }
        self.event_count as usize <= room / 8 * 7
    }

    /// Leaves out what it can of each piece of the trace, from where one ends to the end of the next
    /// one, except for so many events at both ends.
    fn leave_out(&mut self, end_of: impl Fn(&Self, usize) -> usize, kept: usize) {
        let count = self.event_count as usize;
        let whole = self.room() / 2;
        let mut choice = self.first_choice_after(whole);
        let (mut from, mut into) = (whole, whole);
        while from < count {
            let end = end_of(self, from).clamp(from + 1, count);
            let (cut, all) = self.can_go((from + kept).min(end)..end.saturating_sub(kept));
            while from < end {
                // Mostly the whole of it goes, and need not be looked at again.
                let next = if all && from == cut.start {
                    cut.end
                } else {
                    from + 1
                };
                choice = self.come_after(choice, next, into);
                if cut.contains(&from) && (all || says_nothing_new(self.log[from].event.kind)) {
                    self.events_left_out += (next - from) as u64;
                } else {
                    self.log[into].event = self.log[from].event;
                    into += 1;
                }
                from = next;
            }
        }
        for entry in &mut self.log[choice..self.choice_count as usize] {
            entry.choice.events = small(into);
        }
        self.event_count = small(into);
    }

    /// From this decision on, those that fewer than `before` events came before now have `events` before
    /// them. Returns the number of the next one.
    fn come_after(&mut self, mut choice: usize, before: usize, events: usize) -> usize {
        while choice < self.choice_count as usize
            && (self.log[choice].choice.events as usize) < before
        {
            self.log[choice].choice.events = small(events);
            choice += 1;
        }
        choice
    }

    /// The number of the first decision that so many events came before.
    fn first_choice_after(&self, events: usize) -> usize {
        let choices = &self.log[..self.choice_count as usize];
        choices.partition_point(|entry| (entry.choice.events as usize) < events)
    }

    /// Where another task goes on than at this event, or begins to unwind.
    fn end_of_stretch(&self, from: usize) -> usize {
        let (task, count) = (self.log[from].event.task, self.event_count as usize);
        let panic = Kind::Panic as u32;
        let others = |it: &LogRecord| it.event.task != task || it.event.kind == panic;
        let length = self.log[from..count].iter().position(others);
        length.map_or(count, |length| from + length)
    }

    /// The longest beginning of a piece of the trace after which everybody holds what they held before,
    /// and whether it says nothing new.
    fn can_go(&self, piece: Range<usize>) -> (Range<usize>, bool) {
        let (mut held, mut end) = (0_u64, piece.start);
        let mut first_news = piece.end;
        for at in piece.clone() {
            let event = &self.log[at].event;
            // As in `note_held`; the task counts as well.
            let share = (u64::from(event.object) << 32 | u64::from(event.task)) + 1;
            let share = share.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            match Kind::from_code(event.kind) {
                Some(Kind::Acquired) => held = held.wrapping_add(share),
                Some(Kind::Released) => held = held.wrapping_sub(share),
                _ => {}
            }
            if held == 0 {
                end = at + 1;
            }
            if first_news > at && !says_nothing_new(event.kind) {
                first_news = at;
            }
        }
        (piece.start..end, piece.start < end && first_news >= end)
    }
}

/// Whether an event of this kind may be left out of a long trace: whether it tells of what tasks do
/// with each other again and again. What is printed, and the lives of tasks, is always told.
fn says_nothing_new(kind: u32) -> bool {
    match Kind::from_code(kind) {
        Some(
            Kind::Blocked
            | Kind::Acquired
            | Kind::WouldBlock
            | Kind::Released
            | Kind::Read
            | Kind::Wrote
            | Kind::Updated
            | Kind::Sleep
            | Kind::Yield
            | Kind::Random
            | Kind::Act
            | Kind::Request
            | Kind::Answer
            | Kind::File
            | Kind::Again,
        ) => true,
        Some(
            Kind::Start
            | Kind::Begin
            | Kind::Exit
            | Kind::JoinWait
            | Kind::Joined
            | Kind::IsAlive
            | Kind::Signal
            | Kind::Clock
            | Kind::Print
            | Kind::Complaint
            | Kind::Enter
            | Kind::Leave
            | Kind::Panic
            | Kind::GaveUp
            | Kind::StartFailed,
        )
        | None => false,
    }
}

/// Numbers of events are far below 2^32.
fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::{AROUND, ROOM};
    use crate::engine::strategy::Strategy;
    use crate::engine::testing::{self, decide};
    use crate::engine::world::{ChoiceRecord, Ending, Kind, NONE, Op, World, state};
    use crate::limits::MAX_STEPS_OF_PROGRAM;

    fn world(strategy: Strategy) -> Box<World> {
        let mut world = testing::world(strategy, 7, 3);
        world.config.most_steps = MAX_STEPS_OF_PROGRAM;
        world.add_object(1, "", NONE, 0).expect("few objects");
        world.add_object(4, "", NONE, 1).expect("few objects");
        world
    }

    /// A task takes the lock, reads and writes, and gives the lock back.
    fn turn(world: &mut World, task: u32) {
        world.acquired(task, 0, true);
        world.record(task, Kind::Read, 1, 0, 0);
        world.record(task, Kind::Wrote, 1, 0, 0);
        world.released(task, 0);
    }

    fn events(world: &World) -> Vec<(u32, Kind)> {
        let log = &world.log[..world.event_count as usize];
        let kind = |code| Kind::from_code(code).expect("a kind");
        log.iter()
            .map(|it| (it.event.task, kind(it.event.kind)))
            .collect()
    }

    #[test]
    fn a_long_trace_is_cut_where_one_task_works_alone_and_tells_all_else() {
        let mut world = world(Strategy::Natural);
        // One that ends in the middle of its turn, and one that follows.
        for _ in 0..2 * ROOM {
            turn(&mut world, 1);
        }
        world.acquired(1, 0, true);
        world.record(1, Kind::Print, NONE, 0, 0);
        world.record(2, Kind::Begin, NONE, 0, 0);
        world.record(1, Kind::Wrote, 1, 0, 0);
        world.released(1, 0);
        for _ in 0..2 * ROOM {
            turn(&mut world, 2);
        }
        assert!(!world.over());
        let events = events(&world);
        assert!(events.len() <= ROOM);
        let all = 2 * 4 * 2 * ROOM as u64 + 5;
        assert_eq!(events.len() as u64 + world.events_left_out, all);
        // Who follows the rest sees the lock taken by nobody who has it, and given back by its holder.
        let mut holder = None;
        for (task, kind) in &events {
            match kind {
                Kind::Acquired => assert_eq!(holder.replace(*task), None),
                Kind::Released => assert_eq!(holder.take(), Some(*task)),
                _ => {}
            }
        }
        let switch = events.iter().position(|&it| it == (2, Kind::Begin));
        let switch = switch.expect("it is told");
        assert_eq!(events[switch - 1], (1, Kind::Print));
        let turn = [Kind::Acquired, Kind::Read, Kind::Wrote, Kind::Released];
        let before = events[switch - AROUND..switch - 2].iter().rev();
        let alike = before.zip(turn.iter().rev().cycle());
        assert!(
            alike.into_iter().all(|(it, kind)| *it == (1, *kind)),
            "all that came just before"
        );
    }

    #[test]
    fn where_tasks_take_turns_all_the_time_the_last_events_are_told() {
        let mut world = world(Strategy::Natural);
        for round in 0..2 * ROOM {
            turn(&mut world, 1 + u32::from(round % 2 == 0));
        }
        world.record(0, Kind::Exit, NONE, 0, 0);
        assert!(!world.over());
        let events = events(&world);
        assert_eq!(events.last(), Some(&(0, Kind::Exit)));
        assert!(events.len() > ROOM / 2 && events.len() <= ROOM);
    }

    #[test]
    fn what_has_to_be_told_and_is_too_much_ends_the_run() {
        let mut world = world(Strategy::Natural);
        for _ in 0..=ROOM {
            world.record(0, Kind::Print, NONE, 0, 0);
        }
        assert_eq!(world.ending, Ending::Inconclusive as u32);
    }

    /// Passes so many points, and tells who was chosen at each.
    fn points(world: &mut World, count: u32) -> Vec<u32> {
        let mut holder = 0;
        let pass = |_| {
            world.changed();
            world.announce(holder, Op::Write, 1, 1);
            holder = decide(world, holder);
            holder
        };
        (0..count).map(pass).collect()
    }

    #[test]
    fn decisions_to_go_on_are_taken_together_and_replayed_as_they_were() {
        let mut world = world(Strategy::Pct);
        world.config.length = ROOM as u32;
        testing::again(&mut world, 3);
        let count = 2 * ROOM as u32 + 77;
        let chosen = points(&mut world, count);
        assert!(chosen.windows(2).any(|it| it[0] != it[1]), "it switches");
        assert!((world.choice_count as usize) < ROOM);
        let choices: Vec<ChoiceRecord> = world.log[..world.choice_count as usize]
            .iter()
            .map(|entry| entry.choice)
            .collect();
        let told = choices
            .iter()
            .flat_map(|it| std::iter::repeat_n(it.task, it.times as usize));
        assert!(told.eq(chosen.iter().copied()));
        for (slot, choice) in world.replay.iter_mut().zip(&choices) {
            *slot = crate::records::ReplayRecord::new(choice.task, choice.clock, choice.times);
        }
        world.config.list_len = world.choice_count;
        world.config.strategy = Strategy::Replay.code();
        testing::again(&mut world, 3);
        assert_eq!(points(&mut world, count), chosen);
    }

    #[test]
    fn a_long_run_interrupts_ever_more_seldom_and_nobody_for_ever() {
        let switches = |strategy, count| {
            let mut world = world(strategy);
            world.config.length = 0;
            testing::again(&mut world, 3);
            let chosen = points(&mut world, count);
            assert!((0..3).all(|task| chosen.contains(&task)), "{strategy:?}");
            world.switches
        };
        let walk = switches(Strategy::RandomWalk, 1_000_000);
        // Two of three decisions among the first 10,000, and as many again each time that the length
        // grows by a factor of e.
        assert!((20_000..50_000).contains(&walk), "{walk}");
        let natural = switches(Strategy::Natural, 400_000);
        assert!((1_000..20_000).contains(&natural), "{natural}");
    }

    #[test]
    fn who_prints_while_others_wait_does_not_go_on_for_long() {
        let mut world = world(Strategy::Natural);
        world.config.length = 0;
        testing::again(&mut world, 3);
        points(&mut world, 1);
        world.printed = 1;
        assert!(points(&mut world, 9_999).iter().all(|&task| task == 0));
        let chosen = points(&mut world, 100);
        assert!((0..3).all(|task| chosen.contains(&task)));
    }

    #[test]
    fn a_run_that_is_much_longer_than_the_natural_one_lets_all_go_on() {
        let mut world = world(Strategy::Pct);
        world.config.length = 5_000;
        testing::again(&mut world, 3);
        points(&mut world, 20_000);
        let chosen = points(&mut world, 100);
        assert!((0..3).all(|task| chosen.contains(&task)));
    }

    #[test]
    fn the_natural_run_interrupts_nobody_who_works_for_long() {
        let mut world = world(Strategy::Natural);
        world.config.length = 0;
        testing::again(&mut world, 3);
        assert!(points(&mut world, 250_000).iter().all(|&task| task == 0));
        world.task_mut(0).state = state::EXITED;
        let next = decide(&mut world, 0);
        assert_eq!(next, 1);
    }
}
