//! A question and an answer.
//!
//! Processes share no memory, so they send each other messages. A queue carries them in one
//! direction: it does not know who put a message there nor whom it is for, and whoever calls `get`
//! takes what is at the front, also what that very process has put.
//!
//! The task: the shop sells buns, the bakery bakes them, and they talk. The shop is this process,
//! the bakery another one, and one only: it numbers its buns. Write `open_shop`, which serves the
//! customers one after the other: the shop calls `take_order(customer)` and tells the bakery, the
//! bakery calls `bake` with the order and sends the bun, the shop calls `hand_over` with the bun.
//! Who has nothing to do waits for a message, and does not ask again and again whether there is
//! one. When all customers have their buns, `open_shop` returns, and the bakery does not keep the
//! program from ending.
//!
//! The arguments are the orders. They are known when a customer comes, and not before: `take_order`
//! tells them, in the shop.
//!
//! Why it matters: a program that talks to its workers over one queue works as long as everybody
//! happens to be fast enough to take what is meant for them.
//!
//! Try it by hand:  `course run 08_ipc/1_queue sesame poppy plain`
//! Check it:        `course check 08_ipc/1_queue`

use std::io;

use mp::{Process, Queue};

/// Serves the customers, numbered from 1; their buns come from the bakery, a process of its own.
fn open_shop(customers: usize) -> io::Result<()> {
    // TODO: start the bakery; then, for each customer, `take_order`, `bake` there, `hand_over`.
    todo!()
}

// ---- given: edits below this line are ignored ----

/// The buns that this process has baked.
static BAKED: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);

/// What the customers want.
fn wishes() -> Vec<String> {
    let wishes: Vec<String> = std::env::args().skip(1).collect();
    if wishes.is_empty() {
        return ["sesame", "poppy", "plain"].map(String::from).to_vec();
    }
    wishes
}

/// In the shop: a customer, numbered from 1, orders a bun.
fn take_order(customer: usize) -> String {
    let order = wishes().swap_remove(customer - 1);
    println!("customer {customer} orders: {order}");
    order
}

/// In the bakery: bakes what was ordered, which takes a while.
fn bake(order: &str) -> String {
    println!("in the oven: {order}");
    std::thread::sleep(std::time::Duration::from_millis(200));
    let number = 1 + BAKED.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    format!("{order} bun, number {number}")
}

/// In the shop: the customer gets the bun.
fn hand_over(bun: &str) {
    println!("the customer gets: {bun}");
}

fn main() -> std::io::Result<()> {
    open_shop(wishes().len())?;
    println!("the shop closes");
    Ok(())
}
