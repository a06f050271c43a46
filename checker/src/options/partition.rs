//! Which part of a class to grade, so that several machines can share it.

use serde::{Deserialize, Serialize};

use crate::message::grade as message;
use crate::support::hash;

/// How a class is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Each Nth submission, in the order of names: the parts are equally long.
    Slice,
    /// By a hash of the name: who is added later moves nobody else.
    Hash,
}

/// Part `number` (from 1) of `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partition {
    /// How it is divided.
    pub kind: Kind,
    /// Which part, from 1.
    pub number: u64,
    /// How many parts there are.
    pub of: u64,
}

/// An environment variable, if it is set.
pub type Variable<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Partition {
    /// Whether a submission belongs to this part; `index` is its place among all names.
    pub fn has(&self, index: usize, name: &str) -> bool {
        let place = match self.kind {
            Kind::Slice => index as u64,
            Kind::Hash => hash::fnv1a(name.as_bytes()),
        };
        place % self.of == self.number - 1
    }
}

/// Reads `slice:K/N`, `hash:K/N`, or `auto`.
///
/// # Errors
///
/// What to type instead.
pub fn read(typed: &str, variable: Variable) -> Result<Partition, String> {
    if typed == "auto" {
        return auto(variable);
    }
    let parse = || {
        let (kind, part) = typed.split_once(':')?;
        let kind = match kind {
            "slice" => Kind::Slice,
            "hash" => Kind::Hash,
            _ => return None,
        };
        let (number, of) = part.split_once('/')?;
        let (number, of): (u64, u64) = (number.parse().ok()?, of.parse().ok()?);
        (1..=of)
            .contains(&number)
            .then_some(Partition { kind, number, of })
    };
    parse().ok_or_else(|| message::no_partition(typed))
}

/// The variables that tell a job which of how many it is: index, count, first index.
const JOBS: &[(&str, &str, First)] = &[
    // Kubernetes tells the index; the count is set in the job's template.
    ("JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", First::Is(0)),
    (
        "SLURM_ARRAY_TASK_ID",
        "SLURM_ARRAY_TASK_COUNT",
        First::In("SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_STEP"),
    ),
    ("CI_NODE_INDEX", "CI_NODE_TOTAL", First::Is(1)),
    (
        "BUILDKITE_PARALLEL_JOB",
        "BUILDKITE_PARALLEL_JOB_COUNT",
        First::Is(0),
    ),
];

/// With which number a job's index begins.
#[derive(Clone, Copy)]
enum First {
    /// Always this one.
    Is(u64),
    /// The value of a variable, and the step to the next in another one.
    In(&'static str, &'static str),
}

fn auto(variable: Variable) -> Result<Partition, String> {
    for (index, count, first) in JOBS {
        let Some(text) = variable(index) else {
            continue;
        };
        let number = |name: &str| variable(name).and_then(|text| text.trim().parse::<u64>().ok());
        let (first, step) = match first {
            First::Is(first) => (*first, 1),
            First::In(first, step) => (
                number(first).unwrap_or(0),
                number(step).filter(|step| *step > 0).unwrap_or(1),
            ),
        };
        let parse = || {
            let (index, of) = (number(index)?, number(count)?);
            let place = index.checked_sub(first)?;
            let kind = Kind::Slice;
            let number = place / step + 1;
            (place % step == 0 && number <= of).then_some(Partition { kind, number, of })
        };
        return parse().ok_or_else(|| message::no_job(index, &text, count, variable(count)));
    }
    Err(message::no_job_at_all())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slice(number: u64, of: u64) -> Result<Partition, String> {
        let kind = Kind::Slice;
        Ok(Partition { kind, number, of })
    }

    fn with(set: &[(&str, &str)]) -> Result<Partition, String> {
        let variable = |name: &str| {
            let found = set.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        read("auto", &variable)
    }

    #[test]
    fn parts_are_typed_from_1_to_n() {
        let none = |_: &str| None;
        assert_eq!(read("slice:1/3", &none), slice(1, 3));
        assert_eq!(read("hash:3/3", &none).map(|it| it.kind), Ok(Kind::Hash));
        for wrong in [
            "slice:0/3",
            "slice:4/3",
            "slice:1",
            "1/3",
            "slice:1/0",
            "",
            "auto",
        ] {
            assert!(read(wrong, &none).is_err(), "{wrong}");
        }
    }

    #[test]
    fn each_submission_is_in_exactly_one_part() {
        for kind in [Kind::Slice, Kind::Hash] {
            for index in 0..100 {
                let name = format!("learner-{index}");
                let part = |number| Partition {
                    kind,
                    number,
                    of: 7,
                };
                let parts = (1..=7).filter(|number| part(*number).has(index, &name));
                assert_eq!(parts.count(), 1);
            }
        }
    }

    #[test]
    fn a_job_knows_which_part_it_is() {
        let kubernetes = [("JOB_COMPLETION_INDEX", "0"), ("JOB_COMPLETIONS", "4")];
        assert_eq!(with(&kubernetes), slice(1, 4));
        let slurm = [
            ("SLURM_ARRAY_TASK_ID", "9"),
            ("SLURM_ARRAY_TASK_MIN", "5"),
            ("SLURM_ARRAY_TASK_STEP", "2"),
            ("SLURM_ARRAY_TASK_COUNT", "3"),
        ];
        assert_eq!(with(&slurm), slice(3, 3));
        assert_eq!(
            with(&[("CI_NODE_INDEX", "2"), ("CI_NODE_TOTAL", "2")]),
            slice(2, 2)
        );
        let buildkite = [
            ("BUILDKITE_PARALLEL_JOB", "1"),
            ("BUILDKITE_PARALLEL_JOB_COUNT", "2"),
        ];
        assert_eq!(with(&buildkite), slice(2, 2));
    }

    #[test]
    fn a_job_that_does_not_say_how_many_there_are_is_told_so() {
        let error = with(&[("JOB_COMPLETION_INDEX", "1")]).expect_err("no count");
        assert!(error.contains("JOB_COMPLETIONS"), "{error}");
        let beyond = [("CI_NODE_INDEX", "3"), ("CI_NODE_TOTAL", "2")];
        assert!(with(&beyond).is_err());
    }
}
