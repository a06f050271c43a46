//! What `course init --update` does to folders of courses of one's own, and to exercises that were added.

use super::*;

#[test]
fn an_update_gets_what_is_new_in_the_course_and_leaves_learners_parts() {
    let (folder, mine) = written();
    git(&mine, &["add", "--all"]);
    git(&mine, &["commit", "--quiet", "--message", "All"]);
    let address = format!("file://{}/mine", folder.path().display());
    told_in(folder.path(), &["init", "--from", &address, "learner"]);
    let learner = folder.path().join("learner");
    let answer = learner.join(format!("exercises/{}.rs", EXERCISES[0]));
    change(&answer, |text| text.replace("todo!()", "Ok(workers)"));
    told_in(
        &mine,
        &["author", "new", "semaphore/bridge", "--title", "The bridge"],
    );
    change(&mine.join(format!("solutions/{}.rs", EXERCISES[0])), |it| {
        it + "\n// Newer.\n"
    });
    change(&mine.join(format!("exercises/{}.rs", EXERCISES[0])), |it| {
        it + "\n// Newer.\n"
    });
    git(&mine, &["add", "--all"]);
    git(&mine, &["commit", "--quiet", "--message", "More"]);
    let said = told_in(&learner, &["init", "--update"]);
    assert!(
        said.contains("exercises/02_semaphore/2_bridge.rs"),
        "{said}"
    );
    assert!(told_in(&learner, &["list"]).contains("2_bridge"));
    let now = fs::read_to_string(&answer).expect("is there");
    assert!(
        now.contains("Ok(workers)") && now.contains("// Newer."),
        "{now}"
    );
    assert!(
        !learner
            .join(".course/solutions/01_first/1_count.rs")
            .exists()
    );
    told_in(&learner, &["reset", EXERCISES[0]]);
    assert!(
        fs::read_to_string(&answer)
            .expect("is there")
            .contains("todo!()")
    );

    // Where the repository is gone, all that was handed out stays.
    fs::rename(&mine, folder.path().join("moved")).expect("can be moved");
    let before = files(&learner);
    let said = told_in(&learner, &["init", "--update"]);
    assert!(said.contains("The exercises stay as they are"), "{said}");
    assert!(before == files(&learner));
    told_in(&learner, &["init", "--update", "--from", "../moved"]);
    // Nobody can tell which course it was when that is not written down.
    fs::remove_file(learner.join(".course/manifest.json")).expect("is there");
    refused_in(&learner, &["init", "--update"], "--update --from");
    told_in(&learner, &["init", "--update", "--from", "../moved"]);
}

#[test]
fn exercises_added_to_a_folder_of_the_commands_own_course_outlive_updates() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    told_in(folder.path(), &["init"]);
    let course = folder.path().join("course");
    told_in(&course, &["author", "new", "lock/mine"]);
    told_in(&course, &["author", "new", "12_semaphore/1_gate"]);
    let written = || {
        let mut files = files(&course);
        files.remove(".course/manifest.json");
        files
    };
    let before = written();
    let said = told_in(&course, &["init", "--update"]);
    assert!(said.contains("nothing was changed"), "{said}");
    assert!(before == written());
    // An older course, to which they were added.
    let manifest = course.join(".course/manifest.json");
    let mut known = json(&manifest);
    for file in ["exercises/course.toml", "exercises/Cargo.toml"] {
        known["files"][file]["given"] = "0000000000000000".into();
    }
    fs::write(&manifest, known.to_string()).expect("can be written");
    let older =
        |text: String| text.replacen("title = \"Through all the states\"", "title = \"Old\"", 1);
    change(&course.join("exercises/course.toml"), older);
    let said = told_in(&course, &["init", "--update"]);
    assert!(said.contains("exercises/course.toml.orig"), "{said}");
    let mut now = written();
    now.remove("exercises/course.toml.orig");
    assert!(before == now);
    assert!(told_in(&course, &["list"]).contains("_mine"));
}

#[test]
fn an_authors_folder_gets_newer_libraries_and_keeps_the_course() {
    let (_folder, mine) = written();
    let before = files(&mine);
    fs::remove_file(mine.join("checker/mp/src/lib.rs")).expect("is there");
    fs::remove_file(mine.join(".course/manifest.json")).expect("is there");
    told_in(&mine, &["init", "--update"]);
    assert!(before == files(&mine));
}
