//! Whose a file is that a platform handed out: Moodle, Canvas and Blackboard put all files of a
//! class into one folder, and say in their names who handed them in.

use super::fit::{self, Wanted};

/// What Moodle writes behind the learner's name and number (mod/assign, `locallib.php`).
const MOODLE: &str = "_assignsubmission_";
/// What Blackboard writes between the learner's name and the time.
const BLACKBOARD: &str = "_attempt_";
/// That a file came late, as Canvas says it.
const LATE: &str = "LATE";

/// The learner that a platform's name of a file or folder tells; several files of one learner tell
/// the same.
pub fn by_platform(name: &str) -> Option<String> {
    if let Some((learner, _)) = name.split_once(MOODLE)
        && let Some((who, number)) = learner.rsplit_once('_')
        && !who.is_empty()
        && is_number(number)
    {
        return Some(learner.to_owned());
    }
    let at = name.find(BLACKBOARD)? + BLACKBOARD.len();
    let is_time = |c: char| c.is_ascii_digit() || c == '-';
    let time = name[at..].find(|c| !is_time(c)).unwrap_or(name.len() - at);
    let end = at + time;
    (time >= "2026-01-01".len()).then(|| name[..end].trim_end_matches('-').to_owned())
}

/// The learner that the name of a single answer tells, by what stands before the exercise.
pub fn by_answer(name: &str, course: &[&str]) -> Option<String> {
    if let Some(learner) = by_platform(name) {
        return Some(learner);
    }
    let wanted = Wanted {
        exercises: course,
        course,
    };
    let (exercise, _) = wanted.meant(name).ok()?;
    let lower = name.to_ascii_lowercase();
    let (before, _) = fit::around(&lower, fit::name(course[exercise]))?;
    let between = ['_', '-', ' ', '.'];
    let before = name[..before.len()].trim_end_matches(between);
    let topic = course[exercise].split('/').next()?;
    let before = before.strip_suffix(topic).unwrap_or(before);
    let before = before.trim_end_matches(between);
    // Canvas: the name, whether it was late, the learner's number, the file's number.
    let parts: Vec<&str> = before.split('_').collect();
    match parts.as_slice() {
        [who, LATE, number, file] | [who, number, file] if is_number(number) && is_number(file) => {
            Some(format!("{who}_{number}"))
        }
        _ => (!before.is_empty()).then(|| before.to_owned()),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const COURSE: &[&str] = &["05_lock/1_two_lines", "05_lock/4_lock_order"];

    #[test]
    fn files_of_one_learner_tell_the_same_learner() {
        for (name, learner) in [
            (
                "Ada Lovelace_123456_assignsubmission_file_4_lock_order.rs",
                "Ada Lovelace_123456",
            ),
            (
                "Ada Lovelace_123456_assignsubmission_file_1_two_lines (1).rs",
                "Ada Lovelace_123456",
            ),
            (
                "lovelaceada_12345_67890_4_lock_order.rs",
                "lovelaceada_12345",
            ),
            (
                "lovelaceada_LATE_12345_67891_1_two_lines-1.rs",
                "lovelaceada_12345",
            ),
            (
                "Sheet 5_ada_attempt_2026-05-01-12-00-59_4_lock_order.rs",
                "Sheet 5_ada_attempt_2026-05-01-12-00-59",
            ),
            ("ada-1_two_lines.rs", "ada"),
            ("ada_b-05_lock-1_two_lines.rs", "ada_b"),
        ] {
            assert_eq!(by_answer(name, COURSE).as_deref(), Some(learner), "{name}");
        }
        for nobody in [
            "1_two_lines.rs",
            "notes.rs",
            "ada_notes.rs",
            "ada_1_two_lines.txt",
        ] {
            assert_eq!(by_answer(nobody, COURSE), None, "{nobody}");
        }
    }

    #[test]
    fn folders_and_archives_of_platforms_tell_it_too_and_other_names_do_not() {
        let folder = "Ada Lovelace_123456_assignsubmission_file_";
        assert_eq!(by_platform(folder).as_deref(), Some("Ada Lovelace_123456"));
        let text = "Ada Lovelace_123456_assignsubmission_onlinetext_";
        assert_eq!(by_platform(text), by_platform(folder));
        for other in [
            "ada",
            "hw_3_ada.zip",
            "my_attempt_3.zip",
            "_1_assignsubmission_file_",
        ] {
            assert_eq!(by_platform(other), None, "{other}");
        }
    }
}
