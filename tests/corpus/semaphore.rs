//! A semaphore of a mutex and a condition, with permits that give themselves back.
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};
use std::thread;

struct Semaphore {
    permits: Mutex<usize>,
    freed: Condvar,
}

struct Permit<'a>(&'a Semaphore);

impl Semaphore {
    const fn new(permits: usize) -> Self {
        Semaphore { permits: Mutex::new(permits), freed: Condvar::new() }
    }

    fn acquire(&self) -> Permit<'_> {
        let mut permits = self.permits.lock().unwrap();
        while *permits == 0 {
            permits = self.freed.wait(permits).unwrap();
        }
        *permits -= 1;
        Permit(self)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.0.permits.lock().unwrap() += 1;
        self.0.freed.notify_one();
    }
}

static SEMAPHORE: Semaphore = Semaphore::new(2);
static INSIDE: AtomicUsize = AtomicUsize::new(0);

fn main() {
    let threads: Vec<_> = (0..4)
        .map(|_| {
            thread::spawn(|| {
                let _permit = SEMAPHORE.acquire();
                let inside = INSIDE.fetch_add(1, Ordering::SeqCst) + 1;
                INSIDE.fetch_sub(1, Ordering::SeqCst);
                inside
            })
        })
        .collect();
    let most = threads.into_iter().map(|t| t.join().unwrap()).max();
    println!("{}", most <= Some(2));
}
