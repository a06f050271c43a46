//! Worlds in the small: tasks that pass points and do nothing else.

use crate::engine::decide::Next;
use crate::engine::strategy::Strategy;
use crate::engine::world::{Config, NEVER, NONE, Op, World, state};
use crate::limits::{LONGEST_DELAY, MAX_EDGES, MAX_STEPS};

/// A world of `tasks` tasks, all ready but main, which runs.
pub fn world(strategy: Strategy, seed: u64, tasks: u32) -> Box<World> {
    let mut world: Box<World> = zerocopy::FromZeros::new_box_zeroed().expect("has room");
    world.config = Config {
        seed,
        schedule: 1,
        strategy: strategy.code(),
        max_delay: NEVER,
        limit_delay: LONGEST_DELAY,
        clock_drift: 0,
        patience: 0,
        length: 40,
        edge_count: 0,
        edges: [[0; 2]; MAX_EDGES],
        list_len: 0,
        interventions: Default::default(),
        most_steps: MAX_STEPS,
        takes_liberties: 0,
        liberties: Default::default(),
    };
    again(&mut world, tasks);
    world
}

/// Begins another run with the same configuration.
pub fn again(world: &mut World, tasks: u32) {
    world.begin();
    for _ in 0..tasks {
        let parent = if world.task_count == 0 { NONE } else { 0 };
        world.add_task(parent, "", false, NONE).expect("few tasks");
    }
    world.task_mut(0).state = state::RUNNING;
}

/// The holder passes a point that concerns nobody; who goes on.
pub fn point(world: &mut World, holder: u32) -> u32 {
    point_on(world, holder, NONE)
}

/// The holder is about to do something with `object`; who goes on.
pub fn point_on(world: &mut World, holder: u32, object: u32) -> u32 {
    world.changed();
    world.announce(holder, Op::Write, object, 1);
    decide(world, holder)
}

pub fn decide(world: &mut World, holder: u32) -> u32 {
    match world.decide(holder) {
        Next::Task(task) => task,
        Next::Over => panic!("the run is over: {}", world.ending),
    }
}

/// Who is chosen at each of `points` points.
pub fn points(world: &mut World, points: usize) -> Vec<u32> {
    let mut holder = 0;
    let mut chosen = Vec::new();
    for _ in 0..points {
        holder = point(world, holder);
        chosen.push(holder);
    }
    chosen
}
