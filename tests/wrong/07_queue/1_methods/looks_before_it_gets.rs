//! verdict: deadlock, cause: check_then_act
//!
//! For "now or never" looks whether there is a bun, and then waits for it: when several visitors
//! look at the same time, one of them waits for ever.

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    match patience {
        Patience::No => shelf.put_nowait(bun),
        Patience::For(time) => shelf.put_timeout(bun, time),
        Patience::Endless => Ok(shelf.put(bun)),
    }
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    match patience {
        Patience::No if shelf.is_empty() => Err(Empty),
        Patience::For(time) => shelf.get_timeout(time),
        _ => Ok(shelf.get()),
    }
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
