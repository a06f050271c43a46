//! `Value` and `Array`: shared numbers with a lock of their own.

use std::panic::Location;

use sched_model::ObjectKind;
use sched_model::Op;
use sched_runtime::{Until, kernel, record};

use crate::cells::Cells;
use crate::element::Element;
use crate::guard::Owned;
use crate::lock::RawLock;

/// A number in shared memory, like `multiprocessing.Value`.
///
/// [`Value::get`] and [`Value::set`] are each one atomic step; a `get` and a `set` together are
/// two, and another process may come between them. [`Value::lock`] holds the value's own lock.
/// That lock is not recursive (CPython's is): use the guard's methods while you hold it.
pub struct Value<T: Element> {
    array: Array<T>,
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
            array: Array::named(name, [value]),
        }
    }

    /// The number, read in one step.
    #[must_use]
    #[track_caller]
    pub fn get(&self) -> T {
        self.array.get(0)
    }

    /// Writes the number in one step.
    #[track_caller]
    pub fn set(&self, value: T) {
        self.array.set(0, value);
    }

    /// Holds the value's lock: what is done with the guard is one step for all others.
    #[must_use = "the lock is given back when the guard is dropped"]
    #[track_caller]
    pub fn lock(&self) -> ValueGuard<'_, T> {
        ValueGuard {
            array: self.array.lock(),
        }
    }
}

/// Holds the lock of a [`Value`] until it is dropped. A copy that a child process got by fork does
/// nothing.
pub struct ValueGuard<'a, T: Element> {
    array: ArrayGuard<'a, T>,
}

impl<T: Element> ValueGuard<'_, T> {
    /// The number.
    #[must_use]
    pub fn get(&self) -> T {
        self.array.get(0)
    }

    /// Writes the number.
    pub fn set(&mut self, value: T) {
        self.array.set(0, value);
    }

    /// Replaces the number by what `change` makes of it.
    pub fn update(&mut self, change: impl FnOnce(T) -> T) {
        self.array.update(0, change);
    }
}

/// Numbers in shared memory, like `multiprocessing.Array`: of fixed length, with one lock.
pub struct Array<T: Element> {
    lock: RawLock,
    cells: Cells<T>,
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
        let lock = RawLock::new(ObjectKind::Value, name, Location::caller());
        let cells = Cells::new(values.as_ref(), lock.object);
        Self { lock, cells }
    }

    /// Number of elements.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
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
        self.cells.check(at);
        self.alone(Op::Read, at, || self.cells.read(at))
    }

    /// Writes element `at` in one step.
    ///
    /// # Panics
    ///
    /// When there is no such element.
    #[track_caller]
    pub fn set(&self, at: usize, value: T) {
        self.cells.check(at);
        self.alone(Op::Write, at, || self.cells.write(at, value));
    }

    /// All elements, read in one step.
    #[must_use]
    #[track_caller]
    pub fn to_vec(&self) -> Vec<T> {
        let all = || (0..self.len()).map(|at| self.cells.read(at)).collect();
        self.alone(Op::Read, 0, all)
    }

    /// Holds the array's lock.
    #[must_use = "the lock is given back when the guard is dropped"]
    #[track_caller]
    pub fn lock(&self) -> ArrayGuard<'_, T> {
        let caller = Location::caller();
        kernel::point(Op::Acquire, self.lock.object, caller);
        self.lock.take(Until::Woken, caller);
        record::acquired(self.lock.object, true);
        ArrayGuard {
            array: self,
            owned: Owned::new(caller),
        }
    }

    /// One read or write with the lock, as one step.
    #[track_caller]
    fn alone<R>(&self, op: Op, at: usize, act: impl FnOnce() -> R) -> R {
        let caller = Location::caller();
        kernel::point_at(op, self.lock.object, at, caller);
        self.lock.take(Until::Woken, caller);
        record::passed_through(self.lock.object);
        let result = act();
        self.lock.give();
        result
    }
}

/// Holds the lock of an [`Array`] until it is dropped. A copy that a child process got by fork does
/// nothing.
pub struct ArrayGuard<'a, T: Element> {
    array: &'a Array<T>,
    owned: Owned,
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
        self.array.cells.check(at);
        self.array.cells.read(at)
    }

    /// Writes element `at`.
    #[track_caller]
    pub fn set(&mut self, at: usize, value: T) {
        self.array.cells.check(at);
        self.array.cells.write(at, value);
    }

    /// Replaces element `at` by what `change` makes of it.
    #[track_caller]
    pub fn update(&mut self, at: usize, change: impl FnOnce(T) -> T) {
        self.array.cells.check(at);
        self.array.cells.update(at, change);
    }
}

impl<T: Element> Drop for ArrayGuard<'_, T> {
    fn drop(&mut self) {
        if let Some(caller) = self.owned.by_this_task() {
            let lock = &self.array.lock;
            kernel::point(Op::Release, lock.object, caller);
            lock.give();
            record::released(lock.object);
        }
    }
}
