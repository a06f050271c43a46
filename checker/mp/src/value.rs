//! `Value` and `Array`: shared numbers with a lock of their own.

use std::marker::PhantomData;
use std::panic::Location;
use std::sync::atomic::Ordering;

use sched::kernel::{self, Access, Caller, Until};
use sched::run::ObjectKind;
use sched::world::Op;

use crate::element::Element;
use crate::lock::RawLock;
use crate::shared::Block;

/// Some shared elements and their lock.
struct Guarded<T> {
    lock: RawLock,
    words: Block,
    element: PhantomData<T>,
}

impl<T: Element> Guarded<T> {
    fn new(values: &[T], name: &str, caller: Caller) -> Self {
        let words = Block::new(values.len());
        for (at, value) in values.iter().enumerate() {
            words.word(at).store(value.to_bits(), Ordering::Relaxed);
        }
        let lock = RawLock::new(ObjectKind::Value, name, caller);
        kernel::cells_mean(lock.object, T::MEANING);
        Self {
            lock,
            words,
            element: PhantomData,
        }
    }

    /// One read or write with the lock, as one step.
    fn alone<R>(&self, op: Op, at: usize, caller: Caller, act: impl FnOnce() -> R) -> R {
        kernel::point_at(op, self.lock.object, at, caller);
        self.lock.take(Until::Woken, caller);
        kernel::passed_through(self.lock.object);
        let result = act();
        self.lock.give();
        result
    }

    fn acquire(&self, caller: Caller) {
        kernel::point(Op::Acquire, self.lock.object, caller);
        self.lock.take(Until::Woken, caller);
        kernel::acquired(self.lock.object, true);
    }

    fn release(&self, caller: Caller) {
        kernel::point(Op::Release, self.lock.object, caller);
        self.lock.give();
        kernel::released(self.lock.object);
    }

    fn read(&self, at: usize) -> T {
        let bits = self.words.word(at).load(Ordering::Relaxed);
        kernel::access(self.lock.object, at, Access::Read, bits);
        T::from_bits(bits)
    }

    fn write(&self, at: usize, value: T) {
        self.words
            .word(at)
            .store(value.to_bits(), Ordering::Relaxed);
        kernel::access(self.lock.object, at, Access::Write, value.to_bits());
    }

    fn update(&self, at: usize, change: impl FnOnce(T) -> T) {
        let old = T::from_bits(self.words.word(at).load(Ordering::Relaxed));
        let new = change(old);
        self.words.word(at).store(new.to_bits(), Ordering::Relaxed);
        kernel::access(self.lock.object, at, Access::Update, new.to_bits());
    }
}

/// A number in shared memory, like `multiprocessing.Value`.
///
/// [`Value::get`] and [`Value::set`] are each one atomic step; a `get` and a `set` together are
/// two, and another process may come between them. [`Value::lock`] holds the value's own lock.
/// That lock is not recursive (CPython's is): use the guard's methods while you hold it.
pub struct Value<T: Element> {
    inner: Guarded<T>,
}

impl<T: Element> Value<T> {
    /// A shared number that starts as `value`.
    #[must_use]
    #[track_caller]
    pub fn new(value: T) -> Self {
        Self::named("", value)
    }

    /// The same, with a name for reports.
    #[must_use]
    #[track_caller]
    pub fn named(name: &str, value: T) -> Self {
        Self {
            inner: Guarded::new(&[value], name, Location::caller()),
        }
    }

    /// The number, read in one step.
    #[must_use]
    #[track_caller]
    pub fn get(&self) -> T {
        self.inner
            .alone(Op::Read, 0, Location::caller(), || self.inner.read(0))
    }

    /// Writes the number in one step.
    #[track_caller]
    pub fn set(&self, value: T) {
        self.inner.alone(Op::Write, 0, Location::caller(), || {
            self.inner.write(0, value)
        });
    }

    /// Holds the value's lock: what is done with the guard is one step for all others.
    #[must_use = "the lock is given back when the guard is dropped"]
    #[track_caller]
    pub fn lock(&self) -> ValueGuard<'_, T> {
        let caller = Location::caller();
        self.inner.acquire(caller);
        ValueGuard {
            value: self,
            owner: kernel::task_number(),
            caller,
            here: PhantomData,
        }
    }
}

/// Holds the lock of a [`Value`] until it is dropped. A copy got by fork does nothing when dropped.
pub struct ValueGuard<'a, T: Element> {
    value: &'a Value<T>,
    owner: u32,
    caller: Caller,
    here: PhantomData<*const ()>,
}

impl<T: Element> ValueGuard<'_, T> {
    /// The number.
    #[must_use]
    pub fn get(&self) -> T {
        self.value.inner.read(0)
    }

    /// Writes the number.
    pub fn set(&mut self, value: T) {
        self.value.inner.write(0, value);
    }

    /// Replaces the number by what `change` makes of it.
    pub fn update(&mut self, change: impl FnOnce(T) -> T) {
        self.value.inner.update(0, change);
    }
}

impl<T: Element> Drop for ValueGuard<'_, T> {
    fn drop(&mut self) {
        if self.owner == kernel::task_number() {
            self.value.inner.release(self.caller);
        }
    }
}

/// Numbers in shared memory, like `multiprocessing.Array`: of fixed length, with one lock.
pub struct Array<T: Element> {
    inner: Guarded<T>,
}

impl<T: Element> Array<T> {
    /// A shared array that starts with these values.
    #[must_use]
    #[track_caller]
    pub fn new(values: impl AsRef<[T]>) -> Self {
        Self::named("", values)
    }

    /// The same, with a name for reports.
    #[must_use]
    #[track_caller]
    pub fn named(name: &str, values: impl AsRef<[T]>) -> Self {
        Self {
            inner: Guarded::new(values.as_ref(), name, Location::caller()),
        }
    }

    /// Number of elements.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.words.len()
    }

    /// Whether there are no elements.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Element `at`, read in one step.
    ///
    /// # Panics
    ///
    /// When there is no such element.
    #[must_use]
    #[track_caller]
    pub fn get(&self, at: usize) -> T {
        self.check(at);
        self.inner
            .alone(Op::Read, at, Location::caller(), || self.inner.read(at))
    }

    /// Writes element `at` in one step.
    ///
    /// # Panics
    ///
    /// When there is no such element.
    #[track_caller]
    pub fn set(&self, at: usize, value: T) {
        self.check(at);
        self.inner.alone(Op::Write, at, Location::caller(), || {
            self.inner.write(at, value)
        });
    }

    /// All elements, read in one step.
    #[must_use]
    #[track_caller]
    pub fn to_vec(&self) -> Vec<T> {
        let all = || (0..self.len()).map(|at| self.inner.read(at)).collect();
        self.inner.alone(Op::Read, 0, Location::caller(), all)
    }

    /// Holds the array's lock.
    #[must_use = "the lock is given back when the guard is dropped"]
    #[track_caller]
    pub fn lock(&self) -> ArrayGuard<'_, T> {
        let caller = Location::caller();
        self.inner.acquire(caller);
        ArrayGuard {
            array: self,
            owner: kernel::task_number(),
            caller,
            here: PhantomData,
        }
    }

    #[track_caller]
    fn check(&self, at: usize) {
        assert!(at < self.len(), "index {at} of an array of {}", self.len());
    }
}

/// Holds the lock of an [`Array`] until it is dropped. A copy got by fork does nothing when dropped.
pub struct ArrayGuard<'a, T: Element> {
    array: &'a Array<T>,
    owner: u32,
    caller: Caller,
    here: PhantomData<*const ()>,
}

impl<T: Element> ArrayGuard<'_, T> {
    /// Element `at`.
    ///
    /// # Panics
    ///
    /// When there is no such element; so do the other methods.
    #[must_use]
    #[track_caller]
    pub fn get(&self, at: usize) -> T {
        self.array.check(at);
        self.array.inner.read(at)
    }

    /// Writes element `at`.
    #[track_caller]
    pub fn set(&mut self, at: usize, value: T) {
        self.array.check(at);
        self.array.inner.write(at, value);
    }

    /// Replaces element `at` by what `change` makes of it.
    #[track_caller]
    pub fn update(&mut self, at: usize, change: impl FnOnce(T) -> T) {
        self.array.check(at);
        self.array.inner.update(at, change);
    }
}

impl<T: Element> Drop for ArrayGuard<'_, T> {
    fn drop(&mut self) {
        if self.owner == kernel::task_number() {
            self.array.inner.release(self.caller);
        }
    }
}
