//! What a run is made of, and what happens in it: plain data and pure decisions.
//!
//! Nothing here is unsafe or makes a system call. [`engine`] holds the state of a run, a
//! [`World`], and decides who goes on; [`run`] is a finished run as the checker reads it; the rest
//! is the words that both sides use.

#![forbid(unsafe_code)]

pub mod cells;
mod choice;
mod count_records;
pub mod engine;
pub mod file_act;
mod ids;
pub mod intervention;
pub mod kind;
pub mod liberty;
pub mod limits;
mod numbered;
pub mod op;
pub mod parts;
mod race_records;
pub mod records;
pub mod recurrence;
pub mod rng;
pub mod run;
pub mod site;
pub mod site_record;
pub mod slot_set;
pub mod state;
pub mod task_set;
mod weak_records;

pub use cells::Meaning;
pub use engine::strategy::{FIRST_SCHEDULES, Strategy};
pub use engine::world::World;
pub use file_act::{FileAct, FileResult};
pub use intervention::{Intervention, Order};
pub use kind::{Act, Asked, Class, ObjectKind, Part, Refusal};
pub use liberty::{Freedom, Liberty};
pub use op::Op;
pub use records::{NEVER, NONE};
