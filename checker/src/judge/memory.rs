//! Races on plain memory, which unsafe code shares.

use sched_model::run::{MemoryAccess, Run};

use super::{found, held, line, name, weak};
use crate::facts::fact::{Access, Detail, Fact, Label};
use crate::facts::{Found, Verdict};

/// The first race of the run; more of them would say the same.
pub fn races(run: &Run) -> Option<Found> {
    let race = run.memory_races.first()?;
    let (first, second) = (&race.first, &race.second);
    let told = |access: &MemoryAccess| Access {
        task: name(run, access.task),
        how: access.how,
        line: line(access.at.as_ref()),
    };
    let fact = Fact::Race {
        cell: (race.name.clone(), 0),
        first: told(first),
        second: told(second),
    };
    let mut found = found(Verdict::DataRace, fact, second.at.as_ref());
    found.label(first.at.as_ref(), Label::Accesses(told(first)));
    for access in [first, second] {
        found.about.task(access.task);
    }
    // Neither is an event; what comes after the later one does not matter.
    found.about.until = second.moment.checked_sub(1);
    let held = |access: &MemoryAccess| (told(access), held::named(run, access.task, access.moment));
    let both = vec![held(first), held(second)];
    found.details.push(Detail::LocksHeld(both));
    let [one, two] = [first, second].map(|access| (access.task, access.moment));
    found.details.extend(weak::order(run, one, two));
    Some(found)
}

#[cfg(test)]
mod tests {
    use sched_model::run::{How, MemoryRace, What};

    use super::super::build::{FILE, RunBuilder, details, labels, site, told};
    use super::*;
    use crate::facts::Place;

    fn access(task: usize, how: How, line: u32, moment: usize) -> MemoryAccess {
        MemoryAccess {
            task,
            how,
            calls: vec![1],
            at: site(line),
            moment,
        }
    }

    fn run(name: Option<&str>, how: How) -> Run {
        let mut run = RunBuilder::new(2)
            .lock("till")
            .event_at(1, What::Acquired, 10, Some(0))
            .event_at(1, What::Released, 12, Some(0))
            .run();
        run.memory_races.push(MemoryRace {
            address: 0x1000,
            name: name.map(str::to_owned),
            first: access(1, How::Write, 11, 1),
            second: access(2, how, 20, 2),
        });
        run
    }

    #[test]
    fn both_accesses_are_told_with_their_lines_and_locks() {
        let found = races(&run(Some("TOTAL"), How::Read)).expect("a finding");
        assert_eq!(
            told(&found),
            "Process-1 writes TOTAL (line 11) and Process-2 reads it (line 20), and nothing orders \
             the two"
        );
        let place = |line| Place {
            file: FILE.to_owned(),
            line,
        };
        assert_eq!(found.finding.at, Some(place(20)));
        assert_eq!(
            labels(&found),
            [(place(11), "Process-1 writes it here".to_owned())]
        );
        assert_eq!(
            details(&found),
            [
                "What was held then:\n  Process-1 wrote it (line 11) with till\n  Process-2 read it \
              (line 20) with no lock"
            ]
        );
        assert_eq!(found.about.until, Some(1));
    }

    #[test]
    fn what_has_no_name_is_memory_and_giving_it_back_is_told_as_that() {
        let found = races(&run(None, How::Free)).expect("a finding");
        assert_eq!(
            told(&found),
            "Process-1 writes memory that they share (line 11) and Process-2 frees it (line 20), and \
             nothing orders the two"
        );
    }

    #[test]
    fn without_a_race_nothing_is_found() {
        assert_eq!(races(&RunBuilder::new(2).run()), None);
    }
}
