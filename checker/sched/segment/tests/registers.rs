//! What a program keeps in a register alone is a part of its state, whatever is called meanwhile.

use sched_segment::os::fingerprint::{of_stack, stack_pointer};
use sched_segment::os::registers::Registers;

/// A function that puts `value` into a register and calls `then`.
type Keeper = extern "C" fn(value: u64, then: extern "C" fn() -> u64) -> u64;

#[cfg(target_arch = "x86_64")]
macro_rules! keepers {
    ($($register:ident)*) => {
        $(#[unsafe(naked)]
        extern "C" fn $register(value: u64, then: extern "C" fn() -> u64) -> u64 {
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
        extern "C" fn $register(value: u64, then: extern "C" fn() -> u64) -> u64 {
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
    let state = keep(value, state);
    std::hint::black_box(between);
    state
}

/// The state as a scheduling point finds it, hashed by what uses all these registers itself.
#[inline(never)]
extern "C" fn state() -> u64 {
    with_other_values(&Registers::now(), hash)
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
    let registers = Registers::now();
    assert!(registers.stack.abs_diff(stack_pointer()) < 4096);
}
