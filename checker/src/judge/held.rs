//! Who holds which locks at a moment of a run. Everything that is taken and given back counts,
//! whether it is of mp or of std.

use sched_model::run::{ObjectId, Run, Site, TaskId, What};

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

/// The names of the same.
pub fn named(run: &Run, task: TaskId, before: usize) -> Vec<String> {
    let held = by(run, task, before).into_iter();
    let objects = held.filter_map(|(object, _)| run.objects.get(object));
    objects.map(|object| object.name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::build::RunBuilder;
    use super::*;

    const NOTHING: [&str; 0] = [];

    #[test]
    fn what_was_taken_and_not_given_back_is_held() {
        let run = RunBuilder::new(2)
            .lock("till")
            .lock("oven")
            .event_at(1, What::Acquired, 10, Some(0))
            .event_at(2, What::Acquired, 20, Some(1))
            .event_at(1, What::Released, 12, Some(0))
            .run();
        assert_eq!(named(&run, 1, 0), NOTHING);
        assert_eq!(named(&run, 1, 2), ["till"]);
        assert_eq!(named(&run, 2, 2), ["oven"]);
        assert_eq!(named(&run, 1, 3), NOTHING);
    }

    #[test]
    fn who_takes_a_lock_again_holds_it_until_the_last_time_it_is_given_back() {
        let mut run = RunBuilder::new(1).lock("till");
        for what in [What::Acquired, What::Acquired, What::Released] {
            run = run.event_at(1, what, 10, Some(0));
        }
        let run = run.event_at(1, What::Released, 11, Some(0)).run();
        assert_eq!(named(&run, 1, 3), ["till"]);
        assert_eq!(named(&run, 1, 4), NOTHING);
    }

    #[test]
    fn another_task_may_give_a_lock_back() {
        let run = RunBuilder::new(2)
            .lock("till")
            .event_at(1, What::Acquired, 10, Some(0))
            .event_at(2, What::Released, 20, Some(0))
            .run();
        assert_eq!(named(&run, 1, 2), NOTHING);
    }
}
