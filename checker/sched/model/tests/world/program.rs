//! Random programs: what scripted tasks do, and how proptest makes it up.

use proptest::collection::vec;
use proptest::prelude::*;

/// A shared cell: which array, which element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell(pub usize, pub usize);

/// What a task does next. Children are named by their script.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    Start(usize),
    Exit,
    Join(usize),
    /// `while join_timeout(..) is None {}`
    JoinUntil(usize, u64),
    IsAlive(usize),
    WhileAlive(usize),
    Terminate(usize),
    Acquire(usize),
    Guard(usize),
    AcquireFor(usize, u64),
    /// `while !acquire_timeout(..) {}`
    AcquireUntilTaken(usize, u64),
    Try(usize),
    TryUntilTaken(usize),
    /// Gives the lock back if this task has it.
    Release(usize),
    Read(Cell),
    /// `while read() == 0 {}`
    ReadUntil(Cell),
    /// `while read() == 0 { yield }`
    YieldUntil(Cell),
    /// `while read() == 0 { sleep(1 ms) }`
    NapUntil(Cell),
    Write(Cell),
    Update(Cell),
    Sleep(u64),
    Clock,
    ClockUntil(u64),
    Yield,
    Print,
}

/// A script a task; the first is main's.
#[derive(Clone, Debug, Default)]
pub struct Program {
    pub scripts: Vec<Vec<Step>>,
    /// Scripts that are started as threads of the process that starts them.
    pub threads: Vec<usize>,
    pub locks: usize,
    pub cells: usize,
}

impl Program {
    /// Main starts the children, then joins them.
    pub fn of(children: Vec<Vec<Step>>) -> Self {
        let numbers = 1..=children.len();
        let mut main: Vec<Step> = numbers.clone().map(Step::Start).collect();
        main.extend(numbers.map(Step::Join));
        let mut scripts = vec![main];
        scripts.extend(children);
        Self {
            scripts,
            threads: Vec::new(),
            locks: 3,
            cells: 2,
        }
    }

    /// Inserts starts (and joins, where asked for) so that each script has the parent named.
    fn grow(mut scripts: Vec<Vec<Step>>, births: &[(usize, usize, Option<usize>)]) -> Self {
        for (child, &(parent, at, join)) in (1..scripts.len()).zip(births) {
            let parent = &mut scripts[parent % child];
            let at = at % (parent.len() + 1);
            parent.insert(at, Step::Start(child));
            if let Some(later) = join {
                let later = at + 1 + later % (parent.len() - at);
                parent.insert(later, Step::Join(child));
            }
        }
        Self {
            scripts,
            threads: Vec::new(),
            locks: 3,
            cells: 2,
        }
    }
}

const NANOS: [u64; 6] = [0, 1, 1000, 1_000_000, 999_999_999, 5_000_000_000];

fn nanos() -> impl Strategy<Value = u64> {
    proptest::sample::select(&NANOS[..])
}

fn cell() -> impl Strategy<Value = Cell> {
    (0..2_usize, 0..2_usize).prop_map(|(a, b)| Cell(a, b))
}

/// Up to five tasks in a tree of parents and children, of these steps.
fn tree(step: impl Strategy<Value = Step>, join: bool) -> impl Strategy<Value = Program> {
    let scripts = vec(vec(step, 0..8), 1..6);
    let later = if join { 0.5 } else { 0.0 };
    let birth = (
        0..5_usize,
        0..9_usize,
        proptest::option::weighted(later, 0..9_usize),
    );
    (scripts, vec(birth, 5)).prop_map(|(scripts, births)| Program::grow(scripts, &births))
}

/// Sleeps, prints, starts and joins: nothing that could be contended. (A task that yields goes on
/// after the next sleeper, so it has no place here.)
pub fn lock_free() -> impl Strategy<Value = Program> {
    let step = prop_oneof![nanos().prop_map(Step::Sleep), Just(Step::Print)];
    tree(step, true)
}

/// Anything goes: it may deadlock, kill and race.
pub fn any_program() -> impl Strategy<Value = Program> {
    let lock = 0..3_usize;
    let step = prop_oneof![
        3 => lock.clone().prop_map(Step::Acquire),
        2 => lock.clone().prop_map(Step::Guard),
        5 => lock.clone().prop_map(Step::Release),
        1 => lock.clone().prop_map(Step::Try),
        2 => (lock, nanos()).prop_map(|(l, n)| Step::AcquireFor(l, n)),
        2 => nanos().prop_map(Step::Sleep),
        1 => Just(Step::Clock),
        1 => Just(Step::Yield),
        1 => Just(Step::Print),
        1 => Just(Step::Exit),
        2 => cell().prop_map(Step::Read),
        2 => cell().prop_map(Step::Write),
    ];
    let program = tree(step, true);
    let extras = vec((0..6_usize, 0..3_u8), 0..3);
    let threads = vec(1..6_usize, 0..4);
    (program, extras, threads).prop_map(|(mut program, extras, threads)| {
        for (child, kind) in extras {
            add_question(&mut program, child, kind);
        }
        program.threads = threads;
        program
    })
}

/// Asks whether a child lives, or ends it, right after its start.
fn add_question(program: &mut Program, child: usize, kind: u8) {
    for script in &mut program.scripts {
        if let Some(at) = script.iter().position(|step| *step == Step::Start(child)) {
            let step = if kind == 0 {
                Step::Terminate(child)
            } else {
                Step::IsAlive(child)
            };
            script.insert(at + 1, step);
        }
    }
}

/// Locks are taken in ascending order and all given back.
pub fn disciplined() -> impl Strategy<Value = Program> {
    let block =
        (vec(0..4_u8, 3), vec(inner(), 0..3)).prop_map(|(hows, inner)| nested(&hows, &inner));
    let script = vec(block, 0..4).prop_map(|blocks| blocks.concat());
    vec(script, 1..5).prop_map(Program::of)
}

fn inner() -> impl Strategy<Value = Step> {
    prop_oneof![
        nanos().prop_map(Step::Sleep),
        Just(Step::Print),
        cell().prop_map(Step::Read),
        cell().prop_map(Step::Write),
    ]
}

/// Takes the locks in order, each in a way that a number names (0: not), and gives them back.
fn nested(hows: &[u8], inner: &[Step]) -> Vec<Step> {
    let mut steps = Vec::new();
    for (lock, how) in hows.iter().enumerate() {
        match how {
            1 => steps.push(Step::Acquire(lock)),
            2 => steps.push(Step::Guard(lock)),
            3 => steps.push(Step::AcquireFor(lock, 1000)),
            _ => {}
        }
    }
    steps.extend_from_slice(inner);
    steps.extend(
        (0..hows.len())
            .rev()
            .filter(|&l| hows[l] != 0)
            .map(Step::Release),
    );
    steps
}

/// Guards only, nested in any order: two or three tasks that may close a cycle.
pub fn guards() -> impl Strategy<Value = Program> {
    let order = Just(vec![0, 1, 2]).prop_shuffle();
    let block = (order, 1..3_usize).prop_map(|(order, depth)| {
        let locks = &order[..depth];
        let take = locks.iter().map(|&l| Step::Guard(l));
        let give = locks.iter().rev().map(|&l| Step::Release(l));
        take.chain(give).collect::<Vec<_>>()
    });
    let script = vec(block, 1..3).prop_map(|blocks| blocks.concat());
    vec(script, 2..4).prop_map(Program::of)
}

/// Accesses to cells, some under locks, with edges by start, join and `is_alive`.
pub fn racy() -> impl Strategy<Value = Program> {
    let access = prop_oneof![
        2 => cell().prop_map(Step::Read),
        2 => cell().prop_map(Step::Write),
        1 => cell().prop_map(Step::Update),
    ];
    let locked = (0..2_usize, vec(access.clone(), 1..3)).prop_map(|(lock, inner)| {
        [&[Step::Guard(lock)], &inner[..], &[Step::Release(lock)]].concat()
    });
    let part = prop_oneof![2 => access.prop_map(|step| vec![step]), 3 => locked];
    let script = vec(part, 0..3).prop_map(|parts| parts.concat());
    let births = vec(
        (0..4_usize, 0..9_usize, proptest::option::of(0..9_usize)),
        4,
    );
    (vec(script, 2..5), births, vec((0..5_usize, 1..3_u8), 0..3)).prop_map(
        |(scripts, births, extras)| {
            let mut program = Program::grow(scripts, &births);
            for (child, kind) in extras {
                add_question(&mut program, child, kind);
            }
            program
        },
    )
}
