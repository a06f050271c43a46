//! What CPython's tests say of `Semaphore` and `BoundedSemaphore`, as scenarios.

use std::thread::sleep;
use std::time::{Duration, Instant};

use mp::{BoundedSemaphore, Child, Event, Semaphore, Value};

fn counts_its_permits() {
    let semaphore = Semaphore::new(2);
    assert_eq!(semaphore.permits(), 2);
    semaphore.acquire();
    assert_eq!(semaphore.permits(), 1);
    semaphore.acquire();
    assert_eq!(semaphore.permits(), 0);
    assert!(!semaphore.try_acquire());
    assert_eq!(semaphore.permits(), 0);
    semaphore.release();
    assert_eq!(semaphore.permits(), 1);
    semaphore.release();
    assert_eq!(semaphore.permits(), 2);
}

fn without_a_bound_grows() {
    let semaphore = Semaphore::new(2);
    semaphore.release();
    assert_eq!(semaphore.permits(), 3);
    semaphore.release();
    assert_eq!(semaphore.permits(), 4);
    assert!((0..4).all(|_| semaphore.try_acquire()));
    assert!(!semaphore.try_acquire());
}

// On macOS CPython's does not notice; mp's always does.
fn with_a_bound_does_not_grow() {
    let semaphore = BoundedSemaphore::new(2);
    assert!(panics("all its permits", || semaphore.release()));
    semaphore.acquire();
    semaphore.release();
    assert!(panics("all its permits", || semaphore.release()));
    assert_eq!(semaphore.permits(), 2);
    assert!(elsewhere(
        || panics("all its permits", || semaphore.release())
    ));
}

fn timeouts_are_kept() {
    let semaphore = Semaphore::new(0);
    let started = Instant::now();
    assert!(!semaphore.acquire_timeout(SHORT));
    assert!(started.elapsed() >= SHORT);
    assert!(!semaphore.acquire_timeout(Duration::ZERO));
    let releases = start(|| {
        sleep(SHORT);
        semaphore.release();
    });
    assert!(semaphore.acquire_timeout(LONG));
    assert_eq!(releases.join(), 0);
    semaphore.release();
    assert!(semaphore.acquire_timeout(Duration::ZERO));
}

fn permits_are_shared_and_anyones() {
    let semaphore = Semaphore::new(1);
    assert!(elsewhere(|| semaphore.try_acquire()));
    assert!(
        !semaphore.try_acquire(),
        "an ended process gives nothing back"
    );
    assert!(elsewhere(|| {
        semaphore.release();
        true
    }));
    assert!(semaphore.try_acquire());
}

fn each_release_lets_one_in() {
    let (semaphore, ready, inside) = (Semaphore::new(0), Semaphore::new(0), Semaphore::new(0));
    let wait = || {
        ready.release();
        semaphore.acquire();
        inside.release();
    };
    let children: Vec<Child> = (0..4).map(|_| start(wait)).collect();
    children.iter().for_each(|_| ready.acquire());
    for together in [1, 2, 1] {
        (0..together).for_each(|_| semaphore.release());
        (0..together).for_each(|_| inside.acquire());
        assert!(
            !inside.acquire_timeout(SHORT),
            "more came in than were let in"
        );
    }
    join_all(&children);
    assert_eq!(semaphore.permits(), 0);
}

fn as_many_are_inside_as_there_are_permits() {
    let (semaphore, full) = (BoundedSemaphore::new(2), Event::new());
    let (inside, most) = (Value::new(0), Value::new(0));
    let visit = || {
        let permit = semaphore.lock();
        inside.lock().update(|n| n + 1);
        let now = inside.get();
        most.lock().update(|n| n.max(now));
        if now == 2 {
            full.set();
        }
        // That two can be inside is certain only if one waits for the other.
        full.wait();
        inside.lock().update(|n| n - 1);
        drop(permit);
    };
    let children: Vec<Child> = (0..5).map(|_| start(visit)).collect();
    join_all(&children);
    assert_eq!((most.get(), inside.get(), semaphore.permits()), (2, 0, 2));
}

fn guards_give_back_also_after_a_panic() {
    let semaphore = BoundedSemaphore::new(1);
    let inside = || {
        let _permit = semaphore.lock();
        assert_eq!(semaphore.permits(), 0);
        panic!("inside");
    };
    assert!(panics("inside", inside));
    assert_eq!(semaphore.permits(), 1);
}

fn copies_of_a_guard_give_nothing_back() {
    let (semaphore, go) = (Semaphore::new(1), Event::new());
    let permit = semaphore.lock();
    let child = start(|| {
        go.wait();
        drop(permit);
    });
    // What was moved into the child is dropped here, too: this was the guard that counts.
    semaphore.acquire();
    go.set();
    assert_eq!(child.join(), 0);
    assert_eq!(semaphore.permits(), 0);
}

// ---- given: edits below this line are ignored ----

scenarios! {
    counts_its_permits
    without_a_bound_grows
    with_a_bound_does_not_grow
    timeouts_are_kept
    permits_are_shared_and_anyones
    each_release_lets_one_in
    as_many_are_inside_as_there_are_permits
    guards_give_back_also_after_a_panic
    copies_of_a_guard_give_nothing_back
}
