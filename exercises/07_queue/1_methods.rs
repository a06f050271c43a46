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
//! The first argument is how many buns there is room for, each other one is a visitor: `put-now`
//! puts a bun and does not wait, `get-2` gets one and waits for 2 seconds at most, `get-wait` for
//! as long as it takes. A bun has its visitor's number. A visitor comes when the one before has
//! left, or at once where that one has a `+` behind it. With `pause-3` nobody comes for 3 seconds.
//!
//! Why it matters: what to do if there is no room or no bun is for the caller to decide. For that
//! it has to learn what was the matter. To treat all errors alike would hide it.
//!
//! Try it by hand:  `course run 07_queue/1_methods 1 get-wait+ put-now put-wait put-1 get-now`
//! Check it:        `course check 07_queue/1_methods`

use mp::{Empty, Full, Queue};

/// Puts `bun` on the shelf, or gives it back when there was no room.
fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    // TODO: three ways to put.
    todo!()
}

/// Takes the next bun from the shelf, if there was one.
fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
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

/// Reads `now`, `2` or `wait`.
fn patience(text: &str) -> Option<Patience> {
    Some(match text {
        "now" => Patience::No,
        "wait" => Patience::Endless,
        seconds => Patience::For(std::time::Duration::from_secs(seconds.parse().ok()?)),
    })
}

/// What the process of a visitor does who brings a bun with this number, or fetches any.
fn visit(number: usize, puts: bool, patience: Patience, shelf: &mp::Queue<usize>) {
    if puts {
        match put(shelf, number, patience) {
            Ok(()) => println!("visitor {number} puts bun {number} on the shelf"),
            Err(mp::Full(bun)) => println!("visitor {number} finds no room for bun {bun}"),
        }
    } else {
        match get(shelf, patience) {
            Ok(bun) => println!("visitor {number} fetches bun {bun}"),
            Err(mp::Empty) => println!("visitor {number} finds no bun"),
        }
    }
}

fn main() -> std::io::Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    if args.is_empty() {
        args = ["1", "get-wait+", "put-now", "put-wait", "put-1", "get-now"]
            .map(String::from)
            .to_vec();
    }
    let shelf = &mp::Queue::named("shelf", args[0].parse().unwrap_or(1));
    let mut visitors = Vec::new();
    for text in &args[1..] {
        let number = visitors.len() + 1;
        let (what, patience) = match text.trim_end_matches('+').split_once('-') {
            Some((what @ ("put" | "get" | "pause"), text)) => (what, patience(text)),
            _ => panic!("{text:?} is neither a visitor nor a pause"),
        };
        let patience = patience.expect("a patience is now, wait, or a number of seconds");
        if let ("pause", Patience::For(time)) = (what, patience) {
            std::thread::sleep(time);
            continue;
        }
        let visit = move || visit(number, what == "put", patience, shelf);
        let visitor = mp::Process::new(visit).name(format!("visitor {number}"));
        let visitor = visitor.start()?;
        if !text.ends_with('+') {
            visitor.join();
        }
        visitors.push(visitor);
    }
    for visitor in &visitors {
        visitor.join();
    }
    println!("buns left: {}", shelf.len());
    Ok(())
}
