//! Containers in which the course is ready to check, where there is no Linux: of the repository, and of each
//! learner's folder.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::util::{course, read, root, status, text};

const FILE: &str = ".devcontainer/devcontainer.json";

/// JSON with comments on lines of their own.
fn parsed(text: &str) -> Value {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    serde_json::from_str(&lines.collect::<Vec<_>>().join("\n")).expect("is JSON")
}

/// A learner's folder.
fn learners() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = course()
        .current_dir(folder.path())
        .args(["init", "."])
        .output();
    assert_eq!(status(&output.expect("course can be started")), 0);
    folder
}

/// What the specification of development containers says (containers.dev, "Dev Container metadata
/// reference") of the properties that are used here; all others are mistakes.
fn schema() -> Value {
    let words = json!({"type": "array", "items": {"type": "string"}});
    let command = json!({"anyOf": [{"type": "string"}, words, {"type": "object",
        "additionalProperties": {"anyOf": [{"type": "string"}, words]}}]});
    let texts = json!({"type": "object", "additionalProperties": {"type": "string"}});
    let size = json!({"type": "string", "pattern": "^\\d+([tgmk]b)?$"});
    json!({"type": "object", "additionalProperties": false, "required": ["image"], "properties": {
        "name": {"type": "string"}, "image": {"type": "string"}, "containerEnv": texts,
        "onCreateCommand": command, "updateContentCommand": command, "postCreateCommand": command,
        "customizations": {"type": "object"},
        "hostRequirements": {"type": "object", "additionalProperties": false, "properties": {
            "cpus": {"type": "integer", "minimum": 1}, "memory": size, "storage": size}},
    }})
}

#[test]
fn both_are_as_the_specification_says_and_have_the_rust_that_is_needed() {
    let validator = jsonschema::validator_for(&schema()).expect("a schema");
    let folder = learners();
    let theirs = fs::read_to_string(folder.path().join(FILE)).expect("is there");
    let manifest: toml::Table = read("Cargo.toml").parse().expect("is TOML");
    let rust = manifest["workspace"]["package"]["rust-version"]
        .as_str()
        .expect("a version");
    for text in [read(FILE), theirs] {
        let container = parsed(&text);
        let errors: Vec<String> = validator
            .iter_errors(&container)
            .map(|it| it.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{text}");
        assert_eq!(container["image"], format!("rust:{rust}-bookworm"));
        let extensions = &container["customizations"]["vscode"]["extensions"];
        assert_eq!(*extensions, json!(["rust-lang.rust-analyzer"]));
    }
}

#[test]
fn another_property_or_type_is_none() {
    let validator = jsonschema::validator_for(&schema()).expect("a schema");
    let of = |key: &str, value: Value| {
        let mut container = parsed(&read(FILE));
        container[key] = value;
        validator.is_valid(&container)
    };
    assert!(!of("imgae", "rust".into()));
    assert!(!of("image", 1.into()));
    assert!(!of("hostRequirements", json!({"memory": "much"})));
}

/// Runs the script of a learner's folder where `rustup`, `cargo` and `course` only note their calls;
/// `course` is there once `cargo` has installed it.
fn set_up(folder: &Path, repository: &str, check: u8) -> (Output, String) {
    let commands = folder.join("commands");
    let _ = fs::remove_dir_all(&commands);
    fs::create_dir(&commands).expect("a folder");
    let noted = folder.join("noted");
    let _ = fs::remove_file(&noted);
    let note = format!(
        "#!/bin/sh\necho \"$(basename \"$0\") $*\" >> {}\n",
        noted.display()
    );
    let put = |name: &str, text: &str| {
        let file = commands.join(name);
        fs::write(&file, text).expect("can be written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("can be set");
    };
    put("rustup", &note);
    put("later", &format!("{note}exit {check}\n"));
    let install = format!("{note}mv {0}/later {0}/course\n", commands.display());
    put("cargo", &install);
    let mut script = Command::new("sh");
    script.arg(".devcontainer/set-up.sh").current_dir(folder);
    script.env("PATH", format!("{}:/usr/bin:/bin", commands.display()));
    script.env("COURSE_REPOSITORY", repository);
    let output = script.output().expect("there is a shell");
    (output, fs::read_to_string(noted).unwrap_or_default())
}

#[test]
fn a_learners_container_installs_the_command_and_builds_the_libraries() {
    let folder = learners();
    let (output, noted) = set_up(folder.path(), "https://example.org/course.git", 1);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let calls: Vec<&str> = noted.lines().collect();
    assert_eq!(
        calls[1..],
        [
            "cargo install --locked --git https://example.org/course.git course",
            "course check 05_lock/1_two_lines --schedules 2"
        ]
    );
    let (output, _) = set_up(folder.path(), "https://example.org/course.git", 3);
    assert_ne!(status(&output), 0, "the libraries could not be built");
    let (output, noted) = set_up(folder.path(), "", 1);
    assert_eq!(status(&output), 1);
    assert!(!noted.contains("cargo"), "{noted}");
    assert!(text(&output.stderr).contains("COURSE_REPOSITORY"));
}

#[test]
fn systems_that_are_no_linux_are_told_of_the_container() {
    let text = read("checker/sched/segment/src/lib.rs");
    let (_, told) = text.split_once("compile_error!(").expect("is told");
    let (told, _) = told.split_once(");").expect("has an end");
    assert!(
        told.contains(FILE) && told.contains("macOS") && told.contains("Windows"),
        "{told}"
    );
    assert!(root().join(FILE).is_file());
    // There, nothing that does not compile comes before it.
    let manifest: toml::Table = read("Cargo.toml").parse().expect("is TOML");
    let linux = &manifest["target"]["cfg(target_os = \"linux\")"]["dependencies"];
    for library in ["landlock", "seccompiler"] {
        assert!(linux.get(library).is_some(), "{library}");
    }
}
