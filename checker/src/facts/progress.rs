//! How far a check is.

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The libraries are built, once.
    Libraries,
    /// Schedules are run.
    Schedules,
}

/// Told how far a check is.
pub type Tell<'a> = &'a (dyn Fn(Progress) + Sync);

/// How much of a stage is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How many parts of it are done.
    pub done: u32,
    /// How many there are.
    pub total: u32,
}
