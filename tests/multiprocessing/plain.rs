//! Scenarios under the operating system's scheduler.

use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::endings::Ending;

/// The word by which this test program is called as a program of scenarios.
pub const SCENARIO: &str = "--scenario";
/// The longest that any scenario takes, on however busy a machine; what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(50);

/// Runs a scenario in a process group of its own.
///
/// # Panics
///
/// When it does not end as it is to, hangs, or leaves a process behind.
pub fn run(program: &str, scenario: &str, ending: &Ending) {
    let mut command = Command::new(std::env::current_exe().expect("this program has a path"));
    command
        .args([SCENARIO, program, scenario])
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let child = command.spawn().expect("can be started");
    let group = child.id();
    let (sender, ended) = channel();
    std::thread::spawn(move || sender.send(child.wait_with_output()));
    let Ok(output) = ended.recv_timeout(PATIENCE) else {
        kill("KILL", group);
        let output = ended.recv().expect("a killed one ends");
        let said = output.expect("can be read").stderr;
        panic!("{scenario} hangs:\n{}", String::from_utf8_lossy(&said));
    };
    let output = output.expect("can be read");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        output.status.code(),
        Some(ending.code),
        "{scenario}:\n{said}"
    );
    let printed = String::from_utf8_lossy(&output.stdout);
    let mut printed: Vec<&str> = printed.lines().collect();
    printed.sort_unstable();
    let text = |line: &&'static str| line.split_once(": ").expect("has a printer").1;
    let mut expected: Vec<&str> = ending.prints.iter().map(text).collect();
    expected.sort_unstable();
    assert_eq!(printed, expected, "{scenario}:\n{said}");
    assert!(!kill("0", group), "{scenario} leaves a process behind");
}

/// Sends a signal to a process group; whether there is one.
fn kill(signal: &str, group: u32) -> bool {
    let mut command = Command::new("sh");
    command.args([
        "-c",
        "kill -s \"$1\" -- \"-$2\"",
        "sh",
        signal,
        &group.to_string(),
    ]);
    command.stderr(Stdio::null());
    command.status().expect("there is a shell").success()
}
