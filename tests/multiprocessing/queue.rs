//! What CPython's tests say of `Queue` and `JoinableQueue`, as scenarios.

use std::collections::HashMap;
use std::thread::sleep;
use std::time::{Duration, Instant};

use mp::{Child, Empty, Event, Full, JoinableQueue, Process, Queue, Semaphore};
use serde::{Deserialize, Serialize};

/// Much more than a process may leave behind, and no power of two.
const BIG: usize = 300_000;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Order {
    Buns { number: u32, with: Vec<String> },
    Nothing,
}

fn full_it_takes_no_more() {
    let queue = Queue::new(6);
    assert!(queue.is_empty() && !queue.is_full());
    queue.put(1);
    queue.put(2);
    assert_eq!(queue.put_nowait(3), Ok(()));
    assert_eq!(queue.put_nowait(4), Ok(()));
    assert_eq!(queue.put_timeout(5, SHORT), Ok(()));
    assert_eq!(queue.put_timeout(6, Duration::ZERO), Ok(()));
    assert!(!queue.is_empty() && queue.is_full());
    assert_eq!(queue.put_nowait(7), Err(Full(7)));
    assert_eq!(queue.put_timeout(7, Duration::ZERO), Err(Full(7)));
    let started = Instant::now();
    assert_eq!(queue.put_timeout(7, SHORT), Err(Full(7)));
    assert!(started.elapsed() >= SHORT);
    let takes = start(|| assert!((1..=6).all(|n| queue.get() == n)));
    assert_eq!(takes.join(), 0);
    assert!(
        queue.is_empty() && !queue.is_full(),
        "what was refused is not in it"
    );
}

fn empty_it_gives_nothing() {
    let queue = Queue::unbounded();
    assert_eq!(queue.get_nowait(), Err(Empty));
    assert_eq!(queue.get_timeout(Duration::ZERO), Err(Empty));
    let started = Instant::now();
    assert_eq!(queue.get_timeout(SHORT), Err(Empty));
    assert!(started.elapsed() >= SHORT);
    let puts = start(|| (1..=4).for_each(|n| queue.put(n)));
    assert_eq!(queue.get(), 1);
    assert_eq!(queue.get_timeout(LONG), Ok(2));
    assert_eq!(puts.join(), 0);
    assert_eq!(queue.get_timeout(Duration::ZERO), Ok(3));
    assert_eq!(queue.get_nowait(), Ok(4));
    assert_eq!(queue.get_nowait(), Err(Empty));
}

fn who_waits_for_room_goes_on_when_there_is_some() {
    let queue = Queue::new(1);
    queue.put(0);
    let puts = start(|| {
        queue.put(1);
        assert_eq!(queue.put_timeout(2, LONG), Ok(()));
    });
    assert_eq!(puts.join_timeout(SHORT), None);
    assert_eq!(queue.get(), 0);
    assert_eq!(queue.get(), 1);
    assert_eq!(puts.join(), 0);
    assert_eq!(queue.get(), 2);
}

fn who_waits_for_a_message_goes_on_when_there_is_one() {
    let (queue, ready) = (Queue::unbounded(), Semaphore::new(0));
    let take = || {
        ready.release();
        std::process::exit(queue.get());
    };
    let children = [start(take), start(take), start(take)];
    children.iter().for_each(|_| ready.acquire());
    until_they_wait(&children);
    let mut codes = Vec::new();
    for code in [5, 6, 7] {
        queue.put(code);
    }
    codes.extend(children.iter().map(Child::join));
    codes.sort_unstable();
    assert_eq!(codes, [5, 6, 7], "each message went to one");
}

fn what_is_in_it_is_there_after_a_fork() {
    let queue = Queue::unbounded();
    (0..10).for_each(|n| queue.put(n));
    let child = start(|| (10..20).for_each(|n| queue.put(n)));
    for n in 0..20 {
        assert_eq!(queue.get(), n);
    }
    assert_eq!(queue.get_nowait(), Err(Empty));
    assert_eq!(child.join(), 0);
}

fn messages_are_counted() {
    let queue = Queue::unbounded();
    assert_eq!(queue.len(), 0);
    queue.put(1);
    assert_eq!(queue.len(), 1);
    queue.put(5);
    assert_eq!(queue.len(), 2);
    assert!(elsewhere(|| queue.len() == 2 && queue.get() == 1));
    assert_eq!(queue.len(), 1);
    assert_eq!(queue.get(), 5);
    assert_eq!(queue.len(), 0);
}

fn of_each_sender_the_first_comes_first() {
    let queue = Queue::new(3);
    let send = |sender: usize| {
        let queue = &queue;
        move || (0..10).for_each(|number| queue.put((sender, number)))
    };
    let children = [start(send(0)), start(send(1)), start(send(2))];
    let mut next = [0; 3];
    for _ in 0..30 {
        let (sender, number) = queue.get();
        assert_eq!(number, next[sender]);
        next[sender] += 1;
    }
    join_all(&children);
    assert_eq!(next, [10; 3]);
}

fn many_take_each_message_once() {
    let (orders, taken) = (Queue::new(2), Queue::unbounded());
    let take = || {
        while let Some(order) = orders.get() {
            taken.put(order);
        }
    };
    let children = [start(take), start(take), start(take)];
    (0..20).for_each(|n| orders.put(Some(n)));
    children.iter().for_each(|_| orders.put(None));
    let mut all: Vec<u32> = (0..20).map(|_| taken.get()).collect();
    all.sort_unstable();
    assert!(all.into_iter().eq(0..20));
    join_all(&children);
    assert!(taken.is_empty() && orders.is_empty());
}

fn messages_of_every_kind_come_out_as_they_went_in() {
    let queue = Queue::unbounded();
    let buns = Order::Buns {
        number: 3,
        with: vec!["raisins".to_owned(), String::new(), "包".to_owned()],
    };
    let prices = HashMap::from([('a', 1.5), ('b', f64::MIN_POSITIVE)]);
    let message = (i64::MIN, buns, Some(Order::Nothing), prices, ());
    let child = start(|| queue.put(message.clone()));
    assert_eq!(queue.get(), message);
    assert_eq!(child.join(), 0);
    let bytes = Queue::unbounded();
    let sent: Vec<u8> = (0..=255).cycle().take(BIG).collect();
    let child = start(|| bytes.put(sent.clone()));
    assert!(bytes.get() == sent);
    assert_eq!(child.join(), 0);
}

fn a_process_does_not_end_before_what_it_put_was_taken() {
    let queue = Queue::unbounded();
    let puts = start(|| {
        queue.put(vec![1_u8; BIG]);
        queue.put(vec![2]);
    });
    assert_eq!(puts.join_timeout(3 * SHORT), None);
    assert_eq!(queue.get().len(), BIG);
    assert_eq!(puts.join(), 0, "less than 64 KiB may stay");
    assert_eq!(queue.get(), [2]);
}

fn at_its_end_children_still_take_what_it_put() {
    let queue: Queue<Vec<u8>> = Queue::unbounded();
    let (puts, go) = (Event::new(), Event::new());
    let parent = start(|| {
        let takes = Process::new(|| {
            go.wait();
            assert_eq!(queue.get().len(), BIG);
        });
        takes.start().expect("can be started");
        queue.put(vec![0; BIG]);
        puts.set();
    });
    puts.wait();
    assert_eq!(parent.join_timeout(SHORT), None);
    go.set();
    assert_eq!(parent.join(), 0);
    assert!(queue.is_empty());
}

fn a_little_may_be_left_behind() {
    let queue = Queue::unbounded();
    let child = start(|| (0..100_u8).for_each(|n| queue.put(vec![n; 500])));
    assert_eq!(child.join(), 0);
    assert_eq!(queue.len(), 100);
    assert!((0..100).all(|n| queue.get() == vec![n; 500]));
}

// As in CPython, what a pipe does not hold is lost then.
fn who_cancels_the_join_may_end() {
    let queue = Queue::unbounded();
    let child = start(|| {
        queue.put(vec![1_u8; 1000]);
        queue.put(vec![2; BIG]);
        queue.cancel_join();
    });
    assert_eq!(child.join(), 0);
    assert_eq!(queue.len(), 1);
    assert_eq!(queue.get(), vec![1; 1000]);
    assert_eq!(queue.get_nowait(), Err(Empty));
    queue.put(vec![3]);
    assert_eq!(queue.get(), [3]);
    // Main itself ends at once, too.
    queue.cancel_join();
    queue.put(vec![0; BIG]);
}

fn killed_takers_do_no_harm() {
    let (queue, ready) = (Queue::unbounded(), Semaphore::new(0));
    let take = || {
        ready.release();
        queue.get()
    };
    let children = [start(|| _ = take()), start(|| assert_eq!(take(), 1))];
    children.iter().for_each(|_| ready.acquire());
    until_they_wait(&children);
    children[0].kill();
    assert_eq!(children[0].join(), -9);
    queue.put(1);
    queue.put(2);
    assert_eq!(children[1].join(), 0);
    assert_eq!(queue.get(), 2);
}

fn joined_when_all_that_was_put_is_done() {
    let queue = JoinableQueue::unbounded();
    let done = Queue::unbounded();
    let work = || {
        while let Some(order) = queue.get() {
            sleep(SHORT / 5);
            done.put(order);
            queue.task_done();
        }
        queue.task_done();
    };
    let children: Vec<Child> = (0..4).map(|_| start(work)).collect();
    (0..10).for_each(|n| queue.put(Some(n)));
    queue.join();
    assert_eq!(done.len(), 10);
    children.iter().for_each(|_| queue.put(None));
    queue.join();
    join_all(&children);
    queue.join();
}

fn taken_is_not_done() {
    let queue = JoinableQueue::unbounded();
    queue.join();
    queue.put(1);
    queue.put(2);
    let joins = start(|| queue.join());
    assert_eq!(queue.get(), 1);
    assert_eq!(queue.get(), 2);
    queue.task_done();
    assert_eq!(joins.join_timeout(SHORT), None);
    queue.task_done();
    assert_eq!(joins.join(), 0);
    assert!(panics("more messages than were put", || queue.task_done()));
    assert!(elsewhere(|| panics("more messages", || queue.task_done())));
}

// ---- given: edits below this line are ignored ----

scenarios! {
    full_it_takes_no_more
    empty_it_gives_nothing
    who_waits_for_room_goes_on_when_there_is_some
    who_waits_for_a_message_goes_on_when_there_is_one
    what_is_in_it_is_there_after_a_fork
    messages_are_counted
    of_each_sender_the_first_comes_first
    many_take_each_message_once
    messages_of_every_kind_come_out_as_they_went_in
    a_process_does_not_end_before_what_it_put_was_taken
    at_its_end_children_still_take_what_it_put
    a_little_may_be_left_behind
    who_cancels_the_join_may_end
    killed_takers_do_no_harm
    joined_when_all_that_was_put_is_done
    taken_is_not_done
}
