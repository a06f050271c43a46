//! Reading and writing. Where a call comes from stands in registers that a function of Rust cannot see:
//! the return address on top of the stack, and the caller's frame pointer. So each entry passes them
//! on, and jumps; it changes nothing that the caller relies on.
//!
//! # Safety
//!
//! See [`memory`](super). The entries are machine code for one architecture and calling convention; on
//! others there are none, programs are not linked, and the checker finds out that it must do without.

use ::real::arch::global_asm;
use ::real::{concat, ptr};

use ::libc::c_int;
use ::sched_runtime::memory::{From, How, accessed};

/// An entry that passes on the number `$what`, where it is called from, and its caller's frame.
macro_rules! access {
    ($($name:literal $size:literal $target:ident;)*) => {
        #[cfg(target_arch = "x86_64")]
        global_asm!(
            $(
                concat!(".section .text.", $name, ",\"ax\",@progbits"),
                concat!(".globl ", $name),
                concat!(".type ", $name, ",@function"),
                concat!($name, ":"),
                concat!("mov esi, ", $size),
                "mov rdx, [rsp]",
                "mov rcx, rbp",
                concat!("jmp {", ::real::stringify!($target), "}"),
            )*
            ".text",
            read = sym read,
            write = sym write,
        );
    };
}

access! {
    "__tsan_read1" "1" read;
    "__tsan_read2" "2" read;
    "__tsan_read4" "4" read;
    "__tsan_read8" "8" read;
    "__tsan_read16" "16" read;
    "__tsan_unaligned_read2" "2" read;
    "__tsan_unaligned_read4" "4" read;
    "__tsan_unaligned_read8" "8" read;
    "__tsan_unaligned_read16" "16" read;
    "__tsan_write1" "1" write;
    "__tsan_write2" "2" write;
    "__tsan_write4" "4" write;
    "__tsan_write8" "8" write;
    "__tsan_write16" "16" write;
    "__tsan_unaligned_write2" "2" write;
    "__tsan_unaligned_write4" "4" write;
    "__tsan_unaligned_write8" "8" write;
    "__tsan_unaligned_write16" "16" write;
}

/// An entry that passes on three arguments, where it is called from, and its caller's frame.
macro_rules! range {
    ($($name:literal $target:ident;)*) => {
        #[cfg(target_arch = "x86_64")]
        global_asm!(
            $(
                concat!(".section .text.", $name, ",\"ax\",@progbits"),
                concat!(".globl ", $name),
                concat!(".type ", $name, ",@function"),
                concat!($name, ":"),
                "mov rcx, [rsp]",
                "mov r8, rbp",
                concat!("jmp {", ::real::stringify!($target), "}"),
            )*
            ".text",
            copy = sym copy,
            set = sym set,
        );
    };
}

range! {
    "__tsan_memcpy" copy;
    "__tsan_memmove" copy;
    "__tsan_memset" set;
}

extern "C" fn read(address: usize, size: usize, pc: usize, frame: usize) {
    accessed(address, size, How::Read, From { pc, frame });
}

extern "C" fn write(address: usize, size: usize, pc: usize, frame: usize) {
    accessed(address, size, How::Write, From { pc, frame });
}

/// # Safety
///
/// The caller's contract is that of `memmove(3)`.
unsafe extern "C" fn copy(
    to: *mut u8,
    from: *const u8,
    size: usize,
    pc: usize,
    frame: usize,
) -> *mut u8 {
    let place = From { pc, frame };
    accessed(from.addr(), size, How::Read, place);
    accessed(to.addr(), size, How::Write, place);
    // SAFETY: the caller's contract.
    unsafe { ptr::copy(from, to, size) };
    to
}

/// # Safety
///
/// The caller's contract is that of `memset(3)`.
unsafe extern "C" fn set(
    to: *mut u8,
    value: c_int,
    size: usize,
    pc: usize,
    frame: usize,
) -> *mut u8 {
    accessed(to.addr(), size, How::Write, From { pc, frame });
    let [byte, ..] = value.to_le_bytes();
    // SAFETY: the caller's contract.
    unsafe { ptr::write_bytes(to, byte, size) };
    to
}
