//! The exit status of `course`, and which error leads to which.

use std::fmt;
use std::process::Termination;

use crate::facts::{Blame, Outcome, Verdict};

/// How `course` ended, as its exit status tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitCode {
    /// 0: everything checked passed, or there was nothing to check.
    Passed,
    /// 1: something checked did not pass.
    NotPassed,
    /// 2: what was typed cannot be done; nothing was checked.
    Usage,
    /// 3: nothing failed, but something was inconclusive; or the tool itself is at fault.
    Inconclusive,
    /// 128 + the number of the signal that asked `course` to stop.
    Interrupted(u8),
    /// The exit status of a program run plainly, passed on by `course run`.
    Program(u8),
}

impl ExitCode {
    /// The status as the operating system gets it.
    pub fn status(self) -> u8 {
        match self {
            ExitCode::Passed => 0,
            ExitCode::NotPassed => 1,
            ExitCode::Usage => 2,
            ExitCode::Inconclusive => 3,
            ExitCode::Interrupted(signal) => 128_u8.saturating_add(signal),
            ExitCode::Program(status) => status,
        }
    }

    /// What an error that ended `course` leads to.
    pub fn of_error(error: &anyhow::Error) -> ExitCode {
        if error.is::<UsageError>() {
            ExitCode::Usage
        } else {
            ExitCode::Inconclusive
        }
    }

    /// What the outcomes of a check come to; none at all is a pass.
    pub fn of_outcomes(outcomes: &[Outcome]) -> ExitCode {
        Self::of_verdicts(outcomes.iter().map(|outcome| outcome.verdict))
    }

    /// What some verdicts come to; none at all is a pass.
    pub fn of_verdicts(verdicts: impl IntoIterator<Item = Verdict>) -> ExitCode {
        let mut code = ExitCode::Passed;
        for verdict in verdicts {
            match verdict.traits().blame {
                Blame::Nobody => {}
                Blame::Checker => code = ExitCode::Inconclusive,
                Blame::Unfinished | Blame::Program => return ExitCode::NotPassed,
            }
        }
        code
    }
}

impl Termination for ExitCode {
    fn report(self) -> std::process::ExitCode {
        self.status().into()
    }
}

/// An error in what was typed, or in the folder where it was typed, with what to do next; leads to
/// [`ExitCode::Usage`].
#[derive(Debug, PartialEq, Eq)]
pub struct UsageError(pub String);

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}

/// Makes an error a [`UsageError`] with the same text, causes included.
pub fn usage(error: anyhow::Error) -> anyhow::Error {
    UsageError(format!("{error:#}")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_outweighs_inconclusive_which_outweighs_passed() {
        use Verdict::*;
        let of = |verdicts: &[Verdict]| ExitCode::of_verdicts(verdicts.iter().copied()).status();
        assert_eq!(of(&[]), 0);
        assert_eq!(of(&[Passed, Passed]), 0);
        assert_eq!(of(&[Passed, Inconclusive, Passed]), 3);
        assert_eq!(of(&[Inconclusive, Deadlock, Passed]), 1);
        assert_eq!(of(&[Pending]), 1);
    }

    #[test]
    fn a_usage_error_ends_with_2_also_under_a_context_and_others_with_3() {
        let error = usage(anyhow::anyhow!("no course here").context("cannot start"));
        assert_eq!(error.to_string(), "cannot start: no course here");
        assert_eq!(ExitCode::of_error(&error).status(), 2);
        assert_eq!(ExitCode::of_error(&error.context("more")).status(), 2);
        assert_eq!(
            ExitCode::of_error(&anyhow::anyhow!("disk full")).status(),
            3
        );
    }

    #[test]
    fn a_signal_ends_with_128_and_its_number() {
        assert_eq!(ExitCode::Interrupted(2).status(), 130);
        assert_eq!(ExitCode::Interrupted(15).status(), 143);
    }
}
