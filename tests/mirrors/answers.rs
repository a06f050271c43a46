//! Locks, conditions, barriers and what is done once: the same calls, the same answers.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Duration;

use crate::same_answers;

/// The message of a panic.
fn panic_of(act: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(act)).expect_err("panics");
    let text = panic.downcast_ref::<&str>().copied().map(String::from);
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}

same_answers! {
    fn a_mutex_in_all_its_states(say) {
        let mut mutex = sync::Mutex::new(5);
        say(&mutex);
        say(&*mutex.lock().expect("is free"));
        {
            let mut guard = mutex.lock().expect("is free");
            *guard += 1;
            say(&guard);
            say(&guard.to_string());
            say(&mutex);
            say(&mutex.try_lock().map(|guard| *guard).map_err(|error| error.to_string()));
        }
        say(&mutex.try_lock().map(|guard| *guard).map_err(|error| error.to_string()));
        say(&mutex.is_poisoned());
        let died = thread::scope(|scope| {
            let thread = scope.spawn(|| {
                let _guard = mutex.lock();
                panic!("with the lock held");
            });
            thread.join()
        });
        say(&died.is_err());
        say(&mutex.is_poisoned());
        say(&mutex.lock().map(|guard| *guard).map_err(|error| (error.to_string(), *error.into_inner())));
        say(&mutex.try_lock().map(|guard| *guard).map_err(|error| error.to_string()));
        say(&mutex);
        say(&mutex.get_mut().map(|value| *value).map_err(|error| **error.get_ref()));
        mutex.clear_poison();
        say(&mutex);
        *mutex.get_mut().expect("is well again") += 1;
        say(&mutex.into_inner());
        say(&sync::Mutex::<u8>::default());
        say(&sync::Mutex::from("text"));
    }

    fn a_panic_that_was_there_before_poisons_nothing(say) {
        struct Locks<'a>(&'a sync::Mutex<i32>);
        impl Drop for Locks<'_> {
            fn drop(&mut self) {
                *self.0.lock().expect("is free") += 1;
            }
        }
        let mutex = sync::Mutex::new(0);
        say(&panic_of(|| {
            let _locks = Locks(&mutex);
            panic!("before");
        }));
        say(&mutex.is_poisoned());
        say(&mutex);
        say(&panic_of(|| {
            let _guard = mutex.lock();
            panic!("meanwhile");
        }));
        say(&mutex);
    }

    fn a_lock_for_readers_in_all_its_states(say) {
        let mut lock = sync::RwLock::new(vec![1, 2]);
        say(&lock);
        {
            let one = lock.read().expect("is free");
            let two = lock.try_read().expect("readers share");
            say(&(one.len(), two[1]));
            say(&one);
            say(&lock.try_write().map(|_| ()).map_err(|error| error.to_string()));
            say(&lock);
        }
        {
            let mut guard = lock.write().expect("is free");
            guard.push(3);
            say(&guard);
            say(&lock.try_read().map(|_| ()).map_err(|error| error.to_string()));
            say(&lock.try_write().map(|_| ()).map_err(|error| error.to_string()));
            say(&lock);
            let reader = sync::RwLockWriteGuard::downgrade(guard);
            say(&reader);
            say(&lock.try_read().map(|guard| guard.len()).map_err(|error| error.to_string()));
            say(&lock.try_write().map(|_| ()).map_err(|error| error.to_string()));
        }
        say(&panic_of(|| {
            let _guard = lock.read();
            panic!("a reader poisons nothing");
        }));
        say(&lock.is_poisoned());
        say(&panic_of(|| {
            let _guard = lock.write();
            panic!("a writer does");
        }));
        say(&lock.is_poisoned());
        say(&lock.read().map(|_| ()).map_err(|error| error.into_inner().len()));
        say(&lock.write().map(|_| ()).map_err(|error| error.into_inner().len()));
        say(&lock.get_mut().map(|_| ()).map_err(|error| error.into_inner().clone()));
        lock.clear_poison();
        say(&lock);
        say(&lock.into_inner());
        say(&sync::RwLock::<bool>::default());
        say(&sync::RwLock::from('x'));
    }

    fn waits_with_a_time_limit(say) {
        let (mutex, condvar) = (sync::Mutex::new(0), sync::Condvar::new());
        let short = Duration::from_millis(5);
        let guard = mutex.lock().expect("is free");
        let (guard, result) = condvar.wait_timeout(guard, short).expect("no poison");
        say(&(result.timed_out(), result));
        let answer = condvar.wait_timeout_while(guard, short, |n| *n == 0).expect("no poison");
        say(&answer.1.timed_out());
        let answer = condvar.wait_timeout_while(answer.0, short, |n| *n != 0).expect("no poison");
        say(&answer.1.timed_out());
        let (guard, notified) = condvar.wait_timeout_ms(answer.0, 1).expect("no poison");
        say(&notified);
        say(&*condvar.wait_while(guard, |n| { *n += 1; *n < 3 && *n != 1 }).expect("no poison"));
        condvar.notify_one();
        condvar.notify_all();
        say(&condvar);
        say(&sync::Condvar::default());
    }

    fn a_wait_that_finds_the_mutex_poisoned(say) {
        let shared = (sync::Mutex::new(false), sync::Condvar::new());
        thread::scope(|scope| {
            let (mutex, condvar) = &shared;
            let mut guard = mutex.lock().expect("is free");
            let other = scope.spawn(|| {
                let mut guard = mutex.lock().expect("is free");
                *guard = true;
                condvar.notify_one();
                panic!("with the lock held");
            });
            let mut poisoned = false;
            while !*guard {
                guard = condvar.wait(guard).unwrap_or_else(|error| {
                    poisoned = true;
                    error.into_inner()
                });
            }
            say(&(*guard, poisoned));
            drop(guard);
            say(&other.join().is_err());
        });
        say(&shared.0);
        say(&shared.0.is_poisoned());
    }

    fn barriers(say) {
        let alone = sync::Barrier::new(1);
        say(&(alone.wait().is_leader(), alone.wait().is_leader()));
        say(&sync::Barrier::new(0).wait());
        say(&alone);
        let barrier = sync::Barrier::new(3);
        let leaders: Vec<usize> = thread::scope(|scope| {
            let rounds = || (0..50).filter(|_| barrier.wait().is_leader()).count();
            let threads: Vec<_> = (0..3).map(|_| scope.spawn(rounds)).collect();
            threads.into_iter().map(|thread| thread.join().expect("ends")).collect()
        });
        say(&leaders.iter().sum::<usize>());
    }

    fn what_is_done_once(say) {
        let once = sync::Once::new();
        say(&once);
        say(&once.is_completed());
        let mut calls = 0;
        once.call_once(|| calls += 1);
        once.call_once(|| calls += 1);
        once.call_once_force(|_| calls += 1);
        once.wait();
        once.wait_force();
        say(&(calls, once.is_completed()));
        let once = sync::ONCE_INIT;
        say(&panic_of(|| once.call_once(|| panic!("the first"))));
        say(&once.is_completed());
        say(&panic_of(|| once.call_once(|| ())));
        say(&panic_of(|| once.wait()));
        once.call_once_force(|state| say(&(state, state.is_poisoned())));
        say(&once.is_completed());
        once.call_once(|| unreachable!());
    }

    fn a_value_that_is_set_once(say) {
        let mut lock = sync::OnceLock::new();
        say(&(&lock, lock.get()));
        say(&lock.get_mut());
        say(&lock.set(1));
        say(&lock.set(2));
        say(&lock.get_or_init(|| 3));
        say(&(&lock, lock.get(), lock.wait()));
        say(&lock.get_mut().map(|value| { *value += 1; *value }));
        say(&(lock.clone(), lock.clone() == lock, sync::OnceLock::new() == lock));
        say(&lock.take());
        say(&lock);
        say(&lock.take());
        say(&lock.get_or_init(|| 9));
        say(&lock.into_inner());
        say(&sync::OnceLock::from("value"));
        let lock = sync::OnceLock::<i32>::default();
        say(&panic_of(|| { lock.get_or_init(|| panic!("in vain")); }));
        say(&(&lock, lock.set(4), &lock));
        let local = String::from("dropped with the lock");
        let borrowed = sync::OnceLock::new();
        say(&borrowed.set(&local));
    }

    fn a_value_that_is_computed_when_used(say) {
        let mut lock = sync::LazyLock::new(|| vec![1, 2]);
        say(&(&lock, sync::LazyLock::get(&lock)));
        say(&sync::LazyLock::get_mut(&mut lock));
        say(&lock.len());
        say(&(&lock, sync::LazyLock::get(&lock), sync::LazyLock::force(&lock)));
        lock.push(3);
        say(&sync::LazyLock::get_mut(&mut lock));
        let mut lock: sync::LazyLock<String> = sync::LazyLock::default();
        sync::LazyLock::force_mut(&mut lock).push('x');
        say(&*lock);
        let lock: sync::LazyLock<i32> = sync::LazyLock::new(|| panic!("the first"));
        say(&panic_of(|| { let _ = *lock; }));
        say(&panic_of(|| { let _ = *lock; }));
        say(&(&lock, sync::LazyLock::get(&lock)));
        let mut lock: sync::LazyLock<i32> = sync::LazyLock::new(|| panic!("the first"));
        say(&panic_of(|| { sync::LazyLock::force_mut(&mut lock); }));
        say(&panic_of(|| { sync::LazyLock::force(&lock); }));
        say(&panic_of(|| { sync::LazyLock::force_mut(&mut lock); }));
    }

    fn what_a_static_or_a_trait_object_holds(say) {
        static COUNT: sync::Mutex<u32> = sync::Mutex::new(0);
        static NAMES: sync::RwLock<Vec<&str>> = sync::RwLock::new(Vec::new());
        static TEXT: sync::LazyLock<String> = sync::LazyLock::new(|| "text".repeat(2));
        const EMPTY: sync::Mutex<Vec<u8>> = sync::Mutex::new(Vec::new());
        *COUNT.lock().expect("is free") += 1;
        NAMES.write().expect("is free").push("egon");
        say(&*COUNT.lock().expect("is free"));
        say(&NAMES);
        say(&TEXT.len());
        say(&[EMPTY, EMPTY]);
        let boxed: Box<sync::Mutex<dyn std::fmt::Debug + Send>> = Box::new(sync::Mutex::new(7));
        say(&&*boxed.lock().expect("is free"));
        let slice: std::sync::Arc<sync::RwLock<[i32]>> = std::sync::Arc::new(sync::RwLock::new([1, 2, 3]));
        slice.write().expect("is free").reverse();
        say(&slice.read().expect("is free").to_vec());
    }
}
