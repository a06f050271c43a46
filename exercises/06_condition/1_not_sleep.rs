//! State instead of a sleep.
//!
//! The baker heats the oven, waits in a condition for the dough, and bakes it. The apprentice
//! kneads the dough, and notifies. When the oven is slow, the dough is ready first, and
//! the notification wakes nobody: the baker waits for ever. So somebody wrote "sleep for four
//! seconds" before the notify. That is luck, and four seconds lost each morning.
//!
//! The task: write both without luck. It must not matter who is ready first, the baker
//! bakes as soon as the oven is hot and the dough is there, and does not ask again and again. What
//! the baker waits for is a state: `kitchen.dough`, the grams of dough on the table, which are 0 at
//! first. Nobody changes it without the table's lock, which is that of the condition
//! `kitchen.table`.
//!
//! The arguments are the grams of dough, each of which takes a millisecond to knead, and how many
//! milliseconds the oven takes to get hot.
//!
//! Why it matters: a program that needs a sleep to be right is wrong. It only waits for a day on
//! which the machine is busy.
//!
//! Try it by hand:  `course run 06_condition/1_not_sleep 300 500`
//! Check it:        `course check 06_condition/1_not_sleep`

/// Kneads the dough, puts it on the table, and tells the baker.
fn apprentice(kitchen: &Kitchen, grams: u32) {
    // TODO: `knead(grams)`; then there is dough on the table, and whoever waits for it is told.
    todo!()
}

/// Heats the oven, waits until there is dough on the table, and bakes it.
fn baker(kitchen: &Kitchen, milliseconds: u32) {
    // TODO: `heat(milliseconds)`; wait, but not for what has happened already; `bake(kitchen)`.
    todo!()
}

// ---- given: edits below this line are ignored ----

/// What the two have in common.
struct Kitchen {
    /// The table's lock, and the place to wait for a change on the table.
    table: mp::Condition<'static>,
    /// Grams of dough on the table.
    dough: mp::Value<u32>,
}

/// Kneads so much dough, a gram in a millisecond.
fn knead(grams: u32) {
    std::thread::sleep(std::time::Duration::from_millis(grams.into()));
    println!("{grams} g of dough are kneaded");
}

thread_local! {
    /// Whether this process has a hot oven.
    static HOT: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Waits for the oven to get hot.
fn heat(milliseconds: u32) {
    std::thread::sleep(std::time::Duration::from_millis(milliseconds.into()));
    HOT.set(true);
}

/// Bakes the dough that is on the table.
#[track_caller]
fn bake(kitchen: &Kitchen) {
    if !HOT.get() {
        println!("the oven is cold");
    }
    match kitchen.dough.get() {
        0 => println!("there is no dough to bake"),
        grams => println!("{} buns are baked", grams / 50),
    }
}

/// The argument at `position`, or `default` where there is none.
fn argument(position: usize, default: u32) -> u32 {
    let text = std::env::args().nth(position);
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() -> std::io::Result<()> {
    let (grams, milliseconds) = (argument(1, 300), argument(2, 500));
    let kitchen = Kitchen {
        table: mp::Condition::named("table"),
        dough: mp::Value::named("dough", 0),
    };
    let apprentice = mp::Process::new(|| apprentice(&kitchen, grams)).name("apprentice");
    let apprentice = apprentice.start()?;
    let baker = mp::Process::new(|| baker(&kitchen, milliseconds)).name("baker");
    let baker = baker.start()?;
    apprentice.join();
    baker.join();
    println!("the kitchen is clean");
    Ok(())
}
