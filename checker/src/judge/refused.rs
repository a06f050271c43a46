//! Processes that were not started: a program that passes over the error shows nothing of it.

use sched::run::{Refusal, Run, What};

use super::{at_line, name};
use crate::message;

/// The first process that was not started, unless the program itself told why.
pub fn refused(run: &Run) -> Option<String> {
    let failed = run.events.iter().find_map(|event| match event.what {
        What::StartFailed(why) => Some((event, why)),
        _ => None,
    });
    let (event, why) = failed?;
    let told = words_of_error(why);
    let mut printed = run.output.iter().map(|line| line.text.as_str());
    if printed.any(|line| line.contains(told)) || run.stderr.contains(told) {
        return None;
    }
    let (who, line) = (name(run, event.task), at_line(event.at.as_ref()));
    Some(format!(
        "{who} could not start a process{line}: {}.",
        message::refusal(why)
    ))
}

/// What the error says that `start` returns.
fn words_of_error(why: Refusal) -> &'static str {
    match why {
        Refusal::Daemon => "a daemon may not start",
        Refusal::Threads => "several threads cannot start",
        Refusal::System => "os error",
    }
}

#[cfg(test)]
mod tests {
    use super::super::build::RunBuilder;
    use super::*;

    #[test]
    fn a_start_that_failed_is_told_unless_the_program_does() {
        let run = || {
            let failed = What::StartFailed(Refusal::Threads);
            RunBuilder::new(0).event_at(0, failed, 7, None)
        };
        let sentence = "main could not start a process (line 7): its process has other threads.";
        assert_eq!(refused(&run().run()).as_deref(), Some(sentence));
        let error = "Error: a process with several threads cannot start a process";
        assert_eq!(refused(&run().stderr(error).run()), None);
        assert_eq!(refused(&run().print(0, error).run()), None);
        assert_eq!(refused(&RunBuilder::new(0).run()), None);
    }
}
