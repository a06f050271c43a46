//! Finish first.
//!
//! A daemon is terminated when its parent ends, in the middle of whatever it does. If it does
//! something that must not be lost, somebody has to wait for it before that: on every way out.
//!
//! The task: the shop has two daemons. The clerk copies all orders into the book, one a second. The
//! radio plays until the evening. Write `open_shop`: it serves the orders one after the other with
//! `serve` (itself, in no other thread), which takes a second each, and returns how many buns were
//! sold. An order that cannot be read ends the sale at once: return the `BadOrder` of `serve`. In
//! both cases the book must be complete when `open_shop` returns, and no time may be lost with the
//! radio. The clerk writes while the customers are served: nobody waits for it before.
//!
//! An argument is an order: a number of buns, or something that cannot be read.
//!
//! Why it matters: a log that is missing its last lines, a file written half: they are missing just
//! when something went wrong, because that was the way out on which nobody waited.
//!
//! Try it by hand:  `course run 04_daemon/3_finish_first 4 x 2`
//! Check it:        `course check 04_daemon/3_finish_first`

use mp::Child;

/// Serves the orders, and returns the number of buns sold. The two daemons are at work already.
fn open_shop(orders: &[String], clerk: &Child, _radio: &Child) -> Result<u32, BadOrder> {
    // The result is kept, not handed on by `?`: both ways out lead past the join. Nothing is lost
    // when the radio stops, so nobody waits for it.
    let sold = orders.iter().map(|order| serve(order)).sum();
    clerk.join();
    sold
}

// ---- given: edits below this line are ignored ----

/// The order cannot be read.
struct BadOrder;

/// Serves a customer, which takes a second; returns the number of buns.
fn serve(order: &str) -> Result<u32, BadOrder> {
    let buns = order.parse().map_err(|_| BadOrder)?;
    std::thread::sleep(std::time::Duration::from_secs(1));
    println!("sold: {buns}");
    Ok(buns)
}

/// The clerk's work: copies the orders into the book, one a second. Nobody else writes there.
fn copy(orders: &[String], book: &mp::Value<u32>) {
    for order in orders {
        std::thread::sleep(std::time::Duration::from_secs(1));
        book.set(book.get() + 1);
        println!("in the book: {order}");
    }
}

/// The radio's work: until the evening there is music.
fn play() {
    std::thread::sleep(std::time::Duration::from_secs(8 * 3600));
}

fn main() -> std::io::Result<()> {
    let mut orders: Vec<String> = std::env::args().skip(1).collect();
    if orders.is_empty() {
        orders = ["4", "x", "2"].map(String::from).to_vec();
    }
    let book = mp::Value::named("book", 0_u32);
    let clerk = mp::Process::new(|| copy(&orders, &book)).name("clerk");
    let clerk = clerk.daemon(true).start()?;
    let radio = mp::Process::new(play).name("radio").daemon(true).start()?;
    match open_shop(&orders, &clerk, &radio) {
        Ok(buns) => println!("the shop closes, sold in all: {buns}"),
        Err(BadOrder) => println!("the shop closes, an order cannot be read"),
    }
    println!("orders in the book: {} of {}", book.get(), orders.len());
    Ok(())
}
