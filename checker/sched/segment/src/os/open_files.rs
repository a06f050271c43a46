//! Who has which pipes and sockets open, and where sockets lead, as `/proc` tells it. Slow: it is asked
//! only where a run can go on no more.

use std::ffi::CStr;
use std::mem::MaybeUninit;

use rustix::fd::AsFd;
use rustix::fs::{AtFlags, Mode, OFlags, RawDir};

/// A pipe or socket that a process has open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// Its inode: two ends of a pipe have the same, two of a socket have not.
    pub inode: u64,
    /// Whether it is the end of a pipe that is written to.
    pub writes: bool,
}

/// What pipes and sockets a process has open; nothing where that cannot be read.
#[must_use]
pub fn ends_of(pid: i32) -> Vec<End> {
    let mut ends = Vec::new();
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let path = format!("/proc/{pid}/fd");
    let Ok(folder) = rustix::fs::open(path, flags, Mode::empty()) else {
        return ends;
    };
    let mut buffer = [MaybeUninit::uninit(); 2048];
    let mut entries = RawDir::new(folder.as_fd(), &mut buffer);
    while let Some(Ok(entry)) = entries.next() {
        ends.extend(end(folder.as_fd(), entry.file_name()));
    }
    ends
}

/// What a link of `/proc/PID/fd` stands for: `pipe:[4026]`, with the rights of a writer.
fn end(folder: impl AsFd + Copy, name: &CStr) -> Option<End> {
    let link = rustix::fs::readlinkat(folder, name, Vec::new()).ok()?;
    let (kind, rest) = link.to_str().ok()?.split_once(":[")?;
    let inode = rest.strip_suffix(']')?.parse().ok()?;
    let mode = rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
    let rights = Mode::from_raw_mode(mode.st_mode);
    let writes = kind == "pipe" && rights.contains(Mode::WUSR);
    matches!(kind, "pipe" | "socket").then_some(End { inode, writes })
}

/// The numbers of all processes.
#[must_use]
pub fn all_processes() -> Vec<i32> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let Ok(folder) = rustix::fs::open(c"/proc", flags, Mode::empty()) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    let mut buffer = [MaybeUninit::uninit(); 8192];
    let mut entries = RawDir::new(folder.as_fd(), &mut buffer);
    while let Some(Ok(entry)) = entries.next() {
        all.extend(
            entry
                .file_name()
                .to_str()
                .ok()
                .and_then(|it| it.parse::<i32>().ok()),
        );
    }
    all
}

/// What a file of `/proc` says, whole.
#[must_use]
pub fn told_by(path: &str) -> String {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC;
    let mut text = Vec::new();
    let Ok(file) = rustix::fs::open(path, flags, Mode::empty()) else {
        return String::new();
    };
    let mut part = [0; 4096];
    while let Ok(more @ 1..) = rustix::io::read(&file, &mut part) {
        text.extend_from_slice(&part[..more]);
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// A socket of the Internet's protocols, as a line of `/proc/net/tcp` tells of it (proc_net_tcp(5)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Socket {
    /// Its inode; 0 for a connection that nobody has accepted yet.
    pub inode: u64,
    /// Its own address and the other end's, as they are written there.
    pub addresses: [String; 2],
    /// Its own port.
    pub port: u16,
    /// Bytes that the other end has not taken over yet.
    pub sending: u64,
    /// Bytes that nobody has read yet.
    pub unread: u64,
}

/// All sockets of a protocol, `tcp` or `udp`, of both versions.
#[must_use]
pub fn sockets(protocol: &str) -> Vec<Socket> {
    let [old, new] = ["", "6"].map(|version| told_by(&format!("/proc/net/{protocol}{version}")));
    old.lines().chain(new.lines()).filter_map(socket).collect()
}

fn socket(line: &str) -> Option<Socket> {
    let mut fields = line.split_ascii_whitespace().skip(1);
    let mut address = || {
        // One of the old version, written as one of the new.
        let address = fields.next()?;
        let short = address.strip_prefix("0000000000000000FFFF0000");
        Some(short.unwrap_or(address).to_owned())
    };
    let addresses = [address()?, address()?];
    let (_, port) = addresses[0].split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    let (sending, unread) = fields.nth(1)?.split_once(':')?;
    let bytes = |digits| u64::from_str_radix(digits, 16).ok();
    Some(Socket {
        inode: fields.nth(4)?.parse().ok()?,
        addresses,
        port,
        sending: bytes(sending)?,
        unread: bytes(unread)?,
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::os::fd::AsRawFd;

    use super::*;

    #[test]
    fn both_ends_of_a_pipe_are_found_and_told_apart() {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        let inode = rustix::fs::fstat(&reader).expect("its inode").st_ino;
        let me = i32::try_from(std::process::id()).expect("small");
        let of_it = || {
            let ends = ends_of(me).into_iter();
            let mut writes: Vec<bool> = ends
                .filter(|it| it.inode == inode)
                .map(|it| it.writes)
                .collect();
            writes.sort_unstable();
            writes
        };
        assert_eq!(of_it(), [false, true], "{}", reader.as_raw_fd());
        drop(writer);
        assert_eq!(of_it(), [false]);
        assert!(all_processes().contains(&me));
    }

    #[test]
    fn the_two_ends_of_a_connection_name_each_other() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let mut client = std::net::TcpStream::connect(("127.0.0.1", port)).expect("connects");
        let (server, _) = listener.accept().expect("accepts");
        client.write_all(b"five!").expect("sent");
        let inode = |it: &std::net::TcpStream| rustix::fs::fstat(it).expect("its inode").st_ino;
        let all = sockets("tcp");
        let find = |inode: u64| all.iter().find(|it| it.inode == inode).expect("a line");
        let (one, other) = (find(inode(&client)), find(inode(&server)));
        assert_eq!(one.addresses[0], other.addresses[1]);
        assert_eq!(one.addresses[1], other.addresses[0]);
        assert_eq!((other.port, other.unread), (port, 5));
    }

    #[test]
    fn an_address_of_the_old_version_is_the_same_in_both_tables() {
        let line = "   0: 0000000000000000FFFF00000100007F:1F90 00000000000000000000000000000000:0000 \
                    0A 00000001:0000000A 00:00000000 00000000  1000        0 4242 1 0 100 0";
        let socket = socket(line).expect("a socket");
        assert_eq!(socket.addresses[0], "0100007F:1F90");
        let numbers = (socket.inode, socket.port, socket.sending, socket.unread);
        assert_eq!(numbers, (4242, 8080, 1, 10));
        assert_eq!(
            self::socket("  sl  local_address rem_address   st tx_queue"),
            None
        );
    }
}
