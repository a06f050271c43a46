//! What CPython's tests say of `Event`, as scenarios.

use std::thread::sleep;
use std::time::{Duration, Instant};

use mp::{Child, Event, Semaphore};

fn is_set_until_it_is_cleared() {
    let event = Event::new();
    assert!(!event.is_set());
    event.set();
    assert!(event.is_set());
    event.wait();
    event.set();
    assert!(event.is_set(), "set twice is set");
    event.clear();
    assert!(!event.is_set());
    event.clear();
    assert!(!event.is_set(), "cleared twice is cleared");
    event.set();
    assert!(event.wait_timeout(Duration::ZERO));
    assert!(event.wait_timeout(SHORT));
    assert!(event.is_set(), "waiting does not clear it");
}

fn timeouts_are_kept() {
    let event = Event::new();
    assert!(!event.wait_timeout(Duration::ZERO));
    let started = Instant::now();
    assert!(!event.wait_timeout(SHORT));
    assert!(started.elapsed() >= SHORT);
    let sets = start(|| {
        sleep(SHORT);
        event.set();
    });
    assert!(event.wait_timeout(LONG));
    assert_eq!(sets.join(), 0);
    assert!(event.wait_timeout(Duration::MAX));
}

fn what_one_process_does_all_see() {
    let event = Event::new();
    assert!(elsewhere(|| !event.is_set()));
    assert!(elsewhere(|| {
        event.set();
        event.is_set()
    }));
    assert!(event.is_set());
    assert!(elsewhere(
        || event.is_set() && event.wait_timeout(Duration::ZERO)
    ));
    assert!(elsewhere(|| {
        event.clear();
        true
    }));
    assert!(!event.is_set());
}

/// Some who wait for the event, and say so before and after.
fn waiting(event: &Event, passed: &Semaphore) -> Vec<Child> {
    let ready = Semaphore::new(0);
    let wait = || {
        ready.release();
        event.wait();
        passed.release();
    };
    let children: Vec<Child> = (0..4).map(|_| start(wait)).collect();
    children.iter().for_each(|_| ready.acquire());
    children
}

fn all_who_wait_go_on() {
    let (event, passed) = (Event::new(), Semaphore::new(0));
    let children = waiting(&event, &passed);
    assert!(!passed.acquire_timeout(SHORT), "nobody goes on before");
    event.set();
    join_all(&children);
    assert_eq!(passed.permits(), 4);
}

// CPython's wakes with a condition's notify_all, so there, too.
fn all_who_wait_go_on_even_if_it_is_cleared_at_once() {
    let (event, passed) = (Event::new(), Semaphore::new(0));
    let children = waiting(&event, &passed);
    until_they_wait(&children);
    event.set();
    event.clear();
    join_all(&children);
    assert_eq!(passed.permits(), 4);
    // Who comes later waits for the next time.
    let later = waiting(&event, &passed);
    (0..4).for_each(|_| passed.acquire());
    assert!(!passed.acquire_timeout(SHORT));
    event.set();
    join_all(&later);
}

// In CPython who sets it would wait for ever for a killed one to wake up.
fn killed_waiters_do_no_harm() {
    let (event, passed) = (Event::new(), Semaphore::new(0));
    let children = waiting(&event, &passed);
    until_they_wait(&children);
    children[1].kill();
    assert_eq!(children[1].join(), -9);
    event.set();
    for child in [0, 2, 3] {
        assert_eq!(children[child].join(), 0);
    }
    assert_eq!(passed.permits(), 3);
}

// ---- given: edits below this line are ignored ----

scenarios! {
    is_set_until_it_is_cleared
    timeouts_are_kept
    what_one_process_does_all_see
    all_who_wait_go_on
    all_who_wait_go_on_even_if_it_is_cleared_at_once
    killed_waiters_do_no_harm
}
