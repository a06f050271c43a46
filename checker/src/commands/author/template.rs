//! The files of a new exercise, and of a new course, as they lie in the command.

use crate::course::snapshot::Transcript;
use crate::facts::given;

/// An exercise that works: its parts, to which name and title are added.
pub struct Template {
    stub: &'static str,
    solution: &'static str,
    /// Known answers, by their paths from `tests`.
    answers: &'static [(&'static str, &'static str)],
    entry: &'static str,
    demands: &'static str,
}

/// Known answers of a folder of templates.
macro_rules! answers {
    ($folder:literal: $($path:literal),+) => {
        &[$((
            $path,
            include_str!(concat!("../../../template/", $folder, "/", $path)),
        )),+]
    };
}

/// One on processes.
pub const PROCESSES: Template = Template {
    stub: include_str!("../../../template/processes/stub.rs"),
    solution: include_str!("../../../template/processes/solution.rs"),
    answers: answers!(
        "processes": "wrong/no_lock.rs", "wrong/does_not_wait.rs", "wrong/in_main.rs",
        "wrong/one_by_one.rs", "wrong/locks_too_much.rs", "right/with_a_guard.rs", "right/last_first.rs"
    ),
    entry: include_str!("../../../template/processes/exercise.toml"),
    demands: include_str!("../../../template/processes/demands.md"),
};

/// One on threads.
pub const THREADS: Template = Template {
    stub: include_str!("../../../template/threads/stub.rs"),
    solution: include_str!("../../../template/threads/solution.rs"),
    answers: answers!(
        "threads": "wrong/no_lock.rs", "wrong/does_not_wait.rs", "wrong/in_main.rs",
        "wrong/one_by_one.rs", "wrong/locks_too_much.rs", "right/in_a_scope.rs", "right/last_first.rs"
    ),
    entry: include_str!("../../../template/threads/exercise.toml"),
    demands: include_str!("../../../template/threads/demands.md"),
};

/// What the solutions of both print, by their argument.
const TRANSCRIPTS: &[(&str, &str)] = &[
    ("0", include_str!("../../../template/snapshots/0.txt")),
    ("2", include_str!("../../../template/snapshots/2.txt")),
    ("3", include_str!("../../../template/snapshots/3.txt")),
];

/// The files of a new course besides its exercises.
pub const COURSE: &[(&str, &str)] = &[
    (
        "README.md",
        include_str!("../../../template/course/README.md"),
    ),
    (
        "course.md",
        include_str!("../../../template/course/course.md"),
    ),
    (
        "exercises/course.toml",
        include_str!("../../../template/course/course.toml"),
    ),
];

impl Template {
    /// The stub of an exercise.
    pub fn stub(&self, id: &str, title: &str) -> String {
        filled_in(self.stub, id, title)
    }

    /// The solution: the stub's header and given part, and what solves it.
    pub fn solution(&self, id: &str, title: &str) -> String {
        let stub = self.stub(id, title);
        let is_header = |line: &&str| line.starts_with("//!");
        let header: String = stub.split_inclusive('\n').take_while(is_header).collect();
        let own = self.solution.split_inclusive('\n').skip_while(is_header);
        let (_, given) = given::split(&stub).unwrap_or_default();
        let whole = given::complete(&(header + &own.collect::<String>()), given);
        whole.unwrap_or_default()
    }

    /// The known answers, by their paths from `tests`.
    pub fn answers(&self, id: &str) -> impl Iterator<Item = (String, &'static str)> {
        self.answers.iter().filter_map(move |(path, text)| {
            let (kind, name) = path.split_once('/')?;
            Some((format!("{kind}/{id}/{name}"), *text))
        })
    }

    /// What `course.toml` says of it.
    pub fn entry(&self, id: &str, title: &str) -> String {
        let title = toml::Value::from(title).to_string();
        filled_in(self.entry, id, "").replace("title = \"\"", &format!("title = {title}"))
    }

    /// The sentences of its header, with what checks each.
    pub fn demands(&self, id: &str, title: &str) -> String {
        filled_in(self.demands, id, title)
    }

    /// What the solution prints with these arguments.
    pub fn transcript(&self, row: &[String]) -> Option<Transcript> {
        let found = TRANSCRIPTS.iter().find(|(args, _)| row == [*args]);
        Some(found?.1.lines().map(str::to_owned).collect())
    }
}

fn filled_in(text: &str, id: &str, title: &str) -> String {
    text.replace("@ID@", id).replace("@TITLE@", title)
}
