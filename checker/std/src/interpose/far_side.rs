//! Who has the other end of a pipe or a socket: where only tasks of the run have it, only they can end
//! a wait at this end.
//!
//! The system is asked, and not what the program did before. A pair of sockets is noted, for the system
//! does not tell who belongs to whom; and so is which addresses the run uses among its own tasks.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::hash::{DefaultHasher, Hash, Hasher};
use ::real::matches;
use ::real::prelude::rust_2024::*;
use ::real::sync::{Mutex, MutexGuard, PoisonError};
use ::real::time::Duration;

use ::rustix::event::PollFlags;
use ::rustix::fd::{AsRawFd, BorrowedFd};
use ::rustix::fs::{FileType, OFlags};
use ::rustix::net::sockopt::{socket_acceptconn, socket_peercred, socket_type};
use ::rustix::net::{
    AddressFamily, SocketAddrAny, SocketAddrUnix, SocketAddrV4, SocketAddrV6, SocketType,
    getsockname,
};
use ::sched_runtime::outside::open_files::{Socket, all_processes, ends_of, sockets, told_by};
use ::sched_runtime::outside::{self, FarSide};

use super::descriptors::is_ready;

/// How long one look at a connection takes on which something may be on its way.
const LOOK: Duration = Duration::from_millis(15);
/// Nothing is on its way where so many looks in a row saw the same: the system puts off by 40 ms at most
/// what it could tell at once (TCP_DELACK_MIN).
const LOOKS: u32 = 3;

/// The sockets that were made in pairs, by their inodes.
static PAIRS: Mutex<Vec<[u64; 2]>> = Mutex::new(Vec::new());

fn pairs() -> MutexGuard<'static, Vec<[u64; 2]>> {
    PAIRS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The sockets that this process connected to names in the file system, with the number of the name:
/// whoever listens there accepts the oldest first.
static CONNECTED: Mutex<Vec<[u64; 2]>> = Mutex::new(Vec::new());

/// These sockets are the ends of one pair.
pub(super) fn note_pair(ends: [BorrowedFd<'_>; 2]) {
    if let [Some(one), Some(other)] = ends.map(inode) {
        pairs().push([one, other]);
    }
}

fn inode(fd: BorrowedFd<'_>) -> Option<u64> {
    ::rustix::fs::fstat(fd).ok().map(|about| about.st_ino)
}

/// The number of the end that a descriptor stands for; 0 where ends have none.
pub(super) fn end(fd: BorrowedFd<'_>) -> u64 {
    let Ok(about) = ::rustix::fs::fstat(fd) else {
        return 0;
    };
    let writes = || {
        let flags = ::rustix::fs::fcntl_getfl(fd).unwrap_or(OFlags::empty());
        flags & OFlags::ACCMODE == OFlags::WRONLY
    };
    match FileType::from_raw_mode(about.st_mode) {
        FileType::Fifo => number(about.st_ino, writes()),
        FileType::Socket => number(about.st_ino, false),
        _ => 0,
    }
}

/// The number of an end: two ends of a pipe have the same inode.
fn number(inode: u64, writes: bool) -> u64 {
    inode << 1 | u64::from(writes)
}

/// Who can end a wait at this end until it is ready for `events`.
pub(super) fn of(fd: BorrowedFd<'_>, events: PollFlags) -> FarSide {
    let Ok(about) = ::rustix::fs::fstat(fd) else {
        return FarSide::Outside;
    };
    match FileType::from_raw_mode(about.st_mode) {
        FileType::Fifo => whoever_has(end(fd) ^ 1),
        FileType::Socket => of_socket(fd, about.st_ino, events),
        _ => of_unnamed(fd, events),
    }
}

/// Of several at once, all of which are the run's own or none.
pub(super) fn of_all<'a>(all: impl Iterator<Item = (BorrowedFd<'a>, PollFlags)>) -> FarSide {
    let mut sides = all.map(|(fd, events)| of(fd, events));
    let Some(first) = sides.next() else {
        return FarSide::Outside;
    };
    sides.fold(first, |all, next| match (all, next) {
        (FarSide::Own { .. }, FarSide::Own { .. }) => FarSide::Own {
            end: 0,
            holder: None,
        },
        _ => FarSide::Outside,
    })
}

/// The end of this number: a process of the run has it, and no program.
fn whoever_has(end: u64) -> FarSide {
    let processes = outside::processes();
    let has = |pid: i32| {
        let mut ends = ends_of(pid).into_iter();
        ends.any(|it| number(it.inode, it.writes) == end)
    };
    if outside::has_programs() {
        let is_task = |pid: &i32| processes.iter().any(|(_, task)| task == pid);
        if all_processes()
            .into_iter()
            .any(|pid| !is_task(&pid) && has(pid))
        {
            return FarSide::Outside;
        }
    }
    let own = outside::own_leader();
    let mut holders = processes.into_iter().filter(|&(_, pid)| has(pid));
    let first = holders.next().map(|(leader, _)| leader);
    // Another process is rather the one that is waited for.
    let other = holders
        .map(|(leader, _)| leader)
        .find(|_| first == Some(own));
    FarSide::Own {
        end,
        holder: other.or(first),
    }
}

fn of_socket(fd: BorrowedFd<'_>, inode: u64, events: PollFlags) -> FarSide {
    let pair = pairs().iter().find(|pair| pair.contains(&inode)).copied();
    if let Some([one, other]) = pair {
        return whoever_has(number(if one == inode { other } else { one }, false));
    }
    let Ok(address) = getsockname(fd) else {
        return FarSide::Outside;
    };
    let is_internet = address.address_family() != AddressFamily::UNIX;
    let is_stream = !matches!(socket_type(fd), Ok(SocketType::DGRAM));
    if is_stream && socket_acceptconn(fd) == Ok(true) {
        return match is_own(&address) {
            _ if outside::has_programs() => FarSide::Outside,
            true => NOBODY,
            false => FarSide::Strangers,
        };
    }
    match (is_stream, is_internet) {
        (true, true) => of_connection(fd, inode, events),
        (true, false) => of_local(fd),
        (false, _) if outside::has_programs() || outside::has_talked_to_others() => {
            FarSide::Outside
        }
        (false, true) if are_others_called() => FarSide::Outside,
        (false, _) if is_own(&address) => NOBODY,
        (false, _) => FarSide::Outside,
    }
}

/// Whoever there is in the run could do it, at no end that is known.
const NOBODY: FarSide = FarSide::Own {
    end: 0,
    holder: None,
};

/// Whether somebody who is no task is behind an address that tasks send messages to.
fn are_others_called() -> bool {
    let own: Vec<u64> = own_inodes();
    let all = sockets("udp");
    let is_other = |it: &Socket| !own.contains(&it.inode);
    outside::any_address(|address| {
        let mut there = all.iter().filter(|it| of_port(it.port) == address);
        there.any(is_other)
    })
}

/// The sockets and pipes that processes of the run have open.
fn own_inodes() -> Vec<u64> {
    let processes = outside::processes().into_iter();
    let ends = processes.flat_map(|(_, pid)| ends_of(pid));
    ends.map(|end| end.inode).collect()
}

/// Of a connection over the Internet's protocols: its other end is on this machine, if it is the run's
/// own. What is on its way there is waited for.
fn of_connection(fd: BorrowedFd<'_>, inode: u64, events: PollFlags) -> FarSide {
    let (mut before, mut same) = (None, 0);
    loop {
        let all = sockets("tcp");
        let mine = all.iter().find(|it| it.inode == inode);
        let [own, other] = match mine {
            Some(mine) => mine.addresses.clone(),
            None => return FarSide::Outside,
        };
        let far = all.iter().find(|it| it.addresses == [&*other, &*own]);
        let Some(far) = far else {
            return FarSide::Outside;
        };
        let state = mine.map(|mine| [mine.sending, mine.unread, far.sending, far.unread]);
        let all_came = events == PollFlags::IN && far.sending == 0;
        same = if before == state { same + 1 } else { 0 };
        if all_came || same == LOOKS || is_ready(fd, events, LOOK) {
            return match far.inode {
                // Who listens there has not accepted it yet.
                0 => whoever_listens(far.port, &all),
                inode => in_the_run(whoever_has(number(inode, false))),
            };
        }
        before = state;
    }
}

/// The end of a connection that was not accepted yet.
fn whoever_listens(port: u16, all: &[Socket]) -> FarSide {
    let nobody = |it: &Socket| it.addresses[1].ends_with(":0000") && it.port == port;
    match all.iter().find(|it| nobody(it)) {
        Some(listener) => in_the_run(whoever_has(number(listener.inode, false))),
        None => FarSide::Outside,
    }
}

/// The same where somebody of the run has that end, and it is not only that no program has.
fn in_the_run(side: FarSide) -> FarSide {
    match side {
        FarSide::Own { holder: None, .. } => FarSide::Outside,
        side => side,
    }
}

/// Of a connection to a name in the file system: who asked for it, or who listens there.
fn of_local(fd: BorrowedFd<'_>) -> FarSide {
    let Ok(peer) = socket_peercred(fd) else {
        return FarSide::Outside;
    };
    let pid = peer.pid.as_raw_pid();
    let mut all = outside::processes().into_iter();
    match all.find(|&(_, it)| it == pid && !outside::has_programs()) {
        Some((leader, _)) => FarSide::Own {
            end: 0,
            holder: Some(leader),
        },
        None => FarSide::Outside,
    }
}

/// Of what has no place in the file system (anon_inode): a counter is told by who holds it, a set of
/// descriptors by them.
fn of_unnamed(fd: BorrowedFd<'_>, events: PollFlags) -> FarSide {
    let number = fd.as_raw_fd();
    let link = ::real::format!("/proc/self/fd/{number}");
    let link = ::rustix::fs::readlink(link, Vec::new()).unwrap_or_default();
    if outside::has_programs() {
        return FarSide::Outside;
    }
    match link.to_bytes() {
        b"anon_inode:[eventfd]" => NOBODY,
        b"anon_inode:[eventpoll]" => {
            let text = told_by(&::real::format!("/proc/self/fdinfo/{number}"));
            let lines = text.lines().filter_map(|line| line.strip_prefix("tfd:"));
            let members = lines.filter_map(|line| line.split_whitespace().next()?.parse().ok());
            // SAFETY: nobody closes a member meanwhile, since no other task runs.
            let members = members.filter_map(|fd| unsafe { super::system::borrow(fd) });
            of_all(members.map(|fd| (fd, events)))
        }
        _ => FarSide::Outside,
    }
}

/// Whether only tasks of the run use this address: a name in the run's own folder, or one that they
/// were seen to use.
fn is_own(address: &SocketAddrAny) -> bool {
    let in_folder = SocketAddrUnix::try_from(address.clone()).is_ok_and(|it| {
        let scratch = ::sched_runtime::SCRATCH.as_bytes();
        it.path_bytes().is_some_and(|path| {
            !path.starts_with(b"/") || path.windows(scratch.len()).any(|part| part == scratch)
        })
    });
    in_folder || id(address).is_some_and(outside::knows_address)
}

/// The number of an address: of the Internet's, that of its port.
fn id(address: &SocketAddrAny) -> Option<u64> {
    match place(address) {
        Some((port, _)) => Some(of_port(port)),
        None => {
            let unix = SocketAddrUnix::try_from(address.clone()).ok()?;
            let mut hasher = DefaultHasher::new();
            (unix.path_bytes(), unix.abstract_name()).hash(&mut hasher);
            Some(hasher.finish() | 1 << 63)
        }
    }
}

/// The number of an address of the Internet's.
fn of_port(port: u16) -> u64 {
    1 << 32 | u64::from(port)
}

/// The port of an address, and whether it is on this machine.
fn place(address: &SocketAddrAny) -> Option<(u16, bool)> {
    if let Ok(old) = SocketAddrV4::try_from(address.clone()) {
        let ip = old.ip();
        return Some((old.port(), ip.is_loopback() || ip.is_unspecified()));
    }
    let new = SocketAddrV6::try_from(address.clone()).ok()?;
    let ip = new.ip();
    let old = ip.to_ipv4_mapped().is_some_and(|ip| ip.is_loopback());
    Some((new.port(), old || ip.is_loopback() || ip.is_unspecified()))
}

/// A name was given to a socket. Where the system chose the port, nobody else can know it.
pub(super) fn note_name(fd: BorrowedFd<'_>, asked: &SocketAddrAny) {
    if matches!(place(asked), Some((0, _)))
        && let Ok(address) = getsockname(fd)
        && let Some(id) = id(&address)
    {
        outside::note_address(id);
    }
}

/// A task asked for somebody at an address.
pub(super) fn note_asked(fd: BorrowedFd<'_>, address: &SocketAddrAny) {
    let is_message = matches!(socket_type(fd), Ok(SocketType::DGRAM));
    let is_here = place(address).is_none_or(|(_, is_here)| is_here);
    match id(address).filter(|_| is_here) {
        Some(id) => {
            outside::note_address(id);
            if !is_message && address.address_family() == AddressFamily::UNIX {
                note_connected(fd, id);
            }
        }
        None if is_message => outside::talks_to_others(),
        None => {}
    }
}

/// A connection to a name in the file system was asked for.
fn note_connected(fd: BorrowedFd<'_>, name: u64) {
    if let Some(inode) = inode(fd) {
        let mut connected = CONNECTED.lock().unwrap_or_else(PoisonError::into_inner);
        connected.push([name, inode]);
    }
}

/// A connection was accepted: with one that this process asked for, it is a pair.
pub(super) fn note_accepted(fd: BorrowedFd<'_>) {
    let own = ::rustix::process::getpid();
    let name = getsockname(fd)
        .ok()
        .filter(|it| it.address_family() == AddressFamily::UNIX);
    let name = name.filter(|_| socket_peercred(fd).is_ok_and(|peer| peer.pid == own));
    let mut connected = CONNECTED.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(name) = name.as_ref().and_then(id) else {
        return;
    };
    if let Some(at) = connected.iter().position(|&[to, _]| to == name)
        && let Some(inode) = inode(fd)
    {
        let [_, other] = connected.remove(at);
        pairs().push([inode, other]);
    }
}

/// Whether nobody of the run has this address, so that whoever has it may let it go at any time: the
/// same program in another schedule, which runs at the same time.
pub(super) fn is_of_others(fd: BorrowedFd<'_>, address: &SocketAddrAny) -> bool {
    let Some((port, _)) = place(address) else {
        return false;
    };
    let (own, mine) = (own_inodes(), inode(fd));
    let protocols = ["tcp", "udp"].into_iter().flat_map(sockets);
    let mut there = protocols.filter(|it| it.port == port && Some(it.inode) != mine);
    !there.any(|it| own.contains(&it.inode))
}

/// The address that a socket has.
pub(super) fn name(fd: BorrowedFd<'_>) -> Option<SocketAddrAny> {
    getsockname(fd).ok()
}
