//! Small programs, run by the engine in all orders and by all choices.

use std::collections::BTreeSet;

use super::axioms::Do::{self, Fence, Load, Store, Swap};
use super::axioms::{Outcome, PLACES, Program};
use crate::cells::Meaning;
use crate::engine::atomics::Effect;
use crate::engine::strategy::Strategy;
use crate::engine::testing;
use crate::engine::world::{NONE, World};

/// Who makes the choices of one run after the other, until all were made.
#[derive(Default)]
struct Choices {
    made: Vec<(usize, usize)>,
    at: usize,
}

impl Choices {
    /// One of so many.
    fn of(&mut self, count: usize) -> usize {
        if self.at == self.made.len() {
            self.made.push((0, count));
        }
        self.at += 1;
        self.made[self.at - 1].0
    }

    /// Goes on to the next run, if there is one.
    fn next(&mut self) -> bool {
        self.at = 0;
        while let Some((made, count)) = self.made.pop() {
            if made + 1 < count {
                self.made.push((made + 1, count));
                return true;
            }
        }
        false
    }
}

/// Begins a run of so many threads beside main, and makes the atomics known.
pub fn begin(world: &mut World, threads: usize) {
    testing::again(world, 1);
    world.weak = 1;
    for _ in 0..threads {
        world.add_thread(0, None, 0, NONE).expect("few threads");
    }
    for place in 0..PLACES {
        world.add_atomic(0x1000 + 8 * place as u64, 1, Meaning::Unsigned, NONE);
        world.meet(place, 0);
    }
}

/// What main's memory holds.
pub type Memory = [u64; PLACES];

/// One task does one thing. What it read, if it did.
pub fn does(
    world: &mut World,
    memory: &mut Memory,
    (task, deed): (u32, Do),
    choose: &mut dyn FnMut(usize) -> usize,
) -> Option<u64> {
    let object = |place: usize| world_object(place);
    match deed {
        Load(place, order) => {
            world.meet(place, memory[place]);
            let oldest = world.oldest(task, place, order);
            let count = world.stores(place).len();
            let at = oldest + choose(count - oldest);
            let value = world.stores(place)[at].value;
            world.load_from(task, place, at, order);
            world.atomic_accessed(task, object(place), Effect::Read(value), order);
            Some(value)
        }
        Store(place, value, order) => {
            world.meet(place, memory[place]);
            let end = world.stores(place).len();
            let behind = world.oldest(task, place, order) + 1..=end;
            let places: Vec<usize> = behind.filter(|&at| world.may_precede(place, at)).collect();
            let at = places[choose(places.len())];
            world.store_at(task, (place, at), value, order);
            if at == end {
                memory[place] = value;
            }
            world.atomic_accessed(task, object(place), Effect::Wrote(!value, value), order);
            None
        }
        Swap(place, value, order) => {
            let old = std::mem::replace(&mut memory[place], value);
            world.atomic_update(task, object(place), (old, value), order);
            world.atomic_accessed(task, object(place), Effect::Updated(old, value), order);
            Some(old)
        }
        Fence(order) => {
            world.fence(task, order);
            None
        }
    }
}

fn world_object(place: usize) -> u32 {
    u32::try_from(place).expect("few places")
}

/// One run.
fn run(world: &mut World, program: &Program, choose: &mut dyn FnMut(usize) -> usize) -> Outcome {
    begin(world, program.len());
    let mut memory = [0; PLACES];
    let mut done = vec![0; program.len()];
    let mut read = vec![Vec::new(); program.len()];
    loop {
        let left = |it: &usize| done[*it] < program[*it].len();
        let left: Vec<usize> = (0..program.len()).filter(left).collect();
        if left.is_empty() {
            break;
        }
        let thread = left[choose(left.len())];
        let deed = program[thread][done[thread]];
        done[thread] += 1;
        let task = u32::try_from(thread).expect("few threads") + 1;
        read[thread].extend(does(world, &mut memory, (task, deed), choose));
    }
    read.into_iter().flatten().chain(memory).collect()
}

pub fn world() -> Box<World> {
    testing::world(Strategy::Natural, 0, 1)
}

/// Whatever comes of a program, by any choice.
pub fn shown(world: &mut World, program: &Program) -> BTreeSet<Outcome> {
    let mut choices = Choices::default();
    let mut all = BTreeSet::new();
    loop {
        all.insert(run(world, program, &mut |count| choices.of(count)));
        if !choices.next() {
            return all;
        }
    }
}
