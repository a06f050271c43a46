//! What CPython's tests say of how processes end, main and others, well or not, as scenarios. What
//! they print and how they end is in the list of `main.rs`.

use std::process::{abort, exit};
use std::thread::sleep;

use mp::{Child, Closed, Event, Process, Queue, Value, pipe};

fn daemon<'a>(work: impl FnOnce() + 'a) -> Child {
    let daemon = Process::new(work).daemon(true).start();
    daemon.expect("can be started")
}

/// A child that prints a line after a while, and that nobody joins.
fn leave_a_child() {
    start(|| {
        sleep(SHORT);
        println!("child");
    });
}

fn main_waits_for_its_children() {
    leave_a_child();
    println!("main");
}

fn main_waits_also_after_exit() {
    leave_a_child();
    println!("main");
    exit(0);
}

fn main_waits_also_after_exit_with_a_failure() {
    leave_a_child();
    println!("main");
    exit(3);
}

fn main_waits_also_after_a_panic() {
    leave_a_child();
    println!("main");
    panic!("main is at its end");
}

/// A child that says after a while that it was there, and that nobody joins.
fn leave_a_quiet_child(late: &Value<bool>) {
    start(|| {
        sleep(SHORT);
        late.set(true);
    });
}

fn children_wait_for_theirs() {
    let late = Value::new(false);
    let parent = start(|| {
        start(|| leave_a_quiet_child(&late));
    });
    assert_eq!(parent.join(), 0);
    assert!(late.get());
}

fn children_wait_for_theirs_also_after_exit() {
    let late = Value::new(false);
    let parent = start(|| {
        leave_a_quiet_child(&late);
        exit(7);
    });
    assert_eq!(parent.join(), 7);
    assert!(late.get());
}

fn daemons_are_terminated_at_the_end_of_main() {
    daemon(|| {
        sleep(60 * LONG);
        println!("daemon");
    });
}

fn daemons_are_terminated_also_after_exit() {
    daemon(|| Event::new().wait());
    exit(0);
}

fn daemons_are_terminated_at_the_end_of_their_parent() {
    let parent = start(|| {
        daemon(|| sleep(60 * LONG));
    });
    assert_eq!(parent.join(), 0);
}

// Otherwise both would wait for ever.
fn daemons_are_terminated_before_others_are_waited_for() {
    let (here, there) = pipe::<u8>().expect("files can be opened");
    daemon(move || {
        sleep(60 * LONG);
        drop(there);
    });
    start(move || {
        assert_eq!(here.recv(), Err(Closed));
        println!("child");
    });
}

fn what_children_do_not_say_by_success_is_theirs() {
    start(|| exit(9));
    let killed = start(|| sleep(60 * LONG));
    killed.kill();
}

// In CPython the exit code is 1; 101 is what Rust programs end with.
fn a_panic_ends_the_child_alone() {
    let results = Queue::unbounded();
    let child = start(|| {
        results.put(1);
        panic!("child is at its end");
    });
    assert_eq!(child.join(), 101);
    assert!(!child.is_alive());
    assert_eq!(child.exit_code(), Some(101));
    assert_eq!(results.get(), 1);
}

fn a_panic_ends_what_the_child_held() {
    let (here, there) = pipe::<u8>().expect("files can be opened");
    let lock = mp::Lock::new();
    let child = start(|| {
        let _there = there;
        let _guard = lock.lock();
        panic!("child is at its end");
    });
    assert_eq!(here.recv(), Err(Closed));
    assert_eq!(child.join(), 101);
    assert!(lock.try_acquire());
}

fn an_abort_is_a_signal() {
    let child = start(|| abort());
    assert_eq!(child.join(), -6);
}

// ---- given: edits below this line are ignored ----

scenarios! {
    main_waits_for_its_children
    main_waits_also_after_exit
    main_waits_also_after_exit_with_a_failure
    main_waits_also_after_a_panic
    children_wait_for_theirs
    children_wait_for_theirs_also_after_exit
    daemons_are_terminated_at_the_end_of_main
    daemons_are_terminated_also_after_exit
    daemons_are_terminated_at_the_end_of_their_parent
    daemons_are_terminated_before_others_are_waited_for
    what_children_do_not_say_by_success_is_theirs
    a_panic_ends_the_child_alone
    a_panic_ends_what_the_child_held
    an_abort_is_a_signal
}
