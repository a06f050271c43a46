//! attack: what a thread panics with panics when it is dropped; exercise: 05_lock/1_two_lines; expect: panic, points: 0; slow

use std::io;
struct B;
impl Drop for B {
    fn drop(&mut self) {
        std::panic::resume_unwind(Box::new(B))
    }
}
fn open_shop(_w: u32) -> io::Result<()> {
    let h = std::thread::spawn(|| std::panic::resume_unwind(Box::new(B)));
    let r = h.join();
    drop(r);
    Ok(())
}

// ---- given: edits below this line are ignored ----
