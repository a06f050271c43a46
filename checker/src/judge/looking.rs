//! Who looks on and on, and would have to be told by those who wait for its end.

use sched_model::run::{Run, TaskId, What};

use super::{line, name};
use crate::facts::fact::Ended;

/// Of a task that looks on for ever: what it looks at, and who waits for its end meanwhile, if somebody
/// does. A task that counts its looks repeats nothing exactly; that nobody else can do anything is what
/// keeps it.
pub fn in_vain(run: &Run, task: TaskId) -> Option<Ended> {
    let mut last = run.events.iter().rev();
    let looks = last.find(|event| event.task == task)?;
    let object = run.objects.get(looks.object?)?;
    let waits = |other: TaskId| {
        let mut events = run.events.iter().rev();
        let last = events.find(|event| event.task == other)?;
        let waits = last.what == What::JoinWait(task) && run.tasks[other].exit_code.is_none();
        waits.then(|| (name(run, other), line(last.at.as_ref())))
    };
    let waiting: Vec<_> = (0..run.tasks.len()).filter_map(waits).collect();
    (!waiting.is_empty()).then(|| Ended::LooksInVain {
        task: name(run, task),
        at: object.name.clone(),
        waiting,
    })
}

#[cfg(test)]
mod tests {
    use super::super::build::{RunBuilder, site, told};
    use super::super::ending;
    use sched_model::run::{End, What};

    #[test]
    fn who_waits_for_the_end_of_one_that_looks_on_is_named() {
        let of = |what| {
            let run = RunBuilder::new(2).lock("Lock-1").event_at(0, what, 9, None);
            let mut run = run.event_at(1, What::WouldBlock, 14, Some(0)).run();
            run.tasks.iter_mut().for_each(|it| it.exit_code = None);
            run.end = End::Livelock {
                tasks: vec![(1, site(14))],
            };
            ending::end(&run, true).map(|found| told(&found))
        };
        assert_eq!(
            of(What::JoinWait(1)).as_deref(),
            Some(
                "Process-1 looks at Lock-1 for ever, and nobody is left who could change it: main \
                 waits for the end of Process-1 (line 9)"
            )
        );
        let other = of(What::JoinWait(2));
        assert!(other.is_some_and(|it| it.ends_with("and nothing changes")));
    }
}
