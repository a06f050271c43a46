//! The work that goes on while `course watch` waits: one job at a time, on a thread of its own.

use std::sync::mpsc::Sender;
use std::thread::{Scope, ScopedJoinHandle};

use super::Happening;
use crate::facts::progress::{Progress, Tell};
use crate::support::interrupt;

/// A job that runs.
struct Job<'scope> {
    number: u64,
    thread: ScopedJoinHandle<'scope, ()>,
}

/// The jobs; a new one ends the one before.
pub struct Jobs<'scope, 'env> {
    scope: &'scope Scope<'scope, 'env>,
    sender: Sender<Happening>,
    job: Option<Job<'scope>>,
    begun: u64,
}

impl<'scope, 'env> Jobs<'scope, 'env> {
    /// None yet; the loop is told by `sender` what they come to.
    pub fn new(scope: &'scope Scope<'scope, 'env>, sender: Sender<Happening>) -> Self {
        Jobs {
            scope,
            sender,
            job: None,
            begun: 0,
        }
    }

    /// Ends the job that runs, if there is one.
    pub fn cancel(&mut self) {
        if let Some(job) = self.job.take() {
            interrupt::cancel();
            // A panic in it was told already.
            let _ = job.thread.join();
            interrupt::begin();
        }
    }

    /// Begins some work on a thread of its own, which reports to the loop when it ends.
    /// Meanwhile it may tell how far it is.
    pub fn start(&mut self, work: impl FnOnce(u64, Tell) -> Happening + Send + 'scope) {
        self.begun += 1;
        let (number, sender) = (self.begun, self.sender.clone());
        let thread = self.scope.spawn(move || {
            // Where the loop has ended, nobody wants to know.
            let tell = |progress: Progress| drop(sender.send(Happening::Told(number, progress)));
            let _ = sender.send(work(number, &tell));
        });
        self.job = Some(Job { number, thread });
    }

    /// Whether this is the job that runs.
    pub fn runs(&self, number: u64) -> bool {
        self.job.as_ref().is_some_and(|job| job.number == number)
    }

    /// Whether this is the check that was begun last; if so, notes that it has ended.
    pub fn is_last(&mut self, number: u64) -> bool {
        let last = self.runs(number);
        if last {
            self.job = None;
        }
        last
    }
}
