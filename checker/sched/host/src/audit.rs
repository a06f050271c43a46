//! Audits a run: what it claims in the shared segment, compared with what was seen from outside.
//!
//! A program that can write to any memory can write anything there. But it cannot change what the
//! checker itself wrote down, nor which processes the kernel saw end with which exit codes. A run
//! whose claims contradict these, or each other, counts as inconclusive.

use sched_model::engine::world::{
    Config, DeviationRecord, Ending, EventRecord, Kind, NONE, ReplayRecord, Text, World, state,
};
use sched_model::limits::MAX_EVENTS;
use sched_model::records::UNWATCHED;

/// The reason given for a run that is inconclusive because its claims contradict each other or what
/// was seen.
pub const CONTRADICTED: &str = "what the program left of its run contradicts what was seen of it";

/// How the processes of a run ended, as the kernel told the server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exits {
    codes: Vec<i32>,
    /// Whether there were more than are kept.
    more: bool,
}

impl Exits {
    /// The exits with these codes, of `count` in all.
    #[must_use]
    pub fn new(codes: Vec<i32>, count: usize) -> Self {
        let more = count > codes.len();
        Self { codes, more }
    }
}

/// What the checker asked for.
pub struct Asked {
    /// How the schedule was to be made.
    pub config: Config,
    /// The choices that it was to make.
    pub replay: Vec<ReplayRecord>,
    /// Where it was to leave the natural schedule.
    pub deviations: Vec<DeviationRecord>,
}

/// The first contradiction, if there is one, in words for those who maintain the checker.
#[must_use]
pub fn contradiction(world: &World, asked: &Asked, exits: &Exits) -> Option<&'static str> {
    let checks = [
        (asks_for_something_else(world, asked), "another schedule"),
        (exits_are_made_up(world, exits), "exits that never were"),
        (names_what_is_not_there(world), "numbers of nothing"),
        (time_runs_back(world), "time that runs back"),
        (lives_are_odd(world), "acts of tasks that do not live"),
        (ends_too_early(world), "an end before the end"),
    ];
    let found = checks.into_iter().find(|(wrong, _)| *wrong);
    found.map(|(_, what)| what)
}

fn asks_for_something_else(world: &World, asked: &Asked) -> bool {
    world.config != asked.config
        || !world.replay.starts_with(&asked.replay)
        || !world.deviations.starts_with(&asked.deviations)
}

/// Whether the run claims that more processes ended with some exit code than the kernel saw.
fn exits_are_made_up(world: &World, exits: &Exits) -> bool {
    let mut left = exits.codes.clone();
    let claimed = (0..).zip(world.tasks().iter()).filter(|(id, task)| {
        // A process that the system refused to create never existed; it is recorded as ended with
        // this code.
        task.process == *id && task.state == state::EXITED && task.exit_code != NEVER_WAS
    });
    let missing = claimed.filter(|(_, task)| {
        let at = left.iter().position(|&code| code == task.exit_code);
        at.map(|at| left.swap_remove(at)).is_none()
    });
    missing.count() > 0 && !exits.more
}

/// The exit code of a process that could not be made.
const NEVER_WAS: i32 = -1;

fn names_what_is_not_there(world: &World) -> bool {
    let tasks = world.tasks().len();
    if tasks == 0 || tasks != world.task_count as usize {
        return true;
    }
    let objects = world.object_count as usize;
    let is_task = |id: u32| (id as usize) < tasks;
    let wrong = |task: u32, kind: u32, object: u32| {
        // Where the tables are full, all further objects share one number.
        let no_single_one = [NONE, UNWATCHED].contains(&object);
        let is_object = no_single_one || (object as usize) < objects;
        !is_task(task) || Kind::from_code(kind).is_none() || !is_object
    };
    let mut tasks = world.tasks().iter();
    objects != world.objects().len()
        || world.event_count as usize > MAX_EVENTS
        || world.choice_count as usize > world.log.len()
        || tasks
            .any(|task| !is_task(task.process) || (task.parent != NONE && !is_task(task.parent)))
        || events(world).any(|it| wrong(it.task, it.kind, it.object))
        || printed_twice(world)
}

/// Whether pieces of text that were printed lie on top of each other, or outside of all texts.
fn printed_twice(world: &World) -> bool {
    let mut end = 0;
    let prints =
        events(world).filter(|it| [Kind::Print as u32, Kind::Complaint as u32].contains(&it.kind));
    for print in prints {
        let low = |n: u64| u32::try_from(n).unwrap_or(NONE);
        let text = Text {
            start: low(print.a),
            len: low(print.b),
        };
        if text.len == 0 {
            continue;
        }
        let next = text.start.saturating_add(text.len);
        if text.start < end || next > world.text_len {
            return true;
        }
        end = next;
    }
    false
}

fn time_runs_back(world: &World) -> bool {
    let mut now = 0;
    events(world).any(|event| std::mem::replace(&mut now, event.time) > event.time)
        || now > world.clock
}

/// Whether a task does something before it began, or after its end.
fn lives_are_odd(world: &World) -> bool {
    let mut began = vec![false; world.tasks().len()];
    let mut ended = began.clone();
    for event in events(world) {
        let task = event.task as usize;
        let (Some(began), Some(ended)) = (began.get_mut(task), ended.get_mut(task)) else {
            return true;
        };
        if *ended {
            return true;
        }
        *began |= event.kind == Kind::Begin as u32;
        *ended = event.kind == Kind::Exit as u32;
        if !*began && !*ended {
            return true;
        }
    }
    false
}

fn ends_too_early(world: &World) -> bool {
    let finished = world.ending == Ending::Finished as u32;
    let main_lives = world
        .tasks()
        .get(0)
        .is_none_or(|main| main.state != state::EXITED);
    finished && main_lives
}

fn events(world: &World) -> impl Iterator<Item = &EventRecord> {
    let count = (world.event_count as usize).min(world.log.len());
    world.log[..count].iter().map(|entry| &entry.event)
}

#[cfg(test)]
mod tests {
    use sched_segment::segment::world_of_zeroes;

    use super::*;

    /// A run of main and one child, which both came to a good end.
    fn honest() -> Box<World> {
        let mut world = world_of_zeroes();
        world.begin();
        let main = world.add_task(NONE, "main", false, NONE).expect("has room");
        world.record(main, Kind::Begin, NONE, 0, 0);
        let child = world
            .add_task(main, "child", false, NONE)
            .expect("has room");
        world.record(main, Kind::Start, NONE, u64::from(child), 0);
        world.clock = 7;
        world.record(child, Kind::Begin, NONE, 0, 0);
        world.exited(child, 3);
        world.exited(main, 0);
        world.end(Ending::Finished, NONE);
        world
    }

    /// What is found when the processes ended with these codes.
    fn found(world: &World, config: &Config, codes: &[i32]) -> Option<&'static str> {
        let asked = Asked {
            config: *config,
            replay: Vec::new(),
            deviations: Vec::new(),
        };
        contradiction(world, &asked, &Exits::new(codes.to_vec(), codes.len()))
    }

    #[track_caller]
    fn assert_found(what: &str, change: impl Fn(&mut World)) {
        let mut world = honest();
        let config = world.config;
        change(&mut world);
        assert_eq!(found(&world, &config, &[3, 0]), Some(what));
    }

    #[test]
    fn an_honest_run_contradicts_nothing() {
        let world = honest();
        assert_eq!(found(&world, &world.config, &[3, 0]), None);
        assert_eq!(found(&world, &world.config, &[0, -9, 3]), None, "strangers");
    }

    #[test]
    fn what_is_one_too_many_to_be_told_apart_is_no_contradiction() {
        let mut world = honest();
        world.log[2].event.object = UNWATCHED;
        assert_eq!(found(&world, &world.config, &[3, 0]), None);
    }

    #[test]
    fn exits_that_nobody_saw_are_made_up() {
        let world = honest();
        for codes in [&[0][..], &[0, 0], &[3, 3]] {
            let found = found(&world, &world.config, codes);
            assert_eq!(found, Some("exits that never were"));
        }
        assert_found("exits that never were", |world| {
            world.tasks[1].exit_code = 0
        });
    }

    #[test]
    fn another_schedule_than_asked_for_is_noticed() {
        assert_found("another schedule", |world| world.config.strategy ^= 1);
        assert_found("another schedule", |world| world.config.seed += 1);
        let world = honest();
        let asked = Asked {
            config: world.config,
            replay: Vec::new(),
            deviations: vec![DeviationRecord {
                holder: 0,
                task: 1,
                turn: 2,
            }],
        };
        let exits = Exits::new(vec![3, 0], 2);
        let found = contradiction(&world, &asked, &exits);
        assert_eq!(found, Some("another schedule"));
    }

    #[test]
    fn numbers_of_nothing_are_noticed() {
        assert_found("numbers of nothing", |world| world.task_count = 0);
        assert_found("numbers of nothing", |world| world.task_count = NONE);
        assert_found("numbers of nothing", |world| world.log[0].event.task = 2);
        assert_found("numbers of nothing", |world| world.log[0].event.kind = 99);
        assert_found("numbers of nothing", |world| world.log[0].event.object = 0);
        assert_found("numbers of nothing", |world| {
            world.log[1].event.kind = Kind::Print as u32;
            world.log[1].event.b = 1 << 40;
        });
    }

    #[test]
    fn time_and_lives_go_one_way() {
        assert_found("time that runs back", |world| world.log[0].event.time = 9);
        assert_found("time that runs back", |world| world.clock = 0);
        let odd = "acts of tasks that do not live";
        assert_found(odd, |world| world.log[2].event.kind = Kind::Yield as u32);
        assert_found(odd, |world| {
            let last = world.log[4].event;
            world.log[5].event = EventRecord {
                kind: Kind::Yield as u32,
                ..last
            };
            world.event_count += 1;
        });
    }

    #[test]
    fn who_lives_has_not_finished() {
        assert_found("an end before the end", |world| {
            world.tasks[0].state = state::READY;
        });
    }
}
