//! verdict: wrong_order, cause: lost_update
//!
//! `let _ = ..` drops the guard in the same line: the till is free again before it is used.

use mp::{Lock, Value};

fn serve(order: &str, till: &Lock, sold: &Value<i32>) -> Result<(), BadOrder> {
    let _ = till.lock();
    enter(order, sold)?;
    println!("order {order}: paid");
    Ok(())
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
    let (till, sold) = (mp::Lock::named("till"), mp::Value::new(0_i32));
    let mut started = Vec::new();
    for order in &orders {
        started.push(mp::Process::new(|| customer(order, &till, &sold)).start()?);
    }
    for child in &started {
        child.join();
    }
    println!("{} buns are sold", sold.get());
    Ok(())
}
