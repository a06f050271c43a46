//! verdict: wrong_output
//!
//! A cheat: the shop bakes the buns itself, and there is no bakery.

use std::io;

fn open_shop(customers: usize) -> io::Result<()> {
    for customer in 1..=customers {
        let order = take_order(customer);
        hand_over(&bake(&order));
    }
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
