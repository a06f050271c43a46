//! Marks that the system gives files: numbers that tell them apart, and times. They go on from
//! schedule to schedule, so from them a program could count in which one it is.
//!
//! A number is a name: the same file has the same one, in all processes of a run, and it says nothing
//! else. All that is older than the first look at it is as old as the run.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::prelude::rust_2024::*;
use ::real::sync::OnceLock;
use ::real::vec::Vec;

use ::libc::statx;
use ::rustix::time::{ClockId, Timespec, clock_gettime};
use ::sched_runtime::attached;

use super::clock::EPOCH;

/// Whether that is hidden: from contained programs alone. What one runs of one's own sees what it sees
/// elsewhere.
pub(super) fn hidden() -> bool {
    // SAFETY: takes nothing else, and changes nothing.
    let filters = unsafe { system_call!(SYS_prctl, ::libc::PR_GET_SECCOMP) };
    attached::controlled() && filters.make() > 0
}

/// What the numbers are mixed with: drawn by the kernel when the program was started, before the
/// first schedule, where safe code does not see it.
fn key() -> u64 {
    // SAFETY: takes a number; zero where the kernel gave nothing of this kind.
    let drawn = unsafe { ::libc::getauxval(::libc::AT_RANDOM) };
    let drawn = ::real::ptr::with_exposed_provenance::<u64>(drawn as usize);
    if drawn.is_null() {
        return 0;
    }
    // SAFETY: sixteen bytes lie there, as getauxval(3) says, which nobody ever changes.
    unsafe { drawn.read_unaligned() }
}

/// Another number for each.
fn mixed(number: u64) -> u64 {
    let mut mixed = number ^ key();
    for _ in 0..3 {
        mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0x94D0_49BB_1331_11EB);
    }
    mixed ^ (mixed >> 31)
}

/// A file's number and times as a program is to see them.
pub(super) fn hide(about: &mut statx) {
    about.stx_ino = mixed(about.stx_ino);
    let times = [
        &mut about.stx_atime,
        &mut about.stx_btime,
        &mut about.stx_ctime,
        &mut about.stx_mtime,
    ];
    let first = first_look();
    for time in times {
        let at = (time.tv_sec, i64::from(time.tv_nsec));
        let first = (first.tv_sec, first.tv_nsec);
        let later = (at > first).then(|| (at.0 - first.0) * SECOND + at.1 - first.1);
        let later = later.unwrap_or(0);
        time.tv_sec = EPOCH + later / SECOND;
        time.tv_nsec = u32::try_from(later % SECOND).unwrap_or(0);
    }
}

/// Nanoseconds.
const SECOND: i64 = 1_000_000_000;

/// When this process, or one that it was forked from, looked at a file for the first time.
fn first_look() -> Timespec {
    static FIRST: OnceLock<Timespec> = OnceLock::new();
    *FIRST.get_or_init(|| clock_gettime(ClockId::RealtimeCoarse))
}

/// A text such as `pipe:[123]` with another number.
pub(super) fn renumbered(text: Vec<u8>) -> Vec<u8> {
    let number = |text: &[u8]| {
        let inside = text.strip_suffix(b"]")?;
        let begins = inside.iter().rposition(|byte| *byte == b'[')? + 1;
        let number: u64 = str::from_utf8(&inside[begins..]).ok()?.parse().ok()?;
        Some((begins, number))
    };
    match number(&text) {
        Some((begins, number)) if text[..begins].ends_with(b":[") && hidden() => {
            let number = ::real::format!("{}]", mixed(number) >> 32);
            [&text[..begins], number.as_bytes()].concat()
        }
        _ => text,
    }
}
