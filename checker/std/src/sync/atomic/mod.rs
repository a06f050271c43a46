//! `std::sync::atomic`: under check a scheduling point before each access, with its line.
//!
//! A mirror is the real atomic, seen by the scheduler, and has its size and alignment. It always
//! holds the newest value; where a weaker ordering than `SeqCst` leaves that open, a load may return an
//! older one, in schedules that take liberties.
//!
//! # Safety
//!
//! A mirror has one field, the real atomic, and its layout (`repr(transparent)`). That has the
//! layout of its value: the same size, and, on the systems that we run on, the same alignment.

pub use ::real::sync::atomic::*;

mod access;
mod flag;
mod integers;
mod pointer;

pub use flag::AtomicBool;
pub use integers::{
    AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16, AtomicU32,
    AtomicU64, AtomicUsize,
};
pub use pointer::AtomicPtr;

/// See [`::std::sync::atomic::fence`].
pub fn fence(order: Ordering) {
    ::real::sync::atomic::fence(order);
    ::sched_runtime::atomic::fence(order);
}

macro_rules! initial_values {
    ($($name:ident: $type:ident = $value:expr, $instead:literal;)*) => {$(
        #[doc = ::real::concat!("See [`::std::sync::atomic::", ::real::stringify!($name), "`].")]
        #[deprecated(since = "1.34.0", note = $instead)]
        #[allow(clippy::declare_interior_mutable_const, reason = "as in std")]
        pub const $name: $type = $type::new($value);
    )*};
}
initial_values! {
    ATOMIC_BOOL_INIT: AtomicBool = false, "the `new` function is now preferred";
    ATOMIC_ISIZE_INIT: AtomicIsize = 0, "the `new` function is now preferred";
    ATOMIC_USIZE_INIT: AtomicUsize = 0, "the `new` function is now preferred";
}
