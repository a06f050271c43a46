//! What CPython's tests say of `Lock` and `RLock`, as scenarios.

use std::thread::sleep;
use std::time::{Duration, Instant};

use mp::{Child, Event, Lock, RLock, RawValue, Semaphore};

fn is_taken_once_and_given_back() {
    let lock = Lock::new();
    lock.acquire();
    assert!(!lock.try_acquire(), "also for the one that has it");
    assert!(elsewhere(|| !lock.try_acquire()));
    lock.release();
    assert!(lock.try_acquire());
    lock.release();
    assert!(elsewhere(|| lock.try_acquire()));
    // It does not know its owner: the process that took it has ended, and it stays taken.
    assert!(!lock.try_acquire());
    lock.release();
}

fn a_free_one_cannot_be_released() {
    let lock = Lock::new();
    assert!(panics("not held", || lock.release()));
    lock.acquire();
    lock.release();
    assert!(panics("not held", || lock.release()));
    assert!(lock.try_acquire(), "it is none the worse for it");
}

fn anyone_may_release() {
    let lock = Lock::new();
    lock.acquire();
    assert_eq!(start(|| lock.release()).join(), 0);
    assert!(lock.try_acquire());
}

fn who_waits_gets_it_when_it_is_released() {
    let lock = Lock::new();
    let reached = RawValue::new(0);
    lock.acquire();
    let waiting = start(|| {
        lock.acquire();
        reached.set(1);
        lock.release();
    });
    sleep(SHORT);
    reached.set(0);
    assert!(waiting.is_alive());
    lock.release();
    assert_eq!(waiting.join(), 0);
    assert_eq!(reached.get(), 1);
}

fn timeouts_are_kept() {
    let lock = Lock::new();
    assert!(lock.acquire_timeout(SHORT), "free, it is taken at once");
    let started = Instant::now();
    assert!(!lock.acquire_timeout(SHORT));
    assert!(started.elapsed() >= SHORT);
    assert!(!lock.acquire_timeout(Duration::ZERO));
    let releases = start(|| {
        sleep(SHORT);
        lock.release();
    });
    assert!(lock.acquire_timeout(LONG));
    assert_eq!(releases.join(), 0);
    lock.release();
    assert!(lock.acquire_timeout(Duration::ZERO));
    lock.release();
    assert!(lock.acquire_timeout(Duration::MAX));
}

fn guards_release_also_after_a_panic() {
    let lock = Lock::new();
    let guard = lock.lock();
    assert!(!lock.try_acquire());
    drop(guard);
    let inside = || {
        let _guard = lock.lock();
        panic!("inside");
    };
    assert!(panics("inside", inside));
    assert!(lock.try_acquire());
}

fn copies_of_a_guard_release_nothing() {
    let lock = Lock::new();
    let (dropped, go) = (Event::new(), Event::new());
    let guard = lock.lock();
    let child = start(|| {
        go.wait();
        drop(guard);
        dropped.set();
    });
    // What was moved into the child is dropped here, too: this was the guard that counts.
    lock.acquire();
    go.set();
    dropped.wait();
    assert!(!lock.try_acquire(), "the child's copy gave it back");
    assert_eq!(child.join(), 0);
    assert!(!lock.try_acquire());
}

fn one_at_a_time() {
    let (lock, number) = (Lock::new(), RawValue::new(0));
    let count = || {
        for _ in 0..10 {
            lock.acquire();
            number.set(number.get() + 1);
            lock.release();
            let _guard = lock.lock();
            number.set(number.get() + 1);
        }
    };
    let children: Vec<Child> = (0..4).map(|_| start(count)).collect();
    children
        .iter()
        .for_each(|child| assert_eq!(child.join(), 0));
    assert_eq!(number.get(), 4 * 10 * 2);
}

fn killed_holders_keep_it() {
    let (lock, taken) = (Lock::new(), Event::new());
    let holder = start(|| {
        lock.acquire();
        taken.set();
        sleep(60 * LONG);
    });
    taken.wait();
    holder.kill();
    assert_eq!(holder.join(), -9);
    assert!(!lock.acquire_timeout(SHORT));
    lock.release();
    assert!(lock.try_acquire());
}

fn killed_waiters_do_no_harm() {
    let (lock, ready) = (Lock::new(), Semaphore::new(0));
    lock.acquire();
    let wait = || {
        ready.release();
        lock.acquire();
        lock.release();
    };
    let waiting = [start(wait), start(wait)];
    ready.acquire();
    ready.acquire();
    until_they_wait(&waiting);
    waiting[0].kill();
    assert_eq!(waiting[0].join(), -9);
    lock.release();
    assert_eq!(waiting[1].join(), 0);
    assert!(lock.try_acquire());
}

fn recursive_ones_are_given_back_as_often_as_taken() {
    let lock = RLock::new();
    lock.acquire();
    assert!(lock.try_acquire());
    assert!(lock.acquire_timeout(SHORT));
    for _ in 0..3 {
        assert!(elsewhere(|| !lock.try_acquire()));
        lock.release();
    }
    assert!(panics("does not hold it", || lock.release()));
    assert!(elsewhere(|| lock.try_acquire()));
}

fn recursive_ones_are_released_by_their_owner_alone() {
    let lock = RLock::new();
    assert!(panics("does not hold it", || lock.release()));
    lock.acquire();
    // A copy of the owner is another process.
    assert!(elsewhere(|| panics("does not hold it", || lock.release())));
    assert!(elsewhere(|| !lock.acquire_timeout(SHORT)));
    lock.release();
    assert!(elsewhere(|| {
        lock.acquire();
        lock.release();
        panics("does not hold it", || lock.release())
    }));
}

fn recursive_ones_make_others_wait_for_the_last_release() {
    let (lock, number) = (RLock::new(), RawValue::new(0));
    let count = || {
        for _ in 0..5 {
            let _outer = lock.lock();
            let before = number.get();
            let inner = lock.lock();
            number.set(before + 1);
            drop(inner);
            number.set(number.get() + 1);
        }
    };
    let children: Vec<Child> = (0..3).map(|_| start(count)).collect();
    children
        .iter()
        .for_each(|child| assert_eq!(child.join(), 0));
    assert_eq!(number.get(), 3 * 5 * 2);
}

fn recursive_ones_keep_timeouts() {
    let lock = RLock::new();
    lock.acquire();
    lock.acquire();
    let waiting = start(|| {
        let started = Instant::now();
        assert!(!lock.acquire_timeout(SHORT));
        assert!(started.elapsed() >= SHORT);
        assert!(lock.acquire_timeout(LONG));
    });
    sleep(2 * SHORT);
    lock.release();
    lock.release();
    assert_eq!(waiting.join(), 0);
}

// ---- given: edits below this line are ignored ----

scenarios! {
    is_taken_once_and_given_back
    a_free_one_cannot_be_released
    anyone_may_release
    who_waits_gets_it_when_it_is_released
    timeouts_are_kept
    guards_release_also_after_a_panic
    copies_of_a_guard_release_nothing
    one_at_a_time
    killed_holders_keep_it
    killed_waiters_do_no_harm
    recursive_ones_are_given_back_as_often_as_taken
    recursive_ones_are_released_by_their_owner_alone
    recursive_ones_make_others_wait_for_the_last_release
    recursive_ones_keep_timeouts
}
