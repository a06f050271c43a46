//! Accounts locked in order of their number; no money is lost.
use std::sync::{Arc, Mutex};
use std::thread;

#[derive(Debug)]
struct Account {
    number: usize,
    balance: Mutex<i64>,
}

fn transfer(from: &Account, to: &Account, amount: i64) -> Result<(), String> {
    let (low, high) = if from.number < to.number { (from, to) } else { (to, from) };
    let mut low = low.balance.lock().unwrap();
    let mut high = high.balance.lock().unwrap();
    let (from, to) = if from.number < to.number { (&mut *low, &mut *high) } else { (&mut *high, &mut *low) };
    if *from < amount {
        return Err(format!("{from} is less than {amount}"));
    }
    *from -= amount;
    *to += amount;
    Ok(())
}

fn main() {
    let accounts: Arc<Vec<Account>> =
        Arc::new((0..3).map(|number| Account { number, balance: Mutex::new(100) }).collect());
    let threads: Vec<_> = (0..3_usize)
        .map(|i| {
            let accounts = Arc::clone(&accounts);
            thread::spawn(move || {
                transfer(&accounts[i], &accounts[(i + 1) % 3], 30).unwrap();
                transfer(&accounts[i], &accounts[(i + 2) % 3], 1000).is_err()
            })
        })
        .collect();
    for thread in threads {
        assert!(thread.join().unwrap());
    }
    println!("{}", accounts.iter().map(|a| *a.balance.lock().unwrap()).sum::<i64>());
}
