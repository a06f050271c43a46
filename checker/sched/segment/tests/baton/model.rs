//! A run in the small: tasks as threads of shuttle, futexes as a mutex and a condition each, and a
//! supervisor who learns of deaths through a queue.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sched_segment::baton::{Baton, SUPERVISOR, Seat, Word};
use shuttle::rand::Rng;
use shuttle::scheduler::Scheduler;
use shuttle::sync::{Condvar, Mutex};
use shuttle::thread;

const CLOSED: u32 = 0;
const OPEN: u32 = 1;

/// The protocol as it is, or with one step wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Variant {
    #[default]
    Real,
    WakeBeforeOpen,
    NoWake,
    NoLookAtDead,
    LookAtDeadFirst,
    NoteLate,
    TakeBackBlindly,
    ReplaceInTwoSteps,
    GateStaysOpen,
    AlwaysTakeOver,
    NoteLeaderOnly,
}

/// Whom a holder chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Order {
    #[default]
    RoundRobin,
    Random,
}

/// What happens in a run.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// How often each task runs before it exits, with the baton, as all exits of processes are.
    pub turns: Vec<u32>,
    /// (thread, leader): tasks that are threads of the process that another one leads. They end by
    /// handing the baton over, and with their process.
    pub threads: Vec<(u32, u32)>,
    /// Threads whose end is that of their process.
    pub exits: Vec<u32>,
    /// Tasks that somebody outside kills: they die when they next wait, or wait already.
    pub killed: Vec<u32>,
    /// (by, whom): in its first turn the one sends the other a signal, of which that dies when chosen.
    pub kills: Vec<(u32, u32)>,
    pub order: Order,
    /// Whether waits return early now and then.
    pub early: bool,
    pub variant: Variant,
}

/// Runs the plan under every schedule of this scheduler.
pub fn explore(scheduler: impl Scheduler + 'static, plan: Plan) {
    let mut config = shuttle::Config::new();
    config.silence_warnings = true;
    config.failure_persistence = shuttle::FailurePersistence::None;
    shuttle::Runner::new(scheduler, config).run(move || run(&plan));
}

/// What unwinds the thread of a killed task.
struct Killed;

#[derive(Default)]
struct State {
    value: u32,
    /// The task whose gate this is was killed.
    killed: bool,
}

/// A futex: comparing and beginning to wait are one step.
#[derive(Default)]
struct Futex {
    state: Mutex<State>,
    changed: Condvar,
    early: bool,
    two_steps: bool,
}

impl Futex {
    fn new(plan: &Plan) -> Self {
        let two_steps = plan.variant == Variant::ReplaceInTwoSteps;
        Self {
            early: plan.early,
            two_steps,
            ..Self::default()
        }
    }

    fn set(&self, value: u32) -> State {
        let mut state = self.state.lock().expect("never poisoned");
        let before = State {
            value: state.value,
            killed: state.killed,
        };
        state.value = value;
        before
    }

    fn kill(&self) {
        self.state.lock().expect("never poisoned").killed = true;
        self.changed.notify_all();
    }
}

impl Word for Futex {
    fn load(&self) -> u32 {
        self.state.lock().expect("never poisoned").value
    }

    fn store(&self, value: u32) {
        self.set(value);
    }

    fn swap(&self, value: u32) -> u32 {
        let before = self.set(value);
        if before.killed {
            resume_unwind(Box::new(Killed));
        }
        before.value
    }

    fn replace(&self, current: u32, new: u32) -> bool {
        if self.two_steps {
            let same = self.load() == current;
            if same {
                self.store(new);
            }
            return same;
        }
        let mut state = self.state.lock().expect("never poisoned");
        let same = state.value == current;
        if same {
            state.value = new;
        }
        same
    }

    fn wait(&self, value: u32) {
        if self.early && shuttle::rand::thread_rng().gen_ratio(1, 4) {
            return;
        }
        let mut state = self.state.lock().expect("never poisoned");
        if state.value == value && !state.killed {
            state = self.changed.wait(state).expect("never poisoned");
        }
        let killed = state.killed;
        drop(state);
        if killed {
            resume_unwind(Box::new(Killed));
        }
    }

    fn wake(&self) {
        let _order = self.state.lock().expect("never poisoned");
        self.changed.notify_one();
    }
}

/// What only the holder touches.
struct World {
    alive: Vec<bool>,
    to_be_killed: Vec<bool>,
    last: usize,
}

struct Model {
    plan: Plan,
    turn: Futex,
    seats: Vec<Seat<Futex>>,
    /// Never locked across a step of the model, so it orders nothing.
    world: std::sync::Mutex<World>,
    holders: AtomicUsize,
    deaths: Mutex<VecDeque<u32>>,
    died: Condvar,
    /// Tasks that are gone, with their process or before.
    gone: Mutex<Vec<u32>>,
    went: Condvar,
}

fn run(plan: &Plan) {
    let tasks = plan.turns.len();
    let seats = (0..tasks).map(|_| Seat {
        gate: Futex::new(plan),
        dead: Futex::new(plan),
    });
    let world = World {
        alive: vec![true; tasks],
        to_be_killed: vec![false; tasks],
        last: tasks - 1,
    };
    let model = Arc::new(Model {
        plan: plan.clone(),
        turn: Futex::new(plan),
        seats: seats.collect(),
        world: std::sync::Mutex::new(world),
        holders: AtomicUsize::new(0),
        deaths: Mutex::new(VecDeque::new()),
        died: Condvar::new(),
        gone: Mutex::new(Vec::new()),
        went: Condvar::new(),
    });
    model.baton().reset(tasks);
    assert!(model.pass(SUPERVISOR, 0), "nobody is dead before the start");
    let mut threads = Vec::new();
    for task in 0..u32::try_from(tasks).expect("few tasks") {
        let model = Arc::clone(&model);
        threads.push(thread::spawn(move || model.process(task)));
    }
    for &task in &plan.killed {
        let model = Arc::clone(&model);
        threads.push(thread::spawn(move || {
            model.seats[task as usize].gate.kill()
        }));
    }
    model.supervise();
    for thread in threads {
        thread.join().expect("no rule was broken");
    }
    let world = model.world.lock().expect("never poisoned");
    assert!(!world.alive.contains(&true), "a death was never taken over");
}

impl Model {
    fn baton(&self) -> Baton<'_, Futex> {
        Baton {
            turn: &self.turn,
            seats: self.seats[..].into(),
        }
    }

    /// Does something that only the holder may do.
    fn hold<R>(&self, act: impl FnOnce(&mut World) -> R) -> R {
        self.enter();
        let result = act(&mut self.world.lock().expect("never poisoned"));
        self.leave();
        result
    }

    fn enter(&self) {
        let others = self.holders.fetch_add(1, Ordering::SeqCst);
        assert_eq!(others, 0, "a rule is broken: two hold the baton");
        thread::yield_now();
    }

    fn leave(&self) {
        self.holders.fetch_sub(1, Ordering::SeqCst);
    }

    fn leader(&self, task: u32) -> u32 {
        let mut threads = self.plan.threads.iter();
        threads.find(|(t, _)| *t == task).map_or(task, |(_, l)| *l)
    }

    /// All tasks of a process, its leader first.
    fn process_of(&self, leader: u32) -> impl Iterator<Item = u32> {
        let threads = self.plan.threads.iter();
        let own = threads.filter(move |(_, l)| *l == leader).map(|(t, _)| *t);
        std::iter::once(leader).chain(own)
    }

    /// A task from its start to after its end; a process is dead when all its tasks are gone.
    fn process(&self, me: u32) {
        let ended = catch_unwind(AssertUnwindSafe(|| self.live(me)));
        let killed = ended.is_err();
        if let Err(cause) = ended
            && !cause.is::<Killed>()
        {
            resume_unwind(cause);
        }
        let leader = self.leader(me);
        if killed || me == leader || self.plan.exits.contains(&me) {
            for task in self.process_of(leader) {
                self.seats[task as usize].gate.kill();
            }
        }
        let mut gone = self.gone.lock().expect("never poisoned");
        gone.push(me);
        self.went.notify_all();
        if me != leader {
            return;
        }
        while !self.process_of(leader).all(|task| gone.contains(&task)) {
            gone = self.went.wait(gone).expect("never poisoned");
        }
        drop(gone);
        self.deaths.lock().expect("never poisoned").push_back(me);
        self.died.notify_one();
    }

    fn live(&self, me: u32) {
        self.await_turn(me);
        for turn in 1..self.plan.turns[me as usize] {
            let next = self.hold(|world| {
                for &(by, whom) in &self.plan.kills {
                    world.to_be_killed[whom as usize] |= by == me && turn == 1;
                }
                self.choose(world).expect("this one lives")
            });
            self.hand_over(me, next);
            self.await_turn(me);
        }
        // Its last turn: a process dies with the baton.
        if self.leader(me) == me || self.plan.exits.contains(&me) {
            return self.hold(|_| ());
        }
        // A thread hands it over and is no more.
        let next = self.hold(|world| {
            world.alive[me as usize] = false;
            self.choose(world).expect("its leader lives")
        });
        self.hand_over(me, next);
    }

    fn choose(&self, world: &mut World) -> Option<u32> {
        let tasks = world.alive.len();
        let start = match self.plan.order {
            Order::RoundRobin => world.last + 1,
            Order::Random => shuttle::rand::thread_rng().gen_range(0..tasks),
        };
        let next = (start..start + tasks)
            .map(|t| t % tasks)
            .find(|&t| world.alive[t])?;
        world.last = next;
        u32::try_from(next).ok()
    }

    /// Strikes the process of a dead task off; the number of the next task, if one lives.
    fn exited(&self, world: &mut World, task: u32) -> Option<u32> {
        let leader = self.leader(task);
        assert!(
            world.alive[leader as usize],
            "a rule is broken: a death was taken over twice"
        );
        for task in self.process_of(leader) {
            world.alive[task as usize] = false;
        }
        self.choose(world)
    }

    /// As `kernel::hand_over`.
    fn hand_over(&self, me: u32, mut task: u32) {
        loop {
            if self.hold(|world| world.to_be_killed[task as usize]) {
                if self.baton().pass_without_waking(me, task) {
                    // A process is killed as a whole, also by one of its own threads.
                    let tasks = self.process_of(self.leader(task));
                    return tasks.for_each(|task| self.seats[task as usize].gate.kill());
                }
            } else if self.pass(me, task) {
                return;
            }
            match self.hold(|world| self.exited(world, task)) {
                Some(next) => task = next,
                None => return,
            }
        }
    }

    /// As `Supervisor::supervise`, until all are dead.
    fn supervise(&self) {
        for _ in self.plan.threads.len()..self.seats.len() {
            let mut deaths = self.deaths.lock().expect("never poisoned");
            while deaths.is_empty() {
                deaths = self.died.wait(deaths).expect("never poisoned");
            }
            let task = deaths.pop_front().expect("there is one");
            drop(deaths);
            if self.note_deaths(task)
                && let Some(next) = self.hold(|world| self.exited(world, task))
            {
                self.hand_over(SUPERVISOR, next);
            }
        }
    }

    fn await_turn(&self, me: u32) {
        if self.plan.variant != Variant::GateStaysOpen {
            return self.baton().await_turn(me);
        }
        let gate = &self.seats[me as usize].gate;
        while gate.load() == CLOSED {
            gate.wait(CLOSED);
        }
    }

    fn pass(&self, me: u32, task: u32) -> bool {
        let seat = &self.seats[task as usize];
        let open = || seat.gate.store(OPEN);
        let dead = || seat.dead.load() != 0;
        let mut was_dead = false;
        match self.plan.variant {
            Variant::WakeBeforeOpen => {
                self.turn.swap(task);
                seat.gate.wake();
                open();
            }
            Variant::NoWake => {
                self.turn.swap(task);
                open();
            }
            Variant::LookAtDeadFirst => {
                was_dead = dead();
                self.turn.swap(task);
                open();
                seat.gate.wake();
            }
            Variant::NoLookAtDead | Variant::TakeBackBlindly => {
                self.turn.swap(task);
                open();
                seat.gate.wake();
            }
            _ => return self.baton().pass(me, task),
        }
        match self.plan.variant {
            Variant::NoLookAtDead => true,
            Variant::LookAtDeadFirst => !(was_dead && self.turn.replace(task, me)),
            Variant::TakeBackBlindly if dead() => {
                self.turn.store(me);
                false
            }
            _ => !(dead() && self.turn.replace(task, me)),
        }
    }

    /// As `Supervisor::note_death`.
    fn note_deaths(&self, leader: u32) -> bool {
        if self.plan.variant == Variant::NoteLeaderOnly {
            return self.note_death(leader);
        }
        let mut mine = false;
        for task in self.process_of(leader) {
            mine |= self.note_death(task);
        }
        mine
    }

    fn note_death(&self, task: u32) -> bool {
        match self.plan.variant {
            Variant::NoteLate => {
                let mine = self.turn.replace(task, SUPERVISOR);
                self.seats[task as usize].dead.store(1);
                mine
            }
            Variant::AlwaysTakeOver => {
                let _ = self.baton().note_death(task, 0);
                true
            }
            _ => self.baton().note_death(task, 0),
        }
    }
}
