//! By which numbers a finished run names its tasks and objects.

/// Index of a task in [`Run::tasks`](crate::run::Run::tasks); 0 is main.
pub type TaskId = usize;
/// Index of an object in [`Run::objects`](crate::run::Run::objects).
pub type ObjectId = usize;
