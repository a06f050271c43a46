//! What programs are compiled against.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::mark::Mark;

/// How checked programs are linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Linking {
    /// With a static libc: forks are about a quarter cheaper.
    Static,
    /// Where there is no static libc.
    Dynamic,
}

/// What a program is compiled with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Libraries {
    /// The compiler that built the libraries; no other one can read them.
    pub rustc: PathBuf,
    /// The crate that stands in for std.
    pub std: PathBuf,
    /// The crate `mp`.
    pub mp: PathBuf,
    /// The crate `serde`, which turns messages into bytes.
    pub serde: PathBuf,
    /// Folders of the crates that these two use.
    pub dependencies: Vec<PathBuf>,
    /// How checked programs are linked.
    pub linking: Linking,
    /// Whether the compiler works when it is contained.
    pub contained: bool,
    /// Whether programs can be compiled so that they tell of each access to memory.
    pub watches: bool,
    /// Whether they can be compiled so that they tell of all that orders accesses to atomics.
    pub tells: bool,
    /// Whether they can be compiled so that they tell of counts.
    pub counts: bool,
    /// Size and time of the files above, by which a change is noticed.
    pub marks: Vec<Mark>,
}

impl Libraries {
    /// The libraries' own files.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        [&self.std, &self.mp, &self.serde]
            .into_iter()
            .map(PathBuf::as_path)
    }

    /// The folder of the toolchain that the compiler belongs to.
    pub fn toolchain(&self) -> Option<&Path> {
        self.rustc.parent()?.parent().filter(|it| it.is_absolute())
    }
}
