//! What must hold at every decision, whatever the program and the strategy.

use sched_model::Strategy;
use sched_model::engine::decide::Next;
use sched_model::engine::world::{NEVER, World, state};
use sched_model::limits::MAX_STEPS;

use crate::sim::{At, Sim};

/// The state of things before a decision.
pub struct Before {
    clock: u64,
    /// From when each task may run, by what it is doing; `None` for never, as things are.
    ready: Vec<Option<u64>>,
    over: bool,
}

impl Before {
    pub fn of(sim: &Sim<'_>) -> Self {
        let tasks = 0..u32::try_from(sim.locals.len()).expect("few tasks");
        let ready = tasks.map(|task| ready(sim, task)).collect();
        Self {
            clock: sim.world.clock,
            ready,
            over: sim.world.over(),
        }
    }

    /// One task runs, it may run, and time moved no further than it had to.
    pub fn check(&self, sim: &Sim<'_>, next: Next) {
        let world = &sim.world;
        assert!(world.clock >= self.clock, "the clock went back");
        let Next::Task(chosen) = next else {
            let blocked_forever = self.ready.iter().all(Option::is_none);
            let limit = world.steps >= MAX_STEPS;
            assert!(
                self.over || blocked_forever || limit,
                "the run ended although a task could go on"
            );
            return;
        };
        assert!(!self.over, "a decision after the end");
        assert_eq!(world.holder, chosen);
        let running = (0..)
            .zip(world.tasks().iter())
            .filter(|(_, t)| t.state == state::RUNNING);
        assert_eq!(running.map(|(t, _)| t).collect::<Vec<u32>>(), [chosen]);
        self.check_time(world, chosen);
    }

    fn check_time(&self, world: &World, chosen: u32) {
        let strategy = Strategy::from_code(world.config.strategy).expect("is known");
        let keeps_time = !matches!(strategy, Strategy::LongDelays | Strategy::Replay);
        let earliest = self.ready.iter().copied().flatten().min();
        let Some(earliest) = earliest else {
            let still = world.clock == self.clock;
            assert!(still || !keeps_time, "time passed although all step back");
            return;
        };
        let limit = earliest.saturating_add(world.config.max_delay);
        let ready = self.ready[chosen as usize].expect("the chosen task may run");
        assert!(
            ready <= limit,
            "task {chosen} of {ready} ran before one of {earliest}"
        );
        let due = self.clock.max(ready);
        if keeps_time {
            assert_eq!(
                world.clock, due,
                "the clock is the later of itself and the ready time"
            );
        } else {
            // A task that is to be killed keeps the delay that counted from when it would have been ready.
            let is_to_be_killed = world.task(chosen).pending_kill != 0;
            let latest = if is_to_be_killed {
                NEVER
            } else {
                self.clock.max(limit)
            };
            assert!(
                (due..=latest).contains(&world.clock),
                "the delay is too long"
            );
        }
    }
}

fn ready(sim: &Sim<'_>, task: u32) -> Option<u64> {
    let record = sim.world.task(task);
    match sim.locals[task as usize].at {
        At::Gone => None,
        _ if record.pending_kill != 0 => Some(record.ready_at),
        At::Waiting if record.state == state::BLOCKED => {
            (record.deadline != NEVER).then_some(record.deadline)
        }
        At::Slept | At::Begin | At::Waiting => Some(record.ready_at),
        At::Act | At::Next => {
            let back = record.stepped_back == 1 && record.polls_at == sim.world.changes;
            (!back).then_some(record.ready_at)
        }
    }
}
