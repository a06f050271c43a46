//! Atomics and fences: done as the program asks, by the strongest order, and told with the order that it
//! asks for. Those of 64 bits, which counts are, are in [`counts`](super::counts).
//!
//! # Safety
//!
//! See [`memory`](super). What an address leads to is an atomic of that size, and aligned.

use ::real::prelude::rust_2024::*;
use ::real::sync::atomic::{self, Ordering};

use ::libc::c_int;
use ::sched_runtime::memory::{Change, asked, changed, fence, loaded};

/// An order, as LLVM numbers them.
pub(super) fn order(number: c_int) -> Ordering {
    match number {
        0 => Ordering::Relaxed,
        1 | 2 => Ordering::Acquire,
        3 => Ordering::Release,
        4 => Ordering::AcqRel,
        _ => Ordering::SeqCst,
    }
}

/// An operation that makes a new value of the one that was there.
macro_rules! update {
    ($name:ident, $method:ident, $number:ty, $atomic:ident) => {
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $name(at: *mut $number, value: $number, how: c_int) -> $number {
            // SAFETY: the caller's contract.
            let atomic = unsafe { atomic::$atomic::from_ptr(at) };
            let old = atomic.$method(value, Ordering::SeqCst);
            changed(at.addr(), Change::Updated, order(how));
            if atomic.load(Ordering::SeqCst) == old {
                asked();
            }
            old
        }
    };
}

/// All operations on atomics of one size.
macro_rules! atomics {
    ($number:ty, $atomic:ident, $load:ident, $store:ident, $compare:ident,
     $($name:ident $method:ident),*) => {
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $load(at: *mut $number, how: c_int) -> $number {
            // SAFETY: the caller's contract.
            let atomic = unsafe { atomic::$atomic::from_ptr(at) };
            let value = atomic.load(Ordering::SeqCst);
            loaded(at.addr(), order(how));
            asked();
            value
        }

        #[unsafe(no_mangle)]
        unsafe extern "C" fn $store(at: *mut $number, value: $number, how: c_int) {
            // SAFETY: the caller's contract.
            let atomic = unsafe { atomic::$atomic::from_ptr(at) };
            atomic.store(value, Ordering::SeqCst);
            changed(at.addr(), Change::Stored, order(how));
        }

        #[unsafe(no_mangle)]
        unsafe extern "C" fn $compare(
            at: *mut $number,
            expected: $number,
            value: $number,
            how: c_int,
            failed: c_int,
        ) -> $number {
            // SAFETY: the caller's contract.
            let atomic = unsafe { atomic::$atomic::from_ptr(at) };
            let all = Ordering::SeqCst;
            match atomic.compare_exchange(expected, value, all, all) {
                Ok(old) => {
                    changed(at.addr(), Change::Updated, order(how));
                    old
                }
                Err(old) => {
                    loaded(at.addr(), order(failed));
                    asked();
                    old
                }
            }
        }

        $(update!($name, $method, $number, $atomic);)*
    };
}

atomics!(
    u8, AtomicU8, __tsan_atomic8_load, __tsan_atomic8_store, __tsan_atomic8_compare_exchange_val,
    __tsan_atomic8_exchange swap, __tsan_atomic8_fetch_add fetch_add,
    __tsan_atomic8_fetch_sub fetch_sub, __tsan_atomic8_fetch_and fetch_and,
    __tsan_atomic8_fetch_or fetch_or, __tsan_atomic8_fetch_xor fetch_xor,
    __tsan_atomic8_fetch_nand fetch_nand
);
atomics!(
    u16, AtomicU16, __tsan_atomic16_load, __tsan_atomic16_store,
    __tsan_atomic16_compare_exchange_val,
    __tsan_atomic16_exchange swap, __tsan_atomic16_fetch_add fetch_add,
    __tsan_atomic16_fetch_sub fetch_sub, __tsan_atomic16_fetch_and fetch_and,
    __tsan_atomic16_fetch_or fetch_or, __tsan_atomic16_fetch_xor fetch_xor,
    __tsan_atomic16_fetch_nand fetch_nand
);
atomics!(
    u32, AtomicU32, __tsan_atomic32_load, __tsan_atomic32_store,
    __tsan_atomic32_compare_exchange_val,
    __tsan_atomic32_exchange swap, __tsan_atomic32_fetch_add fetch_add,
    __tsan_atomic32_fetch_sub fetch_sub, __tsan_atomic32_fetch_and fetch_and,
    __tsan_atomic32_fetch_or fetch_or, __tsan_atomic32_fetch_xor fetch_xor,
    __tsan_atomic32_fetch_nand fetch_nand
);
#[unsafe(no_mangle)]
extern "C" fn __tsan_atomic_thread_fence(how: c_int) {
    atomic::fence(Ordering::SeqCst);
    fence(order(how));
}

#[unsafe(no_mangle)]
extern "C" fn __tsan_atomic_signal_fence(_how: c_int) {
    atomic::compiler_fence(Ordering::SeqCst);
}
