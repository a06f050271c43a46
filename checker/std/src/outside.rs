//! Functions of libc on pipes, sockets and programs, replaced at link time: who would block in one
//! waits as the scheduler lets it ([`sched::outside`]), and only then makes the call.
//!
//! Descriptors that never block are left alone.
//!
//! # Safety
//!
//! As in [`interpose`](crate::interpose): pointers come from the caller, with the contracts of the
//! libc functions of the same names.

use ::real::clone::Clone;
use ::real::cmp::Ord;
use ::real::convert::{From, Into, TryFrom};
use ::real::iter::Iterator;
use ::real::ops::FnOnce;
use ::real::option::Option::{self, None, Some};
use ::real::ptr;
use ::real::result::Result::{Err, Ok};
use ::real::sync::atomic::{AtomicI32, Ordering};
use ::real::time::Duration;
use ::real::{matches, slice};

use ::libc::{c_char, c_int, c_long, c_void, pid_t, pollfd, size_t, sockaddr, socklen_t, ssize_t};
use ::rustix::event::{PollFd, PollFlags, Timespec};
use ::rustix::fd::BorrowedFd;
use ::rustix::fs::{FileType, OFlags};
use ::rustix::net::sockopt::{Timeout, set_tcp_nodelay, socket_timeout};
use ::rustix::process::{Pid, WaitId, WaitIdOptions};
use ::sched::kernel::{self, Object, Until};
use ::sched::outside;
use ::sched::run::Act;
use ::sched::world::Op;

use crate::files::number;
use crate::interpose::{call, errno, fail, system};

/// As much as a pipe takes at once when it takes anything (pipe(7)).
const ATOMIC_WRITE: usize = 4096;
/// How often a program is looked at while nothing else can be done.
const GLANCE: Duration = Duration::from_millis(1);

/// Programs that this process started: it may send signals to them.
static PROGRAMS: [AtomicI32; 64] = [const { AtomicI32::new(0) }; 64];

/// A direction in which a descriptor can be used.
#[derive(::real::marker::Copy, Clone)]
enum Way {
    In,
    Out,
}

impl Way {
    fn events(self) -> PollFlags {
        match self {
            Self::In => PollFlags::IN,
            Self::Out => PollFlags::OUT,
        }
    }

    fn timeout(self) -> Timeout {
        match self {
            Self::In => Timeout::Recv,
            Self::Out => Timeout::Send,
        }
    }
}

fn borrow<'a>(fd: c_int) -> BorrowedFd<'a> {
    // SAFETY: the caller of libc's function uses this descriptor, and does not close it meanwhile;
    // a number that is no descriptor is refused by the system.
    unsafe { BorrowedFd::borrow_raw(fd) }
}

/// What a call on a descriptor has to do with others.
enum Calls {
    /// Nothing: at its other end is neither another task nor a program.
    Alone,
    /// Others may notice it, and it never blocks.
    Noticed,
    /// It may block until others did something to what this stands for.
    Blocking(Object),
}

fn calls_on(fd: c_int) -> Calls {
    // −1 is no descriptor at all.
    if fd <= 2 || !kernel::controlled() {
        return Calls::Alone;
    }
    let flags = || ::rustix::fs::fcntl_getfl(borrow(fd)).ok();
    match kind_of(fd).zip(flags()) {
        None => Calls::Alone,
        Some((_, flags)) if flags.contains(OFlags::NONBLOCK) => Calls::Noticed,
        Some((name, _)) => Calls::Blocking(outside::object(name, None)),
    }
}

/// A time as the system is told it.
fn timespec(time: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(time.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: time.subsec_nanos().into(),
    }
}

/// The point before a call, and the wait until it need not block. False when the time that the
/// socket allows is over.
fn may_go(fd: c_int, object: Object, way: Way) -> bool {
    let op = match way {
        Way::In => Op::Receive,
        Way::Out => Op::Send,
    };
    outside::point(op, object, None);
    let is_ready = |time| {
        let mut polled = [PollFd::from_borrowed_fd(borrow(fd), way.events())];
        !matches!(
            ::rustix::event::poll(&mut polled, Some(&timespec(time))),
            Ok(0)
        )
    };
    // A pipe has no such time.
    let timeout = socket_timeout(borrow(fd), way.timeout()).ok().flatten();
    let until = Until::after(timeout);
    match way {
        Way::In => outside::await_ready(object, until, is_ready, None),
        Way::Out => outside::await_room(object, until, is_ready, None),
    }
}

/// Makes a call on a descriptor once it need not block. `deed` is what was done if it says how much.
pub(crate) fn through(fd: c_int, deed: Act, call: impl FnOnce() -> c_long) -> c_long {
    match calls_on(fd) {
        Calls::Alone => call(),
        Calls::Noticed => stirring(call),
        Calls::Blocking(object) => once_ready(fd, object, deed, call),
    }
}

/// Makes a call that never blocks, and is no point: those that wait may find that it was made.
fn stirring(call: impl FnOnce() -> c_long) -> c_long {
    let result = call();
    if result >= 0 {
        outside::stirred();
    }
    result
}

fn once_ready(fd: c_int, object: Object, deed: Act, call: impl FnOnce() -> c_long) -> c_long {
    let way = match deed {
        Act::Sent => Way::Out,
        _ => Way::In,
    };
    if !may_go(fd, object, way) {
        return c_long::from(fail(::libc::EAGAIN));
    }
    let result = call();
    match u64::try_from(result) {
        Ok(_) if deed == Act::Accepted => outside::done(object, deed, 0),
        Ok(0) if deed == Act::Received => outside::done(object, Act::Ended, 0),
        Ok(bytes) => outside::done(object, deed, bytes),
        Err(_) => {}
    }
    result
}

/// write(2) to something that is no regular file: to a pipe so little at once that one that takes
/// anything takes it all.
pub(crate) fn write(fd: c_int, bytes: *const c_void, count: size_t) -> c_long {
    let write = |count| call(::libc::SYS_write, number(fd), bytes.addr(), count, 0);
    match calls_on(fd) {
        Calls::Alone => write(count),
        Calls::Noticed => stirring(|| write(count)),
        Calls::Blocking(object) => {
            once_ready(fd, object, Act::Sent, || write(count.min(ATOMIC_WRITE)))
        }
    }
}

/// A descriptor is about to be closed: who waits at its other end may find that out.
pub(crate) fn close(fd: c_int, close: impl FnOnce() -> c_long) -> c_long {
    let object = match calls_on(fd) {
        Calls::Alone => return close(),
        Calls::Noticed => return stirring(close),
        Calls::Blocking(object) => object,
    };
    outside::point(Op::Sign, object, None);
    let result = close();
    outside::done(object, Act::Closed, 0);
    result
}

/// recvfrom(2).
///
/// # Safety
///
/// As recvfrom(2): `buffer` points to `count` writable bytes, `address` and `length` are null or
/// writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn recvfrom(
    fd: c_int,
    buffer: *mut c_void,
    count: size_t,
    flags: c_int,
    address: *mut sockaddr,
    length: *mut socklen_t,
) -> ssize_t {
    let (buffer, address, length) = (buffer.addr(), address.addr(), length.addr());
    let arguments = [number(fd), buffer, count, number(flags), address, length];
    let receive = || system(::libc::SYS_recvfrom, arguments);
    if flags & ::libc::MSG_DONTWAIT != 0 {
        return receive() as ssize_t;
    }
    through(fd, Act::Received, receive) as ssize_t
}

/// recv(2).
///
/// # Safety
///
/// As recv(2): `buffer` points to `count` writable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn recv(
    fd: c_int,
    buffer: *mut c_void,
    count: size_t,
    flags: c_int,
) -> ssize_t {
    // SAFETY: the same contract.
    unsafe { recvfrom(fd, buffer, count, flags, ptr::null_mut(), ptr::null_mut()) }
}

/// sendto(2).
///
/// # Safety
///
/// As sendto(2): `bytes` points to `count` readable bytes, `address` is null or points to `length`
/// readable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sendto(
    fd: c_int,
    bytes: *const c_void,
    count: size_t,
    flags: c_int,
    address: *const sockaddr,
    length: socklen_t,
) -> ssize_t {
    let length = usize::try_from(length).unwrap_or(0);
    let send = |flags| {
        let arguments = [number(fd), bytes.addr(), count, number(flags)];
        let [fd, bytes, count, flags] = arguments;
        let arguments = [fd, bytes, count, flags, address.addr(), length];
        system(::libc::SYS_sendto, arguments)
    };
    if flags & ::libc::MSG_DONTWAIT != 0 {
        return send(flags) as ssize_t;
    }
    let patiently = || match send(flags | ::libc::MSG_DONTWAIT) {
        // There is room, but not for a message of this size.
        -1 if errno() == ::libc::EAGAIN => send(flags),
        sent => sent,
    };
    let sent = match calls_on(fd) {
        Calls::Alone => send(flags),
        Calls::Noticed => stirring(|| send(flags)),
        Calls::Blocking(object) => once_ready(fd, object, Act::Sent, patiently),
    };
    sent as ssize_t
}

/// send(2).
///
/// # Safety
///
/// As send(2): `bytes` points to `count` readable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn send(
    fd: c_int,
    bytes: *const c_void,
    count: size_t,
    flags: c_int,
) -> ssize_t {
    // SAFETY: the same contract.
    unsafe { sendto(fd, bytes, count, flags, ptr::null(), 0) }
}

/// accept4(2).
///
/// # Safety
///
/// As accept4(2): `address` and `length` are null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn accept4(
    fd: c_int,
    address: *mut sockaddr,
    length: *mut socklen_t,
    flags: c_int,
) -> c_int {
    let (address, length) = (address.addr(), length.addr());
    let accept = || {
        call(
            ::libc::SYS_accept4,
            number(fd),
            address,
            length,
            number(flags),
        )
    };
    let accepted = through(fd, Act::Accepted, accept) as c_int;
    at_once(accepted);
    accepted
}

/// Sends what is written at once. Else a system waits for more to come together with it (Nagle, RFC 896),
/// in real time, which decides nothing here. Nothing is done to what is no TCP connection.
fn at_once(fd: c_int) {
    if fd >= 0 && kernel::controlled() {
        let _ = set_tcp_nodelay(borrow(fd), true);
    }
}

/// connect(2): who accepts may find that out. The system keeps the connection until somebody does.
///
/// # Safety
///
/// As connect(2): `address` points to `length` readable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn connect(fd: c_int, address: *const sockaddr, length: socklen_t) -> c_int {
    let object = match calls_on(fd) {
        Calls::Blocking(object) => Some(object),
        Calls::Alone | Calls::Noticed => None,
    };
    if let Some(object) = object {
        outside::point(Op::Sign, object, None);
    }
    let length = usize::try_from(length).unwrap_or(0);
    let result = call(::libc::SYS_connect, number(fd), address.addr(), length, 0);
    if result == 0 {
        at_once(fd);
    }
    if let Some(object) = object.filter(|_| result == 0) {
        outside::done(object, Act::Connected, 0);
    }
    result as c_int
}

/// shutdown(2): who waits at the other end may find that out.
#[unsafe(no_mangle)]
pub extern "C" fn shutdown(fd: c_int, how: c_int) -> c_int {
    close(fd, || {
        call(::libc::SYS_shutdown, number(fd), number(how), 0, 0)
    }) as c_int
}

/// poll(2). Only without an end is it waited for others.
///
/// # Safety
///
/// As poll(2): `fds` points to `count` writable structures.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn poll(fds: *mut pollfd, count: ::libc::nfds_t, timeout: c_int) -> c_int {
    let length = usize::try_from(count).unwrap_or(0);
    let poll = |time: Option<Duration>| {
        let time = time.map(timespec);
        let time = time.as_ref().map_or(0, |time| ptr::from_ref(time).addr());
        system(::libc::SYS_ppoll, [fds.addr(), length, time, 0, 0, 0])
    };
    let Ok(millis) = u64::try_from(timeout) else {
        if kernel::controlled() && length > 0 && !fds.is_null() {
            // SAFETY: the caller's contract.
            let all = unsafe { slice::from_raw_parts(fds, length) };
            let name = all.iter().find_map(|it| kind_of(it.fd));
            if let Some(name) = name {
                let object = outside::object(name, None);
                outside::point(Op::Receive, object, None);
                let is_ready = |time| poll(Some(time)) != 0;
                outside::await_ready(object, Until::Woken, is_ready, None);
            }
        }
        return poll(None) as c_int;
    };
    poll(Some(Duration::from_millis(millis))) as c_int
}

/// As [`blocking`], whether or not it ever blocks by itself.
fn kind_of(fd: c_int) -> Option<&'static str> {
    if fd < 0 {
        return None;
    }
    let about = ::rustix::fs::fstat(borrow(fd)).ok()?;
    match FileType::from_raw_mode(about.st_mode) {
        FileType::Fifo => Some("a pipe"),
        FileType::Socket => Some("a socket"),
        _ => None,
    }
}

/// waitpid(2), of a program that is no task.
///
/// # Safety
///
/// As waitpid(2): `status` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn waitpid(pid: pid_t, status: *mut c_int, options: c_int) -> pid_t {
    let wait = || {
        call(
            ::libc::SYS_wait4,
            number(pid),
            status.addr(),
            number(options),
            0,
        )
    };
    let program = Pid::from_raw(pid).filter(|_| pid > 0);
    let Some(program) = program.filter(|_| kernel::controlled()) else {
        return wait() as pid_t;
    };
    let object = outside::object("a program", None);
    if options & ::libc::WNOHANG == 0 {
        outside::point(Op::Join, object, None);
        outside::await_ready(object, Until::Woken, |time| has_ended(program, time), None);
    }
    let ended = wait();
    if ended > 0 {
        outside::done(object, Act::Reaped, 0);
        forget(pid);
    }
    ended as pid_t
}

/// Whether a program has ended; it is waited for so long.
fn has_ended(program: Pid, time: Duration) -> bool {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    let mut left = time;
    loop {
        match ::rustix::process::waitid(WaitId::Pid(program), options) {
            Ok(None) if left.is_zero() => return false,
            Ok(None) => {}
            Ok(Some(_)) | Err(_) => return true,
        }
        let glance = timespec(GLANCE);
        let glance = ptr::from_ref(&glance).addr();
        // A signal makes it shorter, which does no harm.
        let _ = system(::libc::SYS_nanosleep, [glance, 0, 0, 0, 0, 0]);
        left = left.saturating_sub(GLANCE);
    }
}

fn forget(pid: pid_t) {
    let of_it = |place: &&AtomicI32| place.load(Ordering::Relaxed) == pid;
    if let Some(place) = PROGRAMS.iter().find(of_it) {
        place.store(0, Ordering::Relaxed);
    }
}

/// Whether this is a program that this process started and has not waited for.
pub(crate) fn is_program(pid: pid_t) -> bool {
    let mut all = PROGRAMS.iter();
    pid > 0 && all.any(|place| place.load(Ordering::Relaxed) == pid)
}

unsafe extern "C" {
    /// libc's own `posix_spawnp`: the linker gives it this name (`--wrap`).
    fn __real_posix_spawnp(
        pid: *mut pid_t,
        file: *const c_char,
        actions: *const c_void,
        attributes: *const c_void,
        arguments: *const *mut c_char,
        environment: *const *mut c_char,
    ) -> c_int;
}

/// `posix_spawnp(3)`: the program that it starts is no task.
///
/// # Safety
///
/// As `posix_spawnp(3)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn __wrap_posix_spawnp(
    pid: *mut pid_t,
    file: *const c_char,
    actions: *const c_void,
    attributes: *const c_void,
    arguments: *const *mut c_char,
    environment: *const *mut c_char,
) -> c_int {
    let program = kernel::controlled().then(|| outside::object("a program", None));
    if let Some(object) = program {
        outside::point(Op::Start, object, None);
    }
    // SAFETY: the same contract.
    let result =
        unsafe { __real_posix_spawnp(pid, file, actions, attributes, arguments, environment) };
    if let Some(object) = program.filter(|_| result == 0) {
        outside::starts_program(object);
        // SAFETY: the caller's contract; the function has just written it.
        let pid = unsafe { pid.read() };
        let free = |place: &&AtomicI32| place.load(Ordering::Relaxed) == 0;
        if let Some(place) = PROGRAMS.iter().find(free) {
            place.store(pid, Ordering::Relaxed);
        }
    }
    result
}
