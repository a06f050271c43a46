//! Tests of who was late for a sleep.

use std::time::Duration;

use sched_model::run::What;

use super::decided;
use crate::facts::why::Why;
use crate::facts::{About, Experiment, Explanation, Proof};
use crate::judge::build::RunBuilder;

#[test]
fn late_for_a_sleep_is_whose_step_should_have_come_before() {
    let run = RunBuilder::new(3).event_at(1, What::Sleep(Duration::from_secs(1)), 41, None);
    let run = run
        .event(1, What::Yield)
        .event(2, What::Yield)
        .event(3, What::Yield)
        .run();
    let explained = |steps| {
        let mut explanation = Explanation {
            why: Why::Slept(0, 2),
            about: About {
                tasks: vec![1, 2],
                ..About::default()
            },
            proof: Proof::Experiment(Experiment {
                interventions: Vec::new(),
                schedules: 0,
                otherwise: 0,
            }),
        };
        decided(&run, &mut explanation, steps);
        (explanation.why, explanation.about.tasks)
    };
    assert_eq!(explained([1, 3]), (Why::Slept(0, 3), vec![1, 3]));
    let other = "of the sleeper nothing is known";
    assert_eq!(explained([2, 3]), (Why::Slept(0, 2), vec![1, 2]), "{other}");
}
