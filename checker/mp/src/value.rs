//! `Value` and `Array`: shared numbers with a lock of their own.

use std::panic::Location;

use sched::kernel::{self, Caller, Until};
use sched::run::ObjectKind;
use sched::world::Op;

use crate::cells::Cells;
use crate::element::Element;
use crate::guard::Owned;
use crate::lock::RawLock;

/// Some shared numbers and their lock.
struct Guarded<T> {
    lock: RawLock,
    cells: Cells<T>,
}

impl<T: Element> Guarded<T> {
    fn new(values: &[T], name: &str, caller: Caller) -> Self {
        let lock = RawLock::new(ObjectKind::Value, name, caller);
        let cells = Cells::new(values, lock.object);
        Self { lock, cells }
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
            .alone(Op::Read, 0, Location::caller(), || self.inner.cells.read(0))
    }

    /// Writes the number in one step.
    #[track_caller]
    pub fn set(&self, value: T) {
        self.inner.alone(Op::Write, 0, Location::caller(), || {
            self.inner.cells.write(0, value)
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
            owned: Owned::new(caller),
        }
    }
}

/// Holds the lock of a [`Value`] until it is dropped. A copy got by fork does nothing when dropped.
pub struct ValueGuard<'a, T: Element> {
    value: &'a Value<T>,
    owned: Owned,
}

impl<T: Element> ValueGuard<'_, T> {
    /// The number.
    #[must_use]
    pub fn get(&self) -> T {
        self.value.inner.cells.read(0)
    }

    /// Writes the number.
    pub fn set(&mut self, value: T) {
        self.value.inner.cells.write(0, value);
    }

    /// Replaces the number by what `change` makes of it.
    pub fn update(&mut self, change: impl FnOnce(T) -> T) {
        self.value.inner.cells.update(0, change);
    }
}

impl<T: Element> Drop for ValueGuard<'_, T> {
    fn drop(&mut self) {
        if let Some(caller) = self.owned.by_this_task() {
            self.value.inner.release(caller);
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
        self.inner.cells.len()
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
        self.inner.cells.check(at);
        self.inner.alone(Op::Read, at, Location::caller(), || {
            self.inner.cells.read(at)
        })
    }

    /// Writes element `at` in one step.
    ///
    /// # Panics
    ///
    /// When there is no such element.
    #[track_caller]
    pub fn set(&self, at: usize, value: T) {
        self.inner.cells.check(at);
        self.inner.alone(Op::Write, at, Location::caller(), || {
            self.inner.cells.write(at, value)
        });
    }

    /// All elements, read in one step.
    #[must_use]
    #[track_caller]
    pub fn to_vec(&self) -> Vec<T> {
        let all = || {
            (0..self.len())
                .map(|at| self.inner.cells.read(at))
                .collect()
        };
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
            owned: Owned::new(caller),
        }
    }
}

/// Holds the lock of an [`Array`] until it is dropped. A copy got by fork does nothing when dropped.
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
        self.array.inner.cells.check(at);
        self.array.inner.cells.read(at)
    }

    /// Writes element `at`.
    #[track_caller]
    pub fn set(&mut self, at: usize, value: T) {
        self.array.inner.cells.check(at);
        self.array.inner.cells.write(at, value);
    }

    /// Replaces element `at` by what `change` makes of it.
    #[track_caller]
    pub fn update(&mut self, at: usize, change: impl FnOnce(T) -> T) {
        self.array.inner.cells.check(at);
        self.array.inner.cells.update(at, change);
    }
}

impl<T: Element> Drop for ArrayGuard<'_, T> {
    fn drop(&mut self) {
        if let Some(caller) = self.owned.by_this_task() {
            self.array.inner.release(caller);
        }
    }
}
