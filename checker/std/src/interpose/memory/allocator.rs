//! Memory that is given out, and given back: what is new has no past.
//!
//! # Safety
//!
//! See [`memory`](super). The linker gives libc's own functions other names (`--wrap`), by which they
//! are called with the same arguments.

use ::real::arch::global_asm;

use ::libc::{c_int, c_void};
use ::sched_runtime::memory::{self, From};

unsafe extern "C" {
    fn __real_malloc(size: usize) -> *mut c_void;
    fn __real_calloc(count: usize, size: usize) -> *mut c_void;
    fn __real_realloc(memory: *mut c_void, size: usize) -> *mut c_void;
    fn __real_posix_memalign(memory: *mut *mut c_void, alignment: usize, size: usize) -> c_int;
    fn __real_free(memory: *mut c_void);
}

// As in `accesses`: where a call comes from is passed on.
#[cfg(target_arch = "x86_64")]
global_asm!(
    ".section .text.__wrap_free,\"ax\",@progbits",
    ".globl __wrap_free",
    ".type __wrap_free,@function",
    "__wrap_free:",
    "mov rsi, [rsp]",
    "mov rdx, rbp",
    "jmp {free}",
    ".section .text.__wrap_realloc,\"ax\",@progbits",
    ".globl __wrap_realloc",
    ".type __wrap_realloc,@function",
    "__wrap_realloc:",
    "mov rdx, [rsp]",
    "mov rcx, rbp",
    "jmp {realloc}",
    ".text",
    free = sym free,
    realloc = sym realloc,
);

/// How much can be used of a piece of memory: all that the allocator gave for it.
///
/// # Safety
///
/// The allocator gave it, and has not got it back.
unsafe fn size_of(memory: *mut c_void) -> usize {
    // SAFETY: the caller's contract.
    unsafe { ::libc::malloc_usable_size(memory) }
}

/// # Safety
///
/// The allocator gave it just now.
unsafe fn is_new(memory: *mut c_void) {
    // SAFETY: the caller's contract.
    let size = unsafe { size_of(memory) };
    memory::allocated(memory.addr(), size);
}

/// # Safety
///
/// The caller's contract is that of `free(3)`.
unsafe extern "C" fn free(memory: *mut c_void, pc: usize, frame: usize) {
    // SAFETY: the caller's contract.
    let size = unsafe { size_of(memory) };
    memory::freed(memory.addr(), size, From { pc, frame });
    // SAFETY: the caller's contract.
    unsafe { __real_free(memory) };
}

/// # Safety
///
/// The caller's contract is that of `realloc(3)`.
unsafe extern "C" fn realloc(
    memory: *mut c_void,
    size: usize,
    pc: usize,
    frame: usize,
) -> *mut c_void {
    // SAFETY: the caller's contract.
    let old = unsafe { size_of(memory) };
    memory::freed(memory.addr(), old, From { pc, frame });
    // SAFETY: the caller's contract.
    let new = unsafe { __real_realloc(memory, size) };
    // SAFETY: null, of which nothing is used, or given just now.
    unsafe { is_new(new) };
    new
}

/// `malloc(3)`.
///
/// # Safety
///
/// See the manual page.
#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_malloc(size: usize) -> *mut c_void {
    // SAFETY: the same contract.
    let memory = unsafe { __real_malloc(size) };
    // SAFETY: null, of which nothing is used, or given just now.
    unsafe { is_new(memory) };
    memory
}

/// `calloc(3)`.
///
/// # Safety
///
/// See the manual page.
#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_calloc(count: usize, size: usize) -> *mut c_void {
    // SAFETY: the same contract.
    let memory = unsafe { __real_calloc(count, size) };
    // SAFETY: null, of which nothing is used, or given just now.
    unsafe { is_new(memory) };
    memory
}

/// `posix_memalign(3)`.
///
/// # Safety
///
/// See the manual page.
#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_posix_memalign(
    memory: *mut *mut c_void,
    alignment: usize,
    size: usize,
) -> c_int {
    // SAFETY: the same contract.
    let result = unsafe { __real_posix_memalign(memory, alignment, size) };
    if result == 0 {
        // SAFETY: it was written just now.
        let new = unsafe { *memory };
        // SAFETY: given just now.
        unsafe { is_new(new) };
    }
    result
}
