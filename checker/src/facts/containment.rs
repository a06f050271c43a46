//! What contains the programs of learners: how much was asked for, and what there was.

use serde::Serialize;

/// How much containment is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Whatever layers there are.
    #[default]
    On,
    /// All layers, or nothing is run.
    Required,
    /// None, to find out whether the containment is in the way.
    Off,
}

/// What a report says about the containment, if it describes its environment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// What was asked for.
    pub mode: Mode,
    /// The layers that were there.
    pub active: Vec<&'static str>,
    /// Those that were not.
    pub missing: Vec<&'static str>,
    /// The version of Landlock.
    pub landlock: u8,
}
