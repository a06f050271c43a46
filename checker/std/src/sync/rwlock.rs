//! `RwLock` and its guards.

use ::real::format_args;
use ::real::panic::Location;
use ::real::prelude::rust_2024::*;
use ::real::sync::{LockResult, TryLockError, TryLockResult};

use super::guarded::{Guarded, Reader, Writer, guards, locks};
use super::raw_rwlock::RawRwLock;

/// See [`::std::sync::RwLock`].
pub struct RwLock<T: ?Sized>(Guarded<RawRwLock, T>);

locks!(RwLock, RawRwLock, try_read, format_args!("<locked>"));

impl<T: ?Sized> RwLock<T> {
    /// See [`::std::sync::RwLock::read`].
    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        self.0.read(Location::caller(), RwLockReadGuard)
    }

    /// See [`::std::sync::RwLock::try_read`].
    #[track_caller]
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, T>> {
        self.0.try_read(Location::caller(), RwLockReadGuard)
    }

    /// See [`::std::sync::RwLock::write`].
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        self.0.write(Location::caller(), RwLockWriteGuard)
    }

    /// See [`::std::sync::RwLock::try_write`].
    #[track_caller]
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, T>> {
        self.0.try_write(Location::caller(), RwLockWriteGuard)
    }
}

/// See [`::std::sync::RwLockReadGuard`].
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockReadGuard<'rwlock, T: ?Sized + 'rwlock>(Reader<'rwlock, T>);

guards!(RwLockReadGuard);

/// See [`::std::sync::RwLockWriteGuard`].
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockWriteGuard<'rwlock, T: ?Sized + 'rwlock>(Writer<'rwlock, RawRwLock, T>);

guards!(mut RwLockWriteGuard);

impl<'rwlock, T: ?Sized> RwLockWriteGuard<'rwlock, T> {
    /// See [`::std::sync::RwLockWriteGuard::downgrade`].
    #[track_caller]
    pub fn downgrade(s: Self) -> RwLockReadGuard<'rwlock, T> {
        RwLockReadGuard(s.0.downgrade(Location::caller()))
    }
}
