//! What CPython's tests say of `Condition`, as scenarios.

use std::thread::sleep;
use std::time::{Duration, Instant};

use mp::{Array, Child, Condition, Lock, RLock, RawValue, Semaphore, Value};

/// Starts `n` who wait for the condition once; each says when it wakes. Returns when all wait:
/// they take the lock before they say that they are there, and give it back by waiting.
fn waiting(n: usize, condition: &Condition, woken: &Semaphore) -> Vec<Child> {
    let sleeping = Semaphore::new(0);
    let wait = || {
        let mut guard = condition.lock();
        sleeping.release();
        guard.wait();
        drop(guard);
        woken.release();
    };
    let children = (0..n).map(|_| start(wait)).collect();
    (0..n).for_each(|_| sleeping.acquire());
    drop(condition.lock());
    children
}

/// Exactly `n` wake.
#[track_caller]
fn wake(n: u32, woken: &Semaphore) {
    (0..n).for_each(|_| assert!(woken.acquire_timeout(LONG)));
    assert!(!woken.acquire_timeout(SHORT), "more woke than {n}");
}

fn each_notification_wakes_one() {
    let (condition, woken) = (Condition::new(), Semaphore::new(0));
    let children = waiting(3, &condition, &woken);
    wake(0, &woken);
    for _ in &children {
        condition.lock().notify_one();
        wake(1, &woken);
    }
    join_all(&children);
}

fn as_many_wake_as_are_notified() {
    let (condition, woken) = (Condition::new(), Semaphore::new(0));
    let children = waiting(6, &condition, &woken);
    condition.lock().notify(0);
    wake(0, &woken);
    condition.lock().notify(1);
    wake(1, &woken);
    condition.lock().notify(2);
    wake(2, &woken);
    condition.lock().notify(4);
    wake(3, &woken);
    join_all(&children);
    condition.lock().notify(3);
    assert!(!condition.lock().wait_timeout(SHORT), "none is left over");
}

fn everybody_wakes_when_all_are_notified() {
    let (condition, woken) = (Condition::new(), Semaphore::new(0));
    let children = waiting(6, &condition, &woken);
    condition.lock().notify_all();
    wake(6, &woken);
    join_all(&children);
}

fn a_notification_for_nobody_is_lost() {
    let condition = Condition::new();
    let guard = condition.lock();
    guard.notify_one();
    guard.notify_all();
    drop(guard);
    assert!(!condition.lock().wait_timeout(SHORT));
}

// CPython wakes in any order; mp promises this one.
fn they_wake_in_the_order_in_which_they_came() {
    let (condition, woken) = (Condition::new(), Semaphore::new(0));
    let order = Array::new([9; 4]);
    let next = Value::new(0);
    let sleeping = Semaphore::new(0);
    let (condition, sleeping) = (&condition, &sleeping);
    let (order, next, woken) = (&order, &next, &woken);
    let wait = |number| {
        move || {
            let mut guard = condition.lock();
            sleeping.release();
            guard.wait();
            order.set(next.get(), number);
            next.lock().update(|n| n + 1);
            drop(guard);
            woken.release();
        }
    };
    let mut children = Vec::new();
    for number in 0..4 {
        children.push(start(wait(number)));
        sleeping.acquire();
    }
    for _ in 0..4 {
        condition.lock().notify_one();
        woken.acquire();
    }
    join_all(&children);
    assert_eq!(order.to_vec(), [0, 1, 2, 3]);
}

fn notified_ones_wait_for_the_lock() {
    let (condition, woken) = (Condition::new(), Semaphore::new(0));
    let children = waiting(2, &condition, &woken);
    let guard = condition.lock();
    guard.notify_all();
    wake(0, &woken);
    drop(guard);
    wake(2, &woken);
    join_all(&children);
}

fn timeouts_are_kept_and_the_lock_is_held_again() {
    let lock = Lock::new();
    let condition = Condition::with(&lock);
    let mut guard = condition.lock();
    let started = Instant::now();
    assert!(!guard.wait_timeout(SHORT));
    assert!(started.elapsed() >= SHORT);
    assert!(!guard.wait_timeout(Duration::ZERO));
    assert!(elsewhere(|| !lock.try_acquire()));
    let notifies = start(|| condition.lock().notify_one());
    assert!(guard.wait_timeout(LONG));
    assert!(elsewhere(|| !lock.try_acquire()));
    drop(guard);
    assert_eq!(notifies.join(), 0);
    assert!(lock.try_acquire());
}

fn who_gave_up_takes_no_notification() {
    let (condition, woken) = (Condition::new(), Semaphore::new(0));
    let gives_up = start(|| assert!(!condition.lock().wait_timeout(SHORT)));
    let waits = waiting(1, &condition, &woken);
    assert_eq!(gives_up.join(), 0);
    condition.lock().notify_one();
    wake(1, &woken);
    join_all(&waits);
}

fn waiting_for_a_state_looks_after_each_notification() {
    let (condition, state) = (Condition::new(), RawValue::new(0));
    let counts = start(|| {
        for _ in 0..4 {
            let guard = condition.lock();
            state.set(state.get() + 1);
            guard.notify_one();
        }
    });
    let mut guard = condition.lock();
    guard.wait_for(|| state.get() == 4);
    assert_eq!(state.get(), 4);
    drop(guard);
    assert_eq!(counts.join(), 0);
    let looked = Value::new(0);
    condition.lock().wait_for(|| {
        looked.lock().update(|n| n + 1);
        true
    });
    assert_eq!(looked.get(), 1, "it looks before it waits");
}

fn waiting_for_a_state_gives_up_in_time() {
    let (condition, state) = (Condition::new(), RawValue::new(0));
    let counts = start(|| {
        for _ in 0..3 {
            sleep(SHORT / 5);
            let guard = condition.lock();
            state.set(state.get() + 1);
            guard.notify_one();
        }
    });
    let started = Instant::now();
    let mut guard = condition.lock();
    // It is for all notifications together, not for each.
    assert!(!guard.wait_for_timeout(4 * SHORT, || state.get() == 4));
    assert!(started.elapsed() >= 4 * SHORT);
    assert!(guard.wait_for_timeout(LONG, || state.get() == 3));
    assert!(!guard.wait_for_timeout(Duration::ZERO, || false));
    assert!(guard.wait_for_timeout(Duration::ZERO, || true));
    drop(guard);
    assert_eq!(counts.join(), 0);
}

fn what_is_held_twice_is_given_back_altogether() {
    let lock = RLock::new();
    let condition = Condition::with(&lock);
    let outer = lock.lock();
    let mut guard = condition.lock();
    let notifies = start(|| condition.lock().notify_one());
    assert!(guard.wait_timeout(LONG));
    assert_eq!(notifies.join(), 0);
    drop(guard);
    assert!(elsewhere(|| !lock.try_acquire()), "still held once");
    drop(outer);
    assert!(elsewhere(|| lock.try_acquire()));
}

fn two_conditions_may_share_a_lock() {
    let lock = Lock::new();
    let (one, other) = (Condition::with(&lock), Condition::with(&lock));
    let (woken, too) = (Semaphore::new(0), Semaphore::new(0));
    let children = waiting(1, &one, &woken);
    let others = waiting(1, &other, &too);
    one.lock().notify_all();
    wake(1, &woken);
    wake(0, &too);
    other.lock().notify_all();
    wake(1, &too);
    join_all(&children);
    join_all(&others);
}

fn more_than_a_hundred_wait_at_once() {
    let (condition, woken) = (Condition::new(), Semaphore::new(0));
    let children = waiting(140, &condition, &woken);
    condition.lock().notify(1);
    wake(1, &woken);
    condition.lock().notify_all();
    wake(139, &woken);
    join_all(&children);
}

// In CPython who notifies would wait for ever for a killed one to wake up.
fn killed_waiters_do_no_harm() {
    let (condition, woken) = (Condition::new(), Semaphore::new(0));
    let children = waiting(3, &condition, &woken);
    until_they_wait(&children);
    children[0].kill();
    assert_eq!(children[0].join(), -9);
    condition.lock().notify_all();
    wake(2, &woken);
    join_all(&children[1..]);
}

// ---- given: edits below this line are ignored ----

scenarios! {
    each_notification_wakes_one
    as_many_wake_as_are_notified
    everybody_wakes_when_all_are_notified
    a_notification_for_nobody_is_lost
    they_wake_in_the_order_in_which_they_came
    notified_ones_wait_for_the_lock
    timeouts_are_kept_and_the_lock_is_held_again
    who_gave_up_takes_no_notification
    waiting_for_a_state_looks_after_each_notification
    waiting_for_a_state_gives_up_in_time
    what_is_held_twice_is_given_back_altogether
    two_conditions_may_share_a_lock
    more_than_a_hundred_wait_at_once
    killed_waiters_do_no_harm
}
