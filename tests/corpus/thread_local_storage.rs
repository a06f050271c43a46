//! Each thread has its own.
use std::cell::{Cell, RefCell};
use std::thread;

thread_local! {
    static COUNT: Cell<u32> = const { Cell::new(1) };
    static NAMES: RefCell<Vec<String>> = RefCell::new(vec!["first".into()]);
}

struct Noisy;
impl Drop for Noisy {
    fn drop(&mut self) {
        println!("dropped at the end of the thread");
    }
}
thread_local!(static NOISY: Noisy = Noisy);

fn main() {
    COUNT.set(5);
    NAMES.with_borrow_mut(|names| names.push("main".to_owned()));
    thread::spawn(|| {
        NOISY.with(|_| ());
        COUNT.with(|c| c.set(c.get() + 1));
        println!("{} {}", COUNT.get(), NAMES.with_borrow(|names| names.join(",")));
    })
    .join()
    .unwrap();
    println!("{} {}", COUNT.get(), NAMES.with_borrow(|names| names.join(",")));
}
