//! What CPython's tests say of `Barrier`, as scenarios.

use std::thread::sleep;
use std::time::{Duration, Instant};

use mp::{Barrier, Broken, Child, Event, RawValue, Value};

const PARTIES: u32 = 4;

/// Does the same in as many processes as there are parties, the last of them this one.
fn together(work: impl Fn()) {
    let children: Vec<Child> = (1..PARTIES).map(|_| start(&work)).collect();
    work();
    join_all(&children);
}

/// Children who wait at the barrier and are to find it broken.
fn find_it_broken(n: u32, barrier: &Barrier) -> Vec<Child> {
    let find = || assert_eq!(barrier.wait(), Err(Broken));
    let children: Vec<Child> = (0..n).map(|_| start(find)).collect();
    while barrier.waiting() < n {
        sleep(SHORT / 10);
    }
    children
}

/// All parties pass, so it is as new.
fn all_pass(barrier: &Barrier) {
    together(|| assert!(barrier.wait().is_ok()));
    assert_eq!((barrier.waiting(), barrier.is_broken()), (0, false));
}

fn nobody_goes_on_before_all_are_there() {
    let barrier = Barrier::new(PARTIES);
    let arrived = Value::new(0);
    assert_eq!(barrier.parties(), PARTIES);
    together(|| {
        for round in 1..=10 {
            arrived.lock().update(|n| n + 1);
            barrier.wait().expect("is whole");
            assert!(arrived.get() >= round * PARTIES, "somebody is missing");
            barrier.wait().expect("is whole");
            assert_eq!(arrived.get(), round * PARTIES, "somebody is too early");
            barrier.wait().expect("is whole");
        }
    });
    assert_eq!((barrier.waiting(), barrier.is_broken()), (0, false));
}

fn each_gets_another_number() {
    let barrier = Barrier::new(PARTIES);
    let numbers = Value::new(0_u64);
    together(|| {
        for _ in 0..5 {
            let number = barrier.wait().expect("is whole");
            assert!(number < PARTIES);
            numbers.lock().update(|sum| sum + (1 << (8 * number)));
        }
    });
    assert_eq!(numbers.get(), 0x0505_0505, "each number once a round");
}

fn one_calls_the_action_before_any_goes_on() {
    // No lock guards it: the barrier alone keeps the others from it meanwhile.
    let called = RawValue::new(0);
    let barrier = Barrier::with_action(PARTIES, || called.set(called.get() + 1));
    together(|| {
        for round in 0..5 {
            barrier.wait().expect("is whole");
            assert_eq!(called.get(), 2 * round + 1);
            barrier.wait_timeout(LONG).expect("is whole");
            assert_eq!(called.get(), 2 * round + 2);
        }
    });
    assert_eq!(called.get(), 10);
}

fn aborted_it_is_broken_for_all() {
    let barrier = Barrier::new(PARTIES);
    let waiting = find_it_broken(PARTIES - 2, &barrier);
    barrier.abort();
    join_all(&waiting);
    assert!(barrier.is_broken());
    assert_eq!(barrier.waiting(), 0);
    assert_eq!(barrier.wait(), Err(Broken), "who comes later does not wait");
    assert_eq!(barrier.wait_timeout(LONG), Err(Broken));
    assert!(elsewhere(
        || barrier.is_broken() && barrier.wait() == Err(Broken)
    ));
}

fn reset_sends_away_who_waits() {
    let barrier = Barrier::new(PARTIES);
    let waiting = find_it_broken(PARTIES - 1, &barrier);
    barrier.reset();
    join_all(&waiting);
    assert!(!barrier.is_broken());
    all_pass(&barrier);
    barrier.reset();
    all_pass(&barrier);
}

fn aborted_and_reset_it_is_as_new() {
    let barrier = Barrier::new(PARTIES);
    for _ in 0..3 {
        let waiting = find_it_broken(PARTIES - 1, &barrier);
        barrier.abort();
        join_all(&waiting);
        assert!(barrier.is_broken());
        barrier.reset();
        all_pass(&barrier);
    }
}

fn a_timeout_breaks_it() {
    let barrier = Barrier::new(PARTIES);
    let waiting = find_it_broken(PARTIES - 2, &barrier);
    let started = Instant::now();
    assert_eq!(barrier.wait_timeout(SHORT), Err(Broken));
    assert!(started.elapsed() >= SHORT);
    join_all(&waiting);
    assert!(barrier.is_broken());
    barrier.reset();
    assert_eq!(barrier.wait_timeout(Duration::ZERO), Err(Broken));
    assert!(barrier.is_broken());
}

fn a_timeout_that_is_not_over_breaks_nothing() {
    let barrier = Barrier::new(PARTIES);
    together(|| assert!(barrier.wait_timeout(LONG).is_ok()));
    assert!(!barrier.is_broken());
}

// All were there in time; in CPython the action holds the lock that a timeout needs.
fn a_timeout_during_the_action_breaks_nothing() {
    let began = Value::new(false);
    let barrier = Barrier::with_action(2, || {
        began.set(true);
        sleep(6 * SHORT);
    });
    // On a busy machine the time may be over before both are there: that is no case of this.
    while !began.get() {
        barrier.reset();
        let child = start(|| {
            let passed = barrier.wait_timeout(3 * SHORT);
            assert!(passed.is_ok() || !began.get(), "both were there in time");
        });
        while barrier.waiting() < 1 && !barrier.is_broken() {
            sleep(SHORT / 10);
        }
        let passed = barrier.wait();
        assert!(passed.is_ok() || !began.get(), "both were there in time");
        assert_eq!(child.join(), 0);
    }
}

fn a_panic_of_the_action_breaks_it() {
    let barrier = Barrier::with_action(2, || panic!("action"));
    let waiting = find_it_broken(1, &barrier);
    assert!(panics("action", || _ = barrier.wait()));
    join_all(&waiting);
    assert!(barrier.is_broken());
}

fn for_one_it_never_waits() {
    let called = Value::new(0);
    let barrier = Barrier::with_action(1, || called.lock().update(|n| n + 1));
    for round in 1..=3 {
        assert_eq!(barrier.wait(), Ok(0));
        assert_eq!(called.get(), round);
    }
    assert!(panics("at least one", || _ = Barrier::new(0)));
}

fn who_looks_late_finds_how_its_own_round_ended() {
    let barrier = Barrier::new(2);
    let others = start(|| {
        while barrier.waiting() == 0 {
            sleep(SHORT / 10);
        }
        barrier.reset();
        // More rounds than the barrier tells apart, while the first one's task may still be late.
        let rounds = || (0..20).for_each(|_| assert!(barrier.wait().is_ok()));
        let other = start(rounds);
        rounds();
        other.join();
    });
    assert_eq!(barrier.wait(), Err(Broken));
    assert_eq!(others.join(), 0);
}

fn waiting_ones_are_counted() {
    let (barrier, go) = (Barrier::new(3), Event::new());
    assert_eq!(barrier.waiting(), 0);
    let wait = || {
        go.wait();
        assert!(barrier.wait().is_ok());
    };
    let children = [start(wait), start(wait)];
    go.set();
    while barrier.waiting() < 2 {
        sleep(SHORT / 10);
    }
    sleep(SHORT);
    assert_eq!(barrier.waiting(), 2);
    assert!(barrier.wait().is_ok());
    assert_eq!(barrier.waiting(), 0);
    join_all(&children);
}

// ---- given: edits below this line are ignored ----

scenarios! {
    nobody_goes_on_before_all_are_there
    each_gets_another_number
    one_calls_the_action_before_any_goes_on
    aborted_it_is_broken_for_all
    reset_sends_away_who_waits
    aborted_and_reset_it_is_as_new
    a_timeout_breaks_it
    a_timeout_that_is_not_over_breaks_nothing
    a_timeout_during_the_action_breaks_nothing
    a_panic_of_the_action_breaks_it
    for_one_it_never_waits
    who_looks_late_finds_how_its_own_round_ended
    waiting_ones_are_counted
}
