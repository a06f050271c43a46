//! What `course author init` and `course author new` say, one function a message.

use crate::message::plain;

/// The example of a new course.
pub const EXAMPLE: &str = "01_first/1_count";
/// What it is called.
pub const EXAMPLE_TITLE: &str = "Count together";

/// A folder for a course was made, as it was typed.
pub fn made(folder: &str, is_here: bool) -> String {
    let (place, change) = match is_here {
        true => ("this folder".to_owned(), String::new()),
        false => {
            let folder = plain::line(&plain::shell_word(folder));
            (folder.clone(), format!("    cd {folder}\n"))
        }
    };
    format!(
        "A course is in {place}, with {EXAMPLE} as an example. To begin, type:\n{change}    \
         course author check\nThen read AUTHORING.md there, and add an exercise of your own:\n    \
         course author new TOPIC/NAME\n"
    )
}

/// An exercise was added; what there is to fill in, in this order.
pub fn added(id: &str, solutions: &str) -> String {
    format!(
        "{id} is an exercise now, and works. Make it yours, in this order:\n  \
         1. exercises/{id}.rs: the task in its header, the given part, and\n     \
         `// TODO: ...` with `todo!()` where learners are to write\n  \
         2. {solutions}/{id}.rs: the same file, solved\n  \
         3. exercises/course.toml: title, rows of arguments, view, requirements,\n     \
         points and hints, below [exercise.\"{id}\"]\n  \
         4. course author bless {id}\n     \
         writes what the solution prints; read it\n  \
         5. tests/wrong/{id}/: what learners will get wrong, a file each;\n     \
         tests/right/{id}/: other ways to do it right\n  \
         6. course author check --update {id}\n     \
         lists the header's sentences in exercises/DEMANDS.md: name beside each what\n     \
         checks it\n  \
         7. course author check {id}\n     \
         says what is still missing, and where to write it\n\
         It is proved as it stands, so you can do one of these at a time.\n"
    )
}

/// A title made of a name.
pub fn title(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// The heading of a topic's section in the text of the course.
pub fn section(topic: &str) -> String {
    let (number, name) = topic.split_once('_').unwrap_or((topic, ""));
    format!("## {number} {}\n", title(name))
}

/// There is an exercise of this name.
pub fn is_there(id: &str) -> String {
    format!("there is an exercise {id} already; nothing was changed")
}

/// There is a file where one of a new exercise is to be.
pub fn file_is_there(file: &str) -> String {
    format!("{file} is there already; nothing was changed\nMove it away, or take another name.")
}

/// A file of the course could not be read; what the system said follows.
pub fn not_read(file: &str) -> String {
    format!("failed to read {file}")
}

/// A file of the course could not be written; what the system said follows.
pub fn not_written(file: &str) -> String {
    format!("failed to write {file}")
}
