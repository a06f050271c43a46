//! Main changes a static while a thread does.
static mut N: u32 = 0;
fn main() {
    let other = std::thread::spawn(|| unsafe { N += 1 });
    unsafe { N += 1 };
    other.join().unwrap();
}
