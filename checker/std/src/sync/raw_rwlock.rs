//! A lock for several readers or one writer, without what it guards.
//!
//! Writers come first, as in std on Linux: while one waits nobody begins to read, so that readers
//! that come and go cannot keep it waiting for ever. So a task that reads, and wants to read once
//! more while a writer waits, waits for itself. Who comes first is left open by std, so readers may,
//! as a liberty.

use ::real::prelude::rust_2024::*;
use ::real::sync::atomic::{AtomicU32, Ordering};

use ::sched_model::{Freedom, NONE, ObjectKind, Op};
use ::sched_runtime::kernel::EVERYONE;
use ::sched_runtime::{Caller, Object, Until, attached, kernel, liberty, record};
use ::sched_runtime::{identity, word_lock};

use super::mirror::{Mirror, announce};
use super::raw::{How, Raw};

/// [`RawRwLock::writer`] when the lock is not held for writing, in a plain run or under check.
const NOBODY: u32 = NONE;

pub(super) struct RawRwLock {
    /// Guards the four below.
    inner: AtomicU32,
    readers: AtomicU32,
    /// The task that writes.
    writer: AtomicU32,
    /// Writers that wait.
    waiting: AtomicU32,
    /// Counts how often readers were let in; the word that they wait for.
    readers_turn: AtomicU32,
    /// Counts how often a writer was called; the word that they wait for.
    writers_turn: AtomicU32,
    /// 1 while those that were let in to read come before writers that wait.
    reads_first: AtomicU32,
    mirror: Mirror,
}

impl RawRwLock {
    pub(super) const fn new(made_at: Caller) -> Self {
        Self {
            inner: AtomicU32::new(word_lock::FREE),
            readers: AtomicU32::new(0),
            writer: AtomicU32::new(NOBODY),
            waiting: AtomicU32::new(0),
            readers_turn: AtomicU32::new(0),
            writers_turn: AtomicU32::new(0),
            reads_first: AtomicU32::new(0),
            mirror: Mirror::new(ObjectKind::RwLock, made_at),
        }
    }

    /// Turns the writer into a reader, with no writer in between.
    pub(super) fn downgrade(&self, caller: Caller) {
        let object = announce(self.object(), Op::Release, caller);
        record::released(object);
        let next = word_lock::with(&self.inner, || {
            self.writer.store(NOBODY, Ordering::Relaxed);
            self.add_reader();
            self.call_next(object)
        });
        taken(object, How::Read);
        self.wake(next, object);
    }

    fn begin_reading(&self, object: Object, caller: Caller) {
        let word = &self.readers_turn;
        loop {
            let seen = word_lock::with(&self.inner, || {
                let done = self.may_begin_to_read(object) && self.add_reader();
                (!done).then(|| word.load(Ordering::Relaxed))
            });
            let Some(seen) = seen else { return };
            kernel::wait(word, seen, Until::Woken, object, caller);
        }
    }

    fn begin_writing(&self, object: Object, caller: Caller) {
        let word = &self.writers_turn;
        let mut waits = false;
        loop {
            let seen = word_lock::with(&self.inner, || {
                if self.may_write() {
                    self.waiting.fetch_sub(u32::from(waits), Ordering::Relaxed);
                    self.set_writer();
                    return None;
                }
                self.waiting.fetch_add(u32::from(!waits), Ordering::Relaxed);
                Some(word.load(Ordering::Relaxed))
            });
            let Some(seen) = seen else { return };
            waits = true;
            kernel::wait(word, seen, Until::Woken, object, caller);
        }
    }

    fn may_read(&self) -> bool {
        let waiting = self.waiting.load(Ordering::Relaxed);
        self.writer.load(Ordering::Relaxed) == NOBODY && waiting == 0
    }

    /// The same for who waits if it may not.
    fn may_begin_to_read(&self, object: Object) -> bool {
        let writes = self.writer.load(Ordering::Relaxed) != NOBODY;
        self.may_read()
            || !writes
                && (self.reads_first.load(Ordering::Relaxed) == 1
                    || liberty::takes(Freedom::ReadsFirst, object))
    }

    fn may_write(&self) -> bool {
        let readers = self.readers.load(Ordering::Relaxed);
        self.writer.load(Ordering::Relaxed) == NOBODY && readers == 0
    }

    /// Always true, for the sake of its callers.
    fn add_reader(&self) -> bool {
        self.readers.fetch_add(1, Ordering::Relaxed);
        true
    }

    /// Always true, for the sake of its callers.
    fn set_writer(&self) -> bool {
        let me = if attached::controlled() {
            identity::task()
        } else {
            0
        };
        self.writer.store(me, Ordering::Relaxed);
        self.reads_first.store(0, Ordering::Relaxed);
        true
    }

    /// Called after something was given back, inside: who is to be woken.
    fn call_next(&self, object: Object) -> Option<How> {
        let is_free = self.may_write();
        let writers_wait = self.waiting.load(Ordering::Relaxed) > 0;
        let reads_first = is_free
            && writers_wait
            && liberty::is_awaited(&self.readers_turn)
            && liberty::takes(Freedom::ReadsFirst, object);
        self.reads_first
            .store(u32::from(reads_first), Ordering::Relaxed);
        if reads_first || !writers_wait {
            self.readers_turn.fetch_add(1, Ordering::Relaxed);
            return Some(How::Read);
        }
        is_free.then(|| {
            self.writers_turn.fetch_add(1, Ordering::Relaxed);
            How::Write
        })
    }

    fn wake(&self, next: Option<How>, object: Object) {
        match next {
            Some(How::Read) => drop(kernel::wake(&self.readers_turn, EVERYONE)),
            Some(How::Write) => drop(liberty::wake_one(&self.writers_turn, object)),
            None => {}
        }
    }
}

impl Raw for RawRwLock {
    fn object(&self) -> Object {
        if !attached::controlled() {
            return Object::NONE;
        }
        self.mirror.find(|copy| {
            // Those who waited for the original do not wait for the copy.
            self.waiting.store(0, Ordering::Relaxed);
            let writer = self.writer.load(Ordering::Relaxed);
            if writer != NOBODY {
                let writer = identity::held_at_fork(copy, writer);
                self.writer.store(writer, Ordering::Relaxed);
            }
        })
    }

    fn lock(&self, how: How, caller: Caller) {
        let object = announce(self.object(), Op::Acquire, caller);
        match how {
            How::Read => self.begin_reading(object, caller),
            How::Write => self.begin_writing(object, caller),
        }
        taken(object, how);
    }

    fn try_lock(&self, how: How, caller: Caller) -> bool {
        let object = announce(self.object(), Op::TryAcquire, caller);
        let done = word_lock::with(&self.inner, || match how {
            How::Read => self.may_read() && self.add_reader(),
            How::Write => self.may_write() && self.set_writer(),
        });
        if done {
            taken(object, how);
        } else {
            record::would_block(object, caller);
        }
        done
    }

    fn unlock(&self, how: How, caller: Caller) {
        let object = announce(self.object(), Op::Release, caller);
        match how {
            How::Read => record::released_shared(object),
            How::Write => record::released(object),
        }
        let next = word_lock::with(&self.inner, || {
            match how {
                How::Read => drop(self.readers.fetch_sub(1, Ordering::Relaxed)),
                How::Write => self.writer.store(NOBODY, Ordering::Relaxed),
            }
            self.call_next(object)
        });
        self.wake(next, object);
    }
}

fn taken(object: Object, how: How) {
    match how {
        How::Read => record::acquired_shared(object),
        How::Write => record::acquired(object, true),
    }
}
