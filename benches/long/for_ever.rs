//! A thread computes for ever.

fn main() {
    let thread = std::thread::spawn(|| loop {});
    thread.join().unwrap()
}
