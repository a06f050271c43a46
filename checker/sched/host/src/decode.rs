//! From the numbers of a [`World`] to the owned data of a [`Run`].
//!
//! The world is only a claim of the checked program. So every index is checked against its bounds,
//! every text is made valid, and nothing here can panic, whatever the numbers are.

use std::time::Duration;

use sched_model::Strategy;
use sched_model::engine::world::{
    ChoiceRecord, Ending, EventRecord, Kind, NEVER, NONE, Op, Text, World, state,
};
use sched_model::file_act::{FileAct, FileResult, unpack};
use sched_model::liberty::{Liberty, LibertyRecord};
use sched_model::limits::{ABORTED, PANICKED};
use sched_model::records::{FIRST_PID, ThreadRecord};
use sched_model::run::{
    Access, Act, Asked, End, Event, How, Line, Meaning, MemoryAccess, MemoryRace, Object,
    ObjectKind, Part, Race, Refusal, Run, Site, Task, TaskId, Wait, What,
};

pub use self::sites::Sites;
use self::slots::Slots;

fn low(n: u64) -> u32 {
    u32::try_from(n & 0xFFFF_FFFF).unwrap_or(0)
}

fn piece(area: &[u8], text: Text) -> &[u8] {
    let start = text.start as usize;
    area.get(start..start.saturating_add(text.len as usize))
        .unwrap_or(&[])
}

struct Decoder<'a> {
    world: &'a World,
    sites: &'a mut Sites,
    /// How many more bytes of text events may claim. Texts of an honest run do not overlap.
    text_left: usize,
}

/// Decodes a finished run.
pub fn decode(world: &World, sites: &mut Sites) -> Run {
    let text_left = world.text.len();
    let mut decoder = Decoder {
        world,
        sites,
        text_left,
    };
    let tasks = decoder.tasks();
    let objects = decoder.objects();
    let (events, output, stderr) = decoder.events();
    let config = &world.config;
    let (kept, event_count) = (kept_of(world), events.len());
    let mut slots = Slots::new(world);
    let choices = world.log.iter().take(world.choice_count as usize);
    let choices = choices.map(|entry| entry.choice).enumerate();
    Run {
        schedule: config.schedule,
        strategy: Strategy::from_code(config.strategy).unwrap_or(Strategy::Natural),
        timing: config.max_delay == 0,
        end: decoder.end(),
        tasks,
        objects,
        events,
        left_out: world.events_left_out,
        output,
        stderr,
        races: decoder.races(),
        memory_races: decoder.memory_races(&|events| kept(events).min(event_count)),
        memory_left_out: world.memory_left_out != 0,
        choices: choices
            .map(|(at, c)| sched_model::run::Choice {
                task: decoder.id(c.task.into()),
                clock: c.clock,
                preempts: c.how & ChoiceRecord::PREEMPTS != 0,
                deviates: c.how & ChoiceRecord::DEVIATES != 0,
                candidates: slots.candidates(at, &c),
                current: (c.current != NONE).then(|| decoder.id(c.current.into())),
                object: decoder.object(c.object),
                events: kept(c.events).min(event_count),
                times: c.times.max(1),
            })
            .collect(),
        liberties: decoder.liberties(),
        open: decoder.open(),
        met: decoder.met(),
        makespan: Duration::from_nanos(world.clock),
        steps: world.steps,
        switches: world.switches,
        bytes: world.bytes,
        computed: 0,
    }
}

/// How many of the first events of a world appear in the trace; what was printed to standard error
/// does not.
fn kept_of(world: &World) -> impl Fn(u32) -> usize {
    let complaint = |record: &EventRecord| record.kind == Kind::Complaint as u32;
    let log = world.log.iter().take(world.event_count as usize);
    let events = log.enumerate().filter(|(_, entry)| complaint(&entry.event));
    let complaints: Vec<usize> = events.map(|(at, _)| at).collect();
    move |events| {
        let events = events as usize;
        events - complaints.partition_point(|&at| at < events)
    }
}

impl Decoder<'_> {
    fn site(&mut self, site: u32) -> Option<Site> {
        self.sites.get(self.world, site)
    }

    /// A task's number, within the tasks there are.
    fn id(&self, n: u64) -> TaskId {
        (low(n) as usize).min(self.world.tasks().len().saturating_sub(1))
    }

    /// An object's number, if there is such an object.
    fn object(&self, n: u32) -> Option<usize> {
        Some(n as usize).filter(|&n| n < self.world.objects().len())
    }

    /// A text that an event claims.
    fn claimed(&mut self, text: Text) -> &[u8] {
        let piece = piece(&self.world.text, text);
        match self.text_left.checked_sub(piece.len()) {
            Some(left) => {
                self.text_left = left;
                piece
            }
            None => &[],
        }
    }

    fn words(&mut self, text: Text) -> String {
        String::from_utf8_lossy(self.claimed(text)).into_owned()
    }

    fn text(&self, text: Text) -> String {
        String::from_utf8_lossy(piece(&self.world.text, text)).into_owned()
    }

    fn tasks(&mut self) -> Vec<Task> {
        let mut tasks = Vec::new();
        for (id, record) in (0..).zip(self.world.tasks().iter()) {
            let result = self.world.thread(id).result;
            let ended = record.state == state::EXITED && record.cut_off == 0;
            let exit_code = ended.then_some(record.exit_code);
            // A panic that was caught ended nothing.
            let ended = matches!(exit_code, Some(PANICKED | ABORTED));
            let panic = (record.panic.len > 0 && ended)
                .then(|| (self.text(record.panic), self.site(record.panic_site)));
            tasks.push(Task {
                name: self.text(record.name),
                process: self.id(record.process.into()),
                pid: FIRST_PID.saturating_add(record.pid),
                parent: (record.parent != NONE).then(|| self.id(record.parent.into())),
                started_at: self.site(record.started_at),
                daemon: record.daemon == 1,
                exit_code,
                joined: record.joined == 1,
                let_go: result & ThreadRecord::LET_GO != 0,
                poison_seen: result & ThreadRecord::SEEN != 0,
                panic,
            });
        }
        tasks
    }

    fn objects(&mut self) -> Vec<Object> {
        let mut objects = Vec::new();
        for (number, record) in (0..).zip(self.world.objects().iter()) {
            let kind = ObjectKind::from_code(record.kind).unwrap_or(ObjectKind::Other);
            let name = self.text(record.name);
            let name = if name.is_empty() {
                format!("{}-{}", kind.word(), record.number)
            } else {
                name
            };
            let holder = self.world.holders(number).next();
            let holder = holder.map(|(task, site)| (self.id(task.into()), self.site(site)));
            objects.push(Object {
                name,
                kind,
                meaning: Meaning::from_code(record.meaning).unwrap_or_default(),
                made_at: self.site(record.made_at),
                holder,
            });
        }
        objects
    }

    fn events(&mut self) -> (Vec<Event>, Vec<Line>, String) {
        let mut lines = Lines::default();
        let mut stderr = Vec::new();
        // Without a task nobody can have done anything.
        let count = if self.world.tasks().is_empty() {
            0
        } else {
            self.world.event_count
        };
        let log = &self.world.log[..(count as usize).min(self.world.log.len())];
        let mut events = Vec::with_capacity(log.len());
        for entry in log {
            let record = &entry.event;
            if record.kind == Kind::Complaint as u32 {
                let text = Text {
                    start: low(record.a),
                    len: low(record.b),
                };
                stderr.extend_from_slice(self.claimed(text));
            } else {
                events.push(self.event(record, &mut lines));
            }
        }
        (
            events,
            lines.done,
            String::from_utf8_lossy(&stderr).into_owned(),
        )
    }

    fn event(&mut self, record: &EventRecord, lines: &mut Lines) -> Event {
        let at = self.site(record.site);
        let task = self.id(record.task.into());
        let time = Duration::from_nanos(record.time);
        let text = Text {
            start: low(record.a),
            len: low(record.b),
        };
        let (a, b) = (record.a, record.b);
        // An unknown kind means that the record was overwritten: it is shown as the most harmless
        // event.
        let what = match Kind::from_code(record.kind).unwrap_or(Kind::Yield) {
            Kind::Start => What::Start(self.id(a)),
            Kind::Begin => What::Begin,
            Kind::Exit => What::Exit(low(a).cast_signed()),
            Kind::JoinWait => What::JoinWait(self.id(a)),
            Kind::Joined => What::Joined(self.id(a)),
            Kind::IsAlive => What::IsAlive(self.id(a), b == 1),
            Kind::Signal => What::Signal(self.id(a), low(b).cast_signed()),
            Kind::Blocked => What::Blocked,
            Kind::Acquired => What::Acquired,
            Kind::WouldBlock => What::WouldBlock,
            Kind::Released => What::Released,
            Kind::Read => What::Read(low(a), b),
            Kind::Wrote => What::Wrote(low(a), b),
            Kind::Updated => What::Updated(low(a), b),
            Kind::Sleep => What::Sleep(Duration::from_nanos(a)),
            Kind::Clock => What::Clock,
            Kind::Yield | Kind::Complaint => What::Yield,
            Kind::Again => What::Again,
            Kind::GaveUp => What::GaveUp(self.id(a)),
            Kind::StartFailed => Refusal::from_code(a).map_or(What::Yield, What::StartFailed),
            Kind::Random => What::Random,
            Kind::Panic => What::Panic,
            Kind::File => match unpack(a, b) {
                (FileAct::Rename, FileResult::Done) => What::Renamed(self.object(low(b))),
                (act, result) => What::File(act, result),
            },
            Kind::Act => Act::from_code(a).map_or(What::Yield, |act| What::Act(act, b)),
            Kind::Request => {
                let (of, kind) = (low(a >> 32), low(b >> 32));
                let asked = Asked::from_code(kind & 0xff).unwrap_or(Asked::Changes);
                What::Request(self.words(text), Part { of, key: kind >> 8 }, asked)
            }
            Kind::Answer => What::Answer(self.words(text)),
            Kind::Enter => What::Enter(self.words(text)),
            Kind::Leave => What::Leave(self.words(text)),
            Kind::Print => {
                let printed = self.claimed(text);
                let (first, count) = lines.add(task, printed, at.as_ref(), time);
                What::Print(first, count)
            }
        };
        let object = self.object(record.object);
        Event {
            time,
            task,
            what,
            at,
            object,
        }
    }

    fn liberties(&self) -> Vec<Liberty> {
        let taken = self.world.liberties.iter();
        let taken = taken.take(self.world.liberty_count as usize);
        let liberty = |it: &LibertyRecord| Liberty {
            task: self.id(it.task.into()),
            turn: it.turn,
            way: it.way,
        };
        taken.map(liberty).collect()
    }

    fn open(&mut self) -> Vec<(Site, u32)> {
        let lines = self.world.open_at.iter();
        let lines = lines.take(self.world.open_count as usize);
        let lines = lines.filter_map(|it| Some((self.site(it.site)?, it.first)));
        lines.collect()
    }

    fn met(&mut self) -> Vec<(Site, [u32; 2])> {
        let pairs = self.world.met.iter();
        let pairs = pairs.take(self.world.met_count as usize);
        let pairs = pairs.filter_map(|it| Some((self.site(it.site)?, it.places)));
        pairs.collect()
    }

    fn races(&mut self) -> Vec<Race> {
        let mut races = Vec::new();
        for record in self.world.races.iter().take(self.world.race_count as usize) {
            let Some(object) = self.object(record.object) else {
                continue;
            };
            let tasks = record.tasks.map(|task| self.id(task.into()));
            let mut access = |i: usize| Access {
                task: tasks[i],
                write: record.writes[i] == 1,
                at: self.site(record.sites[i]),
            };
            let (first, second) = (access(0), access(1));
            races.push(Race {
                object,
                index: record.index,
                first,
                second,
            });
        }
        races
    }

    fn memory_races(&mut self, kept: &dyn Fn(u32) -> usize) -> Vec<MemoryRace> {
        // Nobody races where nobody is.
        let count = match self.world.tasks().is_empty() {
            true => 0,
            false => self.world.memory_race_count as usize,
        };
        let records = self.world.memory_races.iter().take(count);
        let races = records.map(|record| {
            let mut access = |i: usize| {
                let how = How::of_number(record.hows[i]);
                let site = how.is_atomic().then_some(record.places[i]);
                MemoryAccess {
                    task: self.id(record.tasks[i].into()),
                    how,
                    calls: record.calls[i]
                        .into_iter()
                        .take_while(|&it| it != 0)
                        .collect(),
                    at: site.and_then(|site| self.site(site)),
                    moment: kept(record.events[i]),
                }
            };
            MemoryRace {
                address: record.address,
                name: None,
                first: access(0),
                second: access(1),
            }
        });
        races.collect()
    }

    fn end(&mut self) -> End {
        let world = self.world;
        let task = self.id(world.end_task.into());
        match world.ending {
            e if e == Ending::Finished as u32 => End::Finished,
            e if e == Ending::Deadlock as u32 => self.deadlock(),
            e if e == Ending::Livelock as u32 => End::Livelock {
                tasks: self.repeating(),
            },
            e if e == Ending::EndlessLoop as u32 => End::EndlessLoop {
                task,
                last: self.site(world.end_site),
            },
            e if e == Ending::TooMuchOutput as u32 => End::TooMuchOutput { task },
            e if e == Ending::OutOfMemory as u32 => End::OutOfMemory { task },
            e if e == Ending::Inconclusive as u32 => End::Inconclusive {
                reason: self.text(world.end_text),
                at: self.site(world.end_site),
            },
            _ => End::Inconclusive {
                reason: "the run left no account of its end".to_owned(),
                at: None,
            },
        }
    }

    fn repeating(&mut self) -> Vec<(TaskId, Option<Site>)> {
        let mut tasks = Vec::new();
        for (task, record) in self.world.tasks().iter().enumerate() {
            if record.memory.found == 1 && record.state != state::EXITED {
                tasks.push((task, self.site(record.memory.site)));
            }
        }
        tasks
    }

    fn deadlock(&mut self) -> End {
        let mut waits = Vec::new();
        let mut cycle = Vec::new();
        for (task, record) in (0..).zip(self.world.tasks().iter()) {
            if record.state != state::BLOCKED || record.deadline != NEVER {
                continue;
            }
            let around = self.world.cycle_from(task, false);
            let next = around.tasks().nth(1).unwrap_or(task);
            let holder = self.holder(record.wait_object, (!around.is_empty()).then_some(next));
            waits.push(Wait {
                task: self.id(u64::from(task)),
                object: self.object(record.wait_object),
                child: (record.wait_child != NONE).then(|| self.id(record.wait_child.into())),
                at: self.site(record.site),
                holder,
                op: Op::from_code(record.op),
                far_side: self.far_side(task),
            });
            if cycle.is_empty() {
                cycle = around.tasks().map(|t| self.id(t.into())).collect();
            }
        }
        End::Deadlock { waits, cycle }
    }

    /// Who could end the wait for a pipe or socket of the run's own.
    fn far_side(&self, task: u32) -> Option<Vec<TaskId>> {
        let far = self.world.far_side(task)?;
        Some(far.map(|task| self.id(task.into())).collect())
    }

    /// Who holds an object. Of several holders, the one that is next in a cycle of waits.
    fn holder(&mut self, object: u32, next: Option<u32>) -> Option<(TaskId, Option<Site>)> {
        let is_next = |&(task, _): &(u32, u32)| Some(task) == next;
        let holders = || self.world.holders(object);
        let (task, site) = holders().find(is_next).or_else(|| holders().next())?;
        Some((self.id(task.into()), self.site(site)))
    }
}

/// Assembles printed pieces into lines, as a terminal would show them.
#[derive(Default)]
struct Lines {
    done: Vec<Line>,
}

impl Lines {
    /// Adds what one print wrote. Returns the first line it touched and how many.
    fn add(
        &mut self,
        task: TaskId,
        bytes: &[u8],
        at: Option<&Site>,
        time: Duration,
    ) -> (usize, usize) {
        let open = self.done.last().is_some_and(|line| !line.ended);
        let first = self.done.len() - usize::from(open);
        for piece in bytes.split_inclusive(|&b| b == b'\n') {
            let ended = piece.last() == Some(&b'\n');
            let text = String::from_utf8_lossy(&piece[..piece.len() - usize::from(ended)]);
            match self.done.last_mut() {
                Some(line) if !line.ended => {
                    line.text.push_str(&text);
                    line.ended = ended;
                }
                _ => {
                    let text = text.into_owned();
                    self.done.push(Line {
                        task,
                        text,
                        at: at.cloned(),
                        time,
                        ended,
                    });
                }
            }
        }
        (first, self.done.len() - first)
    }
}

pub mod sites;
mod slots;
#[cfg(test)]
mod tests;
