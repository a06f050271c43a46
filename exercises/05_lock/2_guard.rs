//! Give the lock back, whatever happens.
//!
//! A lock that was taken has to be given back on every way out of the critical section: at its
//! end, at every early `return`, at every `?`, and also when a panic goes through. A process that
//! leaves without doing so leaves the lock held, and everybody else waits for ever.
//!
//! The task: all customers share one till. Write `serve`: while holding `till`, enter the order
//! with `enter(order, sold)`. If that went well, print `order 4: paid`, before or after you give
//! the till back. Hand an `Err` on to the caller. Read `enter` in the given part: it returns early
//! for an order that is no number, and for 13 buns it panics. Neither may keep the next customer
//! from the till.
//!
//! Why it matters: `acquire` in one line and `release` in another is right until somebody adds a
//! way out between them. A guard gives the lock back when it goes out of scope, on every way.
//!
//! Try it by hand:  `course run 05_lock/2_guard 4 x 13 2`
//! Check it:        `course check 05_lock/2_guard`

use mp::{Lock, Value};

/// Serves one customer at the till.
fn serve(order: &str, till: &Lock, sold: &Value<i32>) -> Result<(), BadOrder> {
    // TODO: hold the till, enter the order, print that it is paid.
    todo!()
}

// ---- given: edits below this line are ignored ----

/// The order cannot be read.
struct BadOrder;

/// Adds an order to what was sold. Whoever calls it has to hold the till.
fn enter(order: &str, sold: &mp::Value<i32>) -> Result<(), BadOrder> {
    let before = sold.get();
    let buns: i32 = order.parse().map_err(|_| BadOrder)?;
    assert!(buns != 13, "the paper is jammed");
    sold.set(before + buns);
    Ok(())
}

/// A customer's process: is served, and survives what goes wrong with it.
fn customer(order: &str, till: &mp::Lock, sold: &mp::Value<i32>) {
    let served = std::panic::AssertUnwindSafe(|| serve(order, till, sold));
    match std::panic::catch_unwind(served) {
        Ok(Ok(())) => {}
        Ok(Err(BadOrder)) => println!("order {order}: cannot be read"),
        Err(panic) if panic.downcast_ref() == Some(&"the paper is jammed") => {
            println!("order {order}: the paper is jammed");
        }
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

fn main() -> std::io::Result<()> {
    let mut orders: Vec<String> = std::env::args().skip(1).collect();
    if orders.is_empty() {
        orders = ["4", "x", "13", "2"].map(String::from).to_vec();
    }
    let till = mp::Lock::named("till");
    let sold = mp::Value::named("sold", 0_i32);
    let mut started = Vec::new();
    for (number, order) in (1..).zip(&orders) {
        let customer = mp::Process::new(|| customer(order, &till, &sold));
        started.push(customer.name(format!("customer {number}")).start()?);
    }
    for child in &started {
        child.join();
    }
    println!("{} buns are sold", sold.get());
    Ok(())
}
