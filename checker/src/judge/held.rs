//! Who holds which locks at a moment of a run. Everything that is taken and given back counts,
//! whether it is of mp or of std.

use std::collections::BTreeMap;

use sched_model::run::{Act, ObjectId, Run, Site, TaskId, What};

use crate::facts::fact::Holding;

/// What a task holds just before an event, in the order of taking, each with the place where it was
/// taken.
pub fn by(run: &Run, task: TaskId, before: usize) -> Vec<(ObjectId, Option<&Site>)> {
    let mut held: Vec<(ObjectId, Option<&Site>)> = Vec::new();
    for event in run.events.iter().take(before) {
        let Some(object) = event.object else { continue };
        match event.what {
            What::Acquired if event.task == task => held.push((object, event.at.as_ref())),
            // Some locks may be given back by another task.
            What::Released => {
                if let Some(at) = held.iter().rposition(|(it, _)| *it == object) {
                    held.remove(at);
                }
            }
            _ => {}
        }
    }
    held
}

/// The names of the same, and of the semaphores of which it took more permits than it gave.
pub fn named(run: &Run, task: TaskId, before: usize) -> Holding {
    let name = |object: ObjectId| Some(run.objects.get(object)?.name.clone());
    let held = by(run, task, before).into_iter();
    let mut permits: BTreeMap<ObjectId, i64> = BTreeMap::new();
    let events = run.events.iter().take(before);
    for event in events.filter(|event| event.task == task) {
        let Some(object) = event.object else { continue };
        match event.what {
            What::Act(Act::Took, _) => *permits.entry(object).or_default() += 1,
            What::Act(Act::Gave, _) => *permits.entry(object).or_default() -= 1,
            _ => {}
        }
    }
    let permits = permits.into_iter().filter(|(_, count)| *count > 0);
    Holding {
        locks: held.filter_map(|(object, _)| name(object)).collect(),
        permits: permits.filter_map(|(object, _)| name(object)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::build::RunBuilder;
    use super::*;
    use sched_model::run::ObjectKind;

    const NOTHING: [&str; 0] = [];

    fn locks(run: &Run, task: TaskId, before: usize) -> Vec<String> {
        named(run, task, before).locks
    }

    #[test]
    fn a_permit_is_held_until_it_is_given_back() {
        let run = RunBuilder::new(1)
            .object(ObjectKind::Semaphore, "oven")
            .act(1, 0, Act::Took, 1)
            .act(1, 0, Act::Gave, 2)
            .run();
        let permits = |before| named(&run, 1, before).permits;
        assert_eq!(permits(1), ["oven"]);
        assert_eq!(permits(2), NOTHING);
    }

    #[test]
    fn what_was_taken_and_not_given_back_is_held() {
        let run = RunBuilder::new(2)
            .lock("till")
            .lock("oven")
            .event_at(1, What::Acquired, 10, Some(0))
            .event_at(2, What::Acquired, 20, Some(1))
            .event_at(1, What::Released, 12, Some(0))
            .run();
        assert_eq!(locks(&run, 1, 0), NOTHING);
        assert_eq!(locks(&run, 1, 2), ["till"]);
        assert_eq!(locks(&run, 2, 2), ["oven"]);
        assert_eq!(locks(&run, 1, 3), NOTHING);
    }

    #[test]
    fn who_takes_a_lock_again_holds_it_until_the_last_time_it_is_given_back() {
        let mut run = RunBuilder::new(1).lock("till");
        for what in [What::Acquired, What::Acquired, What::Released] {
            run = run.event_at(1, what, 10, Some(0));
        }
        let run = run.event_at(1, What::Released, 11, Some(0)).run();
        assert_eq!(locks(&run, 1, 3), ["till"]);
        assert_eq!(locks(&run, 1, 4), NOTHING);
    }

    #[test]
    fn another_task_may_give_a_lock_back() {
        let run = RunBuilder::new(2)
            .lock("till")
            .event_at(1, What::Acquired, 10, Some(0))
            .event_at(2, What::Released, 20, Some(0))
            .run();
        assert_eq!(locks(&run, 1, 2), NOTHING);
    }
}
