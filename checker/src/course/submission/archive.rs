//! Archives that were handed in: read, never unpacked.

use std::io::{self, Read, Seek, SeekFrom};

use flate2::read::MultiGzDecoder;
use lzma_rust2::XzReader;
use sevenz_rust2::{ArchiveReader, Password};
use zip::ZipArchive;

use super::collect::{Collector, What};
use super::ignored::Reason;
use crate::message::grade as message;

/// What a decoder may keep in memory, in KiB: more than any of the usual presets needs.
const MEMORY: u32 = 128 << 10;
/// The mode of a link, in the upper half of a 7z entry's attributes where they are Unix's.
const MODE_OF_LINK: u32 = 0o120_000;

/// Takes in all entries of an archive. Of which kind it is, its first bytes tell: names lie.
///
/// # Errors
///
/// When it is no archive that is read, is damaged, or costs too much.
pub fn read(mut file: impl Read + Seek, found: &mut Collector) -> io::Result<()> {
    let mut head = Vec::new();
    file.by_ref().take(265).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    let begins = |magic: &[u8]| head.starts_with(magic);
    if begins(b"PK") {
        zip(file, found)
    } else if begins(b"\x1f\x8b") {
        let file = found.counted(MultiGzDecoder::new(file));
        tar(file, found)
    } else if begins(b"\xfd7zXZ\0") {
        let file = found.counted(XzReader::new_mem_limit(file, true, MEMORY));
        tar(file, found)
    } else if begins(b"7z\xbc\xaf\x27\x1c") {
        sevenz(file, found)
    } else if begins(b"Rar!") {
        Err(io::Error::other(message::other_archive(".rar")))
    } else if head.get(257..262) == Some(b"ustar") {
        let file = found.counted(file);
        tar(file, found)
    } else {
        Err(io::Error::other(message::no_archive()))
    }
}

fn zip(file: impl Read + Seek, found: &mut Collector) -> io::Result<()> {
    let mut archive = ZipArchive::new(file).map_err(io::Error::other)?;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(io::Error::other)?;
        let what = match () {
            () if entry.is_symlink() => What::Link,
            () if entry.is_dir() => What::Folder,
            () if entry.is_file() => What::File,
            () => What::Special,
        };
        let path = entry.name().ok().map(|name| name.replace('\\', "/"));
        drop(entry);
        let Some(path) = path else {
            found.ignore(&message::entry(index + 1), Reason::Name);
            continue;
        };
        let archive = &mut archive;
        found.see(&path, what, move || {
            archive.by_index(index).map_err(io::Error::other)
        })?;
    }
    Ok(())
}

fn tar(reader: impl Read, found: &mut Collector) -> io::Result<()> {
    let mut archive = tar::Archive::new(reader);
    for (index, entry) in archive.entries()?.enumerate() {
        let entry = entry?;
        let kind = entry.header().entry_type();
        let what = match () {
            () if kind.is_symlink() || kind.is_hard_link() => What::Link,
            () if kind.is_dir() => What::Folder,
            () if kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse() => What::File,
            // Comments on the archive, which are no entries of it.
            () if kind.is_pax_global_extensions() => continue,
            () => What::Special,
        };
        let Ok(path) = String::from_utf8(entry.path_bytes().into_owned()) else {
            found.ignore(&message::entry(index + 1), Reason::Name);
            continue;
        };
        let path = path.trim_start_matches("./");
        if !path.is_empty() {
            found.see(path, what, || Ok(entry))?;
        }
    }
    // Whether it is damaged is known at its very end.
    io::copy(&mut archive.into_inner(), &mut io::sink())?;
    Ok(())
}

fn sevenz(file: impl Read + Seek, found: &mut Collector) -> io::Result<()> {
    let memory = MEMORY as usize;
    let mut archive = ArchiveReader::new_with_memory_limit(file, Password::empty(), memory)
        .map_err(io::Error::other)?;
    archive.set_thread_count(1);
    let read = archive.for_each_entries(|entry, content| {
        let unix = entry.windows_attributes() >> 16;
        let what = match () {
            () if unix & 0o170_000 == MODE_OF_LINK => What::Link,
            () if entry.is_directory() => What::Folder,
            () if entry.is_anti_item() => What::Special,
            () => What::File,
        };
        let path = entry.name().replace('\\', "/");
        let mut content = found.counted(content);
        found.see(&path, what, || Ok(&mut content))?;
        // What lies in front of the next one in the same stream counts, too.
        io::copy(&mut content, &mut io::sink())?;
        Ok(true)
    });
    read.map_err(io::Error::other)
}
