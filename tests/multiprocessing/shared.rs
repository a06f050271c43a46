//! What CPython's tests say of `Value`, `Array`, `RawValue` and `RawArray`, and of random numbers
//! after a fork, as scenarios.

use std::thread::sleep;

use mp::{Array, Child, Element, Event, Lock, Queue, RawArray, RawValue, Value, random};

/// A value of this type starts as `first`, and what another process writes is seen.
#[track_caller]
fn is_shared<T: Element + PartialEq + std::fmt::Debug>(first: T, then: T) {
    let (value, raw) = (Value::new(first), RawValue::new(first));
    assert_eq!((value.get(), raw.get()), (first, first));
    let sees_and_writes = || {
        assert_eq!((value.get(), raw.get()), (first, first));
        value.set(then);
        raw.set(then);
    };
    assert_eq!(start(sees_and_writes).join(), 0);
    assert_eq!((value.get(), raw.get()), (then, then));
}

fn values_of_every_kind_are_shared() {
    is_shared(0_i32, -24_000);
    is_shared(i64::MIN, i64::MAX);
    is_shared(u8::MIN, u8::MAX);
    is_shared(4.625_f64, -3.25);
    is_shared(0.5_f32, f32::INFINITY);
    is_shared('a', '包');
    is_shared(false, true);
    is_shared(usize::MAX, 1);
}

fn arrays_are_shared() {
    let first = [680, 626, 934, 821, 150, 233, 548, 982, 714, 831];
    let (array, raw) = (Array::new(first), RawArray::new(first));
    assert_eq!((array.len(), raw.len()), (10, 10));
    assert!(!array.is_empty() && !raw.is_empty());
    // Each element becomes the sum of all up to it.
    let sums = || {
        for at in 1..10 {
            array.set(at, array.get(at) + array.get(at - 1));
            raw.set(at, raw.get(at) + raw.get(at - 1));
        }
    };
    assert_eq!(start(sums).join(), 0);
    let mut sum = 0;
    for (at, number) in first.into_iter().enumerate() {
        sum += number;
        assert_eq!((array.get(at), raw.get(at)), (sum, sum));
    }
    assert_eq!(array.to_vec()[..2], [680, 1306]);
    assert!(Array::<u8>::new([]).to_vec().is_empty());
}

fn there_is_nothing_beyond_their_end() {
    let (array, raw) = (Array::new([1, 2]), RawArray::new(vec![1, 2]));
    let words = "index 2 of an array of 2";
    assert!(panics(words, || _ = array.get(2)));
    assert!(panics(words, || array.set(2, 0)));
    assert!(panics(words, || _ = array.lock().get(2)));
    assert!(panics(words, || array.lock().set(2, 0)));
    assert!(panics(words, || array.lock().update(2, |n| n)));
    assert!(panics(words, || _ = raw.get(2)));
    assert!(panics(words, || raw.set(2, 0)));
    assert_eq!(array.to_vec(), [1, 2], "its lock is free all the same");
}

fn what_is_done_with_the_lock_is_one_step() {
    let (value, array) = (Value::new(0_u32), Array::new([0_u32; 2]));
    let count = || {
        for _ in 0..10 {
            value.lock().update(|n| n + 1);
            let mut guard = value.lock();
            let before = guard.get();
            guard.set(before + 1);
            drop(guard);
            let mut both = array.lock();
            both.update(0, |n| n + 1);
            let before = both.get(1);
            both.set(1, before + 1);
        }
    };
    let children: Vec<Child> = (0..4).map(|_| start(count)).collect();
    join_all(&children);
    assert_eq!(value.get(), 80);
    assert_eq!(array.to_vec(), [40, 40]);
}

fn arrays_are_read_in_one_step() {
    let array = Array::new([0_u32; 3]);
    let writes = start(|| {
        for n in 1..=10 {
            let mut all = array.lock();
            (0..3).for_each(|at| all.set(at, n));
        }
    });
    for _ in 0..10 {
        let seen = array.to_vec();
        assert!(seen.iter().all(|n| *n == seen[0]), "{seen:?}");
    }
    assert_eq!(writes.join(), 0);
}

fn while_one_has_the_lock_others_wait() {
    let value = Value::new(1);
    let mut guard = value.lock();
    let reads = start(|| assert_eq!(value.get(), 3));
    let writes = start(|| value.lock().update(|n| n * 10));
    assert_eq!(reads.join_timeout(SHORT), None);
    assert_eq!(writes.join_timeout(SHORT), None);
    // Both orders of the two that wait must be right.
    reads.kill();
    assert_eq!(reads.join(), -9);
    guard.set(2);
    drop(guard);
    assert_eq!(writes.join(), 0);
    assert_eq!(value.get(), 20);
}

fn copies_of_a_guard_release_nothing() {
    let (value, go) = (Value::new(0), Event::new());
    let guard = value.lock();
    let child = start(|| {
        go.wait();
        drop(guard);
    });
    // What was moved into the child is dropped here, too: this was the guard that counts.
    let guard = value.lock();
    go.set();
    assert_eq!(child.join(), 0);
    let reads = start(|| _ = value.get());
    assert_eq!(reads.join_timeout(SHORT), None);
    drop(guard);
    assert_eq!(reads.join(), 0);
}

fn raw_ones_need_a_lock_of_your_own() {
    let (lock, value, array) = (Lock::new(), RawValue::new(0), RawArray::new([0; 2]));
    let count = || {
        for _ in 0..10 {
            let _guard = lock.lock();
            value.set(value.get() + 1);
            array.set(1, array.get(1) + 1);
        }
    };
    let children: Vec<Child> = (0..3).map(|_| start(count)).collect();
    join_all(&children);
    assert_eq!((value.get(), array.get(0), array.get(1)), (30, 0, 30));
}

fn private_memory_is_not_shared_but_what_is_made_before_the_fork_is() {
    let results = Queue::unbounded();
    let value = Value::new(5);
    let child = start(|| {
        let own = Value::new(1);
        let other = Value::new(2);
        value.set(own.get() + other.get());
        results.put((own.get(), other.get()));
    });
    let own = Value::new(10);
    let other = Value::new(20);
    sleep(SHORT);
    assert_eq!(child.join(), 0);
    assert_eq!((own.get(), other.get(), value.get()), (10, 20, 3));
    assert_eq!(results.get(), (1, 2));
}

// CPython seeds each child's random numbers anew.
fn chance_is_not_copied_by_a_fork() {
    let results = Queue::unbounded();
    let draw = || [random(..), random(..), random(..)];
    let first = draw();
    let children: Vec<Child> = (0..3).map(|_| start(|| results.put(draw()))).collect();
    let mut all: Vec<u64> = (0..3).flat_map(|_| results.get()).collect();
    all.extend(first.into_iter().chain(draw()));
    join_all(&children);
    let number = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!((number, all.len()), (15, 15), "the same number came twice");
    assert!((0..50).all(|_| (3..6).contains(&random(3..6))));
}

// ---- given: edits below this line are ignored ----

scenarios! {
    values_of_every_kind_are_shared
    arrays_are_shared
    there_is_nothing_beyond_their_end
    what_is_done_with_the_lock_is_one_step
    arrays_are_read_in_one_step
    while_one_has_the_lock_others_wait
    copies_of_a_guard_release_nothing
    raw_ones_need_a_lock_of_your_own
    private_memory_is_not_shared_but_what_is_made_before_the_fork_is
    chance_is_not_copied_by_a_fork
}
