//! Tests of decoding: honest worlds come out as they were, scribbled ones without a panic.

use std::time::Duration;

use proptest::prelude::*;
use sched_model::engine::world::{
    Ending, EventRecord, Here, Kind, MemoryRaceRecord, NONE, RaceRecord, Text, World, state,
};
use sched_model::limits::{MAX_CALLS, MAX_EVENTS, MAX_TASKS};
use sched_model::rng::SplitMix64;
use sched_model::run::{End, Refusal, Run, Site, What};
use sched_segment::segment::world_of_zeroes;

use super::{Lines, Sites, decode};

/// A world of so many tasks, all ready but main, which runs.
fn world(tasks: u32) -> Box<World> {
    let mut world = world_of_zeroes();
    world.begin();
    for task in 0..tasks {
        let parent = if task == 0 { NONE } else { 0 };
        world.add_task(parent, "", false, NONE).expect("few tasks");
    }
    world.task_mut(0).state = state::RUNNING;
    world
}

/// Numbers as a broken program leaves them: near limits as often as anywhere.
struct Scribble(SplitMix64);

impl Scribble {
    fn long(&mut self) -> u64 {
        match self.0.below(8) {
            0 => 0,
            1 => u64::MAX,
            2 => u64::from(u32::MAX) + self.0.below(3),
            3 => self.0.below(4),
            4 => MAX_TASKS as u64 - 2 + self.0.below(4),
            5 => MAX_EVENTS as u64 - 2 + self.0.below(4),
            6 => self.0.below(40),
            _ => self.0.next_u64(),
        }
    }

    fn short(&mut self) -> u32 {
        super::low(self.long())
    }

    /// Anywhere, but short, or the texts of all records would not fit into memory.
    fn text(&mut self) -> Text {
        Text {
            start: self.short(),
            len: if self.0.one_in(4) {
                NONE
            } else {
                self.short() % 64
            },
        }
    }

    fn event(&mut self) -> EventRecord {
        let text = self.text();
        EventRecord {
            time: self.long(),
            task: self.short(),
            kind: if self.0.one_in(4) {
                self.short()
            } else {
                super::low(self.0.below(26))
            },
            site: self.short(),
            object: self.short(),
            a: u64::from(text.start),
            b: u64::from(text.len),
        }
    }

    fn race(&mut self) -> RaceRecord {
        let mut two = || [self.short(), self.short()];
        let (tasks, writes, sites) = (two(), two(), two());
        RaceRecord {
            object: self.short(),
            index: self.short(),
            tasks,
            writes,
            sites,
        }
    }

    fn memory_race(&mut self) -> MemoryRaceRecord {
        let mut two = || [self.short(), self.short()];
        let (tasks, hows, events, places) = (two(), two(), two(), two());
        MemoryRaceRecord {
            address: self.long(),
            tasks,
            hows,
            events,
            places,
            calls: [[self.short(); MAX_CALLS]; 2],
        }
    }

    fn tasks(&mut self, world: &mut World) {
        for task in &mut world.tasks {
            task.state = self.short() % 8;
            task.parent = self.short();
            task.daemon = self.short();
            task.exit_code = self.short().cast_signed();
            task.pending_kill = self.short() % 2;
            task.deadline = self.long();
            task.wait_object = self.short();
            task.wait_child = self.short();
            task.memory.found = self.short() % 2;
            task.site = self.short();
            task.started_at = self.short();
            task.panic_site = self.short();
            task.memory.site = self.short();
            task.name = self.text();
            task.panic = self.text();
        }
    }

    fn tables(&mut self, world: &mut World) {
        for object in &mut world.objects {
            object.kind = self.short();
            object.owner = self.short();
            object.owner_site = self.short();
            object.owner_only = self.short() % 2;
            object.made_at = self.short();
            object.number = self.short();
            object.meaning = self.short();
            object.name = self.text();
        }
        for site in &mut world.sites {
            site.key = self.long();
            site.file = [self.short(), self.short()].map(|it| (it & 0xFFFF) as u16);
            site.line = self.short();
            site.way = self.short();
        }
        world.races.fill_with(|| self.race());
        world.memory_races.fill_with(|| self.memory_race());
        for entry in &mut world.log[..2000] {
            entry.event = self.event();
            entry.choice.task = self.short();
            entry.choice.clock = self.long();
        }
        for byte in world.text[..4096].iter_mut().chain(&mut world.site_text) {
            *byte = u8::try_from(self.0.below(256)).unwrap_or(0);
        }
    }

    fn counters(&mut self, world: &mut World) {
        world.clock = self.long();
        world.steps = self.short();
        world.holder = self.short();
        world.task_count = self.short();
        world.object_count = self.short();
        world.race_count = self.short();
        world.memory_race_count = self.short();
        // The whole trace only now and then: it takes time.
        world.event_count = self.short() % 3000;
        world.choice_count = self.short();
        world.ending = self.short() % 9;
        world.end_task = self.short();
        world.end_site = self.short();
        world.end_text = self.text();
        world.text_len = self.short();
        world.site_count = self.short();
        world.site_text_len = self.short();
        world.config.strategy = self.short();
        world.config.max_delay = self.long();
    }
}

fn scribbled(seed: u64) -> Box<World> {
    let mut world = world_of_zeroes();
    let mut scribble = Scribble(SplitMix64::new(seed));
    scribble.tables(&mut world);
    scribble.tasks(&mut world);
    scribble.counters(&mut world);
    world
}

/// What the reader may rely on, whatever the numbers are.
fn check(run: &Run) {
    for event in &run.events {
        assert!(event.task < run.tasks.len());
        assert!(event.object.is_none_or(|object| object < run.objects.len()));
        if let What::Print(first, count) = event.what {
            assert!(first + count <= run.output.len());
        }
    }
    assert!(run.races.iter().all(|race| race.object < run.objects.len()));
    for race in &run.memory_races {
        assert!(race.first.task < run.tasks.len() && race.second.task < run.tasks.len());
        assert!(race.first.moment <= run.events.len() && race.second.moment <= run.events.len());
    }
    if let End::Deadlock { waits, cycle } = &run.end {
        assert!(waits.iter().all(|wait| wait.task < run.tasks.len()));
        assert!(cycle.len() <= MAX_TASKS);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 60,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn nothing_that_a_program_scribbles_makes_it_panic(seed: u64) {
        let mut sites = Sites::default();
        let mut world = scribbled(seed);
        sites.look_up(&mut world, &mut |ways| vec![None; ways.len()]);
        check(&decode(&world, &mut sites));
        // The sites of an earlier run are known, and the numbers are others.
        check(&decode(&scribbled(seed ^ 1), &mut sites));
    }
}

#[test]
fn counters_beyond_every_table_do_not_make_it_panic() {
    let mut world = scribbled(7);
    world.event_count = NONE;
    world.choice_count = NONE;
    world.task_count = NONE;
    world.object_count = NONE;
    world.race_count = NONE;
    world.memory_race_count = NONE;
    for ending in 0..10 {
        world.ending = ending;
        let run = decode(&world, &mut Sites::default());
        assert_eq!(run.tasks.len(), MAX_TASKS);
        assert!(run.events.len() <= MAX_EVENTS);
        check(&run);
    }
}

/// A world with one event of each kind that has a text of its own.
fn told() -> Box<World> {
    let mut world = world(2);
    world.task_mut(0).site = world.site(Here {
        key: 8,
        file: "exercises/a.rs",
        line: 14,
        column: 5,
    });
    let mut say = |task, kind, bytes: &[u8]| {
        let text = world.add_text(bytes);
        world.record(task, kind, NONE, text.start.into(), text.len.into());
    };
    say(0, Kind::Print, b"a line\nand a");
    say(1, Kind::Complaint, b"oh ");
    say(1, Kind::Print, b" half\n");
    say(1, Kind::Enter, b"work");
    say(1, Kind::Complaint, b"no\n");
    world
}

#[test]
fn an_honest_world_is_told_as_it_was() {
    let mut world = told();
    world.exited(0, 0);
    world.exited(1, -15);
    world.end(Ending::Finished, NONE);
    let run = decode(&world, &mut Sites::default());
    assert_eq!(run.end, End::Finished);
    let lines: Vec<_> = run
        .output
        .iter()
        .map(|l| (l.task, l.text.as_str(), l.ended))
        .collect();
    assert_eq!(lines, [(0, "a line", true), (0, "and a half", true)]);
    assert_eq!(run.stderr, "oh no\n");
    let whats: Vec<_> = run.events.iter().map(|event| event.what.clone()).collect();
    let enter = What::Enter("work".to_owned());
    let exits = [What::Exit(0), What::Exit(-15)];
    assert_eq!(whats[..3], [What::Print(0, 2), What::Print(1, 1), enter]);
    assert_eq!(whats[3..], exits);
    let at = run.events[0].at.as_ref().expect("a site");
    assert_eq!(
        (at.to_string(), at.column),
        ("exercises/a.rs:14".to_owned(), 5)
    );
    assert_eq!((run.tasks[0].pid, run.tasks[1].parent), (40_001, Some(0)));
    assert_eq!(run.tasks[1].exit_code, Some(-15));
}

#[test]
fn every_kind_of_event_has_its_meaning() {
    let mut world = world(2);
    for kind in 1..=u64::from(Kind::Panic as u32) {
        world.record(1, Kind::Begin, NONE, 1, 0);
        let last = world.event_count as usize - 1;
        world.log[last].event.kind = super::low(kind);
    }
    let run = decode(&world, &mut Sites::default());
    let yields = run
        .events
        .iter()
        .filter(|event| event.what == What::Yield)
        .count();
    assert_eq!(yields, 1, "{:?}", run.events);
    assert_eq!(
        run.events.len(),
        Kind::Panic as usize - 1,
        "complaints are no events"
    );
}

#[test]
fn a_start_that_failed_has_its_reason() {
    let mut world = world(2);
    for why in [1, 2, 3, 4] {
        world.record(0, Kind::StartFailed, NONE, why, 0);
    }
    world.record(0, Kind::GaveUp, NONE, 1, 0);
    let run = decode(&world, &mut Sites::default());
    let what: Vec<What> = run.events.into_iter().map(|event| event.what).collect();
    let failed = [Refusal::Daemon, Refusal::Threads, Refusal::System].map(What::StartFailed);
    assert_eq!(what[..3], failed);
    assert_eq!(what[3..], [What::Yield, What::GaveUp(1)]);
}

#[test]
fn a_panic_counts_only_if_it_ended_the_process() {
    for (code, counts) in [(101, true), (-6, true), (0, false), (1, false)] {
        let mut world = world(1);
        let text = world.add_text(b"no way");
        world.task_mut(0).panic = text;
        world.exited(0, code);
        let run = decode(&world, &mut Sites::default());
        assert_eq!(
            run.tasks[0].panic,
            counts.then(|| ("no way".to_owned(), None))
        );
        assert_eq!(world.task(0).state, state::EXITED);
    }
}

#[test]
fn a_run_without_an_end_is_inconclusive() {
    let world = world(1);
    let run = decode(&world, &mut Sites::default());
    assert!(matches!(run.end, End::Inconclusive { .. }));
}

#[test]
fn pieces_become_lines_and_nothing_is_lost() {
    let pieces: [&[u8]; 6] = [b"a", b"", b"b\n\nc", b"\n", b"\xFF\n", b"end"];
    let mut lines = Lines::default();
    let touched: Vec<_> = pieces
        .iter()
        .map(|piece| lines.add(0, piece, None, Duration::ZERO))
        .collect();
    let texts: Vec<&str> = lines.done.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["ab", "", "c", "\u{FFFD}", "end"]);
    assert_eq!(touched, [(0, 1), (0, 1), (0, 3), (2, 1), (3, 1), (4, 1)]);
    let ended: Vec<bool> = lines.done.iter().map(|line| line.ended).collect();
    assert_eq!(ended, [true, true, true, true, false]);
}

/// Events at these sites.
fn events_at(world: &mut World, sites: &[u32]) {
    for &site in sites {
        world.task_mut(0).site = site;
        world.record(0, Kind::Yield, NONE, 0, 0);
    }
}

#[test]
fn a_place_elsewhere_is_told_as_the_line_of_the_program_that_led_there() {
    let mut world = world(1);
    world.program[..4].copy_from_slice(b"a.rs");
    world.program_len = 4;
    let here = |file, line| Here {
        key: 8 * u64::from(line),
        file,
        line,
        column: 1,
    };
    let own = [here("a.rs", 1), here("./a.rs", 2)].map(|it| world.site(it));
    let ours = world.site_by(here("checker/mp/src/x.rs", 3), &[]);
    let elsewhere = world.site(here("core/function.rs", 250));
    assert!(world.is_elsewhere(elsewhere) && !own.iter().any(|&it| world.is_elsewhere(it)));
    let mut by = |calls: &[u32]| world.site_by(here("core/function.rs", 250), calls);
    let (one, other, nobody) = (by(&[70, 71]), by(&[70, 72]), by(&[]));
    assert_eq!(one, by(&[70, 71]));
    assert!(one != other && other != nobody);
    events_at(
        &mut world,
        &[own[0], own[1], one, other, nobody, elsewhere, ours],
    );
    let mut sites = Sites::default();
    let line = |line| Site {
        file: "a.rs".into(),
        line,
        column: 5,
    };
    let mut asked = Vec::new();
    let mut lines = |ways: &[&[u32]]| {
        asked.extend(ways.iter().map(|way| way.to_vec()));
        let last = |way: &&[u32]| way.last().map(|&call| line(call));
        ways.iter().map(last).collect()
    };
    assert!(sites.look_up(&mut world, &mut lines));
    assert!(!sites.look_up(&mut world, &mut lines), "nothing is new");
    assert_eq!(asked, [vec![], vec![70, 71], vec![70, 72], vec![]]);
    let run = decode(&world, &mut sites);
    let told = run.events.iter().map(|it| it.at.as_ref().map(|at| at.line));
    let told: Vec<Option<u32>> = told.collect();
    let lines = [Some(1), Some(2), Some(71), Some(72), None, None, Some(3)];
    assert_eq!(told, lines);
    let sites = run.events.iter().filter_map(|it| it.at.as_ref());
    let others: Vec<&Site> = sites.filter(|it| &*it.file != "a.rs").collect();
    assert!(others.len() == 1 && others[0].is_ours(), "{others:?}");
}
