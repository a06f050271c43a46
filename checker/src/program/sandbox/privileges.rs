//! Rights of root, which `course` has in many containers: its programs need none of them.

use rustix::thread::{CapabilitySet, CapabilitySets, set_capabilities, set_no_new_privs};

/// Gives up all capabilities of the calling thread, and the way to new ones.
///
/// The right to pass by the rights of files stays where it was: the toolchain and the course may
/// belong to somebody else, and Landlock says which files there are.
pub(super) fn drop_them() -> rustix::io::Result<()> {
    set_no_new_privs(true)?;
    let had = rustix::thread::capabilities(None)?;
    let keep = CapabilitySet::DAC_OVERRIDE;
    set_capabilities(
        None,
        CapabilitySets {
            effective: had.effective & keep,
            permitted: had.permitted & keep,
            inheritable: CapabilitySet::empty(),
        },
    )
}
