//! What is handed in, in all shapes: each file is an answer, or is named with the reason.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use serde_json::Value;

use crate::beside_others;
use crate::util::class::{EXERCISES, grade, graded, json, zip_of};
use crate::util::{course, read, status, text};

fn solution(exercise: &str) -> String {
    read(&format!("solutions/{exercise}.rs"))
}

fn write(path: &Path, content: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, content).expect("a file");
}

/// A class whose learners hand in as platforms and people do.
fn class_of_all_shapes(class: &Path) {
    let (lines, order) = (solution(EXERCISES[1]), solution(EXERCISES[2]));
    write(&class.join("adal_1_10_1_two_lines.rs"), &lines);
    write(&class.join("adal_LATE_1_11_4_lock_order (1).rs"), &order);
    let nested = class.join("Ben_7_assignsubmission_file_/hand/in.zip");
    fs::create_dir_all(nested.parent().expect("a folder")).expect("a folder");
    zip_of(
        &nested,
        &[("05_lock/1_two_lines.rs".to_owned(), lines.as_bytes())],
    );
    write(&class.join("cleo.rar"), "Rar!\x1a\x07\x01\x00");
    write(&class.join("dora/1_two_lnies.rs"), &lines);
    symlink("/etc/hostname", class.join("dora/4_lock_order.rs")).expect("a link");
    write(&class.join("eve/1_two_lines.rs"), &lines);
    write(&class.join("eve/1_two_lines (1).rs"), "fn other() {}\n");
    write(&class.join("README"), "for the instructor");
}

fn result(out: &Path, name: &str) -> Value {
    json(&out.join(format!("results/{name}.json")))
}

#[test]
fn whatever_is_handed_in_is_taken_or_named_on_the_page_and_in_the_table() {
    let _beside = beside_others();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (class, out) = (folder.path().join("class"), folder.path().join("out"));
    class_of_all_shapes(&class);
    graded(&class, &out, &[]);
    let verdicts = |name: &str| {
        let results = result(&out, name)["results"].clone();
        let results = results.as_array().expect("a list").clone();
        results
            .into_iter()
            .map(|it| it["verdict"].clone())
            .collect::<Vec<_>>()
    };
    let (passed, none) = (Value::from("passed"), Value::Null);
    assert_eq!(
        verdicts("adal_1"),
        [none.clone(), passed.clone(), passed.clone()]
    );
    assert_eq!(verdicts("Ben_7"), [none.clone(), passed, none.clone()]);
    for name in ["cleo", "dora", "eve"] {
        assert_eq!(
            verdicts(name),
            [none.clone(), none.clone(), none.clone()],
            "{name}"
        );
    }
    let page = text(&fs::read(out.join("index.html")).expect("a page"));
    let page = page.replace("&#x2f;", "/");
    let table = text(&fs::read(out.join("grades.csv")).expect("a table"));
    for told in [
        "archives of the kind .rar are not read",
        "1_two_lnies.rs` (it looks like an answer, but no exercise has this name; did you mean `1_two_lines`?)",
        "4_lock_order.rs` (it is a link",
        "several different files may be meant: 1_two_lines (1).rs, 1_two_lines.rs",
        "hand/in.zip/../../02_process/1_function.rs` (its path leads out",
    ] {
        assert!(page.contains(told), "the page does not say: {told}\n{page}");
        assert!(
            table.contains(told),
            "the table does not say: {told}\n{table}"
        );
    }
    assert!(page.contains("<code>README</code>"), "{page}");
    assert_eq!(
        json(&out.join("summary.json"))["not_taken"],
        serde_json::json!(["README"])
    );
    who_is_gone_is_put_aside(&class, &out);
}

fn who_is_gone_is_put_aside(class: &Path, out: &Path) {
    fs::remove_file(class.join("cleo.rar")).expect("is there");
    fs::remove_dir_all(class.join("eve")).expect("is there");
    write(&out.join("reports/eve/old.txt"), "an old report");
    let said = text(&graded(class, out, &[]).stdout);
    assert!(
        said.contains("No longer in the class: cleo, eve."),
        "{said}"
    );
    for name in ["cleo", "eve"] {
        let file = format!("results/{name}.json");
        assert!(!out.join(&file).exists(), "{name}");
        assert!(out.join("gone").join(&file).is_file(), "{name}");
    }
    assert!(out.join("gone/reports/eve/old.txt").is_file());
    let said = text(&graded(class, out, &[]).stdout);
    assert!(!said.contains("No longer"), "{said}");
}

#[test]
fn results_are_not_written_among_what_was_handed_in() {
    let _beside = beside_others();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let class = folder.path().join("class");
    write(&class.join("ada/1_two_lines.rs"), "");
    symlink(&class, folder.path().join("link")).expect("a link");
    for out in ["class", "class/graded", "class/ada/graded", "link/graded"] {
        let output = grade(&class, &folder.path().join(out), &[]).output();
        let output = output.expect("course starts");
        assert_eq!(status(&output), 2, "{out}");
        let said = text(&output.stderr);
        assert!(said.contains("name a folder elsewhere by --out"), "{said}");
    }
    assert!(!class.join("graded").exists());
}

#[test]
fn a_check_of_a_submission_says_what_is_not_there_as_grading_does() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let handed = folder.path().join("ada");
    write(&handed.join("1_two_lines.rs"), "fn a() {}\n");
    write(&handed.join("copy/1_two_lines.rs"), "fn b() {}\n");
    write(&handed.join("4_lock_order.tar.bz2"), "BZh9");
    let check = |format: &str| {
        let mut check = course();
        check.args(["check", EXERCISES[1], EXERCISES[2], "--format", format]);
        let output = check.arg("--submission").arg(&handed).output();
        let output = output.expect("course starts");
        assert_eq!(status(&output), 1, "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let report = check("text");
    for told in [
        "05_lock/1_two_lines: cannot be taken, 0 of",
        "several different files may be meant: 1_two_lines.rs,",
        "05_lock/4_lock_order: not handed in, 0 of",
        "`4_lock_order.tar.bz2` (archives of the kind .bz2 are not read",
    ] {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words(&report).contains(told), "{told}\n{report}");
    }
    for wrong in [
        "not handed in: not",
        "For a hint",
        "does not compile",
        "todo!()",
        "not allowed",
        "not done yet",
    ] {
        assert!(!report.contains(wrong), "{wrong}\n{report}");
    }
    let report: Value = serde_json::from_str(&check("json")).expect("JSON");
    assert_eq!(report["results"][1]["verdict"], "pending");
    assert_eq!(report["results"][0]["verdict"], "not_allowed");
}
