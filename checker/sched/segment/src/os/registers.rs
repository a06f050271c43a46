//! The registers that outlive calls, with the place on the stack up to which their older values lie.
//!
//! A function that is called leaves these registers as they are, or keeps their values on its stack
//! while it uses them. So what a program had in them is, at each moment, in the registers and on the
//! stack above the stack pointer *of the same moment*. They are read together, by one function whose
//! code the compiler adds nothing to, and what is below that place is nobody's state.
//!
//! # Safety
//!
//! The function stores to memory that its caller gives it, and changes no register that is to be kept.

/// How many there are: `rbx`, `rbp`, `r12` to `r15` (System V ABI for AMD64, section 3.2.1).
#[cfg(target_arch = "x86_64")]
const KEPT: usize = 6;
/// How many there are: `x19` to `x29`, `d8` to `d15` (Procedure Call Standard for AArch64, section 6.1).
#[cfg(target_arch = "aarch64")]
const KEPT: usize = 19;

/// These registers at one moment.
#[derive(Debug)]
#[repr(C)]
pub struct Registers {
    /// Their values.
    pub kept: [u64; KEPT],
    /// The stack pointer of whoever asked for them.
    pub stack: u64,
}

impl Registers {
    /// As they are now, in the function that calls this.
    #[inline(always)]
    #[must_use]
    pub fn now() -> Self {
        let mut now = Self {
            kept: [0; KEPT],
            stack: 0,
        };
        // SAFETY: the structure is writable, and has a word for each that is stored.
        unsafe { store(&raw mut now) };
        now
    }
}

/// Stores the registers, and the stack pointer as it was before the call.
///
/// # Safety
///
/// `into` is valid for writes.
#[cfg(target_arch = "x86_64")]
#[unsafe(naked)]
unsafe extern "C" fn store(into: *mut Registers) {
    std::arch::naked_asm!(
        "mov [rdi], rbx",
        "mov [rdi + 8], rbp",
        "mov [rdi + 16], r12",
        "mov [rdi + 24], r13",
        "mov [rdi + 32], r14",
        "mov [rdi + 40], r15",
        // Above the address to return to.
        "lea rax, [rsp + 8]",
        "mov [rdi + 48], rax",
        "ret",
    );
}

/// Stores the registers, and the stack pointer.
///
/// # Safety
///
/// `into` is valid for writes.
#[cfg(target_arch = "aarch64")]
#[unsafe(naked)]
unsafe extern "C" fn store(into: *mut Registers) {
    std::arch::naked_asm!(
        "stp x19, x20, [x0]",
        "stp x21, x22, [x0, #16]",
        "stp x23, x24, [x0, #32]",
        "stp x25, x26, [x0, #48]",
        "stp x27, x28, [x0, #64]",
        "str x29, [x0, #80]",
        "stp d8, d9, [x0, #88]",
        "stp d10, d11, [x0, #104]",
        "stp d12, d13, [x0, #120]",
        "stp d14, d15, [x0, #136]",
        "mov x9, sp",
        "str x9, [x0, #152]",
        "ret",
    );
}
