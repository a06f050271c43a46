//! Files and streams: copied from one to the other, and read and written in parts.
use std::fs::{self, File};
use std::io::{self, IoSlice, IoSliceMut, Read, Write};
use std::os::unix::net::UnixStream;

fn main() -> io::Result<()> {
    let folder = std::env::temp_dir().join("corpus-files-copied");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let (from, to) = (folder.join("from"), folder.join("to"));
    let parts = [
        IoSlice::new(b"one "),
        IoSlice::new(b""),
        IoSlice::new(b"and two"),
    ];
    println!("{}", File::create(&from)?.write_vectored(&parts)?);
    println!(
        "{}",
        io::copy(&mut File::open(&from)?, &mut File::create(&to)?)?
    );
    println!(
        "{}",
        io::copy(
            &mut File::open(&from)?.take(3),
            &mut File::options().append(true).open(&to)?
        )?
    );
    println!("{} {:?}", fs::copy(&to, &from)?, fs::read_to_string(&from)?);
    let (mut first, mut second) = ([0; 3], [0; 20]);
    let mut into = [IoSliceMut::new(&mut first), IoSliceMut::new(&mut second)];
    let length = File::open(&from)?.read_vectored(&mut into)?;
    println!("{length} {first:?} {second:?}");
    let (mut near, mut far) = UnixStream::pair()?;
    println!("{}", io::copy(&mut File::open(&from)?, &mut near)?);
    drop(near);
    println!(
        "{} {:?}",
        io::copy(&mut far, &mut File::create(&to)?)?,
        fs::read_to_string(&to)?
    );
    fs::remove_dir_all(&folder)
}
