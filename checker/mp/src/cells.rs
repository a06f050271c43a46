//! Numbers in shared memory, each in a word of its own. The scheduler's race check is told of
//! every access.

use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};

use sched_runtime::record::Access;
use sched_runtime::{Object, kernel, record};

use crate::element::Element;
use crate::shared::Block;

/// Some numbers, which belong to an object.
pub(crate) struct Cells<T> {
    words: Block,
    object: Object,
    element: PhantomData<T>,
}

impl<T: Element> Cells<T> {
    pub(crate) fn new(values: &[T], object: Object) -> Self {
        kernel::cells_mean(object, T::MEANING);
        let cells = Self {
            words: Block::new(values.len()),
            object,
            element: PhantomData,
        };
        for (at, value) in values.iter().enumerate() {
            cells.word(at).store(value.to_bits(), Ordering::Relaxed);
        }
        cells
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// # Panics
    ///
    /// When there is no number `at`.
    #[track_caller]
    pub(crate) fn check(&self, at: usize) {
        assert!(at < self.len(), "index {at} of an array of {}", self.len());
    }

    fn word(&self, at: usize) -> &AtomicU64 {
        self.words.word(at)
    }

    pub(crate) fn read(&self, at: usize) -> T {
        let bits = self.word(at).load(Ordering::Relaxed);
        record::access(self.object, at, Access::Read, bits);
        T::from_bits(bits)
    }

    pub(crate) fn write(&self, at: usize, value: T) {
        let bits = value.to_bits();
        self.word(at).store(bits, Ordering::Relaxed);
        record::access(self.object, at, Access::Write, bits);
    }

    pub(crate) fn update(&self, at: usize, change: impl FnOnce(T) -> T) {
        let old = T::from_bits(self.word(at).load(Ordering::Relaxed));
        let bits = change(old).to_bits();
        self.word(at).store(bits, Ordering::Relaxed);
        record::access(self.object, at, Access::Update, bits);
    }
}
