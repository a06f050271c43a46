//! A mutex without what it guards: a futex word, and who holds it.

use ::real::sync::atomic::{AtomicU32, Ordering};

use ::sched_model::ObjectKind;
use ::sched_model::{NONE, Op};
use ::sched_runtime::identity;
use ::sched_runtime::word_lock;
use ::sched_runtime::word_lock::FREE;
use ::sched_runtime::{Caller, Object, Until, attached, kernel, record};

use super::mirror::Mirror;
use super::raw::{How, Raw};

pub(super) struct RawMutex {
    word: AtomicU32,
    /// The task that holds it: kept here, too, because a fork copies it with the word.
    holder: AtomicU32,
    mirror: Mirror,
}

impl RawMutex {
    pub(super) const fn new(made_at: Caller) -> Self {
        Self {
            word: AtomicU32::new(FREE),
            holder: AtomicU32::new(NONE),
            mirror: Mirror::new(ObjectKind::Mutex, made_at),
        }
    }

    /// Gives it back without a point of its own, as part of another operation.
    pub(super) fn suspend(&self) {
        if attached::controlled() {
            self.holder.store(NONE, Ordering::Relaxed);
            record::released(self.object());
        }
        word_lock::give(&self.word);
    }

    /// Takes it without a point of its own.
    pub(super) fn resume(&self, caller: Caller) {
        if attached::controlled() {
            let object = self.object();
            self.take(object, caller);
            self.taken(object);
        } else {
            self.take(Object::NONE, caller);
        }
    }

    #[inline]
    fn take(&self, object: Object, caller: Caller) {
        while !word_lock::take(&self.word, Until::Woken, object, caller) {}
    }

    #[inline]
    fn taken(&self, object: Object) {
        self.holder.store(identity::task(), Ordering::Relaxed);
        record::acquired(object, true);
    }
}

impl Raw for RawMutex {
    #[inline]
    fn object(&self) -> Object {
        self.mirror.find(|copy| {
            if self.word.load(Ordering::Relaxed) != FREE {
                let holder = self.holder.load(Ordering::Relaxed);
                let holder = identity::held_at_fork(copy, holder);
                self.holder.store(holder, Ordering::Relaxed);
            }
        })
    }

    fn lock(&self, _how: How, caller: Caller) {
        if !attached::controlled() {
            self.take(Object::NONE, caller);
            return;
        }
        let object = self.object();
        kernel::point(Op::Acquire, object, caller);
        self.take(object, caller);
        self.taken(object);
    }

    fn try_lock(&self, _how: How, caller: Caller) -> bool {
        if !attached::controlled() {
            return word_lock::try_take(&self.word);
        }
        let object = self.object();
        kernel::point(Op::TryAcquire, object, caller);
        let taken = word_lock::try_take(&self.word);
        if taken {
            self.taken(object);
        } else {
            record::would_block(object, caller);
        }
        taken
    }

    fn unlock(&self, _how: How, caller: Caller) {
        if !attached::controlled() {
            word_lock::give(&self.word);
            return;
        }
        kernel::point(Op::Release, self.object(), caller);
        self.suspend();
    }
}
