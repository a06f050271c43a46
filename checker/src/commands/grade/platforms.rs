//! The grades as tables that Moodle, Canvas and Blackboard import, each with the columns that it
//! documents.

use super::marks::Mark;
use super::result::Graded;
use super::summary::{Class, guarded};
use crate::course::grading::Columns;
use crate::course::grading::amount::Amount;
use crate::course::grading::roster::Learner;
use crate::message::grading as message;

/// The folder of the tables.
pub const FOLDER: &str = "import";

/// A learner's line in a table.
struct Line {
    who: Learner,
    points: String,
    max: String,
    remarks: String,
}

/// The tables, each with the name of its file.
pub fn tables(class: &Class) -> Vec<(&'static str, String)> {
    let lines: Vec<Line> = class
        .graded
        .iter()
        .filter(|it| !class.is_nobodys(it))
        .map(|it| line(class, it))
        .collect();
    let columns = class.policy.as_ref().map(|it| it.columns.clone());
    let columns = columns.unwrap_or_default();
    vec![
        ("moodle.csv", moodle(&lines, &columns)),
        ("canvas.csv", canvas(&lines, &columns)),
        ("blackboard.csv", blackboard(&lines, &columns)),
    ]
}

fn line(class: &Class, graded: &Graded) -> Line {
    let mark = class.marks.get(&graded.name);
    let known = mark.and_then(|it| it.learner.clone());
    let points = |of: fn(&Mark) -> Amount, whole: u32| {
        mark.map_or_else(|| whole.to_string(), |it| of(it).shown())
    };
    Line {
        who: known.unwrap_or_else(|| by_name(&graded.name)),
        points: points(|it| it.points, graded.points),
        max: points(|it| it.max_points, graded.max_points),
        remarks: class.for_learner(class.remarks(graded)).join("; "),
    }
}

/// What the name of a submission tells of who handed it in: platforms write their own number
/// behind the learner's name.
fn by_name(name: &str) -> Learner {
    let numbered = name.rsplit_once('_');
    let numbered = numbered.filter(|(_, it)| it.bytes().all(|byte| byte.is_ascii_digit()));
    let (name, number) = numbered.unwrap_or((name, ""));
    Learner {
        name: name.to_owned(),
        username: name.to_owned(),
        number: number.to_owned(),
        ..Learner::default()
    }
}

/// Moodle's grading worksheet (mod/assign/feedback/offline: `Identifier`, `Grade` and `Last
/// modified (grade)` must be there); its gradebook imports the same file by the address or the ID
/// number (docs.moodle.org, "Grade import").
fn moodle(lines: &[Line], columns: &Columns) -> String {
    let head = message::for_moodle(&columns.moodle);
    let line = |it: &Line| {
        let number = &it.who.number;
        let identifier = match number.is_empty() {
            true => String::new(),
            false => format!("Participant {number}"),
        };
        vec![
            identifier,
            it.who.name.clone(),
            it.who.id.clone(),
            it.who.email.clone(),
            it.points.clone(),
            it.max.clone(),
            "-".to_owned(),
            it.remarks.clone(),
        ]
    };
    table(&head, lines.iter().map(line), csv::QuoteStyle::Necessary)
}

/// Canvas's gradebook (`gradebook_importer.rb`): five columns about the learner in this order, then
/// assignments; a row with the points possible. Learners are found by `ID`, or by one of the SIS's.
fn canvas(lines: &[Line], columns: &Columns) -> String {
    let student = message::FOR_CANVAS;
    let head = [student, &[columns.canvas.as_str()]].concat();
    let possible = lines.first().map_or(String::new(), |it| it.max.clone());
    let mut first = vec![message::points_possible().to_owned()];
    first.resize(student.len(), String::new());
    first.push(possible);
    let line = |it: &Line| {
        let who = &it.who;
        let (last, rest) = who.names();
        let name = if rest.is_empty() {
            last.to_owned()
        } else {
            format!("{last}, {rest}")
        };
        vec![
            name,
            who.number.clone(),
            who.id.clone(),
            who.username.clone(),
            who.section.clone(),
            it.points.clone(),
        ]
    };
    let lines = std::iter::once(first).chain(lines.iter().map(line));
    table(&head, lines, csv::QuoteStyle::Necessary)
}

/// Blackboard's grade center: learners are found by `Username`, a column by `|` and its number;
/// each cell is quoted (help.blackboard.com, "Upload grades from a file").
fn blackboard(lines: &[Line], columns: &Columns) -> String {
    let head = [message::FOR_BLACKBOARD, &[columns.blackboard.as_str()]].concat();
    let line = |it: &Line| {
        let (last, first) = it.who.names();
        vec![
            last.to_owned(),
            first.to_owned(),
            it.who.username.clone(),
            it.who.id.clone(),
            it.points.clone(),
        ]
    };
    table(&head, lines.iter().map(line), csv::QuoteStyle::Always)
}

fn table(
    head: &[&str],
    lines: impl Iterator<Item = Vec<String>>,
    quotes: csv::QuoteStyle,
) -> String {
    let mut table = csv::WriterBuilder::new()
        .quote_style(quotes)
        .from_writer(Vec::new());
    let head = head.iter().map(|it| (*it).to_owned()).collect();
    for line in std::iter::once(head).chain(lines) {
        // A lone dash means "none" to Moodle and is no formula.
        let cell = |it: &String| if it == "-" { it.clone() } else { guarded(it) };
        let cells: Vec<String> = line.iter().map(cell).collect();
        table
            .write_record(&cells)
            .expect("memory can be written to");
    }
    let bytes = table.into_inner().expect("memory can be written to");
    String::from_utf8(bytes).expect("cells are text")
}
