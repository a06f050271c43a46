//! Tests of what is remembered of the learner's progress.

use std::fs;

use std::path::Path;

use super::*;
use crate::course::Course;

fn workspace(folder: &Path) -> Workspace {
    let exercise =
        |id: &str| format!("[exercise.\"{id}\"]\ntitle = \"T\"\nview = \"exact\"\npoints = 4\n");
    let text = exercise("01_a/1_one") + &exercise("01_a/2_two");
    Workspace {
        root: folder.to_owned(),
        seen_from: folder.to_owned(),
        course: Course::load_text(&text).expect("a course"),
    }
}

fn outcome(exercise: &str, verdict: Verdict, points: u32) -> Outcome {
    Outcome {
        verdict,
        points,
        ..Outcome::blank(exercise, "T", PathBuf::from("x.rs"), 4)
    }
}

#[test]
fn a_pass_is_remembered_with_what_passed_and_a_later_change_is_noticed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workspace = workspace(folder.path());
    let id = "01_a/1_one";
    assert_eq!(
        Record::read(&workspace)
            .expect("none yet")
            .standing(id, Some("aa"), Some("aa")),
        Standing::NotStarted
    );
    // To be begun is to have changed something, checked or not.
    let begun = Standing::Tried(Verdict::Pending);
    assert_eq!(
        Record::default().standing(id, Some("aa"), Some("00")),
        begun
    );
    let unknown = Record::default().standing(id, Some("aa"), None);
    assert_eq!(unknown, Standing::NotStarted);
    let note = |verdict, points, text: &str| {
        let outcome = outcome(id, verdict, points);
        Record::change(&workspace, |record| record.note(&outcome, text.to_owned()))
            .expect("can be written");
        Record::read(&workspace).expect("can be read")
    };
    let pending = note(Verdict::Pending, 0, "aa");
    assert_eq!(pending.standing(id, Some("aa"), Some("00")), begun);
    assert_eq!(
        pending.standing(id, Some("00"), Some("00")),
        Standing::NotStarted
    );
    let tried = note(Verdict::Deadlock, 2, "aa");
    assert_eq!(
        tried.standing(id, Some("aa"), Some("00")),
        Standing::Tried(Verdict::Deadlock)
    );
    let passed = note(Verdict::Passed, 4, "bb");
    assert_eq!(
        passed.standing(id, Some("bb"), Some("00")),
        Standing::Passed
    );
    assert_eq!(
        passed.standing(id, Some("cc"), Some("00")),
        Standing::ChangedSince
    );
    let worse = note(Verdict::WrongOutput, 0, "cc");
    assert_eq!(worse.standing(id, Some("bb"), Some("00")), Standing::Passed);
    assert_eq!(
        worse.standing(id, Some("cc"), Some("00")),
        Standing::FailsNow(Verdict::WrongOutput)
    );
    assert_eq!(
        worse.standing(id, Some("dd"), Some("00")),
        Standing::ChangedSince
    );
    let best = worse.exercises[id].best.expect("the pass");
    assert_eq!((best.verdict, best.points), (Verdict::Passed, 4));
}

#[test]
fn the_next_exercise_is_the_next_that_is_not_done() {
    let ids = ["a", "b", "c"];
    let mut record = Record::default();
    assert_eq!(record.current(&ids), Some(0));
    record.note(&outcome("a", Verdict::Passed, 4), "x".to_owned());
    record.note(&outcome("c", Verdict::Passed, 4), "x".to_owned());
    assert_eq!(record.current(&ids), Some(1));
    assert_eq!(record.next_open(&ids, 2), Some(1));
    assert_eq!(record.next_open(&ids, 1), None);
    record.current = Some("c".to_owned());
    assert_eq!(record.current(&ids), Some(2));
    record.current = Some("gone from the course".to_owned());
    assert_eq!(record.current(&ids), Some(1));
    assert_eq!(record.current(&[]), None);
}

#[test]
fn a_broken_file_is_put_aside_and_nothing_of_it_is_lost() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workspace = workspace(folder.path());
    fs::create_dir_all(workspace.own_folder()).expect("a folder");
    fs::write(file(&workspace), "{ half").expect("written");
    assert_eq!(
        Record::read(&workspace).expect("an empty one"),
        Record::default()
    );
    let aside = workspace.own_folder().join("progress.json.broken");
    assert_eq!(fs::read_to_string(aside).expect("is there"), "{ half");
    fs::write(file(&workspace), "[]").expect("written");
    Record::read(&workspace).expect("an empty one");
    let aside = workspace.own_folder().join("progress.json.broken.1");
    assert_eq!(fs::read_to_string(aside).expect("is there"), "[]");
}

#[test]
fn what_a_newer_version_wrote_is_kept() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workspace = workspace(folder.path());
    fs::create_dir_all(workspace.own_folder()).expect("a folder");
    let newer = r#"{"version": 2, "stars": 7, "exercises": {"01_a/1_one": {"medal": "gold"}}}"#;
    fs::write(file(&workspace), newer).expect("written");
    Record::change(&workspace, |record| {
        record.note(&outcome("01_a/1_one", Verdict::Passed, 4), "x".to_owned());
    })
    .expect("can be changed");
    let text = fs::read_to_string(file(&workspace)).expect("is there");
    let json: Value = serde_json::from_str(&text).expect("is JSON");
    assert_eq!((&json["version"], &json["stars"]), (&2.into(), &7.into()));
    assert_eq!(json["exercises"]["01_a/1_one"]["medal"], "gold");
    assert_eq!(json["exercises"]["01_a/1_one"]["passed"], "x");
}

#[test]
fn a_cause_of_a_newer_version_is_none_that_this_one_knows_and_the_rest_is_read() {
    let last = r#"{"verdict": "deadlock", "cause": "bad_luck", "failure": null, "text": "x"}"#;
    let last: Last = serde_json::from_str(last).expect("can be read");
    assert_eq!(
        (last.seen.verdict, last.seen.cause),
        (Verdict::Deadlock, None)
    );
}

#[test]
fn two_who_change_it_at_once_both_do() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workspace = &workspace(folder.path());
    std::thread::scope(|scope| {
        for name in 0..8 {
            scope.spawn(move || {
                for _ in 0..10 {
                    Record::change(workspace, |record| {
                        record.note(
                            &outcome(&name.to_string(), Verdict::Passed, 1),
                            "x".to_owned(),
                        );
                    })
                    .expect("can be changed");
                }
            });
        }
    });
    let record = Record::read(workspace).expect("can be read");
    assert_eq!(record.exercises.len(), 8);
}
