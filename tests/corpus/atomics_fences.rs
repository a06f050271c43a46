//! Relaxed accesses, ordered by fences.
use std::sync::atomic::{fence, AtomicBool, AtomicU32, Ordering};
use std::thread;

static DATA: [AtomicU32; 3] = [const { AtomicU32::new(0) }; 3];
static READY: [AtomicBool; 3] = [const { AtomicBool::new(false) }; 3];

fn main() {
    thread::scope(|s| {
        for i in 0..3 {
            s.spawn(move || {
                DATA[i].store(10 + i as u32, Ordering::Relaxed);
                fence(Ordering::Release);
                READY[i].store(true, Ordering::Relaxed);
            });
        }
        let mut sum = 0;
        for i in 0..3 {
            while !READY[i].load(Ordering::Relaxed) {
                std::hint::spin_loop();
            }
            fence(Ordering::Acquire);
            sum += DATA[i].load(Ordering::Relaxed);
        }
        println!("{sum}");
    });
}
