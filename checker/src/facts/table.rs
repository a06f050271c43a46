//! The steps of a run that matter, as a table.

use sched_model::run::TaskId;

/// Steps of some tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns.
    pub tasks: Vec<TaskId>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Whether some tasks that took part have no column.
    pub left_out: bool,
    /// The events of two steps of two tasks: were they the other way round, nothing would be wrong.
    pub decides: Option<[usize; 2]>,
}

/// A row: what one task does, and how that changes the states of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What kind of row.
    pub kind: Kind,
    /// A cell for each task.
    pub cells: Vec<Cell>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An event of the run, and how often it came in a row.
    Step(usize, usize),
    /// A task that could have gone on is left for another one.
    Switch,
    /// A task goes on after a sleep, although others that are ready have waited longer.
    Delay,
    /// So many steps are left out here.
    Gap(usize),
}

/// What there is to say about a task in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Nothing,
    /// It does what the row is about.
    Does,
    /// It is Ready from here on.
    Ready,
    /// It is Running from here on.
    Running,
}
