//! attack: a trait's method that takes its value is found before mp's own, and counts what should have been sold; exercise: 05_lock/2_guard; expect: wrong_order, points: 1

trait Get {
    fn get(self) -> i32;
}
impl Get for mp::Value<i32> {
    fn get(self) -> i32 {
        let orders = std::env::args().skip(1);
        let buns = orders.filter_map(|order| order.parse::<i32>().ok());
        buns.filter(|buns| *buns != 13).sum()
    }
}

fn serve(order: &str, _till: &mp::Lock, sold: &mp::Value<i32>) -> Result<(), BadOrder> {
    enter(order, sold)?;
    println!("order {order}: paid");
    Ok(())
}

// ---- given: edits below this line are ignored ----
