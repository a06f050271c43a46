//! `RawValue` and `RawArray`: shared numbers without a lock.

use std::marker::PhantomData;
use std::panic::Location;
use std::sync::atomic::Ordering;

use sched::kernel::{self, Access, Object};
use sched::run::ObjectKind;
use sched::world::Op;

use crate::element::Element;
use crate::shared::Block;

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
    words: Block,
    object: Object,
    element: PhantomData<T>,
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
        let words = Block::new(values.len());
        let object = kernel::object(ObjectKind::Raw, name, values.len(), Location::caller());
        kernel::cells_mean(object, T::MEANING);
        for (at, value) in values.iter().enumerate() {
            words.word(at).store(value.to_bits(), Ordering::Relaxed);
        }
        Self {
            words,
            object,
            element: PhantomData,
        }
    }

    /// Number of elements.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
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
        self.check(at);
        kernel::point_at(Op::Read, self.object, at, Location::caller());
        let bits = self.words.word(at).load(Ordering::Relaxed);
        kernel::access(self.object, at, Access::Read, bits);
        T::from_bits(bits)
    }

    /// Writes element `at`.
    ///
    /// # Panics
    ///
    /// When there is no such element.
    #[track_caller]
    pub fn set(&self, at: usize, value: T) {
        self.check(at);
        kernel::point_at(Op::Write, self.object, at, Location::caller());
        self.words
            .word(at)
            .store(value.to_bits(), Ordering::Relaxed);
        kernel::access(self.object, at, Access::Write, value.to_bits());
    }

    #[track_caller]
    fn check(&self, at: usize) {
        assert!(at < self.len(), "index {at} of an array of {}", self.len());
    }
}
