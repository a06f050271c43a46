//! verdict: deadlock, cause: never_released
//!
//! A baker who finds no order goes home with the lock.

use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    lock.acquire();
    let mut now = board.get()?;
    if now.waiting.is_empty() {
        return Ok(());
    }
    let order = now.waiting.remove(0);
    board.set(now)?;
    lock.release();
    let tray = bake(order);
    lock.acquire();
    let mut now = board.get()?;
    now.done.push(tray);
    board.set(now)?;
    lock.release();
    Ok(())
}

// ---- given: edits below this line are ignored ----

/// What all bakers see.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
struct Board {
    /// The orders that no baker has taken yet, oldest first.
    waiting: Vec<Order>,
    /// The trays that are done.
    done: Vec<Tray>,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
struct Order {
    customer: String,
    buns: usize,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
struct Tray {
    customer: String,
    buns: Vec<String>,
}

/// Bakes what was ordered, which takes some time.
fn bake(order: Order) -> Tray {
    let _inside = mp::section("work");
    println!("baking {} buns for {}", order.buns, order.customer);
    std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
    Tray {
        customer: order.customer,
        buns: vec!["sesame".to_owned(); order.buns],
    }
}

/// Reads `ada-3`: three buns for Ada.
fn parse(order: &str) -> Order {
    let (customer, buns) = order.split_once('-').unwrap_or((order, ""));
    Order {
        customer: customer.to_owned(),
        buns: buns.parse().unwrap_or(1),
    }
}

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let bakers: u32 = args.next().and_then(|text| text.parse().ok()).unwrap_or(2);
    let mut waiting: Vec<Order> = args.map(|order| parse(&order)).collect();
    if waiting.is_empty() {
        waiting = ["ada-3", "ben-2", "cleo-4"].map(parse).to_vec();
    }
    let done = Vec::new();
    let manager = mp::Manager::start()?;
    let board = manager.value(Board { waiting, done })?;
    let lock = mp::Lock::named("board");
    let mut started = Vec::new();
    for _ in 0..bakers {
        let work = || baker(&board, &lock).expect("the manager is there");
        started.push(mp::Process::new(work).start()?);
    }
    for child in &started {
        child.join();
    }
    let Board { waiting, mut done } = board.get()?;
    done.sort_by(|a, b| a.customer.cmp(&b.customer));
    for tray in done {
        println!("done for {}: {} buns", tray.customer, tray.buns.len());
    }
    for order in waiting {
        println!("{} is waiting for {} buns", order.customer, order.buns);
    }
    Ok(())
}
