//! Landlock: limits which files a program may use, and keeps it from signalling or inspecting
//! processes outside.
//!
//! It cannot hide that a file exists, nor its size (landlock(7)).

use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, LandlockStatus, PathBeneath, PathFd,
    RestrictionStatus, Ruleset, RulesetAttr, RulesetCreated, RulesetCreatedAttr, RulesetError,
    Scope,
};

use super::Policy;

/// The latest version that this code knows. Older kernels apply the part that they support.
const VERSION: ABI = ABI::V7;

/// Devices that every program may use.
const DEVICES: &[&str] = &[
    "/dev/null",
    "/dev/zero",
    "/dev/full",
    "/dev/random",
    "/dev/urandom",
];

/// Restricts the calling thread. Returns the version of Landlock, 0 for none.
pub(super) fn restrict(policy: &Policy) -> Result<u8, RulesetError> {
    let mut rules = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(VERSION))?
        .handle_access(AccessNet::from_all(VERSION))?
        .scope(Scope::from_all(VERSION))?
        .create()?;
    let all = AccessFs::from_all(VERSION);
    let read = AccessFs::ReadFile | AccessFs::ReadDir;
    for path in &policy.reads {
        rules = allow(rules, path, read | AccessFs::Execute)?;
    }
    for path in &policy.owns {
        rules = allow(rules, path, all & !AccessFs::Execute)?;
    }
    for path in &policy.tidies {
        rules = allow(rules, path, AccessFs::RemoveDir.into())?;
    }
    for path in DEVICES {
        rules = allow(
            rules,
            Path::new(path),
            AccessFs::ReadFile | AccessFs::WriteFile,
        )?;
    }
    if policy.processes {
        rules = allow(rules, Path::new("/proc"), read)?;
    }
    Ok(version(&rules.restrict_self()?))
}

/// Allows `access` to what lies at and below `path`, if there is such a thing.
fn allow(
    rules: RulesetCreated,
    path: &Path,
    access: landlock::BitFlags<AccessFs>,
) -> Result<RulesetCreated, RulesetError> {
    let Ok(open) = PathFd::new(path) else {
        return Ok(rules);
    };
    let access = if path.is_dir() {
        access
    } else {
        access & AccessFs::from_file(VERSION)
    };
    rules.add_rule(PathBeneath::new(open, access))
}

fn version(status: &RestrictionStatus) -> u8 {
    match status.landlock {
        LandlockStatus::Available { effective_abi, .. } => effective_abi as u8,
        _ => 0,
    }
}
