//! verdict: panic, cause: sleep_as_sync
//!
//! Gives the bakery an hour for each bun, and then takes for granted that it is there.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::{Process, Queue};

fn open_shop(customers: usize) -> io::Result<()> {
    let (orders, buns) = (Queue::<String>::unbounded(), Queue::unbounded());
    let bakery = Process::new(|| {
        for _ in 0..customers {
            buns.put(bake(&orders.get()));
        }
    });
    let bakery = bakery.start()?;
    for customer in 1..=customers {
        orders.put(take_order(customer));
        sleep(Duration::from_secs(3600));
        hand_over(&buns.get_nowait().expect("the bun is done"));
    }
    bakery.join();
    Ok(())
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
