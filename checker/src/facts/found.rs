//! What one run shows, with what is needed to explain it.

use crate::facts::{About, Finding};

/// A finding with what else is known about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The finding.
    pub finding: Finding,
    /// Its cause, one of [`crate::course::CAUSES`].
    pub cause: Option<&'static str>,
    /// What else a person wants to read.
    pub details: Vec<String>,
    /// What of the run shows it.
    pub about: About,
}
