//! Programs that are no fork servers: what is told of them.

use std::path::Path;
use std::time::Duration;

use sched_host::{Host, HostError, Program, Schedule};
use sched_model::Strategy;
use sched_model::limits::MAX_STEPS;

/// What comes of a schedule of a shell script.
fn outcome(script: &str) -> HostError {
    // Whatever is left in that folder is killed in the end.
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("host");
    std::fs::create_dir_all(&scratch).expect("a folder");
    let args = ["-c".to_owned(), script.to_owned()];
    let mut host = Host::start(&Program {
        path: Path::new("/bin/sh"),
        file: "",
        args: &args,
        core: None,
        scratch: &scratch,
        confine: None,
    })
    .expect("a shell");
    let schedule = Schedule {
        seed: 0,
        number: 0,
        strategy: Strategy::Natural,
        max_delay: None,
        limit_delay: None,
        clock_drift: Duration::ZERO,
        patience: 0,
        length: 0,
        most_steps: MAX_STEPS,
        edges: Vec::new(),
        replay: Vec::new(),
        deviations: Vec::new(),
        interventions: Vec::new(),
        takes_liberties: false,
        liberties: Vec::new(),
    };
    host.run(&schedule, &|| false, &mut |_| Vec::new())
        .expect_err("a shell is no fork server")
}

#[test]
fn a_server_of_another_version_is_told_apart_from_one_that_is_gone() {
    let other = outcome("exit 2");
    assert!(matches!(other, HostError::OtherVersion), "{other}");
    assert!(other.to_string().contains("course init --update"));
    let gone = outcome("exit 1");
    assert!(matches!(gone, HostError::Gone), "{gone}");
}
