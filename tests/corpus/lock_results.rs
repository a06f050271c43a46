//! Functions that take and return std's lock types and results.
use std::sync::{LockResult, Mutex, MutexGuard, PoisonError, TryLockError, TryLockResult};

fn take<'a, T>(lock: &'a Mutex<T>) -> LockResult<MutexGuard<'a, T>> {
    lock.lock()
}

fn maybe<T>(lock: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    let result: TryLockResult<MutexGuard<'_, T>> = lock.try_lock();
    match result {
        Ok(guard) => Some(guard),
        Err(TryLockError::Poisoned(error)) => Some(error.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

fn both<T, U>(a: &Mutex<T>, b: &Mutex<U>) -> Result<(), Box<dyn std::error::Error>>
where
    T: 'static,
    U: 'static,
{
    let _a = a.lock().map_err(|_| "poisoned")?;
    let _b = b.lock().map_err(|error: PoisonError<_>| error.to_string())?;
    Ok(())
}

fn main() {
    let lock = Mutex::new(1);
    {
        let guard = take(&lock).unwrap();
        println!("{guard} {}", maybe(&lock).is_none());
    }
    println!("{:?}", maybe(&lock));
    println!("{}", both(&lock, &Mutex::new("x")).is_ok());
}
