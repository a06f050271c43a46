//! Dining philosophers who take the lower fork first.
use std::sync::{Arc, Mutex};
use std::thread;

struct Philosopher {
    name: &'static str,
    first: Arc<Mutex<u32>>,
    second: Arc<Mutex<u32>>,
}

impl Philosopher {
    fn eat(&self) {
        let mut first = self.first.lock().unwrap();
        let mut second = self.second.lock().unwrap();
        *first += 1;
        *second += 1;
    }
}

fn main() {
    let forks: Vec<_> = (0..4).map(|_| Arc::new(Mutex::new(0))).collect();
    let philosophers = ["Baruch", "Gilles", "Karl", "Michel"].into_iter().enumerate().map(|(i, name)| {
        let (left, right) = (i, (i + 1) % forks.len());
        Philosopher {
            name,
            first: Arc::clone(&forks[left.min(right)]),
            second: Arc::clone(&forks[left.max(right)]),
        }
    });
    let handles: Vec<_> = philosophers
        .map(|p| {
            thread::spawn(move || {
                p.eat();
                p.name.len()
            })
        })
        .collect();
    let letters: usize = handles.into_iter().map(|h| h.join().unwrap()).sum();
    println!("{letters} {:?}", forks.iter().map(|f| *f.lock().unwrap()).collect::<Vec<_>>());
}
