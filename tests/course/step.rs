//! The learner as the scheduler: a game of `course replay --step`, and the schedule that it saves.

use std::path::Path;

use crate::util;

/// An answer that locks in two orders, and the exercise.
const ANSWER: [&str; 3] = [
    "05_lock/4_lock_order",
    "--file",
    "tests/wrong/05_lock/4_lock_order/from_then_to.rs",
];

/// Plays a game in which this is typed; returns the exit status and what was printed.
#[track_caller]
fn play(args: &[&str], typed: &str) -> (i32, String) {
    util::prepare();
    let output = util::course()
        .args([&["replay", "--step"], args].concat())
        .write_stdin(typed)
        .output()
        .expect("course can be started, and ends in time");
    assert_eq!(util::text(&output.stderr), "");
    (util::status(&output), util::text(&output.stdout))
}

/// The positions of a game: what was printed between one answer and the next.
fn positions(told: &str) -> Vec<&str> {
    told.split("Who goes on? ").collect()
}

/// courier 1 and courier 2 take a lock each, then want the other's.
const TO_THE_DEADLOCK: &str = "\n\n\n\n1\n2\n2\ne\n";

/// The report on the deadlock.
const DEADLOCK: &str = "deadlock: courier 1 waits for till 1 (line 7), which courier 2 holds";

#[test]
fn a_position_shows_the_states_of_the_tasks_and_what_each_would_do_next() {
    let (status, told) = play(&ANSWER, "\n\n\n\n1\n2\n2\n");
    assert_eq!(status, 0, "the game was not played to its end: {told}");
    let last = positions(&told);
    let last = last[last.len() - 2];
    for line in [
        "    9  courier 2     6  takes till 1",
        "      main       Blocked  waits for the end of courier 1",
        "                  76 | child.join();",
        "   1  courier 1  Ready    next: has to wait for till 1; holds till 0",
        ">  2  courier 2  Running  next: has to wait for till 0; holds till 1",
        "                   7 | let _to = (from != to).then(|| tills[to].lock.lock());",
        "   3  courier 3  Ready    next: begins, as process 40004",
    ] {
        assert!(
            last.lines().any(|it| it == line),
            "{line}\nis not in\n{last}"
        );
    }
    assert!(
        told.trim_end()
            .ends_with("Who goes on? [1 2 3; Enter: courier 2]"),
        "{told}"
    );
}

#[test]
fn a_game_to_a_deadlock_ends_with_its_finding_and_is_replayed_from_its_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("mine.schedule");
    let name = folder.path().join("mine").to_string_lossy().into_owned();
    let (status, told) = play(&ANSWER, &format!("{TO_THE_DEADLOCK}s {name}\nq\n"));
    assert_eq!(status, 1, "{told}");
    assert!(told.contains("Here the program can never go on:"), "{told}");
    assert_eq!(told.matches(DEADLOCK).count(), 1, "{told}");
    let file = file.to_string_lossy().into_owned();
    let command = format!("course replay {} --schedule-file {file}", ANSWER[0]);
    assert!(told.contains(&command), "{told}");

    let replay = [&["replay", "--schedule-file", &file], &ANSWER[..]].concat();
    let replayed = util::call(&replay);
    assert_eq!(util::status(&replayed), 1);
    let trace = util::text(&replayed.stdout);
    let title = format!("The schedule in {file} of 05_lock/4_lock_order, with the arguments 0-1-5");
    assert!(trace.starts_with(&title), "{trace}");
    let (_, played) = told.split_once("Here the program").expect("its end");
    let (_, replayed) = trace.split_once("Here the program").expect("its end");
    assert!(played.starts_with(replayed), "{played}\nis not\n{replayed}");

    let page = folder
        .path()
        .join("page.html")
        .to_string_lossy()
        .into_owned();
    let made = util::call(&[&replay[..], &["--html", &page]].concat());
    assert_eq!(util::status(&made), 1, "{}", util::text(&made.stderr));
    let page = std::fs::read_to_string(page).expect("the page was written");
    assert!(page.contains("courier 1 waits for till 1"));

    let (status, told) = play(
        &[&["--schedule-file", &file], &ANSWER[..]].concat(),
        "e\nq\n",
    );
    assert_eq!((status, told.matches(DEADLOCK).count()), (1, 1), "{told}");
}

#[test]
fn choices_are_taken_back_one_by_one_to_the_beginning() {
    let (_, told) = play(&ANSWER, "\n1\nu\nu\nu\n");
    let positions = positions(&told);
    let table = |position: &str| position.split_once("\n\n").map(|(_, it)| it.to_owned());
    // Each answer begins what is printed next.
    assert!(
        positions[3].contains("Taken back, to after step 3."),
        "{told}"
    );
    assert!(
        positions[4].contains("Taken back, to after step 2."),
        "{told}"
    );
    assert!(positions[5].contains("this is the first one"), "{told}");
    let first = table(positions[0].split_once("help.\n\n").expect("the title").1);
    assert_eq!(table(positions[4]), first);
    assert_eq!(table(positions[5]), first);
}

#[test]
fn after_the_end_the_last_choice_can_be_taken_back_and_another_be_made() {
    let (status, told) = play(&ANSWER, &format!("{TO_THE_DEADLOCK}u\nu\nu\n1\ne\nq\n"));
    assert_eq!(status, 0, "courier 1 is let go on, and all is well: {told}");
    assert!(told.contains(DEADLOCK), "{told}");
    assert!(
        told.contains("Nothing is wrong in this schedule."),
        "{told}"
    );
}

#[test]
fn a_game_can_begin_with_the_schedule_of_a_report() {
    let (status, told) = play(&[&ANSWER[..], &["3"]].concat(), "e\nq\n");
    assert_eq!(status, 1);
    assert!(told.contains(DEADLOCK), "{told}");
}

#[test]
fn a_sleeper_can_be_let_go_on_before_others_that_are_ready() {
    let args = ["01_blocking/1_states", "--solutions"];
    let (_, told) = play(&args, &"\n".repeat(60));
    assert!(told.contains("Blocked  its time is over, next: "), "{told}");
}

#[test]
fn what_cannot_be_done_is_told_and_the_game_goes_on() {
    let (status, told) = play(&ANSWER, "?\n7\nhello\ns /no/such/folder/mine\n\n");
    assert_eq!(status, 0);
    assert!(told.contains("takes the last choice back"), "{told}");
    assert!(told.contains("`7` is none of the choices."), "{told}");
    assert!(told.contains("`hello` is none of the choices."), "{told}");
    assert!(told.contains("Not saved: "), "{told}");
    assert!(
        told.contains("there is no folder `/no/such/folder`"),
        "{told}"
    );
    assert!(
        told.contains("3  main         73  starts courier 2"),
        "{told}"
    );
}

#[test]
fn a_file_that_is_no_schedule_of_the_exercise_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("other.schedule");
    let refused = |file: &Path| {
        let file = file.to_string_lossy();
        let output = util::call(&["replay", "05_lock/1_two_lines", "--schedule-file", &file]);
        assert_eq!(util::status(&output), 2);
        util::text(&output.stderr)
    };
    std::fs::write(&file, "exercise = \"05_lock/2_guard\"\nargs = []\n").expect("a file");
    let message = refused(&file);
    assert!(
        message.contains("is of 05_lock/2_guard, not of 05_lock/1_two_lines"),
        "{message}"
    );
    let message = refused(&util::root().join("README.md"));
    assert!(message.contains("is no schedule"), "{message}");
    let neither = util::call(&["replay", "05_lock/1_two_lines"]);
    assert_eq!(util::status(&neither), 2, "which schedule?");
}

#[test]
fn a_schedule_that_does_not_fit_the_program_any_more_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("old.schedule");
    let choice = "[[choice]]\nholder = 0\nturn = 9999\ntask = 1\n";
    let text = format!(
        "exercise = \"{}\"\nargs = [\"0-1-5\", \"1-0-3\", \"2-3-4\"]\n{choice}",
        ANSWER[0]
    );
    std::fs::write(&file, text).expect("a file");
    let file = file.to_string_lossy();
    let output = util::call(&[&["replay", "--schedule-file", &file], &ANSWER[..]].concat());
    let message = util::text(&output.stderr);
    assert!(
        message.contains("the program has changed since it"),
        "{message}"
    );
}
