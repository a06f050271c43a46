//! Who is in the class: a table of learners with what platforms know them by.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::bail;
use serde::{Deserialize, Serialize};

use super::moment::{self, Moment, Zone};
use super::table;
use crate::facts::said;
use crate::message::grading as message;

/// What is known of a learner; empty where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learner {
    /// The name of the folder, the archive or the files that were handed in.
    pub submission: String,
    /// The full name.
    pub name: String,
    /// The number or the like that the institution knows the learner by.
    pub id: String,
    /// The name to log in with.
    pub username: String,
    /// The address.
    pub email: String,
    /// The platform's own number.
    pub number: String,
    /// The group or section.
    pub section: String,
    /// When each try was handed in, as far as that is told.
    pub submitted: Vec<Option<Moment>>,
}

/// The columns, each by the names that it may have: ours, and those that Moodle, Canvas and
/// Blackboard write into the tables that they hand out. Columns of other names are passed over.
const COLUMNS: &[(Field, &[&str])] = &[
    (|it| &mut it.submission, &["submission", "folder"]),
    (|it| &mut it.name, said::NAME),
    (|it| &mut it.id, said::ID),
    (|it| &mut it.username, said::USERNAME),
    (|it| &mut it.email, said::EMAIL),
    (|it| &mut it.number, said::NUMBER),
    (|it| &mut it.section, &["section", "group"]),
];
/// What a column is for.
type Field = fn(&mut Learner) -> &mut String;
/// That of the times, by our name; behind it the number of the try from the second one on.
const SUBMITTED: &str = "submitted";

/// Reads the table; times without a zone are in the one given.
///
/// # Errors
///
/// When it is no such table.
pub fn read(text: &str, shown: &str, zone: Zone) -> anyhow::Result<Vec<Learner>> {
    let mut table = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(table::separator(text))
        .from_reader(text.as_bytes());
    let head: Vec<String> = match table.headers() {
        Ok(head) => head.iter().map(|it| it.trim().to_lowercase()).collect(),
        Err(error) => bail!(message::no_table(shown, &error.to_string())),
    };
    let known = |name: &String| COLUMNS.iter().any(|(_, names)| names.contains(&&**name));
    if !head
        .iter()
        .any(|it| known(it) || said::LAST_NAME.contains(&&**it))
    {
        bail!(message::no_columns(shown, &head));
    }
    let twice = |(at, name): &(usize, &String)| {
        let is_used = known(name) || name.starts_with(SUBMITTED);
        is_used && head[..*at].contains(name)
    };
    if let Some((_, name)) = head.iter().enumerate().find(twice) {
        bail!(message::column_twice(shown, name));
    }
    let mut learners = Vec::new();
    let mut lines = BTreeMap::new();
    for (index, row) in table.records().enumerate() {
        let row = row.map_err(|it| anyhow::anyhow!(message::no_table(shown, &it.to_string())))?;
        let cells: Vec<(&str, &str)> = head.iter().map(String::as_str).zip(row.iter()).collect();
        let learner = learner(&cells, zone)
            .map_err(|time| anyhow::anyhow!(message::no_time(shown, index + 2, &time)))?;
        if !learner.known_by().is_empty() && learner.name != said::NOBODY {
            alone(&learner, index + 2, &mut lines).map_err(|(value, line)| {
                anyhow::anyhow!(message::known_twice(shown, [line, index + 2], &value))
            })?;
            learners.push(learner);
        }
    }
    Ok(learners)
}

/// Notes in which line a learner is known by what only one can be known by; or such a value that is in
/// an earlier line, too, and which that is.
fn alone(
    learner: &Learner,
    line: usize,
    lines: &mut BTreeMap<(&str, String), usize>,
) -> Result<(), (String, usize)> {
    let only = [
        ("submission", &learner.submission),
        ("id", &learner.id),
        ("username", &learner.username),
        ("email", &learner.email),
        ("number", &learner.number),
    ];
    for (what, value) in only.into_iter().filter(|(_, it)| !it.is_empty()) {
        if let Some(earlier) = lines.insert((what, value.to_lowercase()), line) {
            return Err((value.clone(), earlier));
        }
    }
    Ok(())
}

/// The learner of a row; or what should be a time.
fn learner(cells: &[(&str, &str)], zone: Zone) -> Result<Learner, String> {
    let of = |names: &[&str]| {
        let cell = cells.iter().find(|(head, _)| names.contains(head));
        cell.map_or(String::new(), |(_, cell)| cell.trim().to_owned())
    };
    let mut learner = Learner::default();
    for (field, names) in COLUMNS {
        *field(&mut learner) = of(names);
    }
    if learner.name.is_empty() {
        learner.name = format!("{} {}", of(said::FIRST_NAME), of(said::LAST_NAME))
            .trim()
            .to_owned();
    }
    let number = learner.number.trim_start_matches("Participant ").to_owned();
    learner.number = number;
    for attempt in 1.. {
        let ours = match attempt {
            1 => SUBMITTED.to_owned(),
            _ => format!("{SUBMITTED} {attempt}"),
        };
        // A platform's column tells of the first try, unless ours does.
        let is = |head: &str| head == ours || attempt == 1 && said::SUBMITTED.contains(&head);
        let mut heads: Vec<&str> = cells.iter().map(|(head, _)| *head).collect();
        heads.retain(|head| is(head));
        heads.sort_by_key(|head| *head != ours);
        let Some(head) = heads.first() else {
            break;
        };
        let cell = of(&[head]);
        let time = moment::read(&cell, zone);
        if time.is_none() && !cell.is_empty() && cell != "-" {
            return Err(cell);
        }
        learner.submitted.push(time);
    }
    Ok(learner)
}

impl Learner {
    /// All that the learner is known by, in lower case.
    fn known_by(&self) -> BTreeSet<String> {
        let all = [
            &self.submission,
            &self.name,
            &self.id,
            &self.username,
            &self.email,
            &self.number,
        ];
        let all = all.map(|it| it.to_lowercase());
        all.into_iter().filter(|it| !it.is_empty()).collect()
    }

    /// What a learner is called who handed in nothing.
    pub fn called(&self) -> &str {
        let all = [
            &self.submission,
            &self.username,
            &self.id,
            &self.email,
            &self.name,
        ];
        all.into_iter()
            .find(|it| !it.is_empty())
            .map_or("", |it| it)
    }

    /// The last name and the first name.
    pub fn names(&self) -> (&str, &str) {
        match self.name.split_once(", ") {
            Some((last, first)) => (last, first),
            None => {
                let (first, last) = self.name.rsplit_once(' ').unwrap_or(("", &self.name));
                (last, first)
            }
        }
    }
}

/// The learner whose submission has this name: it is one of the things that the learner is known
/// by, or has it between underscores.
///
/// # Errors
///
/// The names of the learners, if it may be that of several.
pub fn whose<'l>(learners: &'l [Learner], name: &str) -> Result<Option<&'l Learner>, Vec<String>> {
    let lower = name.to_lowercase();
    let is = |learner: &&Learner| learner.known_by().contains(&lower);
    let parts: BTreeSet<&str> = lower.split('_').map(str::trim).collect();
    let has = |learner: &&Learner| learner.known_by().iter().any(|it| parts.contains(&**it));
    let mut found: Vec<&Learner> = learners.iter().filter(is).collect();
    if found.is_empty() {
        found = learners.iter().filter(has).collect();
    }
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        several if let Some(one) = told_apart(several, &parts) => Ok(Some(one)),
        several => Err(several.iter().map(|it| it.called().to_owned()).collect()),
    }
}

/// The one of several learners, who may have the same name, whom the rest of a submission's name
/// tells: by something else than the name, or because all others have another number there.
fn told_apart<'l>(several: &[&'l Learner], parts: &BTreeSet<&str>) -> Option<&'l Learner> {
    let name = |it: &Learner| it.name.to_lowercase();
    let surely = |it: &&&Learner| {
        let known = it.known_by();
        known
            .iter()
            .any(|by| *by != name(it) && parts.contains(&**by))
    };
    let is_number = |it: &&&str| it.bytes().all(|byte| byte.is_ascii_digit());
    let numbered = parts.iter().any(|it| is_number(&it));
    let may_be = |it: &&&Learner| !numbered || it.number.is_empty();
    let only = |found: Vec<&&'l Learner>| match found[..] {
        [one] => Some(*one),
        _ => None,
    };
    let sure: Vec<_> = several.iter().filter(surely).collect();
    match sure.is_empty() {
        true => only(several.iter().filter(may_be).collect()),
        false => only(sure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "submission,Name,Student ID,Username,Email,submitted,submitted 2\n\
        ,Ada Lovelace,4711,adal,ada@x.org,2026-05-01 10:00:00,\n\
        benny,\"Babbage, Ben\",4712,benb,,,-\n,,,,,,\n";

    fn learners() -> Vec<Learner> {
        read(TABLE, "learners.csv", 0).expect("a table")
    }

    #[test]
    fn learners_are_read_with_all_that_they_are_known_by() {
        let learners = learners();
        assert_eq!(learners.len(), 2);
        assert_eq!(learners[0].called(), "adal");
        assert_eq!(learners[0].names(), ("Lovelace", "Ada"));
        assert_eq!(learners[1].names(), ("Babbage", "Ben"));
        assert_eq!(learners[0].submitted.len(), 2);
        assert!(learners[0].submitted[0].is_some() && learners[1].submitted[1].is_none());
    }

    #[test]
    fn a_submission_is_found_by_any_of_it() {
        let learners = learners();
        let whose = |name: &str| whose(&learners, name).map(|it| it.map(Learner::called));
        for name in ["adal", "4711", "Ada Lovelace_99", "adal_7", "ADA@X.ORG"] {
            assert_eq!(whose(name), Ok(Some("adal")), "{name}");
        }
        assert_eq!(whose("benny"), Ok(Some("benny")));
        assert_eq!(whose("cleo"), Ok(None));
        assert_eq!(
            whose("adal_4712"),
            Err(vec!["adal".to_owned(), "benny".to_owned()])
        );
    }

    #[test]
    fn two_of_one_name_are_told_apart_by_the_platforms_number() {
        let table = "name,id,email\nAda L,1001,a@x\nAda L,2001,b@x\nBen B,7,\nBen B,,c@x\n";
        let learners = read(table, "t.csv", 0).expect("a table");
        let whose = |name: &str| whose(&learners, name).map(|it| it.map(|it| it.email.as_str()));
        assert_eq!(whose("Ada L_1001"), Ok(Some("a@x")));
        assert_eq!(whose("Ada L_2001"), Ok(Some("b@x")));
        assert_eq!(whose("Ben B_8"), Ok(Some("c@x")));
        assert!(whose("Ada L_9").is_err() && whose("Ada L").is_err());
    }

    #[test]
    fn tables_of_platforms_are_read_as_they_are() {
        let moodle = "Identifier,Full name,Email address,Status\nParticipant 12,Ada L,a@x,ok\n";
        let canvas = "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n\"L, Ada\",7,s7,adal,A\n";
        let blackboard = "\"Last Name\",\"First Name\",\"Username\",\"Student ID\"\nL,Ada,adal,1\n";
        let of = |table| read(table, "t.csv", 0).expect("a table").remove(0);
        assert_eq!((&*of(moodle).number, &*of(moodle).name), ("12", "Ada L"));
        let times = "Identifier,Full name,Last modified (submission)\n\
            Participant 12,Ada L,\"Friday, 1 May 2026, 8:15 PM\"\n";
        let at = read("submitted;name\n2026-05-01 20:15;Ada\n", "t.csv", 0).expect("a table");
        assert_eq!(of(times).submitted, at[0].submitted);
        let learner = of(canvas);
        assert_eq!(
            (
                &*learner.number,
                &*learner.id,
                &*learner.username,
                &*learner.section
            ),
            ("7", "s7", "adal", "A")
        );
        assert_eq!((&*of(blackboard).name, &*of(blackboard).id), ("Ada L", "1"));
    }

    #[test]
    fn what_is_no_such_table_is_told_with_its_line() {
        let error = |table| read(table, "t.csv", 0).expect_err("no table").to_string();
        assert!(error("a,b\n1,2\n").contains("t.csv"));
        let told = error("name,username\nada l,Ada\nben,b\nada x,ada\n");
        assert!(
            told.contains("lines 2 and 4") && told.contains("`ada`"),
            "{told}"
        );
        assert!(error("name;id;name\na;1;b\n").contains("`name` twice"));
        let told = error("name,submitted\nada,yesterday\n");
        assert!(
            told.contains("t.csv:2") && told.contains("yesterday"),
            "{told}"
        );
    }
}
