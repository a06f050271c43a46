//! Systematic exploration: every schedule up to a bound on preemptions, without equivalent ones.
//!
//! Two schedules are equivalent if they differ only in the order of independent steps. Dynamic
//! partial-order reduction (Flanagan and Godefroid, POPL 2005) finds in each run the pairs of
//! dependent steps that could have come in the other order, and tries that order. With a bound on
//! preemptions the other order may be out of reach at the place where a task was interrupted, but
//! not where its turn began, so it is tried there too (Coons, Musuvathi and McKinley, OOPSLA 2013).
//!
//! The code is pure: it is told what a run did, and says with which choices the next run begins.
//! After them a run goes on naturally, that is, without preemption.

use sched_model::limits::{MAX_ATOMICS, MAX_OBJECTS};
use sched_model::run::{Act, Choice, Event, ObjectId, ObjectKind, Run, TaskId, What};
use sched_model::task_set::TaskSet;

/// Something that steps meet at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Object(ObjectId),
    /// Whether a task lives.
    Task(TaskId),
    /// The order in which tasks are started, which their numbers tell.
    Births,
    /// What is printed, and in which order.
    Output,
    /// Files: one may have several names.
    Files,
    /// Whether a process, named by the task that leads it, goes on: its end is that of its threads.
    Process(TaskId),
    /// The sections that are watched for overlap.
    Sections,
    /// What concerns everybody.
    All,
}

/// A use of a place.
#[derive(Clone, Copy, Debug)]
struct Use {
    place: Place,
    /// Whether it could make a difference to another that looks.
    changes: bool,
}

/// What one task did from one decision to the next.
#[derive(Clone, Debug)]
struct Step {
    task: TaskId,
    candidates: TaskSet,
    /// Who could have gone on without being interrupted.
    current: Option<TaskId>,
    uses: Vec<Use>,
    /// The task that this step started.
    started: Option<TaskId>,
}

/// What the order of printed lines means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prints {
    /// Lines of different tasks may come in any order.
    Free,
    /// Their order counts.
    Ordered,
}

/// A decision on the way to the present run.
#[derive(Clone, Debug)]
struct Node {
    candidates: TaskSet,
    current: Option<TaskId>,
    chosen: TaskId,
    /// Preemptions before this decision.
    preemptions: u32,
    done: TaskSet,
    todo: TaskSet,
}

/// The exploration of one program with one row of arguments.
#[derive(Debug)]
pub struct Systematic {
    bound: u32,
    prints: Prints,
    reduce: bool,
    path: Vec<Node>,
    begun: bool,
    /// Whether a schedule was left out because it has more preemptions.
    bounded: bool,
}

impl Systematic {
    /// An exploration of all schedules with at most `preemptions` preemptions. Without `reduce`
    /// equivalent schedules are not left out.
    #[must_use]
    pub fn new(preemptions: u32, prints: Prints, reduce: bool) -> Self {
        Self {
            bound: preemptions,
            prints,
            reduce,
            path: Vec::new(),
            begun: false,
            bounded: false,
        }
    }

    /// Whether schedules with more preemptions exist, which were left out.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        self.bounded
    }

    /// How many runs are known to be left. There may turn out to be more, but never fewer.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.path.iter().map(|node| node.todo.iter().count()).sum()
    }

    /// The choices that the next run begins with; `None` when all are done.
    pub fn begins(&mut self) -> Option<Vec<Choice>> {
        if !self.begun {
            self.begun = true;
            return Some(Vec::new());
        }
        while let Some(node) = self.path.last_mut() {
            let Some(task) = node.todo.iter().next() else {
                self.path.pop();
                continue;
            };
            node.todo.remove(task);
            node.done.insert(task);
            node.chosen = id(task);
            let choice = |node: &Node| Choice::of_task(node.chosen);
            return Some(self.path.iter().map(choice).collect());
        }
        None
    }

    /// Learns from the run that began with the choices last given. False if it did not follow
    /// them: then nothing more can be said.
    #[must_use]
    pub fn learn(&mut self, run: &Run) -> bool {
        let steps = steps(run, self.prints);
        let follows = |(node, step): (&Node, &Step)| {
            node.chosen == step.task && node.candidates == step.candidates
        };
        let known = self.path.len();
        if steps.len() < known || !self.path.iter().zip(&steps).all(follows) {
            return false;
        }
        for step in &steps[known..] {
            self.extend(step);
        }
        if self.reduce {
            let mut steps = steps;
            steps.extend(never_done(run));
            self.find_races(&steps, known.saturating_sub(1));
        }
        true
    }

    fn extend(&mut self, step: &Step) {
        let before = self.path.last();
        let preemptions = before.map_or(0, |node| node.preemptions + node.cost(node.chosen));
        let mut done = TaskSet::default();
        done.insert(number(step.task));
        self.path.push(Node {
            candidates: step.candidates.clone(),
            current: step.current,
            chosen: step.task,
            preemptions,
            done,
            todo: TaskSet::default(),
        });
        if !self.reduce {
            let last = self.path.len() - 1;
            self.try_all(last);
        }
    }

    /// For each step from `from` on: finds the last earlier step that it depends on and that could
    /// have come after it, and plans to try the other order there.
    fn find_races(&mut self, steps: &[Step], from: usize) {
        let order = Order::of(steps);
        for later in from..steps.len() {
            for earlier in (0..later).rev() {
                if order.is_race(steps, earlier, later)
                    && self.reverse(steps, &order, earlier, later)
                {
                    break;
                }
            }
        }
    }

    /// Plans to run the later step's task, or a task that leads to it, before the earlier step.
    /// False if the earlier step is what let that task go on.
    fn reverse(&mut self, steps: &[Step], order: &Order, earlier: usize, later: usize) -> bool {
        let task = steps[later].task;
        if self.path[earlier].candidates.contains(number(task)) {
            self.try_one(earlier, task);
            self.try_where_turn_began(steps, earlier, task);
            return true;
        }
        let next = steps.get(earlier + 1);
        if next.is_some_and(|next| next.candidates.contains(number(task))) {
            return false;
        }
        let leads = |at: &usize| order.is_before(steps, *at, later);
        let mut leading = (earlier + 1..later).filter(leads).map(|at| steps[at].task);
        let candidates = &self.path[earlier].candidates;
        match leading.find(|&other| candidates.contains(number(other))) {
            Some(other) => {
                self.try_one(earlier, other);
                self.try_where_turn_began(steps, earlier, other);
            }
            None => {
                self.try_all(earlier);
                self.try_where_turn_began(steps, earlier, task);
            }
        }
        true
    }

    fn try_where_turn_began(&mut self, steps: &[Step], at: usize, task: TaskId) {
        let same = |before: &usize| steps[*before].task == steps[at].task;
        let began = (0..at).rev().take_while(same).last().unwrap_or(at);
        if self.path[began].candidates.contains(number(task)) {
            self.try_one(began, task);
        } else {
            self.try_all(began);
        }
    }

    fn try_all(&mut self, at: usize) {
        let all: Vec<u32> = self.path[at].candidates.iter().collect();
        for task in all {
            self.try_one(at, id(task));
        }
    }

    fn try_one(&mut self, at: usize, task: TaskId) {
        let (bound, node) = (self.bound, &mut self.path[at]);
        if node.done.contains(number(task)) {
            return;
        }
        if node.preemptions + node.cost(task) > bound {
            self.bounded = true;
            return;
        }
        node.todo.insert(number(task));
    }
}

impl Node {
    /// Preemptions that choosing this task costs.
    fn cost(&self, task: TaskId) -> u32 {
        u32::from(self.current.is_some_and(|current| current != task))
    }
}

/// Which steps come before which in every equivalent schedule: one vector clock for each step.
struct Order {
    /// For each step, how many steps of each task come before it, itself included.
    after: Vec<Vec<u32>>,
    /// The same without what only the step itself depends on.
    before: Vec<Vec<u32>>,
    /// The number of each step among those of its task, from 1.
    own: Vec<u32>,
}

impl Order {
    fn of(steps: &[Step]) -> Self {
        let tasks = steps.iter().map(|step| step.task + 1).max().unwrap_or(0);
        let tasks = tasks.max(
            steps
                .iter()
                .filter_map(|s| s.started)
                .map(|t| t + 1)
                .max()
                .unwrap_or(0),
        );
        let mut last = vec![vec![0; tasks]; tasks];
        let mut order = Self {
            after: Vec::new(),
            before: Vec::new(),
            own: Vec::new(),
        };
        for (at, step) in steps.iter().enumerate() {
            let before = last[step.task].clone();
            let mut clock = before.clone();
            for (earlier, after) in steps[..at].iter().zip(&order.after) {
                if earlier.task != step.task && concern(earlier, step) {
                    join(&mut clock, after);
                }
            }
            clock[step.task] += 1;
            order.own.push(clock[step.task]);
            if let Some(child) = step.started {
                join(&mut last[child], &clock);
            }
            last[step.task].clone_from(&clock);
            order.before.push(before);
            order.after.push(clock);
        }
        order
    }

    /// Whether two steps of different tasks depend on each other, and the earlier one is not
    /// already ordered before what the later one's task did before.
    fn is_race(&self, steps: &[Step], earlier: usize, later: usize) -> bool {
        let (one, other) = (&steps[earlier], &steps[later]);
        one.task != other.task
            && self.before[later][one.task] < self.own[earlier]
            && concern(one, other)
    }

    fn is_before(&self, steps: &[Step], earlier: usize, later: usize) -> bool {
        self.after[later][steps[earlier].task] >= self.own[earlier]
    }
}

fn join(clock: &mut [u32], other: &[u32]) {
    for (mine, theirs) in clock.iter_mut().zip(other) {
        *mine = (*mine).max(*theirs);
    }
}

/// Whether the order of two steps can make a difference.
fn concern(one: &Step, other: &Step) -> bool {
    let meet = |a: &Use, b: &Use| {
        let same = a.place == b.place || a.place == Place::All || b.place == Place::All;
        same && (a.changes || b.changes)
    };
    one.uses
        .iter()
        .any(|a| other.uses.iter().any(|b| meet(a, b)))
}

/// The steps of a run.
fn steps(run: &Run, prints: Prints) -> Vec<Step> {
    let all = concerns_everybody(run);
    let mut joins: Vec<Option<TaskId>> = vec![None; run.tasks.len()];
    let mut steps = Vec::with_capacity(run.choices.len());
    for (at, choice) in run.choices.iter().enumerate() {
        let end = run
            .choices
            .get(at + 1)
            .map_or(run.events.len(), |next| next.events);
        let events = run.events.get(choice.events..end).unwrap_or_default();
        let mut step = Step {
            task: choice.task,
            candidates: choice.candidates.clone(),
            current: choice.current,
            uses: Vec::new(),
            started: None,
        };
        for event in events.iter().filter(|event| event.task == choice.task) {
            note(&mut step, event, prints, &mut joins);
        }
        let recorded = |object| step.uses.iter().any(|it| it.place == Place::Object(object));
        if let Some(object) = choice.object.filter(|&object| !recorded(object)) {
            step.uses.push(change(Place::Object(object)));
        }
        if let Some(child) = joins.get(choice.task).copied().flatten() {
            step.uses.push(look(Place::Task(child)));
        }
        // An exit is seen by the supervisor, after the task's last step.
        for event in events
            .iter()
            .filter(|event| matches!(event.what, What::Exit(_)))
        {
            step.uses.push(change(Place::Task(event.task)));
            step.uses.push(change(Place::Process(event.task)));
        }
        step.uses.extend(as_thread(run, choice.task));
        if all {
            step.uses.push(change(Place::All));
        }
        steps.push(step);
    }
    steps
}

/// Each step of a thread needs its process.
fn as_thread(run: &Run, task: TaskId) -> Option<Use> {
    let process = run.tasks.get(task)?.process;
    (process != task).then_some(look(Place::Process(process)))
}

/// A step for each thread that was not finished when its process ended: it could have come before
/// that end.
fn never_done(run: &Run) -> Vec<Step> {
    let tasks = run.tasks.iter().enumerate();
    let ended = |task: TaskId| run.tasks.get(task).is_some_and(|t| t.exit_code.is_some());
    let cut_off = tasks.filter(|(_, task)| task.exit_code.is_none() && ended(task.process));
    let step = |(task, _)| Step {
        task,
        candidates: TaskSet::default(),
        current: None,
        uses: as_thread(run, task).into_iter().collect(),
        started: None,
    };
    cut_off.map(step).collect()
}

fn change(place: Place) -> Use {
    Use {
        place,
        changes: true,
    }
}

fn look(place: Place) -> Use {
    Use {
        place,
        changes: false,
    }
}

/// Whether the run contains something that may depend on any step: a look at the clock, a signal, a
/// manager (whose requests are steps of its own), or more objects than are watched.
fn concerns_everybody(run: &Run) -> bool {
    let count = |kind| {
        run.objects
            .iter()
            .filter(|object| object.kind == kind)
            .count()
    };
    // What the tables have no room for is not known by any place.
    let unknown = run.objects.len() >= MAX_OBJECTS || count(ObjectKind::Atomic) >= MAX_ATOMICS;
    unknown
        || count(ObjectKind::Manager) > 0
        || run
            .events
            .iter()
            .any(|event| matches!(event.what, What::Clock | What::Signal(..)))
}

fn note(step: &mut Step, event: &Event, prints: Prints, joins: &mut [Option<TaskId>]) {
    let object = event.object.map(Place::Object);
    let used = match event.what {
        What::Start(child) => {
            step.started = Some(child);
            Some(change(Place::Births))
        }
        What::JoinWait(child) => {
            if let Some(waits) = joins.get_mut(event.task) {
                *waits = Some(child);
            }
            Some(look(Place::Task(child)))
        }
        What::Joined(child) | What::GaveUp(child) => {
            if let Some(waits) = joins.get_mut(event.task) {
                *waits = None;
            }
            Some(look(Place::Task(child)))
        }
        What::IsAlive(task, _) => Some(look(Place::Task(task))),
        What::Print(..) => (prints == Prints::Ordered).then_some(change(Place::Output)),
        What::Enter(_) | What::Leave(_) => Some(change(Place::Sections)),
        What::File(..) | What::Renamed(_) => Some(change(Place::Files)),
        What::Read(..)
        | What::WouldBlock
        | What::Act(Act::Looked | Act::Empty | Act::Full | Act::Saw, _) => object.map(look),
        _ => object.map(change),
    };
    step.uses.extend(used);
}

fn number(task: TaskId) -> u32 {
    u32::try_from(task).unwrap_or(u32::MAX)
}

fn id(task: u32) -> TaskId {
    task as TaskId
}
