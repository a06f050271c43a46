//! Processes that could not be started: a program that ignores the error does not show it.

use sched_model::run::{Run, What};

use super::{line, name};
use crate::facts::fact::Detail;
use crate::facts::said;

/// The first process that was not started, unless the program itself told why.
pub fn refused(run: &Run) -> Option<Detail> {
    let failed = run.events.iter().find_map(|event| match event.what {
        What::StartFailed(why) => Some((event, why)),
        _ => None,
    });
    let (event, why) = failed?;
    let told = said::refusal(why);
    let mut printed = run.output.iter().map(|line| line.text.as_str());
    if printed.any(|line| line.contains(told)) || run.stderr.contains(told) {
        return None;
    }
    let line = line(event.at.as_ref());
    Some(Detail::NotStarted(name(run, event.task), line, why))
}

#[cfg(test)]
mod tests {
    use sched_model::run::Refusal;

    use super::super::build::RunBuilder;
    use super::*;

    #[test]
    fn a_start_that_failed_is_told_unless_the_program_does() {
        let run = || {
            let failed = What::StartFailed(Refusal::Threads);
            RunBuilder::new(0).event_at(0, failed, 7, None)
        };
        let failed = Detail::NotStarted("main".to_owned(), Some(7), Refusal::Threads);
        assert_eq!(refused(&run().run()), Some(failed));
        let error = "Error: a process with several threads cannot start a process";
        assert_eq!(refused(&run().stderr(error).run()), None);
        assert_eq!(refused(&run().print(0, error).run()), None);
        assert_eq!(refused(&RunBuilder::new(0).run()), None);
    }
}
