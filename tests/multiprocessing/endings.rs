//! How the scenarios end: most by saying that they are done, some in another way.

/// How a scenario ends.
pub struct Ending {
    scenario: &'static str,
    /// Main's exit status.
    pub code: i32,
    /// What is printed, with who prints it as in the transcripts of checks, in no order: sorted,
    /// main's lines first.
    pub prints: &'static [&'static str],
    /// What makes a check say something else than "passed": words of its message.
    pub panic: Option<&'static str>,
}

const SUCCESS: Ending = Ending {
    scenario: "",
    code: 0,
    prints: &["main: done"],
    panic: None,
};

const OTHERS: &[Ending] = &[
    Ending {
        scenario: "main_waits_for_its_children",
        prints: &["main: done", "main: main", "child: child"],
        ..SUCCESS
    },
    Ending {
        scenario: "main_waits_also_after_exit",
        prints: &["main: main", "child: child"],
        ..SUCCESS
    },
    Ending {
        scenario: "main_waits_also_after_exit_with_a_failure",
        prints: &["main: main", "child: child"],
        code: 3,
        panic: Some("main ended with exit status 3"),
    },
    Ending {
        scenario: "main_waits_also_after_a_panic",
        prints: &["main: main", "child: child"],
        code: 101,
        panic: Some("main panicked: main is at its end"),
    },
    Ending {
        scenario: "daemons_are_terminated_also_after_exit",
        prints: &[],
        ..SUCCESS
    },
    Ending {
        scenario: "daemons_are_terminated_before_others_are_waited_for",
        prints: &["main: done", "child: child"],
        ..SUCCESS
    },
    Ending {
        scenario: "an_abort_is_a_signal",
        panic: Some("Process-1 was ended by signal 6 (SIGABRT)"),
        ..SUCCESS
    },
];

/// How this scenario ends.
pub fn ending(scenario: &str) -> &'static Ending {
    let other = OTHERS.iter().find(|end| end.scenario == scenario);
    other.unwrap_or(&SUCCESS)
}
