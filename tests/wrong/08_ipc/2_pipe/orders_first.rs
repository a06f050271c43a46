//! verdict: wrong_output
//!
//! All orders are sent before the first bun is received: the customers come all at once.

use std::io;

use mp::{Connection, Process};

fn answer_calls(shop: &Connection<String>) {
    while let Ok(order) = shop.recv() {
        let Some(bun) = bake(&order) else { break };
        if shop.send(bun).is_err() {
            break;
        }
    }
    clean_up();
}

fn open_shop() -> io::Result<()> {
    let (bakery, shop) = mp::pipe()?;
    let baker = Process::new(move || answer_calls(&shop)).start()?;
    let mut orders = 0;
    while let Some(order) = next_customer() {
        if bakery.send(order).is_err() {
            break;
        }
        orders += 1;
    }
    for _ in 0..orders {
        let Ok(bun) = bakery.recv() else { break };
        hand_over(&bun);
    }
    drop(bakery);
    baker.join();
    Ok(())
}

// ---- given: edits below this line are ignored ----

/// How many buns this process has baked.
static BAKED: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
/// How many customers have come to this process.
static CAME: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);

/// For how many buns there is flour, and what the customers want.
fn arguments() -> (usize, Vec<String>) {
    let mut args = std::env::args().skip(1);
    let flour = args.next().and_then(|text| text.parse().ok());
    let mut orders: Vec<String> = args.collect();
    if orders.is_empty() {
        orders = ["sesame", "poppy", "plain"].map(String::from).to_vec();
    }
    (flour.unwrap_or(2), orders)
}

/// In the shop: the order of the next customer, if one comes.
fn next_customer() -> Option<String> {
    let before = CAME.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    let order = arguments().1.into_iter().nth(before)?;
    println!("a customer orders: {order}");
    Some(order)
}

/// In the bakery: bakes a bun, which takes a while; none when there is no flour.
fn bake(order: &str) -> Option<String> {
    let before = BAKED.load(std::sync::atomic::Ordering::SeqCst);
    if before == arguments().0 {
        println!("no flour for: {order}");
        return None;
    }
    println!("in the oven: {order}");
    std::thread::sleep(std::time::Duration::from_millis(200));
    BAKED.store(before + 1, std::sync::atomic::Ordering::SeqCst);
    Some(format!("{order} bun, number {}", before + 1))
}

/// In the shop: the customer gets the bun.
fn hand_over(bun: &str) {
    println!("the customer gets: {bun}");
}

/// In the bakery: the end of its work, which takes a while, too.
fn clean_up() {
    std::thread::sleep(std::time::Duration::from_millis(100));
    let baked = BAKED.load(std::sync::atomic::Ordering::SeqCst);
    println!("the oven is clean after {baked} buns");
}

fn main() -> std::io::Result<()> {
    open_shop()?;
    println!("the shop closes");
    Ok(())
}
