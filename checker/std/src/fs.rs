//! `std::fs`: its functions are scheduling points with their line. What they are made of (opening,
//! emptying, reading, writing) is in `interpose/files`.

pub use ::real::fs::*;

use ::real::io::Result;
use ::real::os::unix::ffi::OsStrExt;
use ::real::panic::Location;
use ::real::path::{Path, PathBuf};
use ::real::prelude::rust_2024::*;

use ::sched_model::FileAct;

use crate::interpose::files::{call, call_as_a_whole};

/// Mirrors of functions that go through libc's functions that are replaced.
macro_rules! mirrors {
    ($($name:ident($($arg:ident: $type:ident),+) -> $result:ty;)+) => {$(
        #[doc = ::real::concat!("See [`::std::fs::", ::real::stringify!($name), "`].")]
        #[track_caller]
        pub fn $name<$($type: AsRef<Path>),+>($($arg: $type),+) -> Result<$result> {
            call(Location::caller(), || ::real::fs::$name($($arg),+))
        }
    )+};
}
mirrors! {
    read(path: P) -> Vec<u8>;
    read_to_string(path: P) -> String;
    metadata(path: P) -> Metadata;
    symlink_metadata(path: P) -> Metadata;
    exists(path: P) -> bool;
    copy(from: P, to: Q) -> u64;
    rename(from: P, to: Q) -> ();
    remove_file(path: P) -> ();
    remove_dir(path: P) -> ();
    create_dir(path: P) -> ();
    create_dir_all(path: P) -> ();
}

/// Mirrors of functions that use libc in other ways: one point before, for the first path.
macro_rules! mirrors_as_a_whole {
    ($(
        $act:ident: $name:ident($path:ident: P $(, $arg:ident: $type:ident)?) -> $result:ty;
    )+) => {$(
        #[doc = ::real::concat!("See [`::std::fs::", ::real::stringify!($name), "`].")]
        #[track_caller]
        pub fn $name<P: AsRef<Path> $(, $type: AsRef<Path>)?>(
            $path: P $(, $arg: $type)?
        ) -> Result<$result> {
            let name = $path.as_ref().as_os_str().as_bytes();
            call_as_a_whole(Location::caller(), name, FileAct::$act, || {
                ::real::fs::$name(&$path $(, $arg)?)
            })
        }
    )+};
}
mirrors_as_a_whole! {
    Look: canonicalize(path: P) -> PathBuf;
    Look: read_link(path: P) -> PathBuf;
    Look: read_dir(path: P) -> ReadDir;
    Remove: remove_dir_all(path: P) -> ();
    Change: hard_link(original: P, link: Q) -> ();
}

/// See [`::std::fs::write`]: the file is emptied, and then written. Others can see it in between.
#[track_caller]
pub fn write<P: AsRef<Path>, C: AsRef<[u8]>>(path: P, contents: C) -> Result<()> {
    call(Location::caller(), || ::real::fs::write(path, contents))
}

/// See [`::std::fs::set_permissions`].
#[track_caller]
pub fn set_permissions<P: AsRef<Path>>(path: P, permissions: Permissions) -> Result<()> {
    let name = path.as_ref().as_os_str().as_bytes();
    call_as_a_whole(Location::caller(), name, FileAct::Change, || {
        ::real::fs::set_permissions(&path, permissions)
    })
}
