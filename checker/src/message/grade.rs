//! What is said about a class and about submissions, one function a message.

use std::path::Path;

use crate::facts::Verdict;
use crate::message::finding::signal_with_name;
use crate::message::plain;

fn name(file: &Path) -> String {
    plain::line(&file.display().to_string())
}

/// There is no file for an exercise.
pub fn not_handed_in() -> &'static str {
    "not handed in"
}

/// What was handed in cannot be taken; the reason is told elsewhere.
pub fn not_taken() -> &'static str {
    "cannot be taken"
}

/// Nothing was handed in, or what cannot be taken.
pub fn nothing_to_check() -> &'static str {
    "not handed in, or cannot be taken"
}

/// So many names are shown in a line.
const SHOWN: usize = 8;

/// Names that are left out.
pub fn and_more(count: usize) -> String {
    format!("and {count} more")
}

/// Two files may be meant.
pub fn several_files(paths: &[String]) -> String {
    format!(
        "several different files may be meant: {}; hand in one of them",
        paths.join(", ")
    )
}

/// A submission cannot be read; `reason` says why.
pub fn unreadable(reason: &str) -> String {
    format!("what was handed in cannot be read: {}", plain::line(reason))
}

/// A file is no archive of a kind that is known.
pub fn no_archive() -> &'static str {
    "it is no archive that can be read: hand in .zip, .7z, .tar, .tar.gz or .tar.xz"
}

/// More files than any submission has.
pub fn too_many_entries() -> &'static str {
    "there are more than 100,000 files in it"
}

/// More bytes than any submission has.
pub fn too_long() -> &'static str {
    "it is longer than all exercises together can be"
}

/// Folders in folders in folders.
pub fn too_deep(most: usize) -> String {
    format!("its folders are nested more than {most} deep")
}

/// An entry cannot be read; `why` says why.
pub fn unreadable_entry(why: &str) -> String {
    format!("it cannot be read: {}", plain::line(why))
}

/// An archive of a kind that is not read.
pub fn other_archive(ending: &str) -> String {
    format!("archives of the kind {ending} are not read: hand in .zip, .7z or .tar.gz")
}

/// Archives in archives in archives.
pub fn nested() -> &'static str {
    "it is an archive within archives within archives"
}

/// A link.
pub fn link() -> &'static str {
    "it is a link, and links are not followed: hand in the file itself"
}

/// An entry, with the reason why it is not taken.
pub fn with_reason(entry: &str, reason: &str) -> String {
    format!("{entry} ({reason})")
}

/// A path that leads out.
pub fn outside() -> &'static str {
    "its path leads out of the archive"
}

/// A name that cannot be read.
pub fn no_name() -> &'static str {
    "its name is no UTF-8 text"
}

/// An entry of an archive whose name cannot be read.
pub fn entry(number: usize) -> String {
    format!("(entry {number})")
}

/// A device, a pipe or a socket.
pub fn special() -> &'static str {
    "it is no ordinary file"
}

/// A name that fits several exercises.
pub fn ambiguous(ids: &[String]) -> String {
    format!(
        "it may answer any of {}: hand it in with its folder",
        ids.join(", ")
    )
}

/// The name of an exercise with another ending.
pub fn other_ending() -> &'static str {
    "it has the name of an exercise, but does not end with .rs"
}

/// Another file fits better, and differs.
pub fn less_sure(taken: &str) -> String {
    format!("`{taken}` was taken, whose name fits better")
}

/// No exercise has this name.
pub fn no_exercise(like: Option<&str>) -> String {
    let like = super::did_you_mean(like);
    format!("no exercise has this name{like}")
}

/// No exercise has this name, though it seems to be one.
pub fn renamed(like: Option<&str>) -> String {
    let like = super::did_you_mean(like);
    format!("it looks like an answer, but no exercise has this name{like}")
}

/// A program on a page that a platform made of what was typed.
pub fn typed() -> &'static str {
    "a program was typed into the platform's page: hand it in as a file, with the exercise's name"
}

/// A file for an exercise in which the given part does not begin where any does.
pub fn too_long_for_one(path: &str) -> String {
    format!("`{path}` is longer than 1 MiB, as no answer is")
}

/// It answers an exercise that is not looked for.
pub fn other_exercise(id: &str) -> String {
    format!("it answers {id}, which is not asked for here")
}

/// Another file is the same.
pub fn same_as(taken: &str) -> String {
    format!("the same as `{taken}`, which was taken")
}

/// Files of tools.
pub fn hidden() -> &'static str {
    "hidden files belong to editors and tools"
}

/// What cargo made.
pub fn built() -> &'static str {
    "it is what cargo builds"
}

/// Entries that were not taken, in one line.
pub fn ignored_were<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> Option<String> {
    let entry = |(path, reason): (&str, &str)| format!("`{path}` ({reason})");
    let entries: Vec<String> = entries.map(entry).collect();
    (!entries.is_empty()).then(|| format!("not taken: {}", entries.join("; ")))
}

/// There is no file for an exercise, but these.
pub fn no_file(ignored: Option<&str>) -> String {
    let ignored = ignored.map_or_else(String::new, |it| format!("; {it}"));
    format!("there is no file for it{ignored}")
}

/// What comes out would be taken for a submission.
pub fn out_in_class(out: &Path, class: &Path) -> String {
    format!(
        "`{}` lies in `{}`, where it would be taken for what somebody handed in; name a folder \
         elsewhere by --out",
        name(out),
        name(class)
    )
}

/// Results of learners who are not in the class any more were put aside.
pub fn gone(names: &[String], folder: &Path) -> String {
    let names: Vec<String> = names.iter().map(|name| plain::line(name)).collect();
    plain::wrap(
        "",
        &format!(
            "No longer in the class: {}. Their results are now in {}.",
            names.join(", "),
            name(folder)
        ),
    )
}

/// Results of tries that are not there any more were put aside; whose they were, and which.
pub fn withdrawn(tries: &[(String, usize)], folder: &Path) -> String {
    let tries = tries.iter();
    let tries = tries.map(|(learner, attempt)| format!("{} (try {attempt})", plain::line(learner)));
    plain::wrap(
        "",
        &format!(
            "No longer handed in: {}. The results are now in {}.",
            tries.collect::<Vec<_>>().join(", "),
            name(folder)
        ),
    )
}

/// Answers that were written earlier are not written now.
pub fn old_answers(folder: &Path) -> String {
    format!(
        "{} is as an earlier run left it: with --answers it is written anew",
        name(folder)
    )
}

/// A path that was named is not there.
pub fn no_such_submission(path: &Path) -> String {
    format!(
        "`{}` is no folder, and no archive or list that can be read",
        name(path)
    )
}

/// An archive was named as a class.
pub fn archive_of_class(path: &Path) -> String {
    let path = name(path);
    format!(
        "`{path}` is an archive: unpack it into a folder of its own, and name that as the class. If \
         it is the submission of one learner, put it into a folder and name the folder"
    )
}

/// What was named as a class is a file, and no list.
pub fn no_list(path: &Path) -> String {
    format!(
        "`{}` is neither a folder nor a list: a list is a text file with a path a line",
        name(path)
    )
}

/// Nobody handed in anything.
pub fn no_submissions(class: &Path) -> String {
    format!(
        "there are no submissions in `{}`: a folder or an archive for each learner is needed",
        name(class)
    )
}

/// Two submissions of one name.
pub fn same_name(learner: &str, paths: [&Path; 2]) -> String {
    let [first, second] = paths.map(name);
    format!("two submissions are called `{learner}`: `{first}` and `{second}`; rename one")
}

/// What was typed is no partition.
pub fn no_partition(typed: &str) -> String {
    format!(
        "`{}` is no partition: type slice:K/N or hash:K/N with K from 1 to N, or auto",
        plain::line(typed)
    )
}

/// A job's variables do not tell which part it is.
pub fn no_job(index: &str, text: &str, count: &str, number: Option<String>) -> String {
    let number = number.map_or("not set".to_owned(), |number| {
        format!("`{}`", plain::line(&number))
    });
    format!(
        "{index} is `{}` and {count} is {number}: that is no part of a whole",
        plain::line(text)
    )
}

/// Nothing tells which part a job is.
pub fn no_job_at_all() -> String {
    "--partition auto needs the variables of a job: JOB_COMPLETION_INDEX and JOB_COMPLETIONS, \
     SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT, CI_NODE_INDEX and CI_NODE_TOTAL, or \
     BUILDKITE_PARALLEL_JOB and BUILDKITE_PARALLEL_JOB_COUNT"
        .to_owned()
}

/// A signal asked to stop.
pub fn interrupted() -> &'static str {
    "interrupted: what was graded is kept; the same command goes on with the rest"
}

/// The checker itself panicked.
pub fn panicked() -> &'static str {
    "the checker itself panicked"
}

/// The checker came to no good end with a submission; `how` it ended.
pub fn checker_failed(how: &str) -> String {
    format!("the checker itself failed at this submission: it {how}")
}

/// A process was ended by a signal.
pub fn ended_by(signal: i32) -> String {
    format!("was ended by {}", signal_with_name(signal))
}

/// A process ended with a status that says so.
pub fn ended_with(status: i32) -> String {
    format!("ended with status {status}")
}

/// What was typed names no submission for a process of its own.
pub fn not_alone(typed: &str) -> String {
    format!(
        "`{}` is no process and name of a learner",
        plain::line(typed)
    )
}

/// The process that asked for a result is gone.
pub fn nobody_waits() -> &'static str {
    "nobody waits for the result"
}

/// A submission that there was a moment ago.
pub fn handed_in_no_more(learner: &str) -> String {
    format!("the submission of `{}` is gone", plain::line(learner))
}

/// What lies in a class's folder and is nobody's submission, as the page lists it.
pub fn nobodys(all: &[String]) -> String {
    let first = all.iter().take(SHOWN).map(|it| plain::line(it));
    let more = all.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| and_more(more));
    let all: Vec<String> = first.chain(more).collect();
    plain::wrap(
        "",
        &format!(
            "Not graded, since no learner's name is in it or it is a link: {}.",
            all.join(", ")
        ),
    )
}

/// What a class came to, in whose submissions something could not be judged, and where to look.
pub fn came_to(intro: &str, again: &[&str], out: &Path) -> String {
    let mut text = format!("{intro}\n");
    let again: Vec<String> = again.iter().map(|name| plain::line(name)).collect();
    if !again.is_empty() {
        text.push_str(&plain::wrap(
            "",
            &format!(
                "The checker could not judge everything of {}; that is not the learners' fault. \
                 The same command tries these again.",
                again.join(", ")
            ),
        ));
    }
    text.push_str(&format!("See {}\n", name(&out.join("index.html"))));
    text
}

/// How many submissions there are, how many of them have all points, and how many learners handed in
/// nothing; how they were checked.
pub fn intro(
    [all, full, nothing]: [usize; 3],
    exercises: usize,
    schedules: u32,
    seed: u64,
) -> String {
    let submissions = if all == 1 {
        "submission"
    } else {
        "submissions"
    };
    let kinds = if exercises == 1 {
        "exercise"
    } else {
        "exercises"
    };
    format!(
        "{all} {submissions} of {exercises} {kinds}, {full} with all points ({schedules} schedules \
         each, seed {seed}).{}",
        match nothing {
            0 => String::new(),
            1 => " 1 learner handed in nothing that was asked for.".to_owned(),
            _ => format!(" {nothing} learners handed in nothing that was asked for."),
        }
    )
}

/// A learner who is called like another one; what was handed in tells which.
pub fn namesake(learner: &str, submission: &str) -> String {
    format!("{learner} ({submission})")
}

/// What heads the column of names.
pub fn name_column() -> &'static str {
    "name"
}

/// What heads the column of sums.
pub fn total_column() -> &'static str {
    "total"
}

/// What heads the column of remarks.
pub fn remarks_column() -> &'static str {
    "remarks"
}

/// Why an exercise did not pass.
pub fn reason(exercise: &str, verdict: Option<Verdict>, message: &str) -> String {
    match verdict {
        None => format!("{exercise}: {message}"),
        Some(verdict) => format!("{exercise}: {}: {message}", super::headline(verdict)),
    }
}

/// How many exercises passed.
pub fn passed_of(passed: usize, all: usize) -> String {
    format!("{passed} of {all} exercises passed")
}

/// The name of the test that stands for a failure of the checker.
pub fn autograder_failed() -> &'static str {
    "Autograder failed"
}

/// The checker failed.
pub fn not_your_fault() -> &'static str {
    "The autograder failed. This is not your fault: please tell your instructor."
}

/// What ends an output that is too long for Exercism, in the words that it asks for.
pub fn output_cut() -> &'static str {
    "\nOutput was truncated. Please limit to 500 chars"
}

/// What ends a message that is too long.
pub fn cut_short() -> &'static str {
    "\nThe rest is left out."
}

/// A file or folder could not be read; the reason follows.
pub fn not_read(file: &Path) -> String {
    format!("failed to read `{}`", name(file))
}

/// A folder could not be made; the reason follows.
pub fn not_made(folder: &Path) -> String {
    format!("failed to make the folder `{}`", name(folder))
}

/// Something old could not be removed; the reason follows.
pub fn not_removed(file: &Path) -> String {
    format!("failed to remove `{}`", name(file))
}

/// The folder for all is one of the parts.
pub fn merged_into_itself(out: &Path) -> String {
    format!(
        "`{}` is one of the parts; name another folder for all of them",
        name(out)
    )
}

/// There is nothing to put together.
pub fn nothing_to_merge() -> &'static str {
    "there are no parts to put together"
}

/// A part has no summary.
pub fn part_not_done(part: &Path) -> String {
    format!(
        "`{}` has no summary.json: it was not graded, or not to its end; grade it first",
        name(part)
    )
}

/// A part is another version's.
pub fn other_tool(part: &Path, tool: &str) -> String {
    format!(
        "`{}` was graded by {}, which is another version; grade it again",
        name(part),
        plain::line(tool)
    )
}

/// A part belongs to something else.
pub fn other_class(part: &Path) -> String {
    format!(
        "`{}` was graded with another course, seed, number of schedules or list of exercises than \
         the first part",
        name(part)
    )
}

/// A submission is in two parts and differs.
pub fn graded_differently(learner: &str) -> String {
    format!(
        "`{}` is in two parts, with different files",
        plain::line(learner)
    )
}

/// Some parts were not named.
pub fn parts_missing(missing: &[u64], of: u64) -> String {
    let missing: Vec<String> = missing.iter().take(10).map(u64::to_string).collect();
    format!("of {of} parts these are missing: {}", missing.join(", "))
}

/// A result that must be there is not.
pub fn no_result(learner: &str) -> String {
    format!(
        "the result of `{}` is missing or damaged; grade it again",
        plain::line(learner)
    )
}

/// An autograder was written.
pub fn packed(file: &Path, exercises: usize) -> String {
    format!(
        "Wrote {} with {exercises} exercises. Upload it as the assignment's autograder.\n",
        name(file)
    )
}
