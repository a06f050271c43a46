//! What a program keeps in a register alone is a part of its state, whatever is called meanwhile.

use std::cell::{Cell, RefCell};

use sched_segment::os::fingerprint::{at_a_glance, of_stack, stack_pointer};
use sched_segment::os::registers::{Registers, call_on};

/// A function that puts `value` into a register and calls `then`.
type Keeper = extern "C" fn(value: u64, then: extern "C" fn());

#[cfg(target_arch = "x86_64")]
macro_rules! keepers {
    ($($register:ident)*) => {
        $(#[unsafe(naked)]
        extern "C" fn $register(value: u64, then: extern "C" fn()) {
            std::arch::naked_asm!(
                concat!("push ", stringify!($register)),
                concat!("mov ", stringify!($register), ", rdi"),
                "call rsi",
                concat!("pop ", stringify!($register)),
                "ret",
            );
        })*
        const KEEPERS: &[(&str, Keeper)] = &[$((stringify!($register), $register)),*];
    };
}

#[cfg(target_arch = "x86_64")]
keepers! { rbx rbp r12 r13 r14 r15 }

#[cfg(target_arch = "aarch64")]
macro_rules! keepers {
    ($($register:ident $move:literal)*) => {
        $(#[unsafe(naked)]
        extern "C" fn $register(value: u64, then: extern "C" fn()) {
            std::arch::naked_asm!(
                "sub sp, sp, #16",
                concat!("str ", stringify!($register), ", [sp]"),
                "str x30, [sp, #8]",
                concat!($move, " ", stringify!($register), ", x0"),
                "blr x1",
                concat!("ldr ", stringify!($register), ", [sp]"),
                "ldr x30, [sp, #8]",
                "add sp, sp, #16",
                "ret",
            );
        })*
        const KEEPERS: &[(&str, Keeper)] = &[$((stringify!($register), $register)),*];
    };
}

#[cfg(target_arch = "aarch64")]
keepers! {
    x19 "mov" x20 "mov" x21 "mov" x22 "mov" x23 "mov" x24 "mov" x25 "mov" x26 "mov" x27 "mov"
    x28 "mov" x29 "mov" d8 "fmov" d9 "fmov" d10 "fmov" d11 "fmov" d12 "fmov" d13 "fmov" d14 "fmov"
    d15 "fmov"
}

/// How much of the stack counts here: the frames of a keeper and of what it calls, and a part of `apart`'s.
const FRAMES: u64 = 256;

/// Calls a keeper, far enough from the test's own frame, in which the results are kept.
#[inline(never)]
fn apart(keep: Keeper, value: u64) -> u64 {
    let between = std::hint::black_box([0_u64; 64]);
    keep(value, state);
    std::hint::black_box(between);
    SEEN.get()
}

/// A stack of the scheduler's.
#[repr(align(16))]
struct Stack([u8; 1 << 16]);

thread_local! {
    static STACK: RefCell<Box<Stack>> = RefCell::new(Box::new(Stack([0; 1 << 16])));
}

/// Calls `act` on another stack than this one.
#[inline(always)]
fn apart_from_this_stack<R>(act: impl FnOnce(&Registers) -> R) -> R {
    STACK.with_borrow_mut(|stack| {
        let top = stack.0.as_mut_ptr_range().end;
        // SAFETY: aligned, and this thread's alone while it is borrowed.
        unsafe { call_on(top, act) }
    })
}

thread_local! {
    /// The hash of the last state. Nothing of it comes back to the stack that is hashed.
    static SEEN: Cell<u64> = const { Cell::new(0) };
}

/// The state as a scheduling point finds it, hashed by what uses all these registers itself.
#[inline(never)]
extern "C" fn state() {
    apart_from_this_stack(|registers| SEEN.set(with_other_values(registers, hash)));
}

extern "C" fn hash(registers: &Registers) -> u64 {
    of_stack(registers, registers.stack + FRAMES, 0)
}

/// Calls `then` with other values in some of the registers, as any function might.
#[cfg(target_arch = "x86_64")]
#[unsafe(naked)]
extern "C" fn with_other_values(it: &Registers, then: extern "C" fn(&Registers) -> u64) -> u64 {
    std::arch::naked_asm!(
        "push rbx",
        "push rbp",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "sub rsp, 8",
        "xor ebx, ebx",
        "xor ebp, ebp",
        "xor r12, r12",
        "xor r13, r13",
        "xor r14, r14",
        "xor r15, r15",
        "call rsi",
        "add rsp, 8",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbp",
        "pop rbx",
        "ret",
    )
}

/// Calls `then` with other values in some of the registers, as any function might.
#[cfg(target_arch = "aarch64")]
#[unsafe(naked)]
extern "C" fn with_other_values(it: &Registers, then: extern "C" fn(&Registers) -> u64) -> u64 {
    std::arch::naked_asm!(
        "stp x29, x30, [sp, #-48]!",
        "stp x19, x28, [sp, #16]",
        "stp d8, d15, [sp, #32]",
        "mov x19, #0",
        "mov x28, #0",
        "fmov d8, xzr",
        "fmov d15, xzr",
        "blr x1",
        "ldp d8, d15, [sp, #32]",
        "ldp x19, x28, [sp, #16]",
        "ldp x29, x30, [sp], #48",
        "ret",
    )
}

#[test]
fn a_counter_in_any_register_that_outlives_calls_makes_another_state() {
    for (name, keep) in KEEPERS {
        // At first there may be anything in the gaps between what is kept on the stack.
        let [_, same, again, one_more, two_more] = [1, 1, 1, 2, 3].map(|it| apart(*keep, it));
        assert_eq!(same, again, "{name}: the same state");
        assert_ne!(again, one_more, "{name}");
        assert_ne!(one_more, two_more, "{name}");
    }
}

#[test]
fn the_stack_begins_where_the_registers_were_asked_for() {
    let (stack, there) = apart_from_this_stack(|registers| (registers.stack, stack_pointer()));
    assert!(stack.abs_diff(stack_pointer()) < 4096);
    assert!(there.abs_diff(stack_pointer()) > 4096, "it is another one");
}

#[test]
#[should_panic(expected = "on the other stack")]
fn a_panic_comes_back_from_the_other_stack() {
    apart_from_this_stack(|_| panic!("on the other stack"));
}

thread_local! {
    /// What the scheduler counts.
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

/// What a scheduler does at a point: it counts, in `FRAME` words of its stack.
#[inline(never)]
fn count<const FRAME: usize>() {
    COUNT.set(COUNT.get() + 1);
    let counts: [u64; FRAME] = std::array::from_fn(|_| COUNT.get());
    std::hint::black_box(counts);
}

/// What the program itself leaves behind, the same each time.
#[inline(never)]
fn work() {
    std::hint::black_box([7_u64; 600]);
}

thread_local! {
    /// What the glances of all rounds saw, and which round it is: here, since a count of the loop's own
    /// in a register would come to the stack of whatever it calls.
    static GLANCES: [Cell<u64>; 9] = const { [const { Cell::new(0) }; 9] };
    static ROUND: Cell<usize> = const { Cell::new(0) };
}

/// A program's loop as a glance sees it, round after round: frames with gaps, and a call of the
/// scheduler's in each.
fn glances(schedule: impl Fn()) -> [u64; 9] {
    ROUND.set(0);
    while ROUND.get() < 9 {
        work();
        schedule();
        glance_over_gaps();
        GLANCES.with(|all| all[ROUND.get()].set(SEEN.get()));
        ROUND.set(ROUND.get() + 1);
    }
    GLANCES.with(|all| all.each_ref().map(Cell::get))
}

/// A frame of which nothing is written, so that what was there before is what a glance sees.
#[inline(never)]
fn glance_over_gaps() {
    let gap = std::mem::MaybeUninit::<[u64; 64]>::uninit();
    let start = std::hint::black_box(&raw const gap).expose_provenance() as u64;
    apart_from_this_stack(|registers| {
        let only_the_gap = Registers {
            kept: registers.kept.map(|_| 0),
            stack: start,
        };
        SEEN.set(at_a_glance(&only_the_gap, [start, start + 8 * 64], 0));
    });
}

#[test]
fn what_the_scheduler_counts_is_not_seen_however_much_it_keeps_on_its_stack() {
    let differ = |glances: &[u64]| glances.windows(2).any(|it| it[0] != it[1]);
    // On the program's stack a count stays where the program's next frame has its gaps.
    assert!(differ(&glances(count::<500>)[1..]));
    for scheduler in [count::<8>, count::<80>, count::<800>] {
        let seen = glances(|| apart_from_this_stack(|_| scheduler()));
        assert!(!differ(&seen[1..]), "{seen:x?}");
    }
}
