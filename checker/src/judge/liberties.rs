//! What std leaves open, and what a run did there that mostly does not happen; and where it let others go
//! on before a count was used.

use sched_model::run::{Freedom, Run};

use super::{Found, line, name};
use crate::facts::fact::{Detail, Free, Values};

/// Says of what is wrong in a run that it rests on liberties, if the run took any.
pub fn told(run: &Run, all: &mut [Found]) {
    let free = run.freely().map(|(at, event, freedom)| Free {
        task: name(run, event.task),
        freedom,
        line: line(event.at.as_ref()),
        values: values(run, at),
    });
    // That others go on is nothing special.
    let told: Vec<Free> = free.filter(|it| it.freedom != Freedom::IsLate).collect();
    for found in all {
        if !told.is_empty() {
            found.details.push(Detail::Freely(told.clone()));
        }
        for (at, ..) in run.freely() {
            found.about.event(run, at);
        }
    }
}

/// Which values a liberty is about.
fn values(run: &Run, at: usize) -> Option<Values> {
    let unseen = run.unseen(at)?;
    let object = run.events[at].object.and_then(|it| run.objects.get(it))?;
    let show = |bits| object.meaning.show(bits);
    Some(Values {
        of: object.name.clone(),
        value: show(unseen.value),
        newest: show(unseen.newest),
        stored: line(run.events[unseen.stored].at.as_ref()),
    })
}
