//! Every atomic type once, with generics over their functions.
use std::sync::atomic::*;

macro_rules! check {
    ($($atomic:ident $value:expr),*) => {$(
        let a = $atomic::new($value);
        a.fetch_add(1, Ordering::Relaxed);
        let old = a.swap(9, Ordering::AcqRel);
        let result = a.compare_exchange(9, old, Ordering::SeqCst, Ordering::Relaxed);
        println!("{} {old} {result:?} {a:?} {}", stringify!($atomic), a.fetch_max(100, Ordering::SeqCst));
    )*};
}

fn main() {
    check!(
        AtomicU8 5, AtomicI8 -5, AtomicU16 6, AtomicI16 -6, AtomicU32 7, AtomicI32 -7,
        AtomicU64 8, AtomicI64 -8, AtomicUsize 9, AtomicIsize -9
    );
    let flag = AtomicBool::default();
    println!("{} {}", flag.fetch_not(Ordering::SeqCst), flag.fetch_xor(true, Ordering::SeqCst));
    let mut number = 3;
    let pointer = AtomicPtr::new(&mut number);
    println!("{}", pointer.load(Ordering::Acquire).is_null());
    fence(Ordering::SeqCst);
    compiler_fence(Ordering::Release);
    let n = AtomicU32::new(1);
    println!("{:?}", n.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_mul(6)));
    println!("{:?} {}", n.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |_| None), n.into_inner());
}
