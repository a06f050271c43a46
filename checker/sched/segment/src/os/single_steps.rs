//! Single steps of a thread that computes: whether it comes back to exactly the state that it was in.
//!
//! A computation that asks nobody depends on nothing but its registers and memory. If both are what
//! they were some steps before, it goes on like that for ever: a proof, in whatever time it is found.
//! A thread that has counted much makes them by itself, always at the same count; of code that counts
//! nothing the supervisor asks for it by a signal ([`try_some`]). The thread then traps after each
//! instruction (the trap flag). By Brent's algorithm the state after 2^k steps is compared with those
//! that follow: the registers each time, the memory only where all of them are the same.
//!
//! Whoever calls the system, reads a clock or draws a random number in between asks somebody: nothing
//! is said of that. Elsewhere than on x86-64 there are no single steps.
//!
//! # Safety
//!
//! The handler runs on the thread's own stack, below what is in use there, and looks at memory on a
//! stack of its own. It calls nothing that takes a lock, allocates, or uses thread-local variables.
//! What it keeps lies in a mapping that the processes of a run share, and is used by one thread at a
//! time: the one that has the baton and computes. A thread that calls the system, and so may hand the
//! baton over, makes no further single steps before it does.

use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

/// Bytes of the stack on which memory is looked at.
const STACK: usize = 1 << 17;

/// What is known of the steps, in memory that the supervisor and its runs share.
#[repr(C, align(4096))]
struct Area {
    words: Words,
    #[cfg(target_arch = "x86_64")]
    walk: x86_64::Walk,
    stack: [u8; STACK],
}

/// What the supervisor uses of it.
#[repr(C)]
struct Words {
    /// How many steps to make.
    most: AtomicU32,
    /// Whether a thread came back to where it was.
    found: AtomicU32,
    /// Whether a thread of this run made any, or was asked to.
    made: AtomicU32,
    /// Whether one is in the signal's handler.
    is_busy: AtomicU32,
}

static AREA: AtomicPtr<Area> = AtomicPtr::new(std::ptr::null_mut());

/// Gets ready, if there are single steps here: runs that this process starts after this can be asked.
pub fn prepare() {
    #[cfg(target_arch = "x86_64")]
    x86_64::prepare();
}

fn words() -> Option<&'static Words> {
    let area = AREA.load(Ordering::Relaxed);
    if area.is_null() {
        return None;
    }
    // SAFETY: mapped for ever, and valid whatever its bits are; to this part there are no references
    // but shared ones.
    Some(unsafe { &(*area).words })
}

/// Nothing is known of the run that begins now.
pub fn forget() {
    if let Some(words) = words() {
        for word in [&words.found, &words.made, &words.is_busy] {
            word.store(0, Ordering::Relaxed);
        }
    }
}

/// Asks a thread, which computes, to make so many single steps.
pub fn try_some(thread: i32, many: u32) {
    if let Some(words) = words()
        && is_caught(thread)
    {
        words.most.store(many, Ordering::Relaxed);
        words.made.store(1, Ordering::Relaxed);
        // SAFETY: takes numbers; the thread has a handler for this signal.
        unsafe { libc::syscall(libc::SYS_tkill, thread, libc::SIGTRAP) };
    }
}

/// Makes so many single steps from here on, in the thread that calls, and then, unless it has come back to
/// where it was, `after`, in a signal's handler. Returns whether it does: it has to be ready for the
/// signal, which a program may have changed.
pub(super) fn make(many: u32, after: fn()) -> bool {
    let Some(words) = words() else {
        return false;
    };
    words.most.store(many, Ordering::Relaxed);
    words.made.store(1, Ordering::Relaxed);
    #[cfg(target_arch = "x86_64")]
    return x86_64::make(after);
    #[cfg(not(target_arch = "x86_64"))]
    false
}

/// Whether a thread of this run has come back to where it was, and so computes for ever.
#[must_use]
pub fn found() -> bool {
    words().is_some_and(|it| it.found.load(Ordering::Relaxed) != 0)
}

/// Whether a process of this run that died so may have died of its single steps, and of nothing that
/// the program does.
#[must_use]
pub fn may_have_ended(status: u32) -> bool {
    let made = words().is_some_and(|it| it.made.load(Ordering::Relaxed) != 0);
    made && super::sys::exit_code(status.cast_signed()) == -libc::SIGTRAP
}

/// Whether the signal would be caught: a process that has become another program would die of it
/// (`SigCgt` in proc_pid_status(5)).
fn is_caught(thread: i32) -> bool {
    let mut buffer = [0; 4096];
    let text = super::proc::read_proc(thread, "/status", &mut buffer).unwrap_or("");
    let caught = text.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let caught = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    caught.is_some_and(|mask| mask & (1 << (libc::SIGTRAP - 1)) != 0)
}

#[cfg(target_arch = "x86_64")]
mod x86_64 {
    use std::arch::asm;
    use std::mem::MaybeUninit;
    use std::ptr;
    use std::sync::atomic::Ordering;

    use libc::{c_int, c_void, siginfo_t, ucontext_t};
    use rustix::mm::{MapFlags, ProtFlags, mmap_anonymous};

    use super::{AREA, Area};
    use crate::os::fingerprint;
    use crate::os::registers::call_on;

    /// The general registers, the instruction pointer and the flags: those come first in a context.
    const GENERAL: usize = libc::REG_EFL as usize + 1;
    const FLAGS: usize = libc::REG_EFL as usize;
    /// The flag by which the processor traps after the next instruction.
    const TRAP: i64 = 1 << 8;
    /// The processor's own note that it goes on after a trap (Intel SDM, volume 3, 18.3.1.1).
    const RESUME: i64 = 1 << 16;
    /// The kernel's code for a breakpoint (asm-generic/siginfo.h).
    const SI_KERNEL: c_int = 0x80;
    /// What a function may use below its stack pointer (System V ABI for AMD64, section 3.2.2).
    const RED_ZONE: u64 = 128;
    /// The pages in which the kernel offers the time.
    const CLOCK_PAGES: u64 = 1 << 14;

    /// A thread on its way.
    #[repr(C)]
    pub struct Walk {
        steps: u32,
        /// What is to be done after them, in any process: all are copies of one.
        after: Option<fn()>,
        /// Where it was after 2^k of them.
        saved: [i64; GENERAL],
        /// All other registers, as a hash.
        others: u64,
        /// The memory when it was there again, if it was.
        memory: [u64; 2],
        /// Where the kernel's code for clocks begins.
        clocks: u64,
    }

    impl Walk {
        fn begin(&mut self, after: Option<fn()>) {
            self.after = after;
            self.steps = 0;
            self.saved = [0; GENERAL];
        }
    }

    /// Maps the area, and catches the signal.
    pub fn prepare() {
        let (protection, flags) = (ProtFlags::READ | ProtFlags::WRITE, MapFlags::SHARED);
        // SAFETY: a new mapping, at an address that the kernel chooses.
        let area = unsafe { mmap_anonymous(ptr::null_mut(), size_of::<Area>(), protection, flags) };
        let Ok(area) = area.map(<*mut c_void>::cast::<Area>) else {
            return;
        };
        // SAFETY: takes a name and returns a number.
        let clocks = unsafe { libc::getauxval(libc::AT_SYSINFO_EHDR) };
        // SAFETY: mapped above, and nobody else knows of it.
        unsafe { (*area).walk.clocks = clocks };
        // SAFETY: all zeroes is a valid `sigaction`: an empty mask.
        let mut action: libc::sigaction = unsafe { MaybeUninit::zeroed().assume_init() };
        action.sa_sigaction = on_trap as *const () as libc::sighandler_t;
        // A trap that finds its signal blocked ends the process.
        action.sa_flags = libc::SA_SIGINFO | libc::SA_RESTART | libc::SA_NODEFER;
        AREA.store(area, Ordering::Relaxed);
        // SAFETY: the handler has the signature that SA_SIGINFO asks for.
        unsafe { libc::sigaction(libc::SIGTRAP, &raw const action, ptr::null_mut()) };
    }

    /// The signal: the supervisor's, a step's, or none of ours.
    extern "C" fn on_trap(_signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
        // SAFETY: the kernel passes a valid structure.
        let code = unsafe { (*info).si_code };
        // SAFETY: as above; nobody else uses it.
        let context = unsafe { &mut *context.cast::<ucontext_t>() };
        let flags = context.uc_mcontext.gregs[FLAGS];
        let traps = flags & TRAP != 0;
        // Whoever does not decide below to go on makes no further step.
        context.uc_mcontext.gregs[FLAGS] = flags & !TRAP;
        // It came while this function runs: asked for once more, or a trap of a virtual machine that
        // comes although the flag is taken back.
        let Some(words) = super::words().filter(|it| it.is_busy.swap(1, Ordering::Relaxed) == 0)
        else {
            return;
        };
        // On its way it may not call the system, so the signal is a step's, whatever its code says: a
        // virtual machine does not always tell (the register DR6), and of two at once one is kept.
        let goes_on = match code {
            _ if traps => steps(context),
            libc::SI_TKILL => begins(context),
            // A breakpoint, or a signal from elsewhere.
            SI_KERNEL | libc::SI_USER | libc::SI_QUEUE => return not_ours(),
            _ => false,
        };
        if goes_on {
            context.uc_mcontext.gregs[FLAGS] |= TRAP;
        } else if code != libc::SI_TKILL && !super::found() {
            ended();
        }
        words.is_busy.store(0, Ordering::Relaxed);
    }

    /// Whether a signal for this thread would come to the handler, and nowhere else.
    fn is_ready() -> bool {
        let mut mask = MaybeUninit::<libc::sigset_t>::uninit();
        let mut action = MaybeUninit::<libc::sigaction>::uninit();
        // SAFETY: only writes to `action`.
        unsafe { libc::sigaction(libc::SIGTRAP, ptr::null(), action.as_mut_ptr()) };
        // SAFETY: only writes to `mask`.
        unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, ptr::null(), mask.as_mut_ptr()) };
        // SAFETY: written by the call above, which cannot fail with a null pointer.
        let blocked = unsafe { libc::sigismember(mask.as_ptr(), libc::SIGTRAP) } != 0;
        // SAFETY: written above: the signal exists.
        let action = unsafe { action.assume_init() };
        action.sa_sigaction == on_trap as *const () as libc::sighandler_t && !blocked
    }

    /// Sets the trap flag: the next instruction but one traps.
    #[inline(never)]
    pub fn make(after: fn()) -> bool {
        if !is_ready() {
            return false;
        }
        // SAFETY: mapped, since there are words; the module says who uses it.
        let walk = unsafe { &mut (*AREA.load(Ordering::Relaxed)).walk };
        walk.begin(Some(after));
        // SAFETY: changes a flag, which the handler takes back; the stack is as it was.
        unsafe { asm!("pushfq", "or qword ptr [rsp], 0x100", "popfq") };
        true
    }

    /// Does what is to be done after the last step.
    fn ended() {
        // SAFETY: mapped before this handler was set; the module says who uses it.
        let walk = unsafe { &mut (*AREA.load(Ordering::Relaxed)).walk };
        walk.after.take().into_iter().for_each(|after| after());
    }

    /// A breakpoint in the program ends it, as it does without a handler.
    fn not_ours() {
        // SAFETY: takes numbers; the signal is pending until this handler returns.
        unsafe { libc::signal(libc::SIGTRAP, libc::SIG_DFL) };
        // SAFETY: as above.
        unsafe { libc::raise(libc::SIGTRAP) };
    }

    /// Whether a thread that is asked for steps can make one.
    fn begins(context: &ucontext_t) -> bool {
        let registers = general(context);
        let at = registers[libc::REG_RIP as usize].cast_unsigned();
        // It waits in a call of the system, and need not have the baton.
        // SAFETY: an instruction lies before the one that a thread has come to, or at least its page
        // is code: no function begins at the start of the code.
        if unsafe { byte(at - 2) } == 0x0f && unsafe { byte(at - 1) } == 0x05 {
            return false;
        }
        // SAFETY: mapped before this handler was set; the module says who uses it.
        let walk = unsafe { &mut (*AREA.load(Ordering::Relaxed)).walk };
        // It calls the system next, or goes back to a call that the signal interrupted, such as a fork:
        // whoever is started, or blocks signals, while the processor traps, dies of the next trap.
        if asks_somebody(&registers, walk.clocks) {
            return false;
        }
        walk.begin(None);
        true
    }

    fn general(context: &ucontext_t) -> [i64; GENERAL] {
        let mut registers = [0; GENERAL];
        registers.copy_from_slice(&context.uc_mcontext.gregs[..GENERAL]);
        registers
    }

    /// After a step. Returns whether there is to be another one.
    fn steps(context: &ucontext_t) -> bool {
        let area = AREA.load(Ordering::Relaxed);
        // SAFETY: mapped before this handler was set; the module says who uses it.
        let walk = unsafe { &mut (*area).walk };
        let Some(words) = super::words() else {
            return false;
        };
        walk.steps += 1;
        let mut now = general(context);
        // The handler has taken the flag back.
        now[FLAGS] &= !RESUME;
        if walk.steps > words.most.load(Ordering::Relaxed) || asks_somebody(&now, walk.clocks) {
            return false;
        }
        if now == walk.saved && others(context) == walk.others {
            let Some(memory) = memory(area, &now) else {
                return false;
            };
            if walk.memory == [1, memory] {
                words.found.store(1, Ordering::Relaxed);
                return false;
            }
            walk.memory = [1, memory];
        }
        if walk.steps.is_power_of_two() {
            walk.saved = now;
            walk.others = others(context);
            walk.memory = [0; 2];
        }
        true
    }

    /// A hash of the memory, on another stack. What changes at each step is zero meanwhile; all of it
    /// lies in the area, which is left out.
    fn memory(area: *mut Area, registers: &[i64; GENERAL]) -> Option<u64> {
        let sp = registers[libc::REG_RSP as usize].cast_unsigned();
        // The stack is the last of it.
        let top = area.cast::<u8>().wrapping_add(size_of::<Area>());
        let look = |_: &_| fingerprint::of_all_memory(sp - RED_ZONE, area.addr() as u64);
        // SAFETY: aligned, since the area is and its size is; used by one thread at a time, as the
        // module says, and far more than is needed.
        unsafe { call_on(top, look) }
    }

    /// A hash of the registers for floating-point numbers and vectors, as the kernel stored them.
    fn others(context: &ucontext_t) -> u64 {
        const PLAIN: usize = 464;
        const MAGIC: u32 = 0x4650_5853;
        let start = context.uc_mcontext.fpregs.cast::<u8>();
        let said = start.wrapping_add(PLAIN).cast::<[u32; 2]>();
        // SAFETY: the kernel stored 512 bytes there; of the last ones, two words say whether it stored
        // more, and how many bytes in all (`struct _fpx_sw_bytes` in asm/sigcontext.h).
        let said = unsafe { said.read_unaligned() };
        let size = match said {
            [MAGIC, size] => size as usize,
            _ => PLAIN,
        };
        (0..size / 8).fold(1, |hash, at| {
            let word = start.wrapping_add(at * 8).cast::<u64>();
            // SAFETY: inside of what was stored.
            let word = unsafe { word.read_unaligned() };
            fingerprint::stir(hash, word)
        })
    }

    /// Whether the next instruction calls the system, reads a clock or draws a random number.
    fn asks_somebody(registers: &[i64; GENERAL], clocks: u64) -> bool {
        const SYSCALL_SYSENTER_RDTSC_RDPMC: [u8; 4] = [0x05, 0x34, 0x31, 0x33];
        const INT_3_N: [u8; 2] = [0xcc, 0xcd];
        let mut at = registers[libc::REG_RIP as usize].cast_unsigned();
        // At the upper addresses the kernel itself answers, in place of what lies there.
        let is_kernels = i64::try_from(at).is_err();
        if is_kernels || clocks != 0 && (clocks..clocks + CLOCK_PAGES).contains(&at) {
            return true;
        }
        let mut next = || {
            // SAFETY: a byte of the instruction that the processor runs next: after a prefix and after
            // 0f there is another one.
            let byte = unsafe { byte(at) };
            at += 1;
            byte
        };
        loop {
            match next() {
                // Prefixes.
                0x26 | 0x2e | 0x36 | 0x3e | 0x40..=0x4f | 0x64..=0x67 | 0xf0 | 0xf2 | 0xf3 => {}
                0x0f => match next() {
                    // RDTSCP is one of these, RDRAND, RDSEED and RDPID are of those.
                    0x01 => return true,
                    0xc7 => return next() >> 3 & 7 > 1,
                    code => return SYSCALL_SYSENTER_RDTSC_RDPMC.contains(&code),
                },
                code => return INT_3_N.contains(&code),
            }
        }
    }

    /// A byte of the program's code.
    ///
    /// # Safety
    ///
    /// It is mapped.
    unsafe fn byte(at: u64) -> u8 {
        let at = ptr::with_exposed_provenance::<u8>(usize::try_from(at).unwrap_or(0));
        // SAFETY: the caller says so.
        unsafe { at.read() }
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use std::hint::black_box;
    use std::time::{Duration, Instant};

    use super::{forget, found, prepare, try_some};
    use crate::os::sys::{self, Forked};

    /// Whether a process that computes this is found to do so for ever.
    fn is_endless(compute: fn(u64) -> bool) -> bool {
        forget();
        let pid = match sys::clone(false).expect("a process") {
            Forked::Child => {
                let mut n = 0;
                while compute(n) {
                    n = black_box(u64::from(n == u64::MAX));
                }
                sys::leave(0);
            }
            Forked::Parent(pid) => pid,
        };
        for _ in 0..8 {
            try_some(pid, 2000);
            sys::rest(Duration::from_millis(20));
        }
        let found = found();
        sys::signal(pid, libc::SIGKILL);
        let _status = rustix::process::waitpid(
            rustix::process::Pid::from_raw(pid),
            rustix::process::WaitOptions::empty(),
        );
        found
    }

    #[test]
    fn a_call_that_is_made_again_after_the_signal_makes_no_steps() {
        use std::io::Write;
        use std::os::fd::AsRawFd;
        prepare();
        let (reads, mut writes) = std::io::pipe().expect("a pipe");
        let pid = match sys::clone(false).expect("a process") {
            Forked::Child => {
                let (mut byte, flags): (u8, u64);
                byte = 0;
                // SAFETY: read(2) of a byte into one, and then the flags, by way of the stack.
                unsafe {
                    std::arch::asm!(
                        "syscall", "pushfq", "pop {flags}",
                        inlateout("rax") libc::SYS_read => _, in("rdi") reads.as_raw_fd(),
                        in("rsi") &raw mut byte, in("rdx") 1, out("rcx") _, out("r11") _,
                        flags = out(reg) flags,
                    );
                };
                sys::leave(i32::from(flags & 0x100 != 0));
            }
            Forked::Parent(pid) => pid,
        };
        for _ in 0..5 {
            sys::rest(Duration::from_millis(20));
            try_some(pid, 2000);
        }
        sys::rest(Duration::from_millis(20));
        writes.write_all(&[1]).expect("room for a byte");
        let pid = rustix::process::Pid::from_raw(pid);
        let status = rustix::process::waitpid(pid, rustix::process::WaitOptions::empty());
        let (_, status) = status.expect("a child").expect("it ended");
        assert_eq!(status.exit_status(), Some(0), "no step in the call");
    }

    #[test]
    fn who_comes_back_to_the_same_state_is_found_and_nobody_else() {
        prepare();
        assert!(is_endless(|n| n < 2), "the same again");
        let counts = |n| (n..u64::MAX).all(|it| black_box(it) < u64::MAX - 1);
        assert!(
            !is_endless(counts),
            "a counter in a register or on the stack"
        );
        let looks_at_the_clock = |_| {
            let begin = Instant::now();
            black_box(begin.elapsed()) < Duration::from_secs(60)
        };
        assert!(!is_endless(looks_at_the_clock), "a clock");
        let grows = |_| {
            static mut COUNT: f64 = 0.0;
            // SAFETY: this process has one thread.
            unsafe { COUNT += 1.0 };
            true
        };
        assert!(!is_endless(grows), "a counter in memory");
    }
}
