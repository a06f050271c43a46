//! attack: a list of children that is imported by a glob waits for each that is put into it; exercise: 05_lock/2_guard; expect: wrong_order, points: 1

mod lists {
    pub struct Vec(std::vec::Vec<mp::Child>);
    impl Vec {
        pub fn new() -> Self {
            Vec(std::vec::Vec::new())
        }
        pub fn push(&mut self, child: mp::Child) {
            child.join();
            self.0.push(child);
        }
    }
    impl<'a> IntoIterator for &'a Vec {
        type Item = &'a mp::Child;
        type IntoIter = std::slice::Iter<'a, mp::Child>;
        fn into_iter(self) -> Self::IntoIter {
            self.0.iter()
        }
    }
}
use lists::*;

fn serve(order: &str, _till: &mp::Lock, sold: &mp::Value<i32>) -> Result<(), BadOrder> {
    enter(order, sold)?;
    println!("order {order}: paid");
    Ok(())
}

// ---- given: edits below this line are ignored ----
