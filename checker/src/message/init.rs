//! What `course init` says, and what to do where Rust or a course is missing, one function a
//! message.

use std::path::Path;

use crate::facts::Changes;
use crate::facts::toolchain::{NEEDED, Problem};
use crate::message::plain;

/// A list that is longer than this is only counted.
const LISTED: usize = 12;

/// A folder as a person types it.
fn shown(folder: &Path) -> String {
    plain::line(&folder.display().to_string())
}

/// A folder as it is typed after `cd`.
fn quoted(folder: &str) -> String {
    let start = if folder.starts_with('-') { "./" } else { "" };
    plain::line(&plain::shell_word(&format!("{start}{folder}")))
}

/// A course was made in a folder, as that was typed.
pub fn made(folder: &str, is_here: bool) -> String {
    if is_here {
        return "The course is in this folder. To begin, type:\n    course\n".to_owned();
    }
    let folder = quoted(folder);
    format!("The course is in {folder}. To begin, type:\n    cd {folder}\n    course\n")
}

/// The libraries are built while somebody reads.
pub fn meanwhile() -> &'static str {
    "Meanwhile the libraries are built that the first check needs."
}

/// What the first commit of a course's folder says.
pub fn first_commit() -> &'static str {
    "The course as it was handed out"
}

/// A course was brought up to date, from the version of another `course`, if it was one; `looked`:
/// newer exercises were looked for.
pub fn updated(changes: &Changes, from: Option<&str>, looked: bool) -> String {
    let told = brought(changes, from, looked);
    match looked {
        true => told,
        false => told + not_looked(),
    }
}

/// The folder or archive that a course's exercises came from is not known.
fn not_looked() -> &'static str {
    "Newer exercises were not looked for: this folder does not know where its course is. Name the\n\
     folder, archive or repository that has them:\n    course init --update --from DIR|ARCHIVE|GIT-URL\n"
}

fn brought(changes: &Changes, from: Option<&str>, looked: bool) -> String {
    if changes.is_empty() && !looked {
        return "Nothing was changed.\n".to_owned();
    }
    if changes.is_empty() {
        return "The course is up to date; nothing was changed.\n".to_owned();
    }
    let from = from.map_or_else(String::new, |it| format!(" (from {})", plain::line(it)));
    let mut text = format!("The course is up to date now{from}. Your parts are as they were.\n");
    let left = "Left alone, for the line `// ---- given: ...` is missing; to get such an\n\
                exercise anew, move its file away and update again:";
    for (title, files) in [
        ("New:", &changes.added),
        ("Kept, for you had changed it:", &changes.kept),
        (left, &changes.left),
        ("Renewed:", &changes.renewed),
        ("Removed, for the course has it no more:", &changes.removed),
    ] {
        text.push_str(&list(title, files));
    }
    text
}

/// A list of files; nothing if there are none.
fn list(title: &str, files: &[String]) -> String {
    if files.is_empty() {
        return String::new();
    }
    let mut text = format!("{title}\n");
    for file in files.iter().take(LISTED) {
        text.push_str(&format!("    {}\n", plain::line(file)));
    }
    if files.len() > LISTED {
        text.push_str(&format!("    and {} more\n", files.len() - LISTED));
    }
    text
}

/// A signal came before all was written.
pub fn interrupted() -> &'static str {
    "interrupted: not everything was written; run it again, and it goes on"
}

/// There is a course already where one was to be made.
pub fn is_course(folder: &Path) -> String {
    format!(
        "{} is a course folder already; nothing was changed\nTo bring it up to date, with your \
         parts as they are:\n    course init --update {}",
        shown(folder),
        quoted(&folder.display().to_string())
    )
}

/// A course was to be made without saying where, inside of one.
pub fn inside_course(root: &Path) -> String {
    format!(
        "this is inside the course folder {}\nTo bring it up to date:\n    course init --update\n\
         To make another one, say where:\n    course init FOLDER",
        shown(root)
    )
}

/// A course was to be made without saying where, inside of the course's own repository.
pub fn inside_repository() -> &'static str {
    "this is inside the repository that the course is made from\nSay where to make a folder to work \
     in:\n    course init ~/course"
}

/// There are other things where a course was to be made.
pub fn not_empty(folder: &Path) -> String {
    format!(
        "{} is not empty; nothing was changed\nName a folder that does not exist yet:\n    \
         course init FOLDER",
        shown(folder)
    )
}

/// There is a file where a folder was to be made.
pub fn no_folder(folder: &Path) -> String {
    format!(
        "{} is not a folder; nothing was changed\nName a folder that does not exist yet:\n    \
         course init FOLDER",
        shown(folder)
    )
}

/// There is no course to bring up to date.
pub fn nothing_to_update(folder: &Path) -> String {
    format!(
        "{} is not inside a course folder, so there is nothing to update\nChange into that folder, \
         or name it:\n    course init --update FOLDER\nTo make a new one:\n    course init",
        shown(folder)
    )
}

/// The course's own repository is not a learner's folder.
pub fn is_repository(root: &Path) -> String {
    format!(
        "{} is the repository that the course is made from, and no folder of `course init`\nTo update \
         it:\n    git pull",
        shown(root)
    )
}

/// Somebody else writes into the folder.
pub fn busy(folder: &Path) -> String {
    format!(
        "another `course init` is writing into {}; wait for its end, then try again",
        shown(folder)
    )
}

/// The folder could not be made; what the system said follows.
pub fn not_made(folder: &Path) -> String {
    let folder = shown(folder);
    format!(
        "failed to make the folder {folder}; see that you may write there, and that there is room"
    )
}

/// The folder for what is built could not be made; what the system said follows.
pub fn no_target(folder: &str) -> String {
    let folder = plain::line(folder);
    format!("failed to make {folder}, the folder for what is built; see that you may write there")
}

/// Some of the course could not be written; what the system said follows.
pub fn not_finished(folder: &Path) -> String {
    let folder = shown(folder);
    format!("{folder} is not finished: put right what follows, then run it again")
}

/// A file could not be written; what the system said follows.
pub fn not_written(path: &str) -> String {
    format!("failed to write {}", plain::line(path))
}

/// A file could not be read; what the system said follows.
pub fn not_read(path: &str) -> String {
    format!("failed to read {}", plain::line(path))
}

/// There is nothing of that name to take a course from.
pub fn no_source(typed: &str) -> String {
    format!(
        "there is no folder or archive {}, and it is no address of a Git repository (https://..., \
         git@...)",
        plain::line(typed)
    )
}

/// What a course was to be taken from holds none.
pub fn no_course_in(source: &str) -> String {
    format!(
        "there is no course in {}: a course has a file exercises/course.toml (`course author init` \
         makes one)",
        plain::line(source)
    )
}

/// An archive of a kind that is not read.
pub fn no_such_archive(file: &Path) -> String {
    format!(
        "{} is no archive that can be read: .zip, .tar, .tar.gz or .tgz can",
        shown(file)
    )
}

/// An archive could not be unpacked, or a folder not be read; what the system said follows.
pub fn source_not_read(source: &str) -> String {
    format!("failed to read the course in {}", plain::line(source))
}

/// Git could not get the repository; what it said.
pub fn not_cloned(address: &str, said: &str) -> String {
    format!(
        "git could not get {}:\n{}",
        plain::line(address),
        plain::block(said.trim_end())
    )
}

/// The repository that a folder came from cannot be had now; the exercises stay as they are.
pub fn exercises_stay(error: &anyhow::Error) -> String {
    format!(
        "note: {}\nThe exercises stay as they are; all else was brought up to date. To get newer ones, \
         name where they are now:\n    course init --update --from DIR|ARCHIVE|GIT-URL",
        plain::block(&format!("{error:#}"))
    )
}

/// Nothing says any more which course a folder is of.
pub fn unknown_origin(root: &Path) -> String {
    format!(
        "{} has exercises of another course than this command, and does not say of which: \
         .course/manifest.json is gone\nName where they come from:\n    course init --update --from \
         DIR|ARCHIVE|GIT-URL",
        shown(root)
    )
}

/// A folder in which a course is written gets its exercises from nowhere.
pub fn is_authors(root: &Path) -> String {
    format!(
        "{} is a folder in which a course is written: its exercises are what is there\nTo make a folder \
         for learners from it:\n    course init --from {} FOLDER",
        shown(root),
        quoted(&root.display().to_string())
    )
}

/// A file of the course could not be read, that no learner has reason to remove; what the system
/// said follows.
pub fn not_there(path: &str) -> String {
    format!(
        "failed to read {path} of the course (`course init --update` brings back what is missing)"
    )
}

/// There is no course here.
pub fn no_course(here: &Path) -> String {
    format!(
        "there is no course in {}, nor in a folder above it\nTo make one, in a new folder `course`:\n    \
         course init\nIf you have one, change into its folder:\n    cd path/to/course\nA program \
         of your own can be checked anywhere:\n    course check path/to/file.rs",
        shown(here)
    )
}

/// What is wrong with Rust, and what to do.
pub fn rust(problem: &Problem) -> String {
    match problem {
        Problem::Missing(command) => format!(
            "there is no `{command}` in the PATH; is Rust installed? See https://rustup.rs, and \
             open a new terminal after that"
        ),
        Problem::Broken(command, said) => {
            let said = plain::block(said);
            format!("`{command}` does not work; see https://rustup.rs; it says:\n{said}")
        }
        Problem::Old(version) => format!(
            "the course needs Rust {NEEDED} or newer, and this is {}; to get a newer one, type \
             `rustup update`",
            plain::line(version)
        ),
    }
}

/// What is wrong with Rust, while it does not matter yet.
pub fn warning(problem: &Problem) -> String {
    format!(
        "warning: nothing can be checked yet: {}",
        rust(problem).trim_end()
    )
}

/// The libraries that programs are checked with could not be built; what cargo said.
pub fn not_built(said: &str) -> String {
    let last = said.lines().rev().map(str::trim);
    let last = last.clone().find(|line| !line.is_empty());
    let reason = plain::line(last.unwrap_or("nothing"));
    if OFFLINE.iter().any(|sign| said.contains(sign)) {
        return (
            "cargo is to work offline, and the packages that programs are checked with were never \
             fetched. Allow it the network once (CARGO_NET_OFFLINE is set, or `offline` in cargo's \
             configuration), and check again; after that no network is needed"
        ).to_owned();
    }
    if NO_NETWORK.iter().any(|sign| said.contains(sign)) {
        return format!(
            "cargo could not fetch the packages that programs are checked with: there is no way to \
             crates.io. Connect to the network and check again; after that no network is needed. \
             cargo says: {reason}"
        );
    }
    if said.contains(FULL) {
        return format!(
            "the disk is full, so the libraries that programs are checked with could not be built. \
             Make room, and check again. cargo says: {reason}"
        );
    }
    format!(
        "failed to build the libraries that programs are checked with:\n{}",
        plain::block(said)
    )
}

/// What cargo says when it was told not to use the network.
const OFFLINE: &[&str] = &["using offline mode", "--offline was specified"];
/// What it says when it tried.
const NO_NETWORK: &[&str] = &[
    "failed to download",
    "unable to download",
    "network error",
    "download of config.json failed",
    "Could not connect to server",
    "Could not resolve host",
    "Unable to update registry",
];
/// What the system says when nothing more can be written.
const FULL: &str = "No space left on device";

/// What a course is called whose text has no title.
pub const TITLE: &str = "A course that checks itself";

/// The first line of a learner's manifest.
pub const MANIFEST_TITLE: &str =
    "# Written by `course init`, and again by `course init --update`.\n";

/// The folder itself could not be read; the reason follows.
pub fn folder_not_read() -> String {
    not_read("the folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_says_without_a_network_becomes_one_plain_message() {
        let offline = "error: no matching package named `libc` found\nlocation searched: example \
            index\nAs a reminder, you're using offline mode (--offline) which can sometimes";
        assert!(not_built(offline).starts_with("cargo is to work offline"));
        let unreachable = "    Updating example index\nerror: failed to get `libc` as a dependency\n\
            \nCaused by:\n  failed to download from `https://index.example/config.json`\n\n\
            Caused by:\n  [6] Could not resolve hostname\n";
        let told = not_built(unreachable);
        assert!(told.contains("Connect to the network"), "{told}");
        assert!(
            told.ends_with("cargo says: [6] Could not resolve hostname"),
            "{told}"
        );
        let full =
            not_built("error: failed to write `a`\n\nCaused by:\n  No space left on device\n");
        assert!(full.starts_with("the disk is full"), "{full}");
        let other = not_built("error: could not compile `mp`");
        assert!(
            other.ends_with("\nerror: could not compile `mp`"),
            "{other}"
        );
    }

    #[test]
    fn a_folder_is_shown_as_a_shell_takes_it() {
        assert_eq!(quoted("course"), "course");
        assert_eq!(quoted("../my/course-2"), "../my/course-2");
        assert_eq!(quoted("my course"), "'my course'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted("-x"), "./-x");
        assert_eq!(quoted("~"), "'~'");
    }

    #[test]
    fn an_update_tells_what_it_did_and_what_it_kept() {
        let files = |names: &[&str]| names.iter().map(|&it| it.to_owned()).collect::<Vec<_>>();
        let many: Vec<String> = (1..=15).map(|n| format!("checker/{n}.rs")).collect();
        let changes = Changes {
            added: files(&["exercises/12_new/1_a.rs"]),
            renewed: many,
            kept: files(&["course.md.orig"]),
            left: files(&["exercises/05_lock/1_two_lines.rs"]),
            removed: Vec::new(),
        };
        insta::assert_snapshot!(updated(&changes, Some("course 0.1.0"), true), @r#"
        The course is up to date now (from course 0.1.0). Your parts are as they were.
        New:
            exercises/12_new/1_a.rs
        Kept, for you had changed it:
            course.md.orig
        Left alone, for the line `// ---- given: ...` is missing; to get such an
        exercise anew, move its file away and update again:
            exercises/05_lock/1_two_lines.rs
        Renewed:
            checker/1.rs
            checker/2.rs
            checker/3.rs
            checker/4.rs
            checker/5.rs
            checker/6.rs
            checker/7.rs
            checker/8.rs
            checker/9.rs
            checker/10.rs
            checker/11.rs
            checker/12.rs
            and 3 more
        "#);
        let told = updated(&Changes::default(), None, false);
        assert!(
            told.starts_with("Nothing was changed.\n") && told.contains("--from"),
            "{told}"
        );
        insta::assert_snapshot!(updated(&Changes::default(), None, true), @"The course is up to date; nothing was changed.");
    }
}
