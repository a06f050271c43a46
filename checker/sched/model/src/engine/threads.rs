//! Threads as the world knows them: tasks that share a process with the task that leads it.

use crate::engine::world::{Kind, NONE, Text, ThreadRecord, World, state};
use crate::kind::{Act, ObjectKind};
use crate::limits::NEAR_TASKS;

/// A parked task waits for the word with this address plus its number. No real word has such an
/// address.
const PARKED: u64 = 0x100;

impl ThreadRecord {
    /// In `result`: the handle by which it could be joined is gone.
    pub const LET_GO: u32 = 1;
    /// In `result`: another task found a lock poisoned by its panic.
    pub const SEEN: u32 = 2;
    /// In `result`: it is `()`, and somebody waits for it.
    pub const NOTHING: u32 = 4;
    /// In `result`: that wait was answered before this task had ended.
    pub const OWED: u32 = 8;
}

impl World {
    /// Adds a thread of the process of `creator`, ready from now on. Without a name of its own it
    /// is called `Thread-1` and so on. In a process other than main's, and if a thread starts it,
    /// the name of that process or thread comes first: `Process-1:Thread-1`, `Thread-2:1`. `None`
    /// when the table is full.
    pub fn add_thread(
        &mut self,
        creator: u32,
        name: Option<&str>,
        scope: u64,
        site: u32,
    ) -> Option<u32> {
        let own;
        let name = match name {
            Some(name) => name,
            None => {
                own = self.name_of_thread(creator);
                &own
            }
        };
        let thread = self.add_task(creator, name, false, site)?;
        // It was counted as a process of its own.
        self.process_count -= 1;
        let (process, pid) = (self.task(creator).process, self.task(creator).pid);
        let record = self.task_mut(thread);
        (record.process, record.pid) = (process, pid);
        self.thread_mut(thread).scope = scope;
        self.thread_mut(creator).started += 1;
        Some(thread)
    }

    fn name_of_thread(&self, creator: u32) -> String {
        let number = self.thread(creator).started + 1;
        let leads = self.task(creator).process == creator;
        let Text { start, len } = self.task(creator).name;
        let name = self.text.get(start as usize..(start + len) as usize);
        let name = String::from_utf8_lossy(name.unwrap_or(&[]));
        match leads {
            true if creator == 0 => format!("Thread-{number}"),
            true => format!("{name}:Thread-{number}"),
            false => format!("{name}:{number}"),
        }
    }

    /// What concerns a task as a thread; as for [`World::task`], a wrong number counts as main.
    #[must_use]
    pub fn thread(&self, task: u32) -> &ThreadRecord {
        match (task as usize).checked_sub(NEAR_TASKS) {
            None => &self.threads[task as usize],
            Some(at) => self.more_threads.get(at).unwrap_or(&self.threads[0]),
        }
    }

    /// The same, to change it.
    pub fn thread_mut(&mut self, task: u32) -> &mut ThreadRecord {
        match (task as usize).checked_sub(NEAR_TASKS) {
            None => &mut self.threads[task as usize],
            Some(at) => self
                .more_threads
                .get_mut(at)
                .unwrap_or(&mut self.threads[0]),
        }
    }

    /// The leading task of the process with this number; [`NONE`] if there is none.
    #[must_use]
    pub fn leader(&self, pid: u32) -> u32 {
        let leads = |&task: &u32| self.task(task).pid == pid && self.task(task).process == task;
        // No process has a higher number than the task that leads it.
        (pid..self.task_count).find(leads).unwrap_or(NONE)
    }

    /// The live tasks of the process of `task`, itself included.
    pub fn live_threads(&self, task: u32) -> impl Iterator<Item = u32> {
        let process = self.task(task).process;
        self.present().filter(move |&task| {
            let task = self.task(task);
            task.process == process && task.state != state::EXITED
        })
    }

    /// The first live thread that was started in this scope by the process of `task`.
    #[must_use]
    pub fn live_in_scope(&self, task: u32, scope: u64) -> Option<u32> {
        let mut live = self.live_threads(task);
        live.find(|&thread| self.thread(thread).scope == scope)
    }

    /// Notes that the threads of this scope are done, and that the task which opened it saw their
    /// end. There were `before` tasks when it was opened.
    pub fn leave_scope(&mut self, task: u32, scope: u64, before: u32) {
        let process = self.task(task).process;
        for thread in before..self.task_count {
            if self.task(thread).process == process && self.thread(thread).scope == scope {
                // Also those that had ended before anybody waited happened before the scope's end.
                self.acquire_edge_from_task(task, thread);
                self.task_mut(thread).joined = 1;
                // The next scope may be at the same place.
                self.thread_mut(thread).scope = 0;
            }
        }
    }

    /// The system could not make the thread `task`.
    pub fn was_not_made(&mut self, task: u32) {
        self.exited(task, 0);
        let record = self.task_mut(task);
        record.cut_off = 1;
        record.joined = 1;
    }

    /// The process that `leader` leads is gone, and all its threads with it.
    pub fn process_exited(&mut self, leader: u32, code: i32) {
        for slot in 0..self.slot_count {
            let thread = self.in_slot(slot);
            let record = self.task(thread);
            if thread == leader || record.process != leader || record.state == state::EXITED {
                continue;
            }
            // Whoever sees the end of the process knows that its threads do nothing any more.
            self.acquire_edge_from_task(leader, thread);
            let record = self.task_mut(thread);
            record.state = state::EXITED;
            record.cut_off = 1;
            self.let_go_of_files(thread);
        }
        self.exited(leader, code);
    }

    /// The process that `task` belongs to is gone.
    pub fn died(&mut self, task: u32, code: i32) {
        self.process_exited(self.task(task).process, code);
    }

    /// The known stacks of the live threads of the process of `task`, each without what it lends
    /// to others. Returns how many.
    pub fn stacks(&self, task: u32, into: &mut [[u64; 2]]) -> usize {
        let known = self.live_threads(task).filter_map(|thread| {
            let ThreadRecord {
                stack: [start, end],
                lent,
                ..
            } = *self.thread(thread);
            let end = if lent == 0 { end } else { lent };
            (start < end).then_some([start, end])
        });
        let places = into.iter_mut().zip(known);
        places.map(|(place, stack)| *place = stack).count()
    }

    /// The object that stands for the token of `task` and has its name, made when it is first used.
    pub fn parker(&mut self, task: u32) -> u32 {
        if let Some(object) = self.thread(task).parker.checked_sub(1) {
            return object;
        }
        let Text { start, len } = self.task(task).name;
        let name = self.text.get(start as usize..(start + len) as usize);
        let name = String::from_utf8_lossy(name.unwrap_or(&[])).into_owned();
        let made = self.add_object(ObjectKind::Parker as u32, &name, NONE, 0);
        self.thread_mut(task).parker = made.map_or(0, |object| object + 1);
        made.unwrap_or(NONE)
    }

    /// The word that `task` waits for while it is parked.
    #[must_use]
    pub fn parked_at(task: u32) -> u64 {
        PARKED + u64::from(task)
    }

    /// `task` takes its token, if it has it.
    pub fn take_token(&mut self, task: u32) -> bool {
        let object = self.parker(task);
        let taken = std::mem::take(&mut self.thread_mut(task).token) == 1;
        if taken {
            self.acquire_edge(task, object);
            self.record(task, Kind::Act, object, Act::Passed as u64, 0);
            self.changed();
        }
        taken
    }

    /// `task` gives `other` its token.
    pub fn unpark(&mut self, task: u32, other: u32) {
        let object = self.parker(other);
        self.release_edge(task, object);
        self.record(task, Kind::Act, object, Act::Set as u64, 0);
        if std::mem::replace(&mut self.thread_mut(other).token, 1) == 0 {
            self.changed();
        }
        self.wake(Self::parked_at(other), 1);
    }
}
