//! The scheduler's own stack, and the registers that outlive calls as they were when it was entered.
//!
//! What the scheduler keeps while it works, and what is left of that when it returns, lies on a
//! stack of its own. On the program's stack there is nothing of it: neither counts that it keeps nor
//! values in the gaps that the compiler leaves in frames. So whatever the scheduler's code is, and
//! whatever the compiler makes of it, the state of a program that is looked at is the program's.
//!
//! A function that is called leaves these registers as they are, or keeps their values on its stack
//! while it uses them. So what a program had in them is, at each moment, in the registers and on the
//! stack above the stack pointer *of the same moment*. They are read together, by the function that
//! changes to the other stack, whose code the compiler adds nothing to.
//!
//! # Safety
//!
//! That function stores to the stack that its caller gives it, runs another function there, and
//! changes no register that is to be kept. Debuggers and panics find the way back: the frame pointer
//! leads to the frame on the stack that was left.

use std::mem::{ManuallyDrop, MaybeUninit};

/// How many there are: `rbx`, `rbp`, `r12` to `r15` (System V ABI for AMD64, section 3.2.1).
#[cfg(target_arch = "x86_64")]
const KEPT: usize = 6;
/// Which of them is the frame pointer.
#[cfg(target_arch = "x86_64")]
const FRAME: usize = 1;
/// How many there are: `x19` to `x29`, `d8` to `d15` (Procedure Call Standard for AArch64, section 6.1).
#[cfg(target_arch = "aarch64")]
const KEPT: usize = 19;
/// Which of them is the frame pointer.
#[cfg(target_arch = "aarch64")]
const FRAME: usize = 10;

/// These registers at one moment.
#[derive(Debug)]
#[repr(C, align(16))]
pub struct Registers {
    /// Their values.
    pub kept: [u64; KEPT],
    /// The stack pointer of whoever left its stack.
    pub stack: u64,
}

impl Registers {
    /// The frame pointer.
    #[must_use]
    pub fn frame(&self) -> u64 {
        self.kept[FRAME]
    }
}

/// What is to be called there, and what it returned.
struct Call<F, R> {
    act: ManuallyDrop<F>,
    result: MaybeUninit<R>,
}

/// Calls `act` on the stack that ends at `top`, with the registers as they are now.
///
/// # Safety
///
/// `top` is a multiple of 16, and below it is writable memory that nothing else uses until this
/// returns: as much as `act` needs.
#[inline(always)]
pub unsafe fn call_on<R>(top: *mut u8, act: impl FnOnce(&Registers) -> R) -> R {
    let mut call = Call {
        act: ManuallyDrop::new(act),
        result: MaybeUninit::uninit(),
    };
    let run = run_of(&call);
    // SAFETY: `call` is what `run` expects, lives until this returns, and is used once; of the stack
    // the caller says what is asked for.
    unsafe { switch((&raw mut call).cast(), run, top) };
    // SAFETY: `run` has returned, so it has written the result.
    unsafe { call.result.assume_init() }
}

/// What runs a [`Call`], given its address and that of the registers.
type Run = unsafe extern "C-unwind" fn(*mut u8, *const Registers);

/// [`run`] for a call of this type.
#[inline(always)]
fn run_of<F: FnOnce(&Registers) -> R, R>(_: &Call<F, R>) -> Run {
    run::<F, R>
}

/// Runs a call.
///
/// # Safety
///
/// `call` is a [`Call`] of this type that was not run yet, and nobody else uses it meanwhile;
/// `registers` is valid.
unsafe extern "C-unwind" fn run<F: FnOnce(&Registers) -> R, R>(
    call: *mut u8,
    registers: *const Registers,
) {
    // SAFETY: the caller says so.
    let call = unsafe { &mut *call.cast::<Call<F, R>>() };
    // SAFETY: it was not run yet, and is run no second time.
    let act = unsafe { ManuallyDrop::take(&mut call.act) };
    // SAFETY: the caller says so.
    let registers = unsafe { &*registers };
    call.result.write(act(registers));
}

/// Stores the registers at the end of another stack, the stack pointer as it was before the call
/// among them; calls `run` there, and comes back.
///
/// # Safety
///
/// As for [`call_on`] and [`run`].
#[cfg(target_arch = "x86_64")]
#[unsafe(naked)]
unsafe extern "C-unwind" fn switch(call: *mut u8, run: Run, top: *mut u8) {
    std::arch::naked_asm!(
        ".cfi_startproc",
        "push rbp",
        ".cfi_def_cfa_offset 16",
        ".cfi_offset rbp, -16",
        "mov rax, rbp",
        "mov rbp, rsp",
        ".cfi_def_cfa_register rbp",
        "sub rdx, 64",
        "mov [rdx], rbx",
        "mov [rdx + 8], rax",
        "mov [rdx + 16], r12",
        "mov [rdx + 24], r13",
        "mov [rdx + 32], r14",
        "mov [rdx + 40], r15",
        // Above the frame pointer that was pushed, and the address to return to.
        "lea rax, [rbp + 16]",
        "mov [rdx + 48], rax",
        "mov rax, rsi",
        "mov rsi, rdx",
        "mov rsp, rdx",
        "call rax",
        "mov rsp, rbp",
        "pop rbp",
        ".cfi_def_cfa rsp, 8",
        "ret",
        ".cfi_endproc",
    );
}

/// Stores the registers at the end of another stack, the stack pointer as it was before the call
/// among them; calls `run` there, and comes back.
///
/// # Safety
///
/// As for [`call_on`] and [`run`].
#[cfg(target_arch = "aarch64")]
#[unsafe(naked)]
unsafe extern "C-unwind" fn switch(call: *mut u8, run: Run, top: *mut u8) {
    std::arch::naked_asm!(
        ".cfi_startproc",
        "stp x29, x30, [sp, #-16]!",
        ".cfi_def_cfa_offset 16",
        ".cfi_offset x29, -16",
        ".cfi_offset x30, -8",
        "mov x9, x29",
        "mov x29, sp",
        ".cfi_def_cfa x29, 16",
        "sub x2, x2, #160",
        "stp x19, x20, [x2]",
        "stp x21, x22, [x2, #16]",
        "stp x23, x24, [x2, #32]",
        "stp x25, x26, [x2, #48]",
        "stp x27, x28, [x2, #64]",
        "str x9, [x2, #80]",
        "stp d8, d9, [x2, #88]",
        "stp d10, d11, [x2, #104]",
        "stp d12, d13, [x2, #120]",
        "stp d14, d15, [x2, #136]",
        // Above the two that were pushed.
        "add x9, x29, #16",
        "str x9, [x2, #152]",
        "mov x9, x1",
        "mov x1, x2",
        "mov sp, x2",
        "blr x9",
        "mov sp, x29",
        "ldp x29, x30, [sp], #16",
        ".cfi_def_cfa sp, 0",
        "ret",
        ".cfi_endproc",
    );
}
