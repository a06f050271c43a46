//! A Landlock domain for each run, inside the one that the checker put the server in. It takes away
//! what the server may do, and a learner's program may not.
//!
//! The program may not start programs, remove folders outside of its own, signal the server, read
//! its memory, or use its descriptors: Landlock protects the processes around a domain from it
//! (landlock(7)). The domain is prepared once; to enter it costs microseconds, and a fork nothing.
//!
//! Three system calls instead of the crate `landlock`, which the checker uses: that one brings eight more
//! crates, four seconds of compiling at a learner's first check, and 34 KB into each program.
//!
//! # Safety
//!
//! System calls that rustix does not offer, with pointers to structures that outlive the call.

use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

const CREATE_RULESET: libc::c_long = 444;
const ADD_RULE: libc::c_long = 445;
const RESTRICT_SELF: libc::c_long = 446;
/// Asks for the version of the interface instead of making a ruleset.
const VERSION: usize = 1;
const PATH_BENEATH: usize = 1;

const EXECUTE: u64 = 1 << 0;
const REMOVE_DIR: u64 = 1 << 4;
/// Moving and linking from one folder to another; since version 2, and forbidden before.
const REFER: u64 = 1 << 13;
const SCOPE_ABSTRACT_SOCKETS: u64 = 1 << 0;
/// Since version 6.
const SCOPE_SIGNALS: u64 = 1 << 1;

#[repr(C)]
struct Ruleset {
    files: u64,
    network: u64,
    scoped: u64,
}

/// The kernel's structure is packed.
#[repr(C, packed)]
struct PathBeneath {
    allowed: u64,
    parent: i32,
}

/// A domain that processes can enter, and never leave.
pub struct Domain {
    ruleset: OwnedFd,
}

impl Domain {
    /// The domain for runs whose folder is the current one; `None` where there is no Landlock.
    #[must_use]
    pub fn prepare() -> Option<Self> {
        // SAFETY: no address is passed.
        let version = unsafe { landlock(CREATE_RULESET, [0, 0, VERSION, 0]) }?;
        let tree = REMOVE_DIR | if version >= 2 { REFER } else { 0 };
        let scoped = if version >= 6 {
            SCOPE_SIGNALS | SCOPE_ABSTRACT_SOCKETS
        } else {
            0
        };
        let rules = Ruleset {
            files: EXECUTE | tree,
            network: 0,
            scoped,
        };
        let (address, size) = (std::ptr::from_ref(&rules).addr(), size_of::<Ruleset>());
        // SAFETY: `address` is that of a structure of `size` bytes, which is alive.
        let number = unsafe { landlock(CREATE_RULESET, [address, size, 0, 0]) }?;
        // SAFETY: the kernel just made this descriptor, and nobody else knows of it.
        let ruleset = unsafe { OwnedFd::from_raw_fd(number) };
        let flags = rustix::fs::OFlags::PATH | rustix::fs::OFlags::CLOEXEC;
        let here = rustix::fs::open(c".", flags, rustix::fs::Mode::empty()).ok()?;
        let rule = PathBeneath {
            allowed: tree,
            parent: here.as_raw_fd(),
        };
        let address = std::ptr::from_ref(&rule).addr();
        let arguments = [descriptor(&ruleset), PATH_BENEATH, address, 0];
        // SAFETY: `address` is that of the structure that goes with `PATH_BENEATH`, which is alive.
        unsafe { landlock(ADD_RULE, arguments) }?;
        Some(Self { ruleset })
    }

    /// Puts the calling thread into the domain. False if the kernel refuses, as it does in the
    /// sixteenth nested domain; then nothing has changed.
    #[must_use]
    pub fn enter(&self) -> bool {
        // SAFETY: no address is passed.
        unsafe { landlock(RESTRICT_SELF, [descriptor(&self.ruleset), 0, 0, 0]) }.is_some()
    }
}

fn descriptor(fd: &OwnedFd) -> usize {
    fd.as_raw_fd().unsigned_abs() as usize
}

/// A call of Landlock; `None` for an error.
///
/// # Safety
///
/// An address among the arguments is that of the structure that the kernel reads for this call, of at
/// least the size that it reads. None of these calls writes to memory.
unsafe fn landlock(call: libc::c_long, [a, b, c, d]: [usize; 4]) -> Option<i32> {
    // SAFETY: the caller's contract.
    let result = unsafe { super::sys::raw_call(call, [a, b, c, d, 0, 0]) };
    i32::try_from(result).ok().filter(|&it| it >= 0)
}
