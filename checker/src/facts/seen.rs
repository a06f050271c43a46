//! What a check saw, as far as hints are chosen by it.

use serde::{Deserialize, Serialize};

use super::fact::Fact;
use super::{Cause, Outcome, Requirement, Verdict};

/// What a check saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// What it came to.
    pub verdict: Verdict,
    /// Its cause, where one was found.
    #[serde(default, deserialize_with = "Cause::known")]
    pub cause: Option<Cause>,
    /// The requirement that does not hold, where it is one.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "Requirement::known"
    )]
    pub requirement: Option<Requirement>,
}

impl Seen {
    /// A verdict of which no more is known.
    pub fn just(verdict: Verdict) -> Seen {
        Seen {
            verdict,
            cause: None,
            requirement: None,
        }
    }

    /// What an outcome says.
    pub fn of(outcome: &Outcome) -> Seen {
        let fact = outcome.finding.as_ref().map(|finding| &finding.fact);
        let requirement = fact.and_then(|fact| match fact {
            Fact::Unmet(unmet) => Some(unmet.requirement()),
            _ => None,
        });
        Seen {
            verdict: outcome.verdict,
            cause: outcome.cause,
            requirement,
        }
    }
}
