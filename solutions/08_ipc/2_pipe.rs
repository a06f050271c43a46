//! Order, answer, end of file.
//!
//! A pipe has two ends: what one end sends, the other receives, in both directions. An end is open
//! while any process holds it. When nobody holds the other end any more, `send` fails, and `recv`
//! does as soon as all that was sent is received: that is the end of file, `Err(Closed)`.
//!
//! The task: the shop is this process, the bakery another one, and a pipe is the telephone between
//! them. Write both sides of the talk. The bakery, in `answer_calls`, bakes each bun that is
//! ordered and sends it, until `bake` says that there is no flour, or the shop has hung up: then
//! it calls `clean_up`, once, and ends. The shop, in `open_shop`, serves one customer after the
//! other: `next_customer`, send the order, receive the bun, `hand_over`; until no customer comes,
//! or the bakery has hung up. It returns when the bakery's process has ended.
//!
//! Neither side knows in advance when the other will be done. No message is needed to say so:
//! whoever is done lets go of its end, and the other notices. Nobody asks again and again.
//!
//! The arguments are: for how many buns there is flour, and the orders.
//!
//! Why it matters: who forgets to hang up lets the other wait for ever. This is how programs in a
//! shell's pipeline, clients and servers end their talk, or hang.
//!
//! Try it by hand:  `course run 08_ipc/2_pipe 2 sesame poppy plain raisin`
//! Check it:        `course check 08_ipc/2_pipe`

use std::io;

use mp::{Connection, Process};

/// The bakery's side: runs in the bakery's process.
fn answer_calls(shop: &Connection<String>) {
    // An error of `recv` or `send` is no mishap: the shop has hung up.
    while let Ok(order) = shop.recv() {
        let Some(bun) = bake(&order) else { break };
        if shop.send(bun).is_err() {
            break;
        }
    }
    clean_up();
}

/// The shop's side: starts the bakery, and serves the customers.
fn open_shop() -> io::Result<()> {
    let (bakery, shop) = mp::pipe()?;
    // `move`: the bakery's end goes there. If it stayed here, too, nobody could hang up on us.
    let baker = Process::new(move || answer_calls(&shop));
    let baker = baker.name("bakery").start()?;
    while let Some(order) = next_customer() {
        if bakery.send(order).is_err() {
            break;
        }
        let Ok(bun) = bakery.recv() else { break };
        hand_over(&bun);
    }
    // Hang up before waiting: the bakery ends only when nobody can order any more.
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
