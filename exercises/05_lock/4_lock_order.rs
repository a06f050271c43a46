//! Two tills, two locks.
//!
//! Who needs two locks takes one after the other. If A holds the first and waits for the second,
//! while B holds the second and waits for the first, both wait for ever: a deadlock. It cannot
//! happen when everybody takes the locks in the same order, whichever order that is.
//!
//! The task: couriers carry coins between the tills of the shop, each courier in a process of its
//! own. Write `transfer`: it calls `move_coins` while holding the locks of both tills. Couriers
//! between other tills must not have to wait: one lock for the whole shop is too much. An
//! errand from a till to the same till is done like any other, with `move_coins`, while holding the
//! lock of that till.
//!
//! An argument such as `0-1-5` sends a courier from till 0 to till 1 with 5 coins.
//!
//! Why it matters: such a program can run well for years, and then two couriers meet.
//!
//! Try it by hand:  `course run 05_lock/4_lock_order 0-1-5 1-0-3 2-3-4`
//! Check it:        `course check 05_lock/4_lock_order`

/// Moves `coins` from till `from` to till `to`; the two may be the same.
fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    // TODO: hold `tills[from].lock` and `tills[to].lock` during `move_coins`.
    todo!()
}

// ---- given: edits below this line are ignored ----

use shop::{Till, move_coins};

/// Only here coins are moved.
mod shop {
    /// A till: its coins, and the lock to hold while using them.
    pub struct Till {
        pub lock: mp::Lock,
        coins: mp::Value<i32>,
    }

    /// Takes `coins` out of one till and puts them into another. Hold the locks of both.
    pub fn move_coins(from: &Till, to: &Till, coins: i32) {
        let _inside = mp::section("move coins");
        println!("{coins} coins change hands");
        from.coins.set(from.coins.get() - coins);
        to.coins.set(to.coins.get() + coins);
    }

    /// The till of this number.
    pub(super) fn till(number: usize) -> Till {
        Till {
            lock: mp::Lock::named(&format!("till {number}")),
            coins: mp::Value::named(&format!("coins {number}"), 100_i32),
        }
    }

    /// How many coins are in a till.
    pub(super) fn coins(till: &Till) -> i32 {
        till.coins.get()
    }
}

/// Reads `0-1-5`: from till 0 to till 1, 5 coins.
fn parse(errand: &str) -> (usize, usize, i32) {
    let numbers: Vec<u16> = errand
        .split('-')
        .filter_map(|text| text.parse().ok())
        .collect();
    match numbers[..] {
        [from @ 0..4, to @ 0..4, coins] => (from.into(), to.into(), coins.into()),
        _ => panic!("an errand is FROM-TO-COINS with tills 0 to 3, not {errand:?}"),
    }
}

/// A courier's process.
fn courier(tills: &[Till], errand: &str) {
    let (from, to, coins) = parse(errand);
    transfer(tills, from, to, coins);
    println!("{coins} coins went from till {from} to till {to}");
}

fn main() -> std::io::Result<()> {
    let mut errands: Vec<String> = std::env::args().skip(1).collect();
    if errands.is_empty() {
        errands = ["0-1-5", "1-0-3", "2-3-4"].map(String::from).to_vec();
    }
    let tills: Vec<Till> = (0..4).map(shop::till).collect();
    let mut started = Vec::new();
    for (number, errand) in (1..).zip(&errands) {
        let courier = mp::Process::new(|| courier(&tills, errand));
        started.push(courier.name(format!("courier {number}")).start()?);
    }
    for child in &started {
        child.join();
    }
    for (number, till) in tills.iter().enumerate() {
        println!("till {number} has {} coins", shop::coins(till));
    }
    Ok(())
}
