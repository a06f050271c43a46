//! Who has got what there is once looks no more: neither to take another one, nor whether there is
//! one.

use std::collections::BTreeSet;

use sched_model::run::{Act, End, Run, TaskId, What};

use super::polling::meaning::{Meaning, meaning};
use super::{Found, found, line, name};
use crate::facts::Verdict;
use crate::facts::fact::{Fact, Unmet};

/// The first look at one of these objects by a task that had already taken something out of it.
pub fn looks_again(objects: &[String], run: &Run) -> Option<Found> {
    if run.end != End::Finished {
        return None;
    }
    let named = |object: usize| {
        let object = run.objects.get(object)?;
        objects.contains(&object.name).then_some(&object.name)
    };
    let mut got: BTreeSet<(TaskId, usize)> = BTreeSet::new();
    for (at, event) in run.events.iter().enumerate() {
        let Some((object, of)) = event.object.and_then(|it| Some((it, named(it)?))) else {
            continue;
        };
        let asks = match event.what {
            What::Act(Act::Got, _) => !got.insert((event.task, object)),
            _ => {
                let asks = matches!(meaning(run, event), Meaning::Asks(..));
                asks && got.contains(&(event.task, object))
            }
        };
        if asks {
            let site = event.at.as_ref();
            let unmet = Unmet::LooksAgain(name(run, event.task), of.clone(), line(site));
            let mut found = found(Verdict::Requirement, Fact::Unmet(unmet), site);
            found.about.object(Some(object));
            found.about.task(event.task);
            found.about.until = Some(at);
            return Some(found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use sched_model::run::ObjectKind;

    use super::super::build::{RunBuilder, told};
    use super::*;

    fn counter(acts: &[(TaskId, Act)]) -> Option<String> {
        let run = RunBuilder::new(1)
            .object(ObjectKind::Queue, "counter")
            .object(ObjectKind::Queue, "other");
        let done = acts.iter().fold(run, |run, &(task, act)| {
            run.act(task, 0, act, 1).act(task, 1, act, 1)
        });
        looks_again(&["counter".to_owned()], &done.run()).map(|found| told(&found))
    }

    #[test]
    fn whoever_has_it_neither_looks_nor_takes_again() {
        let before = [(0, Act::Empty), (0, Act::Looked), (0, Act::Got)];
        assert_eq!(counter(&before), None);
        for again in [Act::Empty, Act::Looked, Act::Got] {
            let told = counter(&[&before[..], &[(0, again)]].concat());
            let told = told.expect("it looks again");
            assert!(told.contains("main") && told.contains("counter"), "{told}");
            assert_eq!(counter(&[&before[..], &[(1, again)]].concat()), None);
        }
        assert_eq!(counter(&[&before[..], &[(0, Act::Put)]].concat()), None);
    }

    #[test]
    fn a_run_that_did_not_end_shows_nothing() {
        let run = RunBuilder::new(1).object(ObjectKind::Queue, "counter");
        let run = run.act(0, 0, Act::Got, 1).act(0, 0, Act::Empty, 0);
        let run = run.deadlock(vec![], vec![]).run();
        assert_eq!(looks_again(&["counter".to_owned()], &run), None);
    }
}
