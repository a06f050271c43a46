//! The Rust that the course needs, and why the one that is here will not do.

/// The oldest version that will do, as the workspace's manifest says.
pub const NEEDED: &str = env!("CARGO_PKG_RUST_VERSION");

/// Why programs cannot be built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no such command.
    Missing(&'static str),
    /// The command is there and does not work; what it says.
    Broken(&'static str, String),
    /// The compiler is too old; its version.
    Old(String),
}
