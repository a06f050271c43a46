//! verdict: requirement
//!
//! The customers have to wait until the clerk has finished the book.

use mp::Child;

fn open_shop(orders: &[String], clerk: &Child, _radio: &Child) -> Result<u32, BadOrder> {
    clerk.join();
    let mut sold = 0;
    for order in orders {
        sold += serve(order)?;
    }
    Ok(sold)
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
