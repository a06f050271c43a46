//! A run without processes: scripted tasks that make the calls of `kernel`, `process` and of mp's
//! primitives on a boxed world, one after the other. Every decision is checked.

use sched_model::engine::decide::Next;
use sched_model::engine::world::{
    ChoiceRecord, Config, DeviationRecord, Ending, Kind, NEVER, NONE, Op, RaceRecord, ReplayRecord,
    World, state,
};
use sched_model::limits::MAX_STEPS;

use crate::pooled::Pooled;
use crate::program::{Cell, Program, Step};
use crate::rules;

/// What a finished run leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub ending: u32,
    pub end_task: u32,
    pub events: Vec<Event>,
    pub choices: Vec<ReplayRecord>,
    pub clock: u64,
    pub steps: u32,
}

impl Outcome {
    pub fn is(&self, ending: Ending) -> bool {
        self.ending == ending as u32
    }
}

/// An event that can be compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    pub time: u64,
    pub task: u32,
    pub kind: u32,
    pub site: u32,
    pub object: u32,
    pub a: u64,
    pub b: u64,
}

impl Event {
    pub fn is(&self, kind: Kind) -> bool {
        self.kind == kind as u32
    }
}

/// What a comparison of private states would see in a loop.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Memory {
    /// The same each time round.
    #[default]
    Equal,
    /// A number that grows.
    Counts,
}

/// Where a task will go on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum At {
    Begin,
    Next,
    Act,
    Waiting,
    Slept,
    Gone,
}

/// What a step led to.
pub enum Flow {
    /// On to the next step.
    Done,
    /// Once more the same.
    Again,
    /// Blocked, asleep or gone: somebody else goes on.
    Leave,
}

/// The private state of a task.
#[derive(Clone, Debug)]
pub struct Local {
    pub script: usize,
    pub pc: usize,
    /// Operations of the present step that are done.
    pub sub: u32,
    pub at: At,
    pub deadline: u64,
    rounds: u64,
    pub held: Vec<usize>,
    pub children: Vec<(usize, u32)>,
}

/// A run in progress.
pub struct Sim<'a> {
    pub world: Pooled,
    pub program: &'a Program,
    pub locals: Vec<Local>,
    /// The locks' futex words; 0 is free.
    pub words: Vec<u32>,
    pub cells: Vec<u64>,
    memory: Memory,
}

/// The schedule that tests vary.
pub fn config(strategy: sched_model::Strategy, seed: u64, max_delay: u64) -> Config {
    Config {
        seed,
        schedule: 1,
        strategy: strategy.code(),
        max_delay,
        limit_delay: sched_model::limits::LONGEST_DELAY,
        clock_drift: 0,
        patience: u32::try_from(seed % 3).unwrap_or(0),
        length: 30,
        edge_count: 2,
        edges: std::array::from_fn(|i| if i == 0 { [0, 1] } else { [1, 0] }),
        list_len: 0,
        interventions: Default::default(),
        most_steps: MAX_STEPS,
        takes_liberties: 0,
        liberties: Default::default(),
    }
}

/// Runs the program once.
pub fn run(program: &Program, config: Config) -> Outcome {
    Sim::new(Pooled::used(), program, config, Memory::Equal)
        .run()
        .0
}

/// What a replay takes from a choice; who else could have been chosen depends on the delays.
fn chosen(choice: &ChoiceRecord) -> ReplayRecord {
    ReplayRecord::new(choice.task, choice.clock, choice.times)
}

/// The config and the list that replay a run.
pub fn replaying(world: &mut World, of: Config, choices: &[ReplayRecord]) -> Config {
    world.replay[..choices.len()].copy_from_slice(choices);
    let list_len = u32::try_from(choices.len()).expect("few choices");
    let strategy = sched_model::Strategy::Replay.code();
    Config {
        strategy,
        max_delay: NEVER,
        limit_delay: sched_model::limits::LONGEST_DELAY,
        list_len,
        ..of
    }
}

/// The config and the list that follow a run where it leaves the natural schedule.
pub fn deviating(world: &mut World, of: Config, ran: &World) -> Config {
    let mut turns = std::collections::BTreeMap::new();
    let mut holder = 0;
    let mut list = Vec::new();
    let log = ran.log.iter().take(ran.choice_count as usize);
    for choice in log.map(|entry| entry.choice) {
        let turn = turns.entry(holder).or_insert(0);
        if choice.how & ChoiceRecord::DEVIATES != 0 {
            list.push(DeviationRecord {
                holder,
                task: choice.task,
                turn: *turn,
            });
        }
        *turn += 1;
        holder = choice.task;
    }
    list.sort_by_key(|it| (it.holder, it.turn));
    world.deviations[..list.len()].copy_from_slice(&list);
    Config {
        strategy: sched_model::Strategy::Deviations.code(),
        list_len: u32::try_from(list.len()).expect("few deviations"),
        ..of
    }
}

pub fn races(world: &World) -> &[RaceRecord] {
    &world.races[..world.race_count as usize]
}

impl<'a> Sim<'a> {
    pub fn new(mut world: Pooled, program: &'a Program, config: Config, memory: Memory) -> Self {
        world.config = config;
        world.begin();
        let main = world
            .add_task(NONE, "main", false, NONE)
            .expect("the first task");
        world.task_mut(main).state = state::RUNNING;
        world.record(main, Kind::Begin, NONE, 0, 0);
        for _ in 0..program.locks {
            world.add_object(1, "", NONE, 0).expect("few objects");
        }
        for _ in 0..program.cells {
            world.add_object(4, "", NONE, 2).expect("few objects");
        }
        let (words, cells) = (vec![0; program.locks], vec![0; 2 * program.cells]);
        Self {
            world,
            program,
            locals: vec![Local::new(0)],
            words,
            cells,
            memory,
        }
    }

    /// To the end; the world is given back for a closer look.
    pub fn run(mut self) -> (Outcome, Pooled) {
        self.run_on();
        let world = self.world;
        let log = |n: u32| world.log[..n as usize].iter();
        let outcome = Outcome {
            ending: world.ending,
            end_task: world.end_task,
            events: log(world.event_count)
                .map(|entry| seen(&entry.event))
                .collect(),
            choices: log(world.choice_count)
                .map(|entry| chosen(&entry.choice))
                .collect(),
            clock: world.clock,
            steps: world.steps,
        };
        (outcome, world)
    }

    /// To the end, in place.
    pub fn run_on(&mut self) {
        let mut me = 0;
        loop {
            let mut next = self.advance(me);
            me = loop {
                let Next::Task(task) = next else {
                    assert!(
                        self.world.over(),
                        "nobody goes on, and the run has not ended"
                    );
                    return;
                };
                let pending_kill = self.world.task(task).pending_kill;
                if pending_kill == 0 {
                    break task;
                }
                self.gone(task, -pending_kill.cast_signed());
                next = self.decide(task);
            };
        }
    }

    fn decide(&mut self, holder: u32) -> Next {
        let before = rules::Before::of(self);
        let next = self.world.decide(holder);
        before.check(self, next);
        next
    }

    pub fn local(&mut self, me: u32) -> &mut Local {
        &mut self.locals[me as usize]
    }

    pub fn step(&self, me: u32) -> Step {
        let local = &self.locals[me as usize];
        self.program.scripts[local.script]
            .get(local.pc)
            .copied()
            .unwrap_or(Step::Exit)
    }

    fn site(&self, me: u32) -> u32 {
        let local = &self.locals[me as usize];
        let line = u32::try_from(local.script * 1000 + local.pc).expect("short scripts");
        2 * line + local.sub
    }

    /// Lets `me`, who has the baton, run until it decides who goes on.
    fn advance(&mut self, me: u32) -> Next {
        loop {
            match self.locals[me as usize].at {
                At::Begin => {
                    if me != 0 {
                        self.world.record(me, Kind::Begin, NONE, 0, 0);
                    }
                    self.local(me).at = At::Next;
                }
                At::Next => return self.point(me),
                At::Slept => {
                    self.local(me).at = At::Act;
                    self.finish(me);
                }
                At::Act | At::Waiting => match self.act(me) {
                    Flow::Done => self.finish(me),
                    Flow::Again => self.local(me).at = At::Next,
                    Flow::Leave => return self.decide(me),
                },
                At::Gone => unreachable!("a task that is gone has the baton"),
            }
        }
    }

    /// The step of `me` is done, unless it is a loop of two operations.
    fn finish(&mut self, me: u32) {
        let nap = matches!(self.step(me), Step::NapUntil(_) | Step::YieldUntil(_));
        let local = self.local(me);
        local.at = At::Next;
        if nap && local.sub == 1 {
            local.sub = 0;
            return;
        }
        local.sub = 0;
        local.pc += 1;
    }

    fn point(&mut self, me: u32) -> Next {
        let (step, site) = (self.step(me), self.site(me));
        self.local(me).rounds += 1;
        if self.world.suspects_repetition() {
            let local = &self.locals[me as usize];
            let rounds = if self.memory == Memory::Counts {
                local.rounds
            } else {
                0
            };
            let hash = u64::from(site) * 10 + u64::from(local.sub) + (rounds << 32);
            self.world.task_mut(me).site = site;
            self.world.note_fingerprint(me, hash);
        }
        if let Step::AcquireFor(_, nanos) | Step::AcquireUntilTaken(_, nanos) = step {
            self.local(me).deadline = self.world.clock + nanos;
        }
        let (op, object) = self.operation(me, step);
        self.local(me).at = At::Act;
        self.world.announce(me, op, object, site);
        self.decide(me)
    }

    fn operation(&self, me: u32, step: Step) -> (Op, u32) {
        let sub = self.locals[me as usize].sub;
        let lock = |lock: usize| u32::try_from(lock).expect("few locks");
        match step {
            Step::Start(_) => (Op::Start, NONE),
            Step::Exit => (Op::Exit, NONE),
            Step::Join(_) | Step::JoinUntil(..) => (Op::Join, NONE),
            Step::IsAlive(_) | Step::WhileAlive(_) => (Op::IsAlive, NONE),
            Step::Terminate(_) => (Op::Signal, NONE),
            Step::Acquire(l) | Step::Guard(l) => (Op::Acquire, lock(l)),
            Step::AcquireFor(l, _) | Step::AcquireUntilTaken(l, _) => (Op::Acquire, lock(l)),
            Step::Try(l) | Step::TryUntilTaken(l) => (Op::TryAcquire, lock(l)),
            Step::Release(l) => (Op::Release, lock(l)),
            Step::NapUntil(_) if sub == 1 => (Op::Sleep, NONE),
            Step::YieldUntil(_) if sub == 1 => (Op::Yield, NONE),
            Step::Read(c) | Step::ReadUntil(c) => (Op::Read, self.object(c)),
            Step::NapUntil(c) | Step::YieldUntil(c) => (Op::Read, self.object(c)),
            Step::Write(c) | Step::Update(c) => (Op::Write, self.object(c)),
            Step::Sleep(_) => (Op::Sleep, NONE),
            Step::Clock | Step::ClockUntil(_) => (Op::Clock, NONE),
            Step::Yield => (Op::Yield, NONE),
            Step::Print => (Op::Print, NONE),
        }
    }

    pub fn object(&self, cell: Cell) -> u32 {
        u32::try_from(self.program.locks + cell.0).expect("few objects")
    }

    /// Who holds a lock, by the tasks' own account.
    pub fn holder_of(&self, lock: usize) -> Option<u32> {
        let holder = self
            .locals
            .iter()
            .position(|local| local.held.contains(&lock));
        holder.map(|task| u32::try_from(task).expect("few tasks"))
    }
}

impl Local {
    pub fn new(script: usize) -> Self {
        let (held, children) = (Vec::new(), Vec::new());
        Self {
            script,
            pc: 0,
            sub: 0,
            at: At::Begin,
            deadline: 0,
            rounds: 0,
            held,
            children,
        }
    }
}

fn seen(event: &sched_model::engine::world::EventRecord) -> Event {
    let &sched_model::engine::world::EventRecord {
        time,
        task,
        kind,
        site,
        object,
        a,
        b,
    } = event;
    Event {
        time,
        task,
        kind,
        site,
        object,
        a,
        b,
    }
}
