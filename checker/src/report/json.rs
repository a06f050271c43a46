//! The report for programs. Its keys, their order and their meaning are fixed: others read it.

use sched_model::Intervention;
use sched_model::run::{Event, Run, TaskId};
use serde::Serialize;

use crate::facts::containment::Told;
use crate::facts::table::{Cell, Kind, Row};
use crate::facts::{
    self, Cause, Counterexample, Exhaustive, Experiment, FirstFailure, Memory, Outcome, Place,
    Proof, Verdict,
};
use crate::message;
use crate::message::plain::COMMAND_ANYWHERE;
use crate::message::trace;

/// Raised only when a program that reads reports would break.
pub const VERSION: u32 = 1;
/// Who made the report.
pub const TOOL: &str = concat!("course ", env!("CARGO_PKG_VERSION"));

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    tool: &'static str,
    seed: u64,
    results: Vec<Result<'a>>,
    /// What may differ between machines: only where it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<Environment>,
}

/// Where the programs were run.
#[derive(Serialize)]
struct Environment {
    sandbox: Told,
}

/// One exercise. The order of the fields is the order of the keys. Nothing in it differs between
/// machines.
#[derive(Serialize)]
struct Result<'a> {
    exercise: &'a str,
    verdict: Verdict,
    cause: Option<Cause>,
    also: &'a [Verdict],
    passed: bool,
    points: u32,
    max_points: u32,
    schedules: u32,
    failed_schedules: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    exhaustive: Option<Exhaustive>,
    #[serde(skip_serializing_if = "is_none")]
    liberties: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    memory: Option<Memory>,
    first_failure: Option<&'a FirstFailure>,
    message: String,
    at: Option<&'a Place>,
    why: Option<String>,
    evidence: Option<Evidence>,
    decides: Option<[Step; 2]>,
    counterexample: Option<Small>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_none(count: &u32) -> bool {
    *count == 0
}

/// What proves the cause.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Evidence {
    /// Schedules in which one thing was done otherwise.
    Experiment {
        /// What was.
        interventions: Vec<Change>,
        /// How many were run so.
        schedules: u32,
        /// How many of them failed in the same way.
        failed: u32,
    },
    /// Each waits for the next one.
    Cycle { waits: Vec<Stuck> },
    /// Nobody who could end a wait goes on.
    Standstill { waits: Vec<Stuck> },
    /// What is left at the end of a run is the mistake itself.
    Left,
}

/// One thing that was done otherwise, and where.
#[derive(Serialize)]
struct Change {
    kind: &'static str,
    places: Vec<Place>,
}

/// A wait that never ends.
#[derive(Serialize)]
struct Stuck {
    task: String,
    /// For what.
    awaits: String,
    at: Option<Place>,
    /// Who could end it.
    ended_by: Vec<String>,
}

impl Evidence {
    fn of(run: &Run, evidence: facts::Evidence) -> Self {
        let standstill = match evidence {
            facts::Evidence::Left => return Evidence::Left,
            facts::Evidence::Proof(Proof::Experiment(experiment)) => return experiment.into(),
            facts::Evidence::Proof(Proof::Standstill(standstill)) => standstill,
        };
        let name = |task: &TaskId| run.tasks.get(*task).map_or("?", |it| &it.name).to_owned();
        let stuck = |it: &facts::standstill::Stuck| Stuck {
            task: name(&it.task),
            awaits: message::waiting::awaited(&it.awaited),
            at: it.at.as_ref().filter(|at| !at.is_ours()).map(Place::of),
            ended_by: it.ended_by.iter().map(name).collect(),
        };
        let waits = standstill.waits.iter().map(stuck).collect();
        match standstill.is_cycle() {
            true => Evidence::Cycle { waits },
            false => Evidence::Standstill { waits },
        }
    }
}

impl From<&Experiment> for Evidence {
    fn from(experiment: &Experiment) -> Self {
        let change = |it: &Intervention| Change {
            kind: it.name(),
            places: it.places().into_iter().map(Place::of).collect(),
        };
        Evidence::Experiment {
            interventions: experiment.interventions.iter().map(change).collect(),
            schedules: experiment.schedules,
            failed: 0,
        }
    }
}

/// The smallest run found that shows the failure.
#[derive(Serialize)]
struct Small {
    /// Where a task that could have gone on was left for another one.
    switches: usize,
    /// How many of them the schedule has that was found first.
    switches_before: usize,
    /// What it rests on that std allows and that mostly does not happen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    liberties: Vec<Step>,
    /// The steps that matter, in order.
    steps: Vec<Step>,
}

/// What a task did, or that it was left although it could have gone on.
#[derive(Serialize)]
struct Step {
    task: String,
    what: String,
    at: Option<Place>,
}

impl Step {
    /// What an event tells.
    fn of(run: &Run, event: &Event) -> Step {
        Step {
            task: run.tasks[event.task].name.clone(),
            what: trace::deed(run, "", event),
            at: event.at.as_ref().map(Place::of),
        }
    }
}

impl From<&Counterexample> for Small {
    fn from(counterexample: &Counterexample) -> Self {
        let run = &counterexample.failing.run;
        let table = counterexample.table.clone().unwrap_or_default();
        let name = |task: usize| run.tasks[task].name.clone();
        let step = |row: &Row| match row.kind {
            Kind::Step(index, _) => Some(Step::of(run, &run.events[index])),
            Kind::Switch => {
                let left = row.cells.iter().position(|cell| *cell == Cell::Ready)?;
                Some(Step {
                    task: name(table.tasks[left]),
                    what: message::steps::switch().to_owned(),
                    at: None,
                })
            }
            Kind::Delay | Kind::Gap(_) => None,
        };
        Small {
            switches: counterexample.switches,
            switches_before: counterexample.switches_before,
            liberties: run
                .freely()
                .map(|(_, event, _)| Step::of(run, event))
                .collect(),
            steps: table.rows.iter().filter_map(step).collect(),
        }
    }
}

impl<'a> From<&'a Outcome> for Result<'a> {
    fn from(outcome: &'a Outcome) -> Self {
        let finding = outcome.finding.as_ref();
        Result {
            exercise: &outcome.exercise,
            verdict: outcome.verdict,
            cause: outcome.cause,
            also: &outcome.also,
            passed: outcome.verdict == Verdict::Passed,
            points: outcome.points,
            max_points: outcome.max_points,
            schedules: outcome.schedules,
            failed_schedules: outcome.failed_schedules,
            exhaustive: outcome.exhaustive,
            liberties: outcome.liberties,
            memory: outcome.memory,
            first_failure: outcome.first_failure.as_ref(),
            message: message(outcome),
            at: finding.and_then(|finding| finding.at.as_ref()),
            why: outcome.counterexample.as_ref().and_then(|it| {
                let explanation = it.explanation.as_ref()?;
                Some(message::cause::why(&it.failing.run, &explanation.why))
            }),
            evidence: outcome.counterexample.as_ref().and_then(|it| {
                let (_, evidence) = it.claim()?;
                Some(Evidence::of(&it.failing.run, evidence))
            }),
            decides: outcome.counterexample.as_ref().and_then(|it| {
                let both = it.table.as_ref()?.decides?;
                Some(both.map(|event| Step::of(&it.failing.run, &it.failing.run.events[event])))
            }),
            counterexample: outcome.counterexample.as_deref().map(Small::from),
        }
    }
}

/// What was found, in one line.
pub fn message(outcome: &Outcome) -> String {
    outcome.finding.as_ref().map_or_else(
        || message::schedules_failed(outcome.verdict, outcome.failed_schedules, outcome.schedules),
        message::finding::sentence,
    )
}

/// The same report, where nothing could be checked.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn fault(reason: &str, seed: u64) -> anyhow::Result<String> {
    #[derive(Serialize)]
    struct Fault<'a> {
        version: u32,
        tool: &'static str,
        seed: u64,
        results: [(); 0],
        error: &'a str,
    }
    pretty(&Fault {
        version: VERSION,
        tool: TOOL,
        seed,
        results: [],
        error: reason,
    })
}

/// The report on all exercises checked; with what contained them, if that is to be told.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn report(outcomes: &[Outcome], seed: u64, sandbox: Option<Told>) -> anyhow::Result<String> {
    pretty(&Report {
        version: VERSION,
        tool: TOOL,
        seed,
        results: outcomes.iter().map(Result::from).collect(),
        environment: sandbox.map(|sandbox| Environment { sandbox }),
    })
}

/// A value as JSON with a final newline.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn pretty(value: &impl Serialize) -> anyhow::Result<String> {
    let text = serde_json::to_string_pretty(value)? + "\n";
    // Only in strings, where the code of a character means the character.
    Ok(text.replace(COMMAND_ANYWHERE, "#\\u0023["))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::text::tests::{failed, passed};

    #[test]
    fn keys_and_their_order_are_as_promised() {
        let report = report(&[failed(Verdict::WrongOrder), passed()], 7, None).expect("JSON");
        let report = report.replace(TOOL, "course VERSION");
        insta::assert_snapshot!(report, @r#"
        {
          "version": 1,
          "tool": "course VERSION",
          "seed": 7,
          "results": [
            {
              "exercise": "05_lock/1_two_lines",
              "verdict": "wrong_order",
              "cause": null,
              "also": [
                "requirement"
              ],
              "passed": false,
              "points": 1,
              "max_points": 4,
              "schedules": 200,
              "failed_schedules": 181,
              "first_failure": {
                "args": [
                  "5"
                ],
                "schedule": 17
              },
              "message": "Process-2 printed between the two lines of Process-1",
              "at": {
                "file": "exercises/05_lock/1_two_lines.rs",
                "line": 2
              },
              "why": null,
              "evidence": null,
              "decides": null,
              "counterexample": null
            },
            {
              "exercise": "05_lock/1_two_lines",
              "verdict": "passed",
              "cause": null,
              "also": [],
              "passed": true,
              "points": 4,
              "max_points": 4,
              "schedules": 200,
              "failed_schedules": 0,
              "first_failure": null,
              "message": "0 of 200 schedules failed",
              "at": null,
              "why": null,
              "evidence": null,
              "decides": null,
              "counterexample": null
            }
          ]
        }
        "#);
    }

    #[test]
    fn every_verdict_has_the_name_that_others_script_against() {
        let names: Vec<_> = Verdict::ALL.iter().map(|it| it.name()).collect();
        assert_eq!(
            names.join(" "),
            "build_error not_allowed pending wrong_output panic deadlock livelock endless_loop \
             data_race wrong_order requirement leak too_much_output out_of_memory over_limit \
             inconclusive passed"
        );
        let read = serde_json::to_value(Verdict::ALL).expect("JSON");
        assert_eq!(read, serde_json::json!(names), "as reports have them");
    }
}
