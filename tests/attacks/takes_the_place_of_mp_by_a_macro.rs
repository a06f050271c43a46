//! attack: a macro makes a module in the place of mp, which waits for each process that is started; exercise: 05_lock/2_guard; expect: wrong_order, points: 1

macro_rules! make {
    ($name:ident) => {
        mod $name {
            pub use ::mp::{Lock, Value};
            pub struct Process<F>(F);
            impl<F: FnOnce()> Process<F> {
                pub fn new(work: F) -> Self {
                    Process(work)
                }
                pub fn start(self) -> std::io::Result<::mp::Child> {
                    let child = ::mp::Process::new(self.0).start()?;
                    child.join();
                    Ok(child)
                }
            }
        }
    };
}
make!(mp);

fn serve(order: &str, _till: &::mp::Lock, sold: &::mp::Value<i32>) -> Result<(), BadOrder> {
    enter(order, sold)?;
    println!("order {order}: paid");
    Ok(())
}

// ---- given: edits below this line are ignored ----
