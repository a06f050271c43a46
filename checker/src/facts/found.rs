//! What one run shows, with what is needed to explain it.

use crate::facts::fact::Detail;
use crate::facts::{About, Cause, Finding};

/// A finding with what else is known about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The finding.
    pub finding: Finding,
    /// Its cause, where the run tells it.
    pub cause: Option<Cause>,
    /// What else a person wants to read.
    pub details: Vec<Detail>,
    /// What of the run shows it.
    pub about: About,
}
