//! Tests of questions to a trace.

use sched_model::run::{Act, What};

use super::{acts, is, steps};
use crate::judge::build::RunBuilder;

#[test]
fn steps_are_found_by_task_object_place_and_what_they_are() {
    let run = RunBuilder::new(2).lock("till").lock("door");
    let run = run.event_at(1, What::Acquired, 5, Some(0));
    let run = run.event_at(2, What::Acquired, 5, Some(1));
    let run = run.act(1, 1, Act::Put, 7).act(2, 0, Act::Put, 8);
    let run = run.event_at(1, What::Acquired, 9, Some(1)).run();
    let takes = |it: &What| *it == What::Acquired;
    let all: Vec<usize> = steps(&run).all(takes).collect();
    assert_eq!(all, [0, 1, 4]);
    assert_eq!(steps(&run).of(1).last(takes), Some(4));
    assert_eq!(steps(&run).of(1).before(4).last(takes), Some(0));
    assert_eq!(steps(&run).on(Some(1)).since(2).first(takes), Some(4));
    assert_eq!(steps(&run).on(None).first(takes), None);
    assert_eq!(steps(&run).count(acts(Act::Put)), 2);
    assert!(steps(&run).of(2).any(is(&What::Act(Act::Put, 8))));
    assert!(!steps(&run).of(1).any(is(&What::Act(Act::Put, 8))));
}
