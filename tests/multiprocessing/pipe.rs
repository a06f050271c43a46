//! What CPython's tests say of `Pipe`, as scenarios.

use std::thread::sleep;
use std::time::{Duration, Instant};

use mp::{Barrier, Child, Closed, Connection, Event, Semaphore, pipe};

/// Much more than fits into a pipe, and no power of two.
const BIG: usize = 300_000;

fn new<T: serde::Serialize + serde::de::DeserializeOwned>() -> (Connection<T>, Connection<T>) {
    pipe().expect("files can be opened")
}

/// Sends back what it receives, until the end of the file.
fn echo(end: Connection<Vec<u8>>) -> Child {
    start(move || {
        while let Ok(message) = end.recv() {
            end.send(message).expect("the other end is open");
        }
    })
}

fn messages_go_both_ways() {
    let (here, there) = new();
    let child = echo(there);
    for message in [&b"hello"[..], b"", &[0; 100]] {
        assert_eq!(here.send(message.to_vec()), Ok(()));
        assert_eq!(here.recv().as_deref(), Ok(message));
    }
    let big: Vec<u8> = (0..=255).cycle().take(BIG).collect();
    assert_eq!(here.send(big.clone()), Ok(()));
    assert!(here.recv() == Ok(big));
    drop(here);
    assert_eq!(child.join(), 0);
}

fn messages_come_in_their_order() {
    let (here, there) = new();
    let child = start(move || (0..50).for_each(|n| assert_eq!(there.send(n), Ok(()))));
    for n in 0..50 {
        assert_eq!(here.recv(), Ok(n));
    }
    assert_eq!(here.recv(), Err(Closed));
    assert_eq!(child.join(), 0);
    // Neither end receives what it sent itself.
    let (here, there) = new();
    assert_eq!((here.send('h'), there.send('t')), (Ok(()), Ok(())));
    assert_eq!((here.recv(), there.recv()), (Ok('t'), Ok('h')));
}

fn polling_waits_its_time_and_takes_nothing() {
    let (here, there) = new();
    let started = Instant::now();
    assert!(!here.poll(Duration::ZERO));
    assert!(!here.poll(SHORT));
    assert!(started.elapsed() >= SHORT);
    let child = echo(there);
    assert_eq!(here.send(vec![7]), Ok(()));
    assert!(here.poll(LONG));
    assert!(here.poll(Duration::ZERO) && here.poll(Duration::ZERO));
    assert_eq!(here.recv(), Ok(vec![7]));
    assert!(!here.poll(SHORT));
    drop(here);
    assert_eq!(child.join(), 0);
}

fn polling_leaves_the_message_to_another_reader() {
    let (here, there) = new();
    let (ready, go) = (Semaphore::new(0), Event::new());
    let polls = start(|| {
        ready.release();
        // The reader may have been faster.
        _ = there.poll(4 * SHORT);
        go.wait();
    });
    let reads = start(|| {
        ready.release();
        assert_eq!(there.recv(), Ok(1));
    });
    (0..2).for_each(|_| ready.acquire());
    sleep(SHORT);
    assert_eq!(here.send(1), Ok(()));
    assert_eq!(reads.join(), 0);
    go.set();
    assert_eq!(polls.join(), 0);
}

fn dropped_an_end_is_closed() {
    let (here, there) = new();
    assert_eq!(there.send(1), Ok(()));
    drop(there);
    assert_eq!(here.send(2), Err(Closed));
    assert_eq!(here.recv(), Ok(1), "what was sent before still comes");
    assert!(
        here.poll(Duration::ZERO),
        "the end of the file can be received"
    );
    assert_eq!(here.recv(), Err(Closed));
    assert_eq!(here.recv(), Err(Closed));
}

fn ended_a_process_holds_no_end() {
    let (here, there) = new();
    let child = start(move || assert_eq!(there.send(1), Ok(())));
    assert_eq!(here.recv(), Ok(1));
    assert_eq!(here.recv(), Err(Closed));
    assert_eq!(child.join(), 0);
    assert_eq!(here.send(2), Err(Closed));
    let (here, there) = new::<u8>();
    let child = start(move || {
        assert!(!there.poll(Duration::ZERO));
        std::process::exit(0);
    });
    assert_eq!(here.recv(), Err(Closed), "also when it ended by exit");
    assert_eq!(child.join(), 0);
}

fn killed_a_process_holds_no_end() {
    let (here, there) = new();
    let child = start(move || {
        assert_eq!(there.send(1), Ok(()));
        sleep(60 * LONG);
        drop(there);
    });
    assert_eq!(here.recv(), Ok(1));
    assert!(!here.poll(SHORT));
    child.kill();
    assert_eq!(here.recv(), Err(Closed));
    assert!(here.poll(Duration::ZERO));
    assert_eq!(here.send(2), Err(Closed));
    assert_eq!(child.join(), -9);
}

// In CPython a killed reader's copy may live on in others, and the reader sees no end.
fn killed_while_someone_waits_it_is_noticed() {
    let (here, there) = new::<u8>();
    let child = start(move || _ = there.recv());
    let reader = start(move || assert_eq!(here.recv(), Err(Closed)));
    until_they_wait(&[]);
    child.kill();
    assert_eq!(reader.join(), 0);
    assert_eq!(child.join(), -9);
}

fn an_end_that_a_child_uses_is_its_own() {
    let (here, there) = new();
    let (used, go) = (Event::new(), Event::new());
    let child = start(|| {
        assert_eq!(there.send(1), Ok(()));
        used.set();
        go.wait();
        assert_eq!(there.send(2), Ok(()));
    });
    used.wait();
    drop(there);
    assert_eq!(here.recv(), Ok(1));
    assert!(!here.poll(SHORT), "it is open, though its maker dropped it");
    go.set();
    assert_eq!(here.recv(), Ok(2));
    assert_eq!(here.recv(), Err(Closed));
    assert_eq!(child.join(), 0);
}

// In CPython it would keep the end open: everything that comes along by fork does.
fn an_end_that_only_came_along_is_not_held() {
    let (here, there) = new::<u8>();
    let go = Event::new();
    let child = start(|| go.wait());
    drop(there);
    assert_eq!(here.recv(), Err(Closed));
    assert_eq!(here.send(1), Err(Closed));
    assert!(child.is_alive());
    go.set();
    assert_eq!(child.join(), 0);
}

fn both_ends_may_be_given_away() {
    let (one, other) = new();
    let sends = start(move || {
        // Handed on once more.
        let child = start(move || (0..5).for_each(|n| assert_eq!(one.send(n), Ok(()))));
        assert_eq!(child.join(), 0);
    });
    let receives = start(move || {
        (0..5).for_each(|n| assert_eq!(other.recv(), Ok(n)));
        assert_eq!(other.recv(), Err(Closed));
    });
    assert_eq!((sends.join(), receives.join()), (0, 0));
}

fn sending_more_than_fits_waits_for_the_reader() {
    let (here, there) = new();
    let sends = start(move || {
        assert_eq!(there.send(vec![1; 50_000]), Ok(()));
        assert_eq!(there.send(vec![2; BIG]), Ok(()));
    });
    assert_eq!(sends.join_timeout(2 * SHORT), None);
    assert_eq!(here.recv(), Ok(vec![1; 50_000]));
    assert_eq!(sends.join_timeout(2 * SHORT), None);
    assert_eq!(here.recv(), Ok(vec![2; BIG]));
    assert_eq!(sends.join(), 0);
}

fn who_waits_for_a_reader_that_goes_away_is_told() {
    let (here, there) = new();
    let sends = start(move || assert_eq!(there.send(vec![0_u8; BIG]), Err(Closed)));
    assert_eq!(sends.join_timeout(SHORT), None);
    drop(here);
    assert_eq!(sends.join(), 0);
}

fn polling_sees_an_end_that_closes_meanwhile() {
    let (here, there) = new::<u8>();
    let go = Event::new();
    let child = start(|| {
        let there = there;
        go.wait();
        sleep(SHORT);
        drop(there);
    });
    go.set();
    assert!(here.poll(LONG));
    assert_eq!(here.recv(), Err(Closed));
    assert_eq!(child.join(), 0);
}

fn as_many_as_like_hold_an_end() {
    let (here, there) = pipe::<u32>().expect("there are descriptors");
    let all_hold = Barrier::new(80);
    let send = |number| {
        there.send(number).expect("is open");
        assert!(all_hold.wait().is_ok());
    };
    let children: Vec<Child> = (0..80).map(|number| start(move || send(number))).collect();
    let sum: u32 = children.iter().map(|_| here.recv().expect("is open")).sum();
    assert_eq!(sum, 79 * 80 / 2);
    join_all(&children);
}

// ---- given: edits below this line are ignored ----

scenarios! {
    messages_go_both_ways
    messages_come_in_their_order
    polling_waits_its_time_and_takes_nothing
    polling_leaves_the_message_to_another_reader
    dropped_an_end_is_closed
    ended_a_process_holds_no_end
    killed_a_process_holds_no_end
    killed_while_someone_waits_it_is_noticed
    an_end_that_a_child_uses_is_its_own
    an_end_that_only_came_along_is_not_held
    both_ends_may_be_given_away
    sending_more_than_fits_waits_for_the_reader
    who_waits_for_a_reader_that_goes_away_is_told
    polling_sees_an_end_that_closes_meanwhile
    as_many_as_like_hold_an_end
}
