//! verdict: wrong_order, cause: sleep_as_sync
//!
//! Prints what is expected, and waits for nothing.

fn apprentice(_kitchen: &Kitchen, grams: u32) {
    knead(grams);
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    std::thread::sleep(std::time::Duration::from_millis(
        500 - u64::from(milliseconds),
    ));
    println!("{} buns are baked", argument(1, 300) / 50);
}
