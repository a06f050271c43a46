//! Which calls of a program return something that it uses: read from its text when a run asks.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use sched_model::run::Site;

use super::{Subject, prepare};
use crate::course::Exercise;
use crate::course::workspace::Workspace;
use crate::program::source::Prepared;
use crate::program::unused::{self, At};

/// The calls of one program.
#[derive(Clone)]
pub struct Calls<'a> {
    workspace: &'a Workspace,
    exercise: &'a Exercise,
    subject: &'a Subject,
    /// The file, and where in it are calls whose result is thrown away. Few runs ask.
    unused: OnceLock<(String, BTreeSet<At>)>,
}

impl<'a> Calls<'a> {
    /// Those of what is checked.
    pub fn of(workspace: &'a Workspace, exercise: &'a Exercise, subject: &'a Subject) -> Self {
        Self {
            workspace,
            exercise,
            subject,
            unused: OnceLock::new(),
        }
    }

    /// Whether the program uses what a call at this place returns; also if that is not known.
    pub fn are_used(&self, at: &Site) -> bool {
        let (file, unused) = self.unused.get_or_init(|| self.read());
        *at.file != **file || !unused.contains(&(at.line, at.column))
    }

    fn read(&self) -> (String, BTreeSet<At>) {
        match prepare(self.workspace, self.exercise, self.subject) {
            Ok(Prepared::Program(source)) => (source.shown, unused::calls(&source.text)),
            Ok(Prepared::Refused(_)) | Err(_) => Default::default(),
        }
    }
}
