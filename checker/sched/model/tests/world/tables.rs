//! The tables of a world: what happens when they are full, and what is found again.

use sched_model::engine::world::{Ending, Here, Kind, NONE, World};
use sched_model::limits::{
    MAX_CELLS, MAX_EVENTS, MAX_LIVE, MAX_OBJECTS, MAX_SITES, MAX_TASKS, MAX_TEXT,
};
use sched_segment::segment::world_of_zeroes;

fn world() -> Box<World> {
    let mut world = world_of_zeroes();
    world.begin();
    world
}

fn here(key: u64) -> Here<'static> {
    let file = if key.is_multiple_of(2) {
        "even.rs"
    } else {
        "odd.rs"
    };
    Here {
        key,
        file,
        line: u32::try_from(key % 1000).expect("small"),
        column: 1,
    }
}

#[test]
fn a_site_is_found_again_and_its_file_is_kept_once() {
    let mut world = world();
    // Keys as the compiler's locations have them: aligned addresses close together.
    let most = u64::try_from(MAX_SITES).expect("few");
    let keys = (0..most).map(|i| 0x5555_0000_0000 + 24 * i + i % 2);
    let first: Vec<u32> = keys.clone().map(|key| world.site(here(key))).collect();
    let again: Vec<u32> = keys.map(|key| world.site(here(key))).collect();
    assert!(first.iter().map(|&site| site as usize).eq(0..MAX_SITES));
    assert_eq!(first, again);
    assert_eq!(
        world.site_text_len as usize,
        "even.rs".len() + "odd.rs".len()
    );
    world.begin();
    assert_eq!(world.site(here(0x5555_0000_0000)), 0, "sites outlive a run");
}

#[test]
fn a_full_table_of_sites_still_finds_the_old_ones() {
    let mut world = world();
    for key in 1..=u64::try_from(MAX_SITES).expect("few") {
        assert_ne!(world.site(here(key)), NONE);
    }
    assert_eq!(world.site(here(5_000_000)), NONE);
    assert_eq!(world.site(here(1)), 0);
}

#[test]
fn tasks_objects_and_cells_end_at_their_limits() {
    let mut world = world();
    let added = (0..MAX_LIVE + 5).filter_map(|_| world.add_task(NONE, "t", false, NONE));
    assert_eq!(added.count(), MAX_LIVE);
    for ended in 1.. {
        world.exited(ended, 0);
        if world.add_task(0, "t", false, NONE).is_none() {
            break;
        }
    }
    assert_eq!(world.tasks().len(), MAX_TASKS);
    let most = u32::try_from(MAX_CELLS).expect("few");
    assert_eq!(world.add_object(4, "a", NONE, most + 1), None);
    assert_eq!(world.add_object(4, "a", NONE, most - 1), Some(0));
    assert_eq!(world.add_object(4, "a", NONE, 2), None);
    let added = (0..MAX_OBJECTS).filter_map(|_| world.add_object(1, "", NONE, 0));
    assert_eq!(added.count(), MAX_OBJECTS - 1);
    assert_eq!(world.objects[0].number, 1);
    assert_eq!(world.objects[1].number, 1, "each kind counts for itself");
    let last = world.objects().get(MAX_OBJECTS - 1).expect("is there");
    assert_eq!(last.number as usize, MAX_OBJECTS - 1);
}

#[test]
fn texts_that_do_not_fit_are_cut_off() {
    let mut world = world();
    let most = world.add_text(&vec![b'x'; MAX_TEXT - 3]);
    assert_eq!(most.len as usize, MAX_TEXT - 3);
    assert_eq!(world.add_text(b"abcdef").len, 3);
    assert_eq!(world.add_text(b"g").len, 0);
    assert_eq!(&world.text[MAX_TEXT - 3..MAX_TEXT], b"abc");
    world.give_up(NONE, "because");
    assert_eq!(
        &world.text[MAX_TEXT..][..7],
        b"because",
        "has room in any case"
    );
    assert_eq!(world.end_text.len, 7);
}

#[test]
fn a_full_trace_is_inconclusive() {
    let mut world = world();
    let main = world
        .add_task(NONE, "main", false, NONE)
        .expect("the first");
    for _ in 0..MAX_EVENTS {
        assert!(!world.over());
        world.record(main, Kind::Clock, NONE, 0, 0);
    }
    assert!(!world.over());
    world.record(main, Kind::Clock, NONE, 0, 0);
    assert_eq!(world.ending, Ending::Inconclusive as u32);
    assert_eq!(world.event_count as usize, MAX_EVENTS);
}

#[test]
fn the_first_ending_stays() {
    let mut world = world();
    let main = world.add_task(NONE, "main", false, 7).expect("the first");
    world.end(Ending::Livelock, main);
    world.give_up(NONE, "too late");
    world.end(Ending::Finished, NONE);
    assert_eq!(
        (world.ending, world.end_task),
        (Ending::Livelock as u32, main)
    );
    assert_eq!(world.end_site, 7);
    assert_eq!(world.end_text.len, 0);
}

#[test]
fn a_scribbled_number_of_a_task_counts_as_main() {
    let mut world = world();
    world.add_task(NONE, "main", false, 42);
    assert_eq!(world.task(NONE).site, 42);
    world.task_mut(MAX_TASKS as u32).site = 43;
    assert_eq!(world.tasks[0].site, 43);
    world.task_count = NONE;
    assert_eq!(world.tasks().len(), MAX_TASKS);
}
