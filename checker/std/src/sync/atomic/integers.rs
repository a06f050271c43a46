//! The atomic integers.

use ::real::prelude::rust_2024::*;
use ::real::sync::atomic::Ordering;

use ::sched_model::Meaning;

use super::access::{common, updates};

macro_rules! integers {
    ($($name:ident: $integer:ident as $unsigned:ident, $meaning:ident;)*) => {$(
        #[doc = ::real::concat!("See [`::std::sync::atomic::", ::real::stringify!($name), "`].")]
        #[derive(Default)]
        #[repr(transparent)]
        pub struct $name(::real::sync::atomic::$name);

        common!(
            [] $name $name, $integer, ::real::sync::atomic::$name, Meaning::$meaning,
            |value: $integer| value as $unsigned as u64,
            |value: $integer| value as $unsigned as u64, |bits: u64| bits as $integer
        );
        updates!([] $name, $integer:
            fetch_add($integer) fetch_sub($integer) fetch_and($integer) fetch_nand($integer)
            fetch_or($integer) fetch_xor($integer) fetch_max($integer) fetch_min($integer)
        );
    )*};
}
integers! {
    AtomicI8: i8 as u8, I8;
    AtomicU8: u8 as u8, Unsigned;
    AtomicI16: i16 as u16, I16;
    AtomicU16: u16 as u16, Unsigned;
    AtomicI32: i32 as u32, I32;
    AtomicU32: u32 as u32, Unsigned;
    AtomicI64: i64 as u64, I64;
    AtomicU64: u64 as u64, Unsigned;
    AtomicIsize: isize as usize, I64;
    AtomicUsize: usize as usize, Unsigned;
}
