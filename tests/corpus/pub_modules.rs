//! Modules in a file, with their own uses, visibility and statics.
mod bank {
    use std::sync::{Mutex, MutexGuard, PoisonError};

    static VAULT: Mutex<u64> = Mutex::new(0);

    pub fn open() -> MutexGuard<'static, u64> {
        VAULT.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub mod teller {
        pub fn deposit(amount: u64) -> u64 {
            let mut vault = super::open();
            *vault += amount;
            *vault
        }
    }
}

mod prelude {
    pub use super::bank::teller::deposit;
    pub use std::thread::scope;
}

use prelude::*;

fn main() {
    scope(|s| {
        for n in 1..=3 {
            s.spawn(move || deposit(n));
        }
    });
    println!("{}", bank::open());
    println!("{}", deposit(4));
}
