//! Ten buns, and the eater goes home.
//!
//! Between a baker and an eater there is a shelf: a queue. The eater takes bun after bun, and waits
//! while there is none. But when the last bun is eaten, who tells the eater? Not the queue: it is
//! empty now and then, and that it will stay empty only the baker knows.
//!
//! The task: write `baker`, which bakes the buns 1, 2, 3, ... up to `buns` with `bake`, and puts
//! each on the shelf as soon as it is baked; and `eater`, which takes them in this order and eats
//! each with `eat`. The eater does not know how many there will be. Both go home in the end, that
//! is, both functions return. What is put on the shelf is `OnShelf`; at the moment it can be
//! nothing but the number of a bun. Choose a type with which the baker can say all that has to be
//! said: any type that serde can write and read, one of your own if you like. Nobody asks again and
//! again.
//!
//! The arguments are the number of buns (`some`: another one each time), and how much the shelf has
//! room for.
//!
//! Why it matters: whoever works off a queue has to be told when it is over. Forgotten, the program
//! does not end; guessed, the last messages are lost.
//!
//! Try it by hand:  `course run 09_producer_consumer/1_buns 10 3`
//! Check it:        `course check 09_producer_consumer/1_buns`

use mp::Queue;

/// What can be put on the shelf.
// A bun, or `None`: the sign that there will be no more.
type OnShelf = Option<u32>;

/// Bakes buns 1 to `buns` and puts them on the shelf.
fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        bake(bun);
        shelf.put(Some(bun));
    }
    // A queue keeps the order, so who takes this off the shelf has had all that came before.
    shelf.put(None);
}

/// Takes the buns off the shelf and eats them, to the last one.
fn eater(shelf: &Queue<OnShelf>) {
    while let Some(bun) = shelf.get() {
        eat(bun);
    }
}

// ---- given: edits below this line are ignored ----

/// The newest bun that is baked.
static BAKED: std::sync::OnceLock<mp::Value<u32>> = std::sync::OnceLock::new();

/// That number, in memory that the processes share.
fn baked() -> &'static mp::Value<u32> {
    BAKED.get_or_init(|| mp::Value::named("the newest bun", 0))
}

/// Bakes a bun, which takes some time.
fn bake(bun: u32) {
    let _inside = mp::section("bake");
    std::thread::sleep(std::time::Duration::from_millis(mp::random(200..500)));
    baked().set(bun);
    say(bun, "baked");
}

/// Whether it was said how many buns there are.
fn is_said() -> bool {
    std::env::args().nth(1).as_deref() != Some("some")
}

/// Tells of a bun: of the first two, where it was not said how many there are.
fn say(bun: u32, what: &str) {
    if is_said() || bun <= 2 {
        println!("bun {bun} is {what}");
    }
}

/// The bun that is eaten last, in memory that the processes share.
fn eaten() -> &'static mp::Value<u32> {
    EATEN.get_or_init(|| mp::Value::named("the bun eaten last", 0))
}

/// That bun.
static EATEN: std::sync::OnceLock<mp::Value<u32>> = std::sync::OnceLock::new();

/// Eats a bun, which is faster done.
fn eat(bun: u32) {
    let _inside = mp::section("eat");
    if bun > baked().get() {
        println!("bun {bun} is not baked yet");
    }
    std::thread::sleep(std::time::Duration::from_millis(mp::random(100..200)));
    eaten().set(bun);
    say(bun, "eaten");
}

/// The argument at `position`, or `default` where there is none.
fn argument(position: usize, default: u32) -> u32 {
    let text = std::env::args().nth(position);
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() -> std::io::Result<()> {
    let room = argument(2, 3);
    let buns = if is_said() {
        argument(1, 10)
    } else {
        mp::random(3..10) as u32
    };
    baked().set(0);
    eaten().set(0);
    let shelf: mp::Queue<OnShelf> = mp::Queue::named("shelf", room as usize);
    let baking = mp::Process::new(|| {
        baker(buns, &shelf);
        println!("the baker goes home");
    });
    let baking = baking.name("baker").start()?;
    let eating = mp::Process::new(|| {
        eater(&shelf);
        println!("the eater goes home");
    });
    let eating = eating.name("eater").start()?;
    baking.join();
    eating.join();
    match (is_said(), eaten().get()) {
        (true, _) => {}
        (false, last) if last == buns => println!("all buns are eaten"),
        (false, last) => println!("bun {last} of {buns} was the last that was eaten"),
    }
    println!("the shop closes");
    Ok(())
}
