//! A cache: many read it, who finds nothing computes and writes.
use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::thread;

#[derive(Default)]
struct Cache {
    values: RwLock<HashMap<u64, u64>>,
}

impl Cache {
    fn get(&self, n: u64) -> u64 {
        if let Some(value) = self.values.read().unwrap().get(&n) {
            return *value;
        }
        let computed = (1..=n).product();
        *self.values.write().unwrap().entry(n).or_insert(computed)
    }
}

fn main() {
    let cache = Arc::new(Cache::default());
    let threads: Vec<_> = (0..3)
        .map(|_| {
            let cache = Arc::clone(&cache);
            thread::spawn(move || (1..5).map(|n| cache.get(n)).sum::<u64>())
        })
        .collect();
    let sums: Vec<u64> = threads.into_iter().map(|t| t.join().unwrap()).collect();
    println!("{sums:?} {}", cache.values.read().unwrap().len());
}
