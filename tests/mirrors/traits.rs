//! Which types may go to another thread, be shared, or be seen after a panic: as in std.

use std::cell::Cell;
use std::fmt::Debug;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::rc::Rc;

/// Whether a type has a trait, told by method resolution: the inherent constant of a type that
/// has it comes before the trait's.
macro_rules! has {
    ($type:ty: $($bound:tt)+) => {{
        #[allow(dead_code, reason = "for types that have the trait")]
        trait Lacks {
            const HAS: bool = false;
        }
        impl<T: ?Sized> Lacks for T {}
        struct Asked<T: ?Sized>(std::marker::PhantomData<T>);
        #[allow(dead_code, reason = "for types that have the trait")]
        impl<T: ?Sized + $($bound)+> Asked<T> {
            const HAS: bool = true;
        }
        <Asked<$type>>::HAS
    }};
}

macro_rules! table {
    ($($type:ty)*) => {
        vec![$((
            stringify!($type),
            [
                has!($type: Send), has!($type: Sync), has!($type: Unpin), has!($type: UnwindSafe),
                has!($type: RefUnwindSafe), has!($type: Debug), has!($type: Default), has!($type: Clone),
            ],
        )),*]
    };
}

macro_rules! tables {
    ($sync:path) => {{
        use $sync as sync;
        table! {
            sync::Mutex<i32> sync::Mutex<Cell<i32>> sync::Mutex<Rc<i32>> sync::Mutex<dyn Send>
            sync::MutexGuard<'static, i32> sync::MutexGuard<'static, Cell<i32>> sync::MutexGuard<'static, Rc<i32>>
            sync::RwLock<i32> sync::RwLock<Cell<i32>> sync::RwLock<Rc<i32>> sync::RwLock<[u8]>
            sync::RwLockReadGuard<'static, i32> sync::RwLockReadGuard<'static, Cell<i32>>
            sync::RwLockWriteGuard<'static, i32> sync::RwLockWriteGuard<'static, Cell<i32>>
            sync::Condvar sync::WaitTimeoutResult sync::Barrier sync::BarrierWaitResult
            sync::Once sync::OnceState
            sync::OnceLock<i32> sync::OnceLock<Cell<i32>> sync::OnceLock<Rc<i32>> sync::OnceLock<&'static mut i32>
            sync::LazyLock<i32> sync::LazyLock<Cell<i32>> sync::LazyLock<Rc<i32>>
            sync::LazyLock<i32, Rc<i32>> sync::LazyLock<i32, Cell<i32>> sync::LazyLock<&'static mut i32>
            sync::mpsc::Sender<i32> sync::mpsc::Sender<Cell<i32>> sync::mpsc::Sender<Rc<i32>>
            sync::mpsc::SyncSender<i32> sync::mpsc::SyncSender<Cell<i32>> sync::mpsc::SyncSender<Rc<i32>>
            sync::mpsc::Receiver<i32> sync::mpsc::Receiver<Cell<i32>> sync::mpsc::Receiver<Rc<i32>>
            sync::mpsc::Iter<'static, i32> sync::mpsc::TryIter<'static, Rc<i32>> sync::mpsc::IntoIter<i32>
            sync::mpsc::IntoIter<Cell<i32>> sync::mpsc::IntoIter<Rc<i32>>
            sync::atomic::AtomicBool sync::atomic::AtomicU8 sync::atomic::AtomicI64
            sync::atomic::AtomicPtr<i32> sync::atomic::AtomicPtr<Cell<i32>>
        }
    }};
}

#[test]
fn mirrors_have_the_traits_of_the_real_ones() {
    let real = tables!(std::sync);
    assert_eq!(real, tables!(crate::mirrors));
    let (send, sync) = (|has: &[bool; 8]| has[0], |has: &[bool; 8]| has[1]);
    assert!(real.iter().any(|(_, has)| send(has)) && real.iter().any(|(_, has)| !send(has)));
    assert!(real.iter().any(|(_, has)| sync(has)) && real.iter().any(|(_, has)| !sync(has)));
}

/// A reader's guard may stand in for one of a shorter life; this compiles, or it does not.
#[allow(dead_code, reason = "it need not run")]
fn a_guard_for_reading_is_covariant<'a, 'short>(
    guard: crate::mirrors::RwLockReadGuard<'a, &'static str>,
) -> crate::mirrors::RwLockReadGuard<'a, &'short str> {
    guard
}
