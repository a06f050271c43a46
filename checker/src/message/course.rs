//! What is said of mistakes in `exercises/course.toml`, one function a message.

use crate::message::did_you_mean;

/// Hints for something that never happens.
pub fn unknown_hint(name: &str, nearest: Option<&str>) -> String {
    let like = did_you_mean(nearest);
    format!("hints.{name}: {name:?} is neither \"start\" nor a verdict nor a cause{like}")
}
