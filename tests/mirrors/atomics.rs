//! Atomics: each function of each type, the same answers.

use crate::same_answers;

macro_rules! integer {
    ($say:ident, $type:path, $integer:ident) => {{
        use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};
        type Atomic = $type;
        let values = [$integer::MIN, 0, 1, 77, $integer::MAX];
        for (a, b) in values.iter().flat_map(|&a| values.map(|b| (a, b))) {
            let mut atomic = Atomic::new(a);
            $say(&(atomic.load(SeqCst), atomic.swap(b, AcqRel), &atomic));
            atomic.store(a, Release);
            $say(&(atomic.fetch_add(b, Relaxed), atomic.load(Acquire)));
            $say(&(atomic.fetch_sub(b, SeqCst), atomic.load(Relaxed)));
            $say(&(atomic.fetch_and(b, AcqRel), atomic.fetch_nand(b, AcqRel)));
            $say(&(atomic.fetch_or(b, SeqCst), atomic.fetch_xor(a, SeqCst)));
            $say(&(atomic.fetch_max(b, SeqCst), atomic.fetch_min(a, SeqCst)));
            $say(&atomic.compare_exchange(a, b, SeqCst, Relaxed));
            $say(&atomic.compare_exchange(b, a, AcqRel, Acquire));
            $say(&(atomic.compare_and_swap(a, b, SeqCst), atomic.load(SeqCst)));
            let seen = atomic.load(SeqCst);
            while atomic
                .compare_exchange_weak(seen, b, SeqCst, SeqCst)
                .is_err()
            {}
            $say(&atomic.fetch_update(SeqCst, Relaxed, |n| (n != a).then_some(a)));
            $say(&atomic.try_update(SeqCst, Relaxed, |n| n.checked_add(b)));
            $say(&atomic.update(SeqCst, Relaxed, |n| n.wrapping_mul(b)));
            *atomic.get_mut() ^= b;
            // SAFETY: the pointer is the atomic's own, and only read.
            $say(&unsafe { *atomic.as_ptr() });
            let mut plain = b;
            // SAFETY: aligned as the integer has to be, and only used through the reference.
            let seen = unsafe { Atomic::from_ptr(&raw mut plain) };
            $say(&(seen.fetch_add(1, SeqCst), seen.load(SeqCst)));
            $say(&(atomic.into_inner(), Atomic::default(), Atomic::from(a)));
        }
        $say(&(size_of::<Atomic>(), align_of::<Atomic>()));
    }};
}

same_answers! {
    fn integers_of_all_sizes(say) {
        integer!(say, sync::atomic::AtomicU8, u8);
        integer!(say, sync::atomic::AtomicI8, i8);
        integer!(say, sync::atomic::AtomicU16, u16);
        integer!(say, sync::atomic::AtomicI16, i16);
        integer!(say, sync::atomic::AtomicU32, u32);
        integer!(say, sync::atomic::AtomicI32, i32);
        integer!(say, sync::atomic::AtomicU64, u64);
        integer!(say, sync::atomic::AtomicI64, i64);
        integer!(say, sync::atomic::AtomicUsize, usize);
        integer!(say, sync::atomic::AtomicIsize, isize);
    }

    fn flags(say) {
        use sync::atomic::AtomicBool;
        use sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};
        for (a, b) in [(false, false), (false, true), (true, false), (true, true)] {
            let mut flag = AtomicBool::new(a);
            say(&(flag.load(Acquire), flag.swap(b, SeqCst), &flag));
            flag.store(a, Release);
            say(&(flag.fetch_and(b, SeqCst), flag.fetch_nand(b, AcqRel)));
            say(&(flag.fetch_or(b, SeqCst), flag.fetch_xor(b, Relaxed), flag.fetch_not(SeqCst)));
            say(&(flag.compare_exchange(a, b, SeqCst, SeqCst), flag.load(SeqCst)));
            say(&(flag.compare_and_swap(b, a, Release), flag.load(SeqCst)));
            say(&flag.fetch_update(SeqCst, SeqCst, |x| (x != a).then_some(!x)));
            say(&flag.try_update(SeqCst, SeqCst, |_| None));
            say(&flag.update(SeqCst, SeqCst, |x| x ^ b));
            *flag.get_mut() = b;
            say(&(flag.into_inner(), AtomicBool::default(), AtomicBool::from(b)));
        }
        say(&sync::atomic::ATOMIC_BOOL_INIT);
        say(&(sync::atomic::ATOMIC_USIZE_INIT, sync::atomic::ATOMIC_ISIZE_INIT));
        sync::atomic::fence(SeqCst);
        sync::atomic::compiler_fence(Acquire);
        sync::atomic::spin_loop_hint();
    }

    fn pointers(say) {
        use sync::atomic::AtomicPtr;
        use sync::atomic::Ordering::{Relaxed, SeqCst};
        let mut numbers = [1_u32, 2, 3, 4];
        let start = numbers.as_mut_ptr();
        let at = |pointer: *mut u32| (pointer.addr() - start.addr()) / 4;
        let mut pointer = AtomicPtr::new(start);
        say(&at(pointer.fetch_ptr_add(2, SeqCst)));
        say(&at(pointer.fetch_ptr_sub(1, SeqCst)));
        say(&at(pointer.fetch_byte_add(8, Relaxed)));
        say(&at(pointer.fetch_byte_sub(4, Relaxed)));
        say(&at(pointer.load(SeqCst)));
        say(&at(pointer.swap(start, SeqCst)));
        say(&pointer.compare_exchange(start, start, SeqCst, SeqCst).map(at).map_err(at));
        say(&pointer.fetch_update(SeqCst, SeqCst, |_| None).map(at).map_err(at));
        say(&(format!("{pointer:p}") == format!("{start:p}"), format!("{pointer:?}").len() > 3));
        *pointer.get_mut() = std::ptr::null_mut();
        say(&(pointer.into_inner().is_null(), AtomicPtr::<u8>::default().load(SeqCst).is_null()));
        say(&(size_of::<AtomicPtr<u8>>(), align_of::<AtomicPtr<u8>>()));
    }
}

#[test]
#[should_panic(expected = "there is no such thing as a release load")]
fn an_order_that_a_load_cannot_have_panics() {
    let release = std::hint::black_box(std::sync::atomic::Ordering::Release);
    crate::mirrors::atomic::AtomicBool::new(true).load(release);
}
