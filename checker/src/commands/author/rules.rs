//! The rules for the files of an exercise: pure functions from their texts to what is wrong with
//! them.

use crate::commands::author::answers::{Answers, Expected};
use crate::course::Exercise;
use crate::facts::given::{self, MARKER};
use crate::facts::{Requirement, Seen, Verdict};
use crate::message::author as message;
use crate::program::apart;

/// The longest header.
const HEADER_LINES: usize = 30;
/// The longest line of a header.
const HEADER_COLUMNS: usize = 100;
/// The fewest wrong answers and other right ones that an exercise is proved with.
const FEWEST_WRONG: usize = 3;
/// See [`FEWEST_WRONG`].
const FEWEST_RIGHT: usize = 2;
/// The fewest levels of a hint: a nudge, and nearly the answer.
const FEWEST_LEVELS: usize = 2;

/// The parts of a program's text.
struct Parts<'a> {
    /// Its lines that begin with `//!`.
    header: Vec<&'a str>,
    /// The learner's part, header included.
    own: &'a str,
    /// What is below the marker line.
    given: &'a str,
}

impl<'a> Parts<'a> {
    /// The parts; `None` unless the marker line stands there exactly once, as it is.
    fn of(text: &'a str) -> Option<Parts<'a>> {
        let (own, given) = given::split(text)?;
        if text.lines().filter(|line| line.trim() == MARKER).count() != 1
            || !text.contains(&format!("\n{MARKER}\n"))
        {
            return None;
        }
        let header = own.lines().take_while(|line| line.starts_with("//!"));
        Some(Parts {
            header: header.collect(),
            own,
            given,
        })
    }
}

/// A program's text, and its file as it is shown.
pub struct Program<'a> {
    /// The file.
    pub file: &'a str,
    /// What is in it.
    pub text: &'a str,
}

/// What is wrong with the texts of the stub and of the solution.
pub fn texts(exercise: &Exercise, stub: &Program, solution: &Program) -> Vec<String> {
    let (stub_file, solution_file) = (stub.file, solution.file);
    let mut wrong = Vec::new();
    let (Some(stub), Some(solution)) = (Parts::of(stub.text), Parts::of(solution.text)) else {
        let both = [stub, solution].into_iter();
        let without = both.filter(|it| Parts::of(it.text).is_none());
        return without.map(|it| message::no_marker(it.file)).collect();
    };
    wrong.extend(header(exercise, stub_file, &stub.header));
    let todos = ["todo!()", "// TODO: "].into_iter();
    let missing = todos.filter(|todo| !stub.own.contains(todo));
    wrong.extend(missing.map(|todo| message::no_todo(stub_file, todo)));
    let left = ["todo!", "TODO"].into_iter();
    let left = left.filter(|todo| solution.own.contains(todo) || solution.given.contains(todo));
    wrong.extend(left.map(|todo| message::todo_left(solution_file, todo)));
    if stub.header != solution.header {
        wrong.push(message::another_header(solution_file, stub_file));
    }
    if stub.given != solution.given {
        wrong.push(message::another_given_part(solution_file, stub_file));
    } else if declared(&stub) != declared(&solution) {
        wrong.push(message::other_signatures(solution_file, stub_file));
    }
    wrong
}

/// What a learner's part declares that the given part uses: in a folder without solutions the stub
/// takes the solution's place. `None` where it is no Rust, which the compiler tells better.
fn declared(parts: &Parts) -> Option<(Vec<String>, String)> {
    let apart = apart::apart("", parts.own, parts.given).ok()?;
    Some((apart.promised.types(), apart.given))
}

fn header(exercise: &Exercise, file: &str, lines: &[&str]) -> Vec<String> {
    let mut wrong = Vec::new();
    if lines.len() > HEADER_LINES || lines.is_empty() {
        wrong.push(message::long_header(file, lines.len(), HEADER_LINES));
    }
    for (number, line) in (1..).zip(lines) {
        let columns = line.chars().count();
        if columns > HEADER_COLUMNS {
            wrong.push(message::long_line(file, number, columns, HEADER_COLUMNS));
        }
    }
    for begins in [message::TASK, message::WHY] {
        let begins = ["//! ", begins, " "].concat();
        if !lines.iter().any(|line| line.starts_with(&begins)) {
            let begins = begins.trim_matches(['/', '!', ' ']);
            wrong.push(message::no_paragraph(file, begins));
        }
    }
    let named = |command: &str| {
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let finds = |line: &&str| line.split_once(command).is_some_and(|(_, rest)| ends(rest));
        lines.iter().any(finds)
    };
    for by in ["run", "check"] {
        let command = ["course", by, &exercise.id].join(" ");
        if !named(&command) {
            wrong.push(message::no_command(file, &command));
        }
    }
    let forbidden = forbids_polling(lines);
    if forbidden != exercise.require.no_polling {
        wrong.push(message::polling(file, &exercise.id, forbidden));
    }
    wrong
}

/// Whether a header tells learners not to ask in vain: not again and again, or not whether there is
/// something.
fn forbids_polling(lines: &[&str]) -> bool {
    let words = lines.iter().map(|line| line.trim_start_matches("//!"));
    let words: Vec<&str> = words.flat_map(str::split_whitespace).collect();
    words.windows(4).any(|of| {
        let asks = matches!(of[0], "ask" | "asks" | "asking");
        asks && (of[1] == "whether" || of[1] == "again" && of[3].starts_with("again"))
    })
}

/// What is wrong with the text of a known answer.
pub fn answer(shown: &str, text: &str) -> Option<String> {
    let has_marker = given::split(text).is_some();
    has_marker.then(|| message::more_than_the_learners_part(shown))
}

/// Whether there are enough answers, each with a declaration.
pub fn answers(exercise: &Exercise, answers: &Answers) -> Vec<String> {
    let id = &exercise.id;
    let undeclared = answers.undeclared.iter();
    let undeclared =
        undeclared.map(|(file, unknown)| message::undeclared(file, unknown.as_deref()));
    let mut wrong: Vec<String> = undeclared.collect();
    let (wrongs, rights) = (answers.wrong().count(), answers.right().count());
    wrong.extend((wrongs < FEWEST_WRONG).then(|| message::few_wrong(id, wrongs, FEWEST_WRONG)));
    wrong.extend((rights < FEWEST_RIGHT).then(|| message::few_right(id, rights, FEWEST_RIGHT)));
    wrong
}

/// The hints that are missing or have too few levels.
pub fn hints(exercise: &Exercise, answers: &Answers) -> Vec<String> {
    let (id, mut wrong) = (&exercise.id, Vec::new());
    let few = |levels: &[String]| levels.len() < FEWEST_LEVELS;
    for (name, levels) in exercise.hints.iter().filter(|(_, levels)| few(levels)) {
        wrong.push(message::few_levels(id, name, levels.len(), FEWEST_LEVELS));
    }
    if !exercise.hints.contains_key("start") {
        wrong.push(message::no_hint(id, "start", None));
    }
    for answer in answers.wrong() {
        let expected = &answer.expected;
        for seen in may_be_seen(exercise, expected) {
            if exercise.hints_for(&seen).is_none() {
                let missing = seen
                    .requirement
                    .map_or(seen.verdict.name(), Requirement::name);
                wrong.push(message::no_hint(id, missing, Some(&answer.shown)));
            }
        }
    }
    wrong
}

/// What may be seen of an answer that is as expected: any of what is required, where something of that
/// does not hold.
fn may_be_seen(exercise: &Exercise, expected: &Expected) -> Vec<Seen> {
    let seen = |requirement| Seen {
        verdict: expected.verdict,
        cause: expected.cause,
        requirement,
    };
    let made = exercise.require.made();
    if expected.verdict != Verdict::Requirement || made.is_empty() {
        return vec![seen(None)];
    }
    // What is left behind has a verdict of its own.
    let made = made.into_iter().filter(|it| *it != Requirement::Clean);
    made.map(|it| seen(Some(it))).collect()
}

/// The first place where a list differs from the expected one: what stands there, and what should.
pub fn lists<T: PartialEq + std::fmt::Debug>(
    file: &str,
    found: &[T],
    expected: &[T],
    how: &str,
) -> Option<String> {
    let length = found.len().max(expected.len());
    let at = (0..length).find(|&at| found.get(at) != expected.get(at))?;
    let shown = |item: Option<&T>| item.map(|item| format!("{item:?}"));
    Some(message::lists_differ(
        file,
        shown(found.get(at)),
        shown(expected.get(at)),
        how,
    ))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::commands::author::answers::{Answer, Expected};
    use crate::commands::init::embedded;
    use crate::course::{Course, Exercise};
    use crate::facts::{Cause, Verdict};

    fn exercise() -> Exercise {
        let text = "[exercise.\"05_lock/1_two_lines\"]\ntitle = \"T\"\nview = \"exact\"\npoints = 4\n\
                    hints.start = [\"a\", \"b\"]\nhints.lock_cycle = [\"a\"]\n";
        let course = Course::load_text(text).expect("parses");
        course.exercises[0].clone()
    }

    const HEADER: &str = "//! The task: do it.\n//! Why it matters: so.\n\
                          //! Try it: `course run 05_lock/1_two_lines 3`\n\
                          //! Check it: `course check 05_lock/1_two_lines`\n";

    fn stub(header: &str) -> String {
        format!("{header}\n// TODO: do it.\ntodo!()\n{MARKER}\nmain\n")
    }

    fn solution(header: &str) -> String {
        format!("{header}\ndone\n{MARKER}\nmain\n")
    }

    fn texts(exercise: &Exercise, stub: &str, solution: &str) -> Vec<String> {
        let program = |file, text| Program { file, text };
        let (stub, solution) = (
            program("exercises/x.rs", stub),
            program("solutions/x.rs", solution),
        );
        super::texts(exercise, &stub, &solution)
    }

    #[test]
    fn a_mirrored_pair_is_fine() {
        let wrong = texts(&exercise(), &stub(HEADER), &solution(HEADER));
        assert_eq!(wrong, Vec::<String>::new());
    }

    #[track_caller]
    fn one(stub: &str, solution: &str, says: &str) {
        let wrong = texts(&exercise(), stub, solution);
        assert!(wrong.len() == 1 && wrong[0].contains(says), "{wrong:?}");
    }

    #[test]
    fn each_fault_of_the_texts_is_told_by_itself() {
        let good = (stub(HEADER), solution(HEADER));
        let long = HEADER.to_owned() + &"//! more\n".repeat(27);
        one(&stub(&long), &solution(&long), "31 lines");
        let wide = format!("{HEADER}//! {}\n", "x".repeat(97));
        one(&stub(&wide), &solution(&wide), "exercises/x.rs:5");
        let other = HEADER.replace("1_two_lines 3", "1_two_lines2");
        one(&stub(&other), &solution(&other), "course run");
        let other = HEADER.replace("Why it matters", "Why");
        one(&stub(&other), &solution(&other), "`Why it matters:`");
        one(&good.0.replace("// TODO: ", "// "), &good.1, "TODO");
        one(&good.0, &good.1.replace("done", "todo!(\"x\")"), "todo!");
        one(&good.0, &solution(&format!("{HEADER}//! x\n")), "header");
        one(&good.0, &good.1.replace("main", "mine"), "given part");
        one(&good.0, &good.1.replace(MARKER, "//"), "solutions");
        one(&(good.0.clone() + MARKER + "\n"), &good.1, "exercises");
    }

    #[test]
    fn a_header_forbids_polling_where_it_is_required_not_to() {
        let told = |header: &str, no_polling| {
            let mut exercise = exercise();
            exercise.require.no_polling = no_polling;
            let lines: Vec<&str> = header.lines().collect();
            super::header(&exercise, "x.rs", &lines)
        };
        let asks = format!("{HEADER}//! Who waits does not ask again\n//! and again.\n");
        assert_eq!(told(&asks, true), Vec::<String>::new());
        assert_eq!(told(HEADER, false), Vec::<String>::new());
        for (header, no_polling, says) in [(&*asks, false, "no_polling"), (HEADER, true, "ask")] {
            let told = told(header, no_polling);
            assert!(told.len() == 1 && told[0].contains(says), "{told:?}");
        }
    }

    #[test]
    fn what_the_given_part_uses_is_declared_alike() {
        let program = |of: &str, body: &str| {
            format!(
                "{HEADER}\n// TODO: do it.\nfn work({of}) {{ {body} }}\n{MARKER}\nfn main() {{ work(1) }}\n"
            )
        };
        let solved = |of: &str| program(of, "").replace("// TODO: do it.\n", "");
        let stub = program("n: u32", "todo!()");
        assert_eq!(
            texts(&exercise(), &stub, &solved("n: u32")),
            Vec::<String>::new()
        );
        one(&stub, &solved("n: u64"), "same signatures");
    }

    #[test]
    fn the_stubs_of_the_course_can_take_the_place_of_its_solutions() {
        let mut stubs = 0;
        for (path, stub) in embedded::sources("exercises/").filter(|(it, _)| it.ends_with(".rs")) {
            let solution = path.replacen("exercises", "solutions", 1);
            let solution = embedded::text(&solution).expect("is there");
            let of = |text| declared(&Parts::of(text).expect("has the line"));
            assert_eq!(of(stub), of(solution), "{path}");
            stubs += 1;
        }
        assert!(stubs > 30);
    }

    #[test]
    fn answers_hold_the_learners_part_alone() {
        assert_eq!(answer("a.rs", "fn work() {}\n"), None);
        let told = answer("a.rs", &stub("")).expect("has the line");
        assert!(told.contains("a.rs") && told.contains(MARKER), "{told}");
    }

    #[test]
    fn verdicts_of_wrong_answers_have_hints_in_levels() {
        let wrong = |verdict, cause| Answer {
            path: PathBuf::new(),
            shown: "a.rs".to_owned(),
            name: "a".to_owned(),
            expected: Expected { verdict, cause },
        };
        let all = vec![
            wrong(Verdict::Deadlock, Some(Cause::LockCycle)),
            wrong(Verdict::Panic, None),
        ];
        let answers = Answers {
            all,
            undeclared: vec![("b.rs".to_owned(), None)],
        };
        let told = hints(&exercise(), &answers);
        assert!(told.len() == 2 && told[0].contains("hints.lock_cycle"));
        assert!(told[1].contains("hints.panic"), "{told:?}");
        assert_eq!(super::answers(&exercise(), &answers).len(), 3);
    }

    #[test]
    fn the_first_difference_of_two_lists_is_told() {
        assert_eq!(lists("f", &[1, 2], &[1, 2], ""), None);
        let told = lists("f", &[1, 3, 2], &[1, 2, 3], "write it").expect("they differ");
        assert!(told.contains('3') && told.contains('2'), "{told}");
        assert!(lists("f", &[1], &[1, 2], "").is_some());
        assert!(lists("f", &[1, 2], &[1], "").is_some());
    }
}
