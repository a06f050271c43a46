//! verdict: requirement
//!
//! Asks again and again where `put` and `get` would wait.

use std::time::Duration;

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<u32>, bun: u32, patience: Patience) -> Result<(), Full<u32>> {
    match patience {
        Patience::No => shelf.put_nowait(bun),
        Patience::For(time) => shelf.put_timeout(bun, time),
        Patience::Endless => {
            let mut bun = bun;
            while let Err(Full(back)) = shelf.put_nowait(bun) {
                bun = back;
                std::thread::sleep(Duration::from_millis(100));
            }
            Ok(())
        }
    }
}

fn get(shelf: &Queue<u32>, patience: Patience) -> Result<u32, Empty> {
    match patience {
        Patience::No => shelf.get_nowait(),
        Patience::For(time) => shelf.get_timeout(time),
        Patience::Endless => loop {
            if let Ok(bun) = shelf.get_nowait() {
                return Ok(bun);
            }
            std::thread::sleep(Duration::from_millis(100));
        },
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
