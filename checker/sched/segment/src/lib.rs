//! What the checker and a checked program have in common: the memory they share, the baton that
//! says whose it is, and the system calls below.
//!
//! - [`segment`]: one mapping, in which the state of a run lies;
//! - [`baton`]: the hand-over protocol, over any word that can be waited on; [`hand_over`]: the same
//!   where tasks may be killed at any moment;
//! - [`protocol`]: what else the two sides agree on;
//! - [`os`]: system calls, `/proc`, memory.

#![deny(unsafe_code)]

#[cfg(not(target_os = "linux"))]
compile_error!(
    "the course needs Linux (fork, futex, pidfd). On macOS and Windows open this folder with VS Code \
     and choose \"Reopen in Container\", or open it as a Codespace: .devcontainer/devcontainer.json \
     has all that is needed. On Windows WSL2 will do, too"
);

pub mod baton;
#[allow(
    unsafe_code,
    reason = "the world of a task that died, by whoever has the baton"
)]
pub mod hand_over;
pub mod os;
pub mod protocol;
#[allow(unsafe_code, reason = "shared memory becomes values here")]
pub mod segment;
