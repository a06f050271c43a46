//! The image of a course of one's own, made and run by whatever makes images here.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{EXERCISES, answer, written};
use crate::util::{root, text};

/// What both files of deploy are based on.
const BASE: &str = "docker.io/library/rust:1.95-slim-bookworm";

/// What makes images, and runs them.
enum Tool {
    /// These two are called in the same way.
    Engine(&'static str),
    /// It needs neither a service nor namespaces.
    Buildah,
}

impl Tool {
    /// One that works here, if any does.
    fn found() -> Option<Tool> {
        let works = |tool: &str| {
            let told = Command::new(tool).arg("info").output();
            told.is_ok_and(|output| output.status.success())
        };
        let engine = ["docker", "podman"].into_iter().find(|it| works(it));
        let buildah = || works("buildah").then_some(Tool::Buildah);
        engine.map(Tool::Engine).or_else(buildah)
    }

    fn name(&self) -> &'static str {
        match self {
            Tool::Engine(name) => name,
            Tool::Buildah => "buildah",
        }
    }

    fn calls(&self, args: &[&str]) -> Result<String, String> {
        let mut command = Command::new(self.name());
        command.args(args).current_dir(root());
        // By changing its root alone.
        command.env("BUILDAH_ISOLATION", "chroot");
        let output = command.output().expect("can be started");
        let said = text(&output.stderr);
        match output.status.success() {
            true => Ok(text(&output.stdout).trim().to_owned()),
            false => Err(format!("{args:?}: {said}")),
        }
    }

    #[track_caller]
    fn call(&self, args: &[&str]) -> String {
        self.calls(args).unwrap_or_else(|said| panic!("{said}"))
    }

    fn build(&self, file: &str, name: &str, context: &str) {
        self.call(&["build", "-f", file, "-t", name, context]);
    }

    /// Runs what an image runs, where a class and the place for its grades are as these folders.
    fn grades(&self, image: &str, class: &Path, graded: &Path) {
        let class = format!("{}:/class:ro", class.display());
        let graded = format!("{}:/graded", graded.display());
        let volumes = ["--user", "0", "-v", &class, "-v", &graded];
        if let Tool::Engine(_) = self {
            let run = ["run", "--rm", "--network", "none"];
            self.call(&[&run[..], &volumes, &[image]].concat());
            return;
        }
        let container = self.call(&["from", image]);
        let grades = ["--", "course", "grade", "/class", "--out", "/graded"];
        let graded = self.calls(&[&["run"], &volumes[..], &[&container], &grades].concat());
        self.call(&["rm", &container]);
        graded.unwrap_or_else(|said| panic!("{said}"));
    }
}

#[test]
#[ignore = "needs docker, podman or buildah, and the image of Rust"]
fn long_the_image_of_a_course_of_ones_own_grades_a_class_without_network() {
    let Some(tool) = Tool::found() else {
        eprintln!("NOT TRIED: neither docker nor podman nor buildah works here");
        return;
    };
    let there = tool.calls(&["inspect", BASE]).map(drop);
    if let Err(said) = there.or_else(|_| tool.calls(&["pull", BASE]).map(drop)) {
        eprintln!("NOT TRIED: {} cannot get {BASE}: {said}", tool.name());
        return;
    }
    let (folder, mine) = written();
    tool.build("checker/deploy/Dockerfile", "course", ".");
    let context = mine.to_str().expect("UTF-8");
    tool.build("checker/deploy/own.Dockerfile", "my-course", context);
    let (class, graded) = (folder.path().join("class"), folder.path().join("graded"));
    for folder in [class.join("ada"), graded.clone()] {
        fs::create_dir_all(folder).expect("a folder");
    }
    let solved = answer(&mine, EXERCISES[0], "solution");
    fs::write(class.join("ada/1_count.rs"), solved).expect("can be written");
    tool.grades("my-course", &class, &graded);
    let grades = fs::read_to_string(graded.join("grades.csv")).expect("is written");
    let of_ada = |line: &str| line.contains("ada") && line.contains(",4");
    assert!(grades.lines().any(of_ada), "{grades}");
    println!("by {}:\n{grades}", tool.name());
}
