//! Many threads at once: nothing is lost, nobody waits for ever, and nobody is let in who must not.

use std::collections::VecDeque;
use std::thread;
use std::time::Duration;

use crate::mirrors::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use crate::mirrors::{Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock, mpsc};

const THREADS: usize = 6;

/// Calls `act` in several threads at once, with their numbers.
fn at_once(act: impl Fn(usize) + Sync) {
    thread::scope(|scope| {
        for number in 0..THREADS {
            let act = &act;
            scope.spawn(move || act(number));
        }
    });
}

#[test]
fn a_mutex_lets_one_in_at_a_time() {
    let mutex = Mutex::new(0);
    at_once(|number| {
        for _ in 0..20_000 {
            if number % 2 == 0 {
                *mutex.lock().expect("no poison") += 1;
            } else {
                while mutex.try_lock().map(|mut n| *n += 1).is_err() {
                    thread::yield_now();
                }
            }
        }
    });
    assert_eq!(mutex.into_inner().expect("no poison"), THREADS * 20_000);
}

#[test]
fn readers_see_what_one_writer_wrote_as_a_whole() {
    let lock = RwLock::new((0, 0));
    let reading = AtomicUsize::new(0);
    at_once(|number| {
        for _ in 0..5_000 {
            if number < 2 {
                let mut pair = lock.write().expect("no poison");
                assert_eq!(reading.load(Ordering::SeqCst), 0);
                pair.0 += 1;
                pair.1 += 1;
            } else {
                let pair = lock.read().expect("no poison");
                reading.fetch_add(1, Ordering::SeqCst);
                assert_eq!(pair.0, pair.1);
                reading.fetch_sub(1, Ordering::SeqCst);
            }
        }
    });
    assert_eq!(*lock.read().expect("no poison"), (10_000, 10_000));
}

#[test]
fn a_writer_gets_in_between_readers_who_come_and_go() {
    let (lock, written) = (RwLock::new(()), AtomicBool::new(false));
    at_once(|number| {
        if number == 0 {
            thread::sleep(Duration::from_millis(5));
            drop(lock.write().expect("no poison"));
            written.store(true, Ordering::SeqCst);
        }
        while !written.load(Ordering::SeqCst) {
            let _guard = lock.read().expect("no poison");
        }
    });
}

#[test]
fn a_queue_of_a_mutex_and_conditions_loses_nothing() {
    let queue = Mutex::new(VecDeque::new());
    let (more, room) = (Condvar::new(), Condvar::new());
    let sum = AtomicUsize::new(0);
    at_once(|number| {
        for item in 0..2_000 {
            let mut queue = queue.lock().expect("no poison");
            if number % 2 == 0 {
                queue = room.wait_while(queue, |q| q.len() > 3).expect("no poison");
                queue.push_back(item);
                more.notify_one();
            } else {
                queue = more.wait_while(queue, |q| q.is_empty()).expect("no poison");
                sum.fetch_add(queue.pop_front().expect("one"), Ordering::Relaxed);
                room.notify_one();
            }
        }
    });
    assert_eq!(sum.into_inner(), THREADS / 2 * (0..2_000).sum::<usize>());
}

#[test]
fn a_barrier_holds_everyone_back_round_after_round() {
    let (barrier, round) = (Barrier::new(THREADS), AtomicUsize::new(0));
    at_once(|_| {
        for expected in 0..300 {
            assert_eq!(round.load(Ordering::SeqCst), expected);
            if barrier.wait().is_leader() {
                round.fetch_add(1, Ordering::SeqCst);
            }
            barrier.wait();
        }
    });
}

#[test]
fn once_is_once_and_everybody_sees_it_done() {
    for _ in 0..200 {
        let (once, lock, calls) = (Once::new(), OnceLock::new(), AtomicU32::new(0));
        let lazy = LazyLock::new(|| calls.fetch_add(1, Ordering::Relaxed));
        at_once(|number| {
            if number == 0 {
                once.wait();
            } else {
                once.call_once(|| _ = calls.fetch_add(1, Ordering::Relaxed));
            }
            assert!(once.is_completed());
            let value = *lock.get_or_init(|| number);
            assert_eq!(lock.get(), Some(&value));
            assert_eq!(lock.wait(), &value);
            assert!(*lazy < 2);
        });
        assert_eq!(calls.load(Ordering::Relaxed), 2);
    }
}

#[test]
fn channels_of_any_room_carry_every_message_once() {
    for bound in [0, 1, 5] {
        let (sender, receiver) = mpsc::sync_channel(bound);
        let sum = thread::scope(|scope| {
            let thread = scope.spawn(move || receiver.iter().sum::<usize>());
            for _ in 0..THREADS {
                let sender = sender.clone();
                scope.spawn(move || (0..500).for_each(|n| sender.send(n).expect("is received")));
            }
            drop(sender);
            thread.join().expect("ends")
        });
        assert_eq!(sum, THREADS * (0..500).sum::<usize>(), "room for {bound}");
    }
    let (sender, receiver) = mpsc::channel();
    at_once(|_| {
        let sender = sender.clone();
        (0..5_000).for_each(|n| sender.send(n).expect("is received"));
    });
    drop(sender);
    assert_eq!(
        receiver.into_iter().sum::<usize>(),
        THREADS * (0..5_000).sum::<usize>()
    );
}
