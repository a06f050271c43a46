//! Gives up the rights of root, which `course` has in many containers and which programs never
//! need.

use rustix::thread::{CapabilitySet, CapabilitySets, set_capabilities, set_no_new_privs};

/// Gives up all capabilities of the calling thread, and the way to new ones.
///
/// The right to ignore file permissions is kept if it was there: toolchain and course may belong to
/// another user, and Landlock limits which files can be reached.
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
