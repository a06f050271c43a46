//! Check, then act.
//!
//! "Is there a bun left? Then I take it." Between the question and the deed another customer can
//! take the last one: what was checked is no longer true. So the check and the act belong into one
//! critical section, and whoever waited for the lock has to check anew.
//!
//! The task: the number of buns left is written on a list, which is a file: all processes can read
//! and write it, and no memory is shared. Each customer is a process. Write `buy`: each customer
//! decides (`decide`); then, if a bun is left, one less is noted. `buy` returns the number of the
//! bun, which is what was left before: the last bun has number 1. Customers decide at the same
//! time, in half a second: hold `lock`, or another that is the same for all, to use the list only.
//!
//! The arguments are how many buns there are, and how many customers.
//!
//! Why it matters: tickets, seats, and user names are sold twice like this. And a file has no lock
//! of its own: while one process writes it, another can find it empty.
//!
//! Try it by hand:  `course run 05_lock/3_check_then_act 2 3`
//! Check it:        `course check 05_lock/3_check_then_act`

use mp::Lock;

/// Buys a bun, and returns its number; `None` when none is left.
fn buy(list: &str, lock: &Lock) -> Option<u32> {
    decide();
    // From the look at the list to the note on it nobody else may use it: one critical section.
    let _held = lock.lock();
    let bun = left(list);
    if bun == 0 {
        return None;
    }
    note(list, bun - 1);
    Some(bun)
}

// ---- given: edits below this line are ignored ----

/// How many buns are left, as the list says. A list that says nothing means none.
#[track_caller]
fn left(list: &str) -> u32 {
    let text = std::fs::read_to_string(list).unwrap_or_default();
    text.trim().parse().unwrap_or(0)
}

/// Writes on the list how many buns are left.
#[track_caller]
fn note(list: &str, left: u32) {
    if !DECIDED.get() {
        println!("a bun is noted for somebody who has not decided");
    }
    std::fs::write(list, format!("{left}\n")).expect("the list can be written");
}

thread_local! {
    /// Whether the customer of this process has decided.
    static DECIDED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// The customer decides to have a bun, which takes some time.
fn decide() {
    let _inside = mp::section("decide");
    std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
    DECIDED.set(true);
}

/// The argument at `position`, or `default` where there is none.
fn argument(position: usize, default: u32) -> u32 {
    let text = std::env::args().nth(position);
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// A customer's process.
fn customer(list: &str, lock: &mp::Lock) {
    match buy(list, lock) {
        Some(bun) => println!("here is bun number {bun}"),
        None => println!("sorry, sold out"),
    }
    if !DECIDED.get() {
        println!("a customer goes home without having decided");
    }
}

fn main() -> std::io::Result<()> {
    let (buns, customers) = (argument(1, 2), argument(2, 3));
    let list = format!("buns-{}.txt", std::process::id());
    std::fs::write(&list, format!("{buns}\n"))?;
    let lock = mp::Lock::named("list");
    let mut started = Vec::new();
    for number in 1..=customers {
        let customer = mp::Process::new(|| customer(&list, &lock));
        started.push(customer.name(format!("customer {number}")).start()?);
    }
    for child in &started {
        child.join();
    }
    println!("{} buns are left", left(&list));
    std::fs::remove_file(&list)
}
