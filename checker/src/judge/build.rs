//! Runs made by hand, for tests.

use std::time::Duration;

use sched_model::Strategy;
use sched_model::limits::PANICKED;
use sched_model::run::{
    Access, Act, Choice, End, Event, Line, Meaning, Object, ObjectKind, Op, Race, Run, Site, Task,
    TaskId, Wait, What,
};

use crate::facts::fact::Label;
use crate::facts::{Found, Place};
use crate::message;

/// The file that sites name.
pub const FILE: &str = "exercises/05_lock/1_two_lines.rs";

/// A line of [`FILE`].
pub fn site(line: u32) -> Option<Site> {
    Some(Site {
        file: FILE.into(),
        line,
        column: 1,
    })
}

/// Builds a run step by step; every task exited with 0 unless told otherwise.
pub struct RunBuilder(Run);

impl RunBuilder {
    /// A run of main and `children` children of it, in schedule 0.
    pub fn new(children: usize) -> RunBuilder {
        let task = |id: usize| Task {
            process: id,
            name: if id == 0 {
                "main".into()
            } else {
                format!("Process-{id}")
            },
            pid: 40001 + id as u32,
            parent: (id > 0).then_some(0),
            started_at: None,
            daemon: false,
            exit_code: Some(0),
            joined: true,
            let_go: false,
            poison_seen: false,
            panic: None,
        };
        RunBuilder(Run {
            schedule: 0,
            strategy: Strategy::Natural,
            timing: false,
            end: End::Finished,
            tasks: (0..=children).map(task).collect(),
            objects: Vec::new(),
            events: Vec::new(),
            left_out: 0,
            output: Vec::new(),
            stderr: String::new(),
            races: Vec::new(),
            memory_races: Vec::new(),
            memory_left_out: false,
            choices: Vec::new(),
            liberties: Vec::new(),
            open: Vec::new(),
            met: Vec::new(),
            makespan: Duration::ZERO,
            steps: 0,
            switches: 0,
            bytes: 0,
            computed: 0,
        })
    }

    /// Another schedule than 0.
    pub fn schedule(mut self, schedule: u32) -> Self {
        self.0.schedule = schedule;
        self
    }

    /// A line, printed at source line 10 and following.
    pub fn print(mut self, task: TaskId, text: &str) -> Self {
        let at = site(10 + self.0.output.len() as u32);
        let line = Line {
            task,
            text: text.into(),
            at,
            time: Duration::ZERO,
            ended: true,
        };
        self.0.output.push(line);
        self
    }

    /// An event.
    pub fn event(mut self, task: TaskId, what: What) -> Self {
        let event = Event {
            time: Duration::ZERO,
            task,
            what,
            at: None,
            object: None,
        };
        self.0.events.push(event);
        self
    }

    /// An event at a line, on an object.
    pub fn event_at(mut self, task: TaskId, what: What, line: u32, object: Option<usize>) -> Self {
        let event = Event {
            time: Duration::ZERO,
            task,
            what,
            at: site(line),
            object,
        };
        self.0.events.push(event);
        self
    }

    /// Here the scheduler goes on with another task than in the natural run.
    pub fn switch(mut self, task: TaskId, preempts: bool) -> Self {
        let choice = Choice {
            preempts,
            deviates: true,
            events: self.0.events.len(),
            ..Choice::of_task(task)
        };
        self.0.choices.push(choice);
        self
    }

    /// A lock.
    pub fn lock(self, name: &str) -> Self {
        self.object(ObjectKind::Lock, name)
    }

    /// An act on an object.
    pub fn act(mut self, task: TaskId, object: usize, act: Act, number: u64) -> Self {
        self = self.event(task, What::Act(act, number));
        if let Some(event) = self.0.events.last_mut() {
            event.object = Some(object);
        }
        self
    }

    /// An object is held at the end, since this line.
    pub fn held(mut self, object: usize, task: TaskId, line: u32) -> Self {
        self.0.objects[object].holder = Some((task, site(line)));
        self
    }

    /// The task is a thread of this process, and so is its pid.
    pub fn thread(mut self, task: TaskId, process: TaskId) -> Self {
        self.0.tasks[task].process = process;
        self.0.tasks[task].pid = self.0.tasks[process].pid;
        self
    }

    /// Nobody joined this task.
    pub fn unjoined(mut self, task: TaskId) -> Self {
        self.0.tasks[task].joined = false;
        self
    }

    /// Who started a task.
    pub fn parent(self, task: TaskId, parent: TaskId) -> Self {
        self.change(task, |it| it.parent = Some(parent))
    }

    /// Something else about a task.
    pub fn change(mut self, task: TaskId, change: impl FnOnce(&mut Task)) -> Self {
        change(&mut self.0.tasks[task]);
        self
    }

    /// An object of some kind.
    pub fn object(mut self, kind: ObjectKind, name: &str) -> Self {
        self.0.objects.push(Object {
            name: name.into(),
            kind,
            meaning: Meaning::default(),
            made_at: site(1),
            holder: None,
        });
        self
    }

    /// A task's exit code.
    pub fn exit(mut self, task: TaskId, code: i32) -> Self {
        self.0.tasks[task].exit_code = Some(code);
        self
    }

    /// The panic that ended a task.
    pub fn panic(mut self, task: TaskId, message: &str) -> Self {
        self.0.tasks[task].exit_code = Some(PANICKED);
        self.0.tasks[task].panic = Some((message.into(), site(20)));
        self
    }

    /// Makes a task a daemon.
    pub fn daemon(mut self, task: TaskId) -> Self {
        self.0.tasks[task].daemon = true;
        self
    }

    /// A manager and its process, the next task.
    pub fn manager(mut self, name: &str) -> Self {
        let pid = 40001 + self.0.tasks.len() as u32;
        self.0.tasks.push(Task {
            name: name.into(),
            pid,
            parent: Some(0),
            started_at: site(1),
            daemon: true,
            ..self.0.tasks[0].clone()
        });
        self.object(ObjectKind::Manager, name)
    }

    /// Where a task was started.
    pub fn started(mut self, task: TaskId, line: u32) -> Self {
        self.0.tasks[task].started_at = site(line);
        self
    }

    /// The virtual time of a run without delays.
    pub fn makespan(mut self, makespan: Duration) -> Self {
        self.0.timing = true;
        self.0.makespan = makespan;
        self
    }

    /// Nobody was delayed.
    pub fn undelayed(mut self) -> Self {
        self.0.timing = true;
        self
    }

    /// The time of the last event.
    pub fn at_time(mut self, time: Duration) -> Self {
        let last = self.0.events.last_mut().expect("there is an event");
        last.time = time;
        self
    }

    /// How the run ended.
    pub fn end(mut self, end: End) -> Self {
        self.0.end = end;
        self
    }

    /// A deadlock.
    pub fn deadlock(mut self, waits: Vec<Wait>, cycle: Vec<TaskId>) -> Self {
        for wait in &waits {
            self.0.tasks[wait.task].exit_code = None;
        }
        self.end(End::Deadlock { waits, cycle })
    }

    /// A race on an object between tasks 1 (which writes) and 2 (which reads).
    pub fn race(mut self, object: usize, index: u32) -> Self {
        let access = |task, write, line| Access {
            task,
            write,
            at: site(line),
        };
        let race = Race {
            object,
            index,
            first: access(1, true, 30),
            second: access(2, false, 31),
        };
        self.0.races.push(race);
        self
    }

    /// What was printed to standard error.
    pub fn stderr(mut self, text: &str) -> Self {
        self.0.stderr = text.into();
        self
    }

    /// The run.
    pub fn run(self) -> Run {
        self.0
    }
}

/// A wait for an object with its holder.
pub fn wait(task: TaskId, object: usize, line: u32, holder: Option<(TaskId, u32)>) -> Wait {
    let holder = holder.map(|(task, line)| (task, site(line)));
    Wait {
        task,
        object: Some(object),
        child: None,
        at: site(line),
        holder,
        op: Some(Op::Acquire),
        far_side: None,
    }
}

/// A wait for a message in an object, or a notification of it.
pub fn receives(task: TaskId, object: usize, line: u32) -> Wait {
    Wait {
        op: Some(Op::Receive),
        ..wait(task, object, line, None)
    }
}

/// Main's wait for the end of a child, in no line or in this one.
pub fn join(child: TaskId, line: Option<u32>) -> Wait {
    Wait {
        task: 0,
        object: None,
        child: Some(child),
        at: line.and_then(site),
        holder: None,
        op: Some(Op::Join),
        far_side: None,
    }
}

/// What is told of a finding.
pub fn told(found: &Found) -> String {
    message::finding::sentence(&found.finding)
}

/// What is told beside lines.
pub fn labels(found: &Found) -> Vec<(Place, String)> {
    let labels = found.finding.labels.iter();
    let label = |(at, it): &(Place, Label)| (at.clone(), message::finding::label(it));
    labels.map(label).collect()
}

/// What else is told.
pub fn details(found: &Found) -> Vec<String> {
    found.details.iter().map(message::detail::detail).collect()
}
