//! Tests of the queue: what is given out when, and where it is cut, in whatever order runs end.

use super::{Place, Queue, Took};
use crate::explore::guide::Guide;

fn rows(quotas: &[u32]) -> Vec<(u32, u64)> {
    quotas.iter().map(|&quota| (quota, u64::MAX)).collect()
}

fn works(work: u64) -> Took {
    Took {
        work,
        ..Took::default()
    }
}

#[test]
fn a_row_ends_where_its_runs_have_taken_their_share() {
    let took = |number| Took {
        work: 0,
        cost: if number == 1 { 60 } else { 10 },
        points: if number == 1 { 50 } else { 9 },
        fails: false,
    };
    let mut orders = [Vec::from_iter(0..30), Vec::from_iter(0..30)];
    orders[1].reverse();
    for order in orders {
        let queue = Queue::new(&[(30, 200), (30, 5)], u64::MAX);
        let mut guide = Guide::default();
        guide.length = 9;
        for row in 0..2 {
            queue.guided(row, (guide.clone(), 3), &|quota, _| quota);
        }
        assert_eq!(queue.longest(), None);
        for number in order {
            for row in 0..2 {
                queue.done(Place { row, number }, false, took(number));
            }
        }
        let is_cut = |row, number| queue.is_cut(Place { row, number });
        assert!(is_cut(0, 15) && !is_cut(0, 14));
        assert!(is_cut(1, 10) && !is_cut(1, 9), "the least number is run");
        let long = queue.longest().expect("some are left out");
        assert_eq!((long.undisturbed, long.seldom), (9, false));
        assert_eq!((long.most, long.schedule), (50, 1));
    }
}

#[test]
fn a_row_in_which_one_fails_ends_where_its_runs_have_taken_half_of_their_share() {
    let took = |fails| Took {
        cost: 30,
        ..Took::default().failing(fails)
    };
    let mut orders = [Vec::from_iter(0..30), Vec::from_iter(0..30)];
    orders[1].reverse();
    for order in orders {
        let queue = Queue::new(&[(30, 200), (30, 200)], u64::MAX);
        for number in order {
            // In the first row early, in the second one late.
            queue.done(Place { row: 0, number }, false, took(number == 1));
            queue.done(Place { row: 1, number }, false, took(number == 7));
        }
        let is_cut = |row, number| queue.is_cut(Place { row, number });
        assert!(is_cut(0, 4) && !is_cut(0, 3));
        assert!(is_cut(1, 8) && !is_cut(1, 7), "the least number is not run");
    }
}

#[test]
fn where_the_natural_run_is_long_the_others_are_given_out_as_soon_as_it_is_done() {
    let queue = Queue::new(&rows(&[20]), u64::MAX);
    let first = queue.next(None).expect("work");
    assert_eq!(first.numbers, 0..3);
    let mut guide = Guide::default();
    guide.length = 20_000;
    queue.guided(first.row, (guide, 1), &|quota, _| quota);
    assert_eq!(queue.next(Some(0)).expect("more of it").numbers, 1..2);
}

#[test]
fn every_schedule_is_given_out_once_and_the_first_ones_come_first() {
    let queue = Queue::new(&rows(&[20, 5]), u64::MAX);
    let mut seen = Vec::new();
    let mut row = None;
    while let Some(task) = queue.next(row) {
        row = Some(task.row);
        seen.extend(task.numbers.clone().map(|number| (task.row, number)));
        if task.first {
            queue.guided(task.row, (Guide::default(), 3), &|quota, _| quota);
        }
    }
    let all: Vec<_> = (0..20)
        .map(|n| (0, n))
        .chain((0..5).map(|n| (1, n)))
        .collect();
    seen.sort_unstable();
    assert_eq!(seen, all);
}

#[test]
fn long_runs_are_given_out_one_by_one() {
    let queue = Queue::new(&rows(&[20]), u64::MAX);
    let first = queue.next(None).expect("work");
    let mut guide = Guide::default();
    guide.length = 20_000;
    queue.guided(first.row, (guide, 3), &|quota, _| quota);
    for number in 3..20 {
        let next = queue.next(Some(0)).expect("more of it");
        assert_eq!(next.numbers, number..number + 1);
    }
    assert!(queue.next(Some(0)).is_none());
}

#[test]
fn a_row_of_long_runs_has_fewer_of_them() {
    let queue = Queue::new(&rows(&[20, 20]), u64::MAX);
    let first = queue.next(None).expect("work of the first row");
    let mut guide = Guide::default();
    guide.length = 7000;
    queue.guided(first.row, (guide, 3), &|quota, guide| {
        assert_eq!((quota, guide.length), (20, 7000));
        5
    });
    assert_eq!(queue.total(), 25);
    let rest = queue.next(Some(0)).expect("more of it");
    assert_eq!(rest.numbers, 3..5);
    let second = queue.next(Some(0)).expect("work of the second row");
    queue.guided(second.row, (Guide::default(), 3), &|_, _| 1);
    assert!(queue.next(Some(1)).is_none(), "what was given out is kept");
    assert_eq!(queue.total(), 8);
    queue.done(Place { row: 0, number: 0 }, false, works(0));
    let long = queue.longest().expect("some are left out");
    assert_eq!(long.undisturbed, 7000);
}

#[test]
fn a_row_that_is_cut_off_before_it_began_is_not_waited_for() {
    let queue = Queue::new(&rows(&[20, 20, 20]), u64::MAX);
    let first = queue.next(None).expect("work of the first row");
    queue.done(Place { row: 0, number: 0 }, true, works(0));
    queue.done(Place { row: 0, number: 1 }, true, works(0));
    queue.guided(first.row, (Guide::default(), 3), &|quota, _| quota);
    assert!(queue.next(Some(0)).is_none());
}

#[test]
fn two_costly_schedules_cut_off_what_comes_after_the_second() {
    let queue = Queue::new(&rows(&[20, 20]), u64::MAX);
    let at = |row, number| Place { row, number };
    queue.done(at(1, 0), true, works(0));
    assert!(!queue.is_cut(at(1, 5)), "one is not enough");
    queue.done(at(0, 7), true, works(0));
    assert!(queue.is_cut(at(1, 1)));
    assert!(!queue.is_cut(at(1, 0)), "the second one itself counts");
    queue.done(at(0, 3), true, works(0));
    assert!(queue.is_cut(at(1, 0)), "an earlier one moves the cut");
    assert!(!queue.is_cut(at(0, 7)));
}

#[test]
fn work_ends_a_check_at_the_same_place_in_whatever_order_it_is_done() {
    let at = |row, number| Place { row, number };
    let places: Vec<Place> = (0..2)
        .flat_map(|row| (0..20).map(move |number| at(row, number)))
        .collect();
    let work = |place: &Place| u64::from(place.number % 3);
    let mut orders = vec![places.clone(); 3];
    orders[1].reverse();
    orders[2].sort_by_key(|place| (place.number, place.row));
    for order in orders {
        let queue = Queue::new(&rows(&[20, 20]), 30);
        assert_eq!(queue.exhausted(), None);
        for place in &order {
            queue.done(*place, false, works(work(place)));
        }
        // The first row takes 19.
        assert_eq!(queue.exhausted(), Some(at(1, 11)));
        assert!(queue.is_cut(at(1, 12)) && !queue.is_cut(at(1, 11)));
        queue.done(at(0, 3), true, works(0));
        queue.done(at(0, 4), true, works(0));
        assert_eq!(queue.exhausted(), None, "there is another reason to stop");
    }
}

#[test]
fn a_check_that_is_done_when_its_work_is_spent_misses_nothing() {
    let queue = Queue::new(&rows(&[2]), 10);
    queue.done(Place { row: 0, number: 0 }, false, works(5));
    queue.done(Place { row: 0, number: 1 }, false, works(5));
    assert_eq!(queue.exhausted(), None);
}
