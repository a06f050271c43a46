//! Put, get, and neither.
//!
//! A queue can be asked in three ways: wait for as long as it takes, wait for a while, or do not
//! wait at all. Who does not wait for ever may get neither a place nor a bun. `put` on a full
//! queue then says `Full`, and gives the bun back; `get` on an empty one says `Empty`.
//!
//! The task: the shelf of the shop is a queue with room for a few buns. Visitors bring a bun or
//! fetch one, and each has a patience of its own. Write `put` and `get`, which do it with the
//! patience that is given: with `No` at once or not at all, with `For(time)` within that time or
//! not at all, with `Endless` whenever it can be done, even if that takes all day. Nobody waits
//! longer than needed, and nobody asks again and again.
//!
//! The first argument is how many buns there is room for; each other one is a visitor. `3-put-now`
//! comes in second 3 to put a bun, and does not wait; `3-get-2` comes to get one, and waits for 2
//! seconds at most; `3-get-wait` waits for as long as it takes. A bun has its visitor's number.
//!
//! Why it matters: what to do if there is no room or no bun is for the caller to decide. For that
//! it has to learn what was the matter. To treat all errors alike would hide it.
//!
//! Try it by hand:  `cargo run --bin 07_queue-1_methods 1 0-get-wait 0-put-now 2-put-2 4-put-1`
//! Check it:        `course check 07_queue/1_methods`

use mp::{Empty, Full, Queue};

/// Puts `bun` on the shelf, or gives it back when there was no room.
fn put(shelf: &Queue<u32>, bun: u32, patience: Patience) -> Result<(), Full<u32>> {
    // TODO: three ways to put.
    todo!()
}

/// Takes the next bun from the shelf, if there was one.
fn get(shelf: &Queue<u32>, patience: Patience) -> Result<u32, Empty> {
    // TODO: three ways to get.
    todo!()
}

// ---- given: edits below this line are ignored ----

/// How long a visitor waits.
#[derive(Clone, Copy)]
enum Patience {
    /// Not at all.
    No,
    /// So long at most.
    For(std::time::Duration),
    /// As long as it takes.
    Endless,
}

/// Somebody who comes to put a bun on the shelf, or else to get one.
#[derive(Clone, Copy)]
struct Visitor {
    second: u64,
    puts: bool,
    patience: Patience,
}

/// Reads `3-put-now`, `3-get-2`, `3-put-wait`.
fn parse(text: &str) -> Option<Visitor> {
    let mut parts = text.split('-');
    let second = parts.next()?.parse().ok()?;
    let puts = match parts.next()? {
        "put" => true,
        "get" => false,
        _ => return None,
    };
    let patience = match parts.next()? {
        "now" => Patience::No,
        "wait" => Patience::Endless,
        seconds => Patience::For(std::time::Duration::from_secs(seconds.parse().ok()?)),
    };
    Some(Visitor {
        second,
        puts,
        patience,
    })
}

/// What the process of a visitor does, who brings a bun of this number or fetches any.
fn visit(visitor: Visitor, number: u32, shelf: &mp::Queue<u32>, opened: std::time::Instant) {
    let at = opened + std::time::Duration::from_secs(visitor.second);
    std::thread::sleep(at.saturating_duration_since(std::time::Instant::now()));
    if visitor.puts {
        match put(shelf, number, visitor.patience) {
            Ok(()) => println!("visitor {number} puts bun {number} on the shelf"),
            Err(mp::Full(bun)) => println!("visitor {number} finds no room for bun {bun}"),
        }
    } else {
        match get(shelf, visitor.patience) {
            Ok(bun) => println!("visitor {number} fetches bun {bun}"),
            Err(mp::Empty) => println!("visitor {number} finds no bun"),
        }
    }
}

fn main() -> std::io::Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    if args.is_empty() {
        args = ["1", "0-get-wait", "0-put-now", "2-put-2", "4-put-1"]
            .map(String::from)
            .to_vec();
    }
    let shelf = mp::Queue::named("shelf", args[0].parse().unwrap_or(1));
    let opened = std::time::Instant::now();
    let mut started = Vec::new();
    for (number, text) in (1..).zip(&args[1..]) {
        let Some(visitor) = parse(text) else {
            panic!("a visitor is SECOND-put-PATIENCE or SECOND-get-PATIENCE, not {text:?}");
        };
        let shelf = &shelf;
        let process = mp::Process::new(move || visit(visitor, number, shelf, opened));
        started.push(process.name(format!("visitor {number}")).start()?);
    }
    for child in &started {
        child.join();
    }
    println!("buns left: {}", shelf.len());
    Ok(())
}
