//! What a scripted task does once it may: each step as mp's primitives do it.

use sched_model::engine::block::WaitFor;
use sched_model::engine::world::{Kind, NEVER, NONE, state};

use crate::program::{Cell, Step};
use crate::sim::{At, Flow, Local, Sim};

const FREE: u32 = 0;
const HELD: u32 = 1;
const AWAITED: u32 = 2;

impl Sim<'_> {
    /// Does what was announced, or goes on after a wait.
    pub fn act(&mut self, me: u32) -> Flow {
        match self.step(me) {
            Step::Start(script) => self.start(me, script),
            Step::Exit => {
                self.gone(me, 0);
                Flow::Leave
            }
            Step::Join(child) => self.join(me, child, None),
            Step::JoinUntil(child, nanos) => self.join(me, child, Some(nanos)),
            Step::IsAlive(child) => self.is_alive(me, child, Flow::Done),
            Step::WhileAlive(child) => self.is_alive(me, child, Flow::Again),
            Step::Terminate(child) => {
                // Signals are for processes.
                let victim = self.world.task(self.child(me, child)).process;
                self.world.kill_later(me, victim, 15);
                Flow::Done
            }
            Step::Acquire(lock) => self.take(me, lock, NEVER, false, Flow::Done),
            Step::Guard(lock) => self.take(me, lock, NEVER, true, Flow::Done),
            Step::AcquireFor(lock, _) => {
                let deadline = self.local(me).deadline;
                self.take(me, lock, deadline, false, Flow::Done)
            }
            Step::AcquireUntilTaken(lock, _) => {
                let deadline = self.local(me).deadline;
                self.take(me, lock, deadline, false, Flow::Again)
            }
            Step::Try(lock) => self.try_take(me, lock, Flow::Done),
            Step::TryUntilTaken(lock) => self.try_take(me, lock, Flow::Again),
            Step::Release(lock) => self.give(me, lock),
            other => self.act_alone(me, other),
        }
    }

    /// What concerns no other task's record.
    fn act_alone(&mut self, me: u32, step: Step) -> Flow {
        let second = self.locals[me as usize].sub == 1;
        match step {
            Step::NapUntil(_) if second => self.sleep(me, 1_000_000),
            Step::YieldUntil(_) if second => self.yielded(me),
            Step::Sleep(nanos) => self.sleep(me, nanos),
            Step::Yield => self.yielded(me),
            Step::NapUntil(cell) | Step::YieldUntil(cell) => {
                let found = self.read(me, cell) != 0;
                self.local(me).sub = u32::from(!found);
                if found { Flow::Done } else { Flow::Again }
            }
            Step::Read(cell) => {
                self.read(me, cell);
                Flow::Done
            }
            Step::ReadUntil(cell) if self.read(me, cell) == 0 => Flow::Again,
            Step::Write(cell) => self.write(me, cell, Kind::Wrote),
            Step::Update(cell) => self.write(me, cell, Kind::Updated),
            Step::Clock => {
                self.clock(me);
                Flow::Done
            }
            Step::ClockUntil(time) if self.clock(me) < time => Flow::Again,
            Step::Print => {
                let text = self.world.add_text(b"line\n");
                self.world.changed();
                self.world
                    .record(me, Kind::Print, NONE, text.start.into(), text.len.into());
                Flow::Done
            }
            _ => Flow::Done,
        }
    }

    fn start(&mut self, me: u32, script: usize) -> Flow {
        let site = self.world.task(me).site;
        let child = if self.program.threads.contains(&script) {
            self.world.add_thread(me, None, 0, site)
        } else {
            self.world.add_task(me, "child", false, site)
        };
        let child = child.expect("few tasks");
        self.world.record(me, Kind::Start, NONE, child.into(), 0);
        self.locals.push(Local::new(script));
        self.local(me).children.push((script, child));
        Flow::Done
    }

    /// A thread ends, or a process with all its threads.
    pub fn gone(&mut self, task: u32, code: i32) {
        let leads = self.world.task(task).process == task;
        for other in 0..u32::try_from(self.locals.len()).expect("few tasks") {
            if other == task || leads && self.world.task(other).process == task {
                self.local(other).at = At::Gone;
            }
        }
        if leads {
            self.world.process_exited(task, code);
        } else {
            self.world.exited(task, code);
        }
    }

    fn child(&self, me: u32, script: usize) -> u32 {
        let children = &self.locals[me as usize].children;
        children
            .iter()
            .find(|(s, _)| *s == script)
            .expect("started before")
            .1
    }

    fn join(&mut self, me: u32, script: usize, timeout: Option<u64>) -> Flow {
        let child = self.child(me, script);
        let first = self.locals[me as usize].at == At::Act;
        if first && self.world.task(child).state != state::EXITED {
            let deadline = timeout.map_or(NEVER, |nanos| self.world.clock + nanos);
            self.local(me).at = At::Waiting;
            self.world.block(
                me,
                WaitFor {
                    word: 0,
                    object: NONE,
                    child,
                    deadline,
                },
            );
            return Flow::Leave;
        }
        if self.world.task(child).state != state::EXITED {
            self.world.not_yet(me);
            return Flow::Again;
        }
        self.world.acquire_edge_from_task(me, child);
        self.world.task_mut(child).joined = 1;
        self.world.record(me, Kind::Joined, NONE, child.into(), 0);
        Flow::Done
    }

    fn is_alive(&mut self, me: u32, script: usize, if_alive: Flow) -> Flow {
        let child = self.child(me, script);
        let alive = self.world.task(child).state != state::EXITED;
        self.world
            .record(me, Kind::IsAlive, NONE, child.into(), alive.into());
        if alive {
            self.world.not_yet(me);
            return if_alive;
        }
        self.world.acquire_edge_from_task(me, child);
        Flow::Done
    }

    fn take(&mut self, me: u32, lock: usize, deadline: u64, guard: bool, if_late: Flow) -> Flow {
        let object = u32::try_from(lock).expect("few locks");
        let first = self.locals[me as usize].at == At::Act;
        if !first && self.world.task(me).timed_out == 1 {
            self.world.record(me, Kind::WouldBlock, object, 0, 0);
            self.world.not_yet(me);
            return if_late;
        }
        let mine = if first && self.words[lock] == FREE {
            HELD
        } else {
            AWAITED
        };
        if std::mem::replace(&mut self.words[lock], mine) == FREE {
            self.world.acquired(me, object, guard);
            self.local(me).held.push(lock);
            return Flow::Done;
        }
        self.local(me).at = At::Waiting;
        let word = 0x1000 + 4 * u64::from(object);
        self.world.block(
            me,
            WaitFor {
                word,
                object,
                child: NONE,
                deadline,
            },
        );
        Flow::Leave
    }

    fn try_take(&mut self, me: u32, lock: usize, if_held: Flow) -> Flow {
        let object = u32::try_from(lock).expect("few locks");
        if self.words[lock] != FREE {
            self.world.record(me, Kind::WouldBlock, object, 0, 0);
            self.world.not_yet(me);
            return if_held;
        }
        self.words[lock] = HELD;
        self.world.acquired(me, object, false);
        self.local(me).held.push(lock);
        Flow::Done
    }

    /// Gives back what this task took; a step that failed to take it left nothing to give.
    fn give(&mut self, me: u32, lock: usize) -> Flow {
        let held = &mut self.local(me).held;
        let Some(at) = held.iter().position(|&l| l == lock) else {
            return Flow::Done;
        };
        held.remove(at);
        let object = u32::try_from(lock).expect("few locks");
        if std::mem::replace(&mut self.words[lock], FREE) == AWAITED {
            self.world.wake(0x1000 + 4 * u64::from(object), 1);
        }
        self.world.released(me, object);
        Flow::Done
    }

    fn read(&mut self, me: u32, cell: Cell) -> u64 {
        let (object, value) = (self.object(cell), self.cells[2 * cell.0 + cell.1]);
        let index = u32::from(cell.1 == 1);
        self.world.check_access(me, object, index, false);
        self.world
            .record(me, Kind::Read, object, index.into(), value);
        self.world.not_yet(me);
        value
    }

    fn write(&mut self, me: u32, cell: Cell, kind: Kind) -> Flow {
        let (object, index) = (self.object(cell), u32::from(cell.1 == 1));
        if kind == Kind::Updated {
            self.world.check_access(me, object, index, false);
        }
        self.world.check_access(me, object, index, true);
        self.cells[2 * cell.0 + cell.1] = 1;
        self.world.record(me, kind, object, index.into(), 1);
        self.world.changed();
        Flow::Done
    }

    fn sleep(&mut self, me: u32, nanos: u64) -> Flow {
        self.local(me).at = At::Slept;
        self.world.sleep(me, nanos);
        Flow::Leave
    }

    fn yielded(&mut self, me: u32) -> Flow {
        self.world.record(me, Kind::Yield, NONE, 0, 0);
        self.world.not_yet(me);
        Flow::Done
    }

    fn clock(&mut self, me: u32) -> u64 {
        self.world.record(me, Kind::Clock, NONE, 0, 0);
        self.world.read_clock(me)
    }
}
