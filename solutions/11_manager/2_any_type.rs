//! Change what you got, and put it back.
//!
//! A manager keeps values of any type, nested ones too. But what you get from it is a copy, in your
//! own memory. `board.get()?.waiting.remove(0)` takes an order out of that copy: there is no error,
//! and on the board nothing has changed. (Python's `orders[0]["buns"].append("poppy")` is the same
//! trap.) A value is changed in three steps: get it, change the copy, put it back. And from the
//! first to the last, nobody else may change it.
//!
//! The task: on the board of the bakery are the orders that are waiting, and the trays that are
//! done. Each baker is a process. Write `baker`: take the first order that is waiting off the
//! board, `bake` it, and add the tray that `bake` returns to those that are done. A baker takes one
//! order, and goes home at once when none is waiting. The bakers bake at the same time: hold `lock`
//! to change the board, not to bake.
//!
//! The arguments are the number of bakers, and the orders: `ada-3` is three buns for Ada.
//!
//! Why it matters: whatever comes over a connection is a copy, a row of a database as well. And it
//! is the longer out of date the longer you keep it.
//!
//! Try it by hand:  `course run 11_manager/2_any_type 2 ada-3 ben-2 cleo-4`
//! Check it:        `course check 11_manager/2_any_type`

use std::io;

use mp::{Lock, Shared};

/// Bakes the first order on the board that nobody has taken; nothing if there is none.
fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    let held = lock.lock();
    let mut copy = board.get()?;
    if copy.waiting.is_empty() {
        return Ok(());
    }
    let order = copy.waiting.remove(0);
    // Only now the others see that the order is taken: what changed before was the copy.
    board.set(copy)?;
    drop(held);

    let tray = bake(order);

    // By now the first copy is out of date: others have changed the board.
    let _held = lock.lock();
    let mut copy = board.get()?;
    copy.done.push(tray);
    board.set(copy)
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

use oven::{Tray, bake};

/// Only here trays are made.
mod oven {
    #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
    pub struct Tray {
        pub customer: String,
        pub buns: Vec<String>,
        /// Nobody else can fill it in.
        is_baked: bool,
    }

    /// Bakes what was ordered, which takes some time.
    pub fn bake(order: super::Order) -> Tray {
        let _inside = mp::section("bake");
        println!("baking {} buns for {}", order.buns, order.customer);
        std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
        Tray {
            customer: order.customer,
            buns: vec!["sesame".to_owned(); order.buns],
            is_baked: true,
        }
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
    let board = manager.named_value("board", Board { waiting, done })?;
    let lock = mp::Lock::named("the board's lock");
    let mut started = Vec::new();
    for number in 1..=bakers {
        let work = || baker(&board, &lock).expect("the manager is there");
        let baker = mp::Process::new(work).name(format!("baker {number}"));
        started.push(baker.start()?);
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
