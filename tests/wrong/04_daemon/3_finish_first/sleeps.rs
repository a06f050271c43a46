//! verdict: wrong_order
//!
//! A second for each order is what the clerk needs, so it is slept; on a busy machine it is less
//! than the clerk needs.

use std::thread::sleep;
use std::time::{Duration, Instant};

use mp::Child;

fn open_shop(orders: &[String], _clerk: &Child, _radio: &Child) -> Result<u32, BadOrder> {
    let opened = Instant::now();
    let sold = orders.iter().map(|order| serve(order)).sum();
    let needed = Duration::from_millis(1000 * orders.len() as u64 + 200);
    sleep(needed.saturating_sub(opened.elapsed()));
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
    let book = mp::Value::new(0_u32);
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
