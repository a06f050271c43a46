//! Atomics of 64 bits. Counts are such ones, so it is told where their uses come from, too: each entry
//! passes on where its return address lies, and jumps.
//!
//! # Safety
//!
//! See [`memory`](super) and [`accesses`](super::accesses). What an address leads to is an atomic of that
//! size, and aligned. Below the return address lies the caller's frame pointer, which each function here
//! has pushed before it does anything else: they are compiled with frame pointers.

use ::real::arch::global_asm;
use ::real::prelude::rust_2024::*;
use ::real::sync::atomic::{AtomicU64, Ordering};
use ::real::{concat, stringify};

use ::libc::c_int;
use ::sched_runtime::memory::counts::{Use, before, ended, used};
use ::sched_runtime::memory::{Change, From, asked, changed, loaded};

use super::atomics::order;

/// Entries that pass on where the return address lies, as the sixth argument.
macro_rules! entries {
    ($($name:literal $target:ident;)*) => {
        #[cfg(target_arch = "x86_64")]
        global_asm!(
            $(
                concat!(".section .text.", $name, ",\"ax\",@progbits"),
                concat!(".globl ", $name),
                concat!(".type ", $name, ",@function"),
                concat!($name, ":"),
                "mov r9, rsp",
                concat!("jmp {", stringify!($target), "}"),
            )*
            ".text",
            $($target = sym $target,)*
        );
    };
}

entries! {
    "__tsan_atomic64_load" load;
    "__tsan_atomic64_store" store;
    "__tsan_atomic64_compare_exchange_val" compare_exchange;
    "__tsan_atomic64_exchange" swap;
    "__tsan_atomic64_fetch_add" fetch_add;
    "__tsan_atomic64_fetch_sub" fetch_sub;
    "__tsan_atomic64_fetch_and" fetch_and;
    "__tsan_atomic64_fetch_or" fetch_or;
    "__tsan_atomic64_fetch_xor" fetch_xor;
    "__tsan_atomic64_fetch_nand" fetch_nand;
}

/// An atomic that is used, and where.
struct At {
    atomic: &'static AtomicU64,
    address: usize,
    from: From,
}

impl At {
    /// A task is about to use it.
    ///
    /// # Safety
    ///
    /// As the head of this file says; `here` is where the return address lies.
    unsafe fn come(at: *mut u64, here: *const usize) -> At {
        // SAFETY: the caller's contract.
        let pc = unsafe { here.read() };
        let below = here.wrapping_sub(1);
        // SAFETY: the head of this file.
        let frame = unsafe { below.read() };
        let from = From { pc, frame };
        before(from);
        At {
            // SAFETY: an atomic, which lives as long as it is used, and so until the call returns.
            atomic: unsafe { AtomicU64::from_ptr(at) },
            address: at.addr(),
            from,
        }
    }

    fn looked(&self, value: u64, how: c_int) {
        loaded(self.address, order(how));
        used(self.address, Use::Looks, [value; 2], self.from);
        asked();
    }

    fn updated(&self, how: Use, values: [u64; 2], ordering: c_int) {
        changed(self.address, Change::Updated, order(ordering));
        used(self.address, how, values, self.from);
        if values[0] == values[1] {
            asked();
        }
    }
}

unsafe extern "C" fn load(
    at: *mut u64,
    how: c_int,
    _: u64,
    _: u64,
    _: u64,
    here: *const usize,
) -> u64 {
    // SAFETY: the caller's contract.
    let at = unsafe { At::come(at, here) };
    let value = at.atomic.load(Ordering::SeqCst);
    at.looked(value, how);
    value
}

unsafe extern "C" fn store(
    at: *mut u64,
    value: u64,
    how: c_int,
    _: u64,
    _: u64,
    here: *const usize,
) {
    // SAFETY: the caller's contract.
    let at = unsafe { At::come(at, here) };
    let old = at.atomic.swap(value, Ordering::SeqCst);
    changed(at.address, Change::Stored, order(how));
    used(at.address, Use::Changes, [old, value], at.from);
}

unsafe extern "C" fn compare_exchange(
    at: *mut u64,
    expected: u64,
    value: u64,
    how: c_int,
    failed: c_int,
    here: *const usize,
) -> u64 {
    // SAFETY: the caller's contract.
    let at = unsafe { At::come(at, here) };
    let all = Ordering::SeqCst;
    match at.atomic.compare_exchange(expected, value, all, all) {
        Ok(old) => {
            at.updated(Use::Decides, [old, value], how);
            old
        }
        Err(old) => {
            at.looked(old, failed);
            old
        }
    }
}

/// An operation that makes a new value of the one that was there.
macro_rules! updates {
    ($($name:ident $how:ident)*) => {$(
        unsafe extern "C" fn $name(
            at: *mut u64,
            value: u64,
            how: c_int,
            _: u64,
            _: u64,
            here: *const usize,
        ) -> u64 {
            // SAFETY: the caller's contract.
            let at = unsafe { At::come(at, here) };
            let old = at.atomic.$name(value, Ordering::SeqCst);
            let new = at.atomic.load(Ordering::SeqCst);
            at.updated(Use::$how, [old, new], how);
            old
        }
    )*};
}

updates! {
    swap Decides
    fetch_add Changes
    fetch_and Changes
    fetch_or Changes
    fetch_xor Changes
    fetch_nand Changes
}

unsafe extern "C" fn fetch_sub(
    at: *mut u64,
    value: u64,
    how: c_int,
    _: u64,
    _: u64,
    here: *const usize,
) -> u64 {
    // SAFETY: the caller's contract.
    let at = unsafe { At::come(at, here) };
    let old = at.atomic.fetch_sub(value, Ordering::SeqCst);
    at.updated(Use::Changes, [old, old.wrapping_sub(value)], how);
    if old == value {
        ended(at.address, at.from);
    }
    old
}
