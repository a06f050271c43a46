//! `RawValue` and `RawArray`: shared numbers without a lock.

use std::panic::Location;

use sched_model::ObjectKind;
use sched_model::Op;
use sched_runtime::{Object, kernel};

use crate::cells::Cells;
use crate::element::Element;

/// A number in shared memory without a lock, like `multiprocessing.RawValue`.
///
/// Nothing orders its accesses: guard them by a [`Lock`](crate::Lock) of your own. Under check,
/// two accesses that nothing orders, one of them a write, are a data race, even where the result
/// comes out right. (The memory itself stays sound: accesses are relaxed atomics.)
pub struct RawValue<T: Element> {
    array: RawArray<T>,
}

impl<T: Element> RawValue<T> {
    /// A shared number that starts as `value`.
    #[must_use]
    #[track_caller]
    pub fn new(value: T) -> Self {
        Self {
            array: RawArray::new([value]),
        }
    }

    /// The same, with a name for reports.
    #[must_use]
    #[track_caller]
    pub fn named(name: &str, value: T) -> Self {
        Self {
            array: RawArray::named(name, [value]),
        }
    }

    /// The number.
    #[must_use]
    #[track_caller]
    pub fn get(&self) -> T {
        self.array.get(0)
    }

    /// Writes the number.
    #[track_caller]
    pub fn set(&self, value: T) {
        self.array.set(0, value);
    }
}

/// Numbers in shared memory without a lock, like `multiprocessing.RawArray`; see [`RawValue`].
pub struct RawArray<T: Element> {
    cells: Cells<T>,
    object: Object,
}

impl<T: Element> RawArray<T> {
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
        let values = values.as_ref();
        let object = kernel::object(ObjectKind::Raw, name, values.len(), Location::caller());
        Self {
            cells: Cells::new(values, object),
            object,
        }
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

    /// Element `at`.
    ///
    /// # Panics
    ///
    /// When there is no such element.
    #[must_use]
    #[track_caller]
    pub fn get(&self, at: usize) -> T {
        self.cells.check(at);
        kernel::point_at(Op::Read, self.object, at, Location::caller());
        self.cells.read(at)
    }

    /// Writes element `at`.
    ///
    /// # Panics
    ///
    /// When there is no such element.
    #[track_caller]
    pub fn set(&self, at: usize, value: T) {
        self.cells.check(at);
        kernel::point_at(Op::Write, self.object, at, Location::caller());
        self.cells.write(at, value);
    }
}
