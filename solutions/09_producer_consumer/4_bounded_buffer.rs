//! A shelf of your own.
//!
//! A queue with little room is made of a row of places, used as a ring, and of three rules: only
//! one at a time moves buns in the ring; who puts a bun waits while there is no room; who takes one
//! waits while there is no bun. The ring is given. It knows none of the rules.
//!
//! The task: write `put` and `take` of `Shelf`, for any number of bakers, eaters and places.
//! `ring.insert(bun)` lays a bun into the next place; what lies there is lost. `ring.remove()` gets
//! the oldest bun, or 0 if there is none. `ring.buns()` tells how many there are, and
//! `ring.places()` how many places. Each bun is laid into the ring, and taken out of it. While one
//! uses the ring, nobody else may change what it uses: `insert` the next place and the number of
//! buns laid there, `remove` the oldest place and the number taken out, `buns` both numbers. Choose
//! the tools that you need, a `Condition` or `Semaphore`s say; `new` is the place to make them. Who
//! has to wait really waits, and does not ask again and again.
//!
//! The arguments are the numbers of bakers, eaters, buns per baker, and places. Where nobody eats,
//! there must be places for all buns.
//!
//! Why it matters: after this you know what `Queue::new(2)` does, and what it costs.
//!
//! Try it by hand:  `course run 09_producer_consumer/4_bounded_buffer 2 2 3 1`
//! Check it:        `course check 09_producer_consumer/4_bounded_buffer`

use mp::Condition;

/// A shelf: the ring, and what is needed to use it together.
struct Shelf<'a> {
    ring: &'a Ring,
    // Its lock keeps others out of the ring, and in it waits whoever has no room or no bun.
    changed: Condition<'a>,
}

impl<'a> Shelf<'a> {
    fn new(ring: &'a Ring) -> Self {
        let changed = Condition::named("shelf");
        Self { ring, changed }
    }

    /// Puts a bun on the shelf, as soon as there is room for it.
    fn put(&self, bun: u32) {
        let mut held = self.changed.lock();
        held.wait_for(|| self.ring.buns() < self.ring.places());
        self.ring.insert(bun);
        // All of them: of bakers and eaters in one condition, one alone may be the wrong one.
        held.notify_all();
    }

    /// Takes the oldest bun off the shelf, as soon as there is one.
    fn take(&self) -> u32 {
        let mut held = self.changed.lock();
        held.wait_for(|| self.ring.buns() > 0);
        let bun = self.ring.remove();
        held.notify_all();
        bun
    }
}

// ---- given: edits below this line are ignored ----

use ring::Ring;

/// What only the ring's own functions may use.
mod ring {
    /// A row of places, used as a ring, without any rule.
    pub struct Ring {
        /// For whoever needs several conditions over one lock. Nobody takes it unless you do.
        pub lock: mp::RLock,
        /// What lies in each place; 0 is no bun.
        row: mp::RawArray<u32>,
        /// How many buns were ever removed: the oldest bun lies in the place of this number.
        head: mp::RawValue<u32>,
        /// How many buns were ever inserted.
        tail: mp::RawValue<u32>,
    }

    impl Ring {
        pub fn new(places: u32) -> Self {
            Self {
                lock: mp::RLock::named("ring's lock"),
                row: mp::RawArray::named("row", vec![0_u32; places as usize]),
                head: mp::RawValue::named("head", 0_u32),
                tail: mp::RawValue::named("tail", 0_u32),
            }
        }

        /// How many places there are.
        pub fn places(&self) -> u32 {
            self.row.len() as u32
        }

        /// How many buns there are.
        #[track_caller]
        pub fn buns(&self) -> u32 {
            self.tail.get().saturating_sub(self.head.get())
        }

        /// Lays a bun into the place after the newest; a bun that is still there is lost.
        #[track_caller]
        pub fn insert(&self, bun: u32) {
            let tail = self.tail.get();
            let place = (tail % self.places()) as usize;
            if self.row.get(place) != 0 {
                println!("a bun is laid over another one");
            }
            self.row.set(place, bun);
            self.tail.set(tail + 1);
        }

        /// Takes the oldest bun out of its place; 0 if there is none.
        #[track_caller]
        pub fn remove(&self) -> u32 {
            let head = self.head.get();
            let place = (head % self.places()) as usize;
            let bun = self.row.get(place);
            if bun == 0 {
                println!("a bun is removed where none lies");
            }
            self.row.set(place, 0);
            self.head.set(head + 1);
            bun
        }

        /// How many buns were ever inserted.
        pub fn through(&self) -> u32 {
            self.tail.get()
        }
    }
}

/// Bakes a tray of buns, which takes some time.
fn bake() {
    std::thread::sleep(std::time::Duration::from_millis(100));
}

/// The argument at `position`, or `default` where there is none.
fn argument(position: usize, default: u32) -> u32 {
    let text = std::env::args().nth(position);
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() -> std::io::Result<()> {
    let (bakers, eaters) = (argument(1, 2), argument(2, 2));
    let (buns, places) = (argument(3, 3), argument(4, 1).max(1));
    let ring = Ring::new(places);
    let shelf = Shelf::new(&ring);
    let mut started = Vec::new();
    for baker in 1..=bakers {
        let shelf = &shelf;
        let bake = move || {
            bake();
            (1..=buns).for_each(|number| shelf.put(10 * baker + number));
        };
        let baker = mp::Process::new(bake).name(format!("baker {baker}"));
        started.push(baker.start()?);
    }
    for eater in 1..=eaters {
        // Together they eat all: each the same number, but for what is left over.
        let share = (bakers * buns + eater - 1) / eaters;
        let shelf = &shelf;
        let eat = move || {
            for _ in 0..share {
                let bun = shelf.take();
                println!("bun {bun} is eaten");
            }
        };
        let eater = mp::Process::new(eat).name(format!("eater {eater}"));
        started.push(eater.start()?);
    }
    for child in &started {
        child.join();
    }
    let (through, left) = (ring.through(), ring.buns());
    println!("through the ring: {through} buns, left in it: {left}");
    Ok(())
}
