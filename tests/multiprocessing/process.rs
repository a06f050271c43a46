//! What CPython's tests say of `Process`, as scenarios; those about ends that are no success are
//! in `ends.rs`.

use std::cell::Cell;
use std::io::ErrorKind;
use std::os::unix::process::parent_id;
use std::process;
use std::thread::sleep;
use std::time::{Duration, Instant};

use mp::{Child, Event, Process, Queue, Run, Value};

fn lives_until_it_has_ended() {
    let go = Event::new();
    let child = start(|| go.wait());
    assert!(child.is_alive());
    assert_eq!(child.exit_code(), None);
    assert_eq!(child.join_timeout(SHORT), None);
    go.set();
    assert_eq!(child.join(), 0);
    assert!(!child.is_alive());
    assert_eq!(child.exit_code(), Some(0));
    assert_eq!(child.join(), 0, "joined again, it says the same");
    assert_eq!(child.join_timeout(Duration::ZERO), Some(0));
}

fn exit_code_is_what_it_passed_to_exit() {
    for code in [0, 1, 42, 255] {
        assert_eq!(start(|| process::exit(code)).join(), code);
    }
    // Of other numbers the system keeps the lowest byte.
    assert_eq!(start(|| process::exit(256 + 3)).join(), 3);
    assert_eq!(start(|| process::exit(-1)).join(), 255);
}

fn joined_in_any_order_each_has_its_own_code() {
    let children: Vec<Child> = (0..5).map(|n| start(move || process::exit(n))).collect();
    for n in [3, 0, 4, 2, 1] {
        assert_eq!(children[n as usize].join(), n);
    }
    let codes: Vec<_> = children.iter().map(Child::exit_code).collect();
    assert_eq!(codes, [0, 1, 2, 3, 4].map(Some));
}

fn joining_gives_up_after_its_time() {
    let go = Event::new();
    let child = start(|| go.wait());
    let started = Instant::now();
    assert_eq!(child.join_timeout(SHORT), None);
    assert!(started.elapsed() >= SHORT);
    assert_eq!(child.join_timeout(Duration::ZERO), None);
    go.set();
    assert_eq!(child.join_timeout(LONG), Some(0));
    assert_eq!(start(|| ()).join_timeout(Duration::MAX), Some(0));
}

fn ended_by_a_signal_its_code_is_negative() {
    for (end, code) in [
        (Child::terminate as fn(&Child), -15),
        (Child::kill as fn(&Child), -9),
    ] {
        let child = start(|| sleep(60 * LONG));
        assert_eq!(child.join_timeout(Duration::ZERO), None);
        assert_eq!(child.join_timeout(SHORT), None);
        assert!(child.is_alive());
        end(&child);
        assert_eq!(child.join(), code);
        assert!(!child.is_alive());
        assert_eq!(child.exit_code(), Some(code));
    }
}

fn ended_already_signals_change_nothing() {
    let child = start(|| process::exit(4));
    assert_eq!(child.join(), 4);
    child.terminate();
    child.kill();
    assert_eq!(child.join(), 4);
    // Not waited for yet, it is a zombie at most.
    let ready = Event::new();
    let child = start(|| {
        ready.wait();
        process::exit(5);
    });
    ready.set();
    while child.is_alive() {
        sleep(SHORT / 10);
    }
    child.terminate();
    assert_eq!(child.join(), 5);
}

fn many_can_be_terminated_at_once() {
    let started = Value::new(0);
    let wait = || {
        started.lock().update(|n| n + 1);
        sleep(60 * LONG);
    };
    let children: Vec<Child> = (0..10).map(|_| start(wait)).collect();
    children.iter().for_each(Child::terminate);
    assert!(children.iter().all(|child| child.join() == -15));
}

fn default_names_count_the_children_of_each_process() {
    let names = Queue::unbounded();
    let told = || names.put((mp::current().name(), mp::current().is_daemon()));
    // CPython's first process is called MainProcess.
    assert_eq!(mp::current().name(), "main");
    let first = start(|| {
        let inner = start(told);
        assert_eq!(inner.name(), "Process-1:1");
        inner.join();
        told();
        start(told).join();
    });
    assert_eq!(first.name(), "Process-1");
    assert_eq!(first.join(), 0);
    let egon = Process::new(|| {
        told();
        start(told).join();
    });
    let egon = egon.name("egon").start().expect("can be started");
    assert_eq!(egon.name(), "egon");
    assert_eq!(egon.join(), 0);
    let third = start(told);
    assert_eq!(third.name(), "Process-3", "a named one counts, too");
    third.join();
    for name in ["Process-1:1", "Process-1", "Process-1:2", "egon"] {
        assert_eq!(names.get(), (name.to_owned(), false));
    }
    // Of a named process, too, the children are called after its number.
    assert_eq!(names.get().0, "Process-2:1");
    assert_eq!(names.get().0, "Process-3");
    assert!(names.is_empty());
}

fn both_sides_tell_the_same_process_ids() {
    let told = Queue::unbounded();
    let tell = || told.put((process::id(), mp::current().pid(), parent_id()));
    let children = [start(tell), start(tell)];
    let me = process::id();
    assert_eq!(mp::current().pid(), me);
    let mut found: Vec<u32> = Vec::new();
    for _ in &children {
        let (id, current, parent) = told.get();
        assert_eq!((id, parent), (current, me));
        found.push(id);
    }
    found.sort_unstable();
    let mut pids = children.each_ref().map(Child::pid);
    pids.sort_unstable();
    assert_eq!(found, pids);
    assert!(pids[0] != pids[1] && !pids.contains(&me));
    children
        .iter()
        .for_each(|child| assert_eq!(child.join(), 0));
}

fn daemons_may_not_start_children() {
    let daemon = Process::new(|| {
        let refused = Process::new(|| ()).start().err();
        let kind = refused.map(|error| error.kind());
        let right = kind == Some(ErrorKind::PermissionDenied) && mp::current().is_daemon();
        process::exit(if right { 7 } else { 8 });
    });
    let daemon = daemon.daemon(true).start().expect("can be started");
    assert!(daemon.is_daemon() && !mp::current().is_daemon());
    assert_eq!(daemon.join(), 7, "a daemon can be joined like any other");
    let child = start(|| {
        assert!(!mp::current().is_daemon());
        assert_eq!(start(|| ()).join(), 0);
    });
    assert!(!child.is_daemon());
    assert_eq!(child.join(), 0);
}

struct Upper<'a> {
    text: String,
    results: &'a Queue<String>,
}

impl Run for Upper<'_> {
    fn run(&mut self) {
        self.text = self.text.to_uppercase();
        self.results.put(format!("{} {}", self.text, process::id()));
    }
}

fn an_object_with_a_run_method_is_work() {
    let results = &Queue::unbounded();
    let new = || Upper {
        text: "hello".to_owned(),
        results,
    };
    let mut by_hand = new();
    by_hand.run();
    assert_eq!(results.get(), format!("HELLO {}", process::id()));
    let child = Process::of(new()).start().expect("can be started");
    assert_eq!(results.get(), format!("HELLO {}", child.pid()));
    assert_eq!(child.join(), 0);
}

fn memory_is_a_copy() {
    let number = Cell::new(1);
    let child = start(|| {
        assert_eq!(number.get(), 1);
        number.set(2);
        process::exit(number.get());
    });
    number.set(3);
    assert_eq!(child.join(), 2);
    assert_eq!(number.get(), 3);
}

fn descend(results: &Queue<Vec<u32>>, path: &[u32]) {
    results.put(path.to_vec());
    if path.len() < 2 {
        for next in 0..2 {
            let path = [path, &[next]].concat();
            assert_eq!(start(|| descend(results, &path)).join(), 0);
        }
    }
}

fn children_may_have_children() {
    let results = Queue::unbounded();
    descend(&results, &[]);
    let expected: [&[u32]; 7] = [&[], &[0], &[0, 0], &[0, 1], &[1], &[1, 0], &[1, 1]];
    for path in expected {
        assert_eq!(results.get(), path);
    }
}

fn only_the_parent_can_wait_for_it() {
    let go = Event::new();
    let sibling = start(|| go.wait());
    let other = start(|| {
        assert!(panics("only its parent", || _ = sibling.join()));
        assert!(panics("only its parent", || _ = sibling.join_timeout(SHORT)));
        assert!(panics("only its parent", || _ = sibling.is_alive()));
        assert!(panics("only its parent", || _ = sibling.exit_code()));
        process::exit(6);
    });
    assert_eq!(other.join(), 6);
    go.set();
    assert_eq!(sibling.join(), 0);
}

// ---- given: edits below this line are ignored ----

scenarios! {
    lives_until_it_has_ended
    exit_code_is_what_it_passed_to_exit
    joined_in_any_order_each_has_its_own_code
    joining_gives_up_after_its_time
    ended_by_a_signal_its_code_is_negative
    ended_already_signals_change_nothing
    many_can_be_terminated_at_once
    default_names_count_the_children_of_each_process
    both_sides_tell_the_same_process_ids
    daemons_may_not_start_children
    an_object_with_a_run_method_is_work
    memory_is_a_copy
    children_may_have_children
    only_the_parent_can_wait_for_it
}
