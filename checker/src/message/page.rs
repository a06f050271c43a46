//! What the page of a schedule says that depends on the run; the rest is in `page.html`.

use std::path::Path;

use crate::facts::Finding;
use crate::message::finding::sentence;
use crate::message::headline;
use crate::message::plain;

/// A finding where it shows, below the step.
pub fn fails_here(finding: &Finding) -> String {
    let message = plain::line(&sentence(finding));
    format!("{}: {message}", headline(finding.verdict))
}

/// The step at which it goes wrong.
pub fn here() -> &'static str {
    "✗ Here it goes wrong."
}

/// A step that shows what is wrong, other than the one at which the finding is explained.
pub fn shows_it() -> &'static str {
    "this step shows what is wrong"
}

/// A step was possible only after another one.
pub fn because(step: usize) -> String {
    format!("because of step {step}")
}

/// Another task is left, though it could go on.
pub fn switch(left: &str) -> String {
    format!("switch: {left} could go on")
}

/// The line of a step in the program's file, or in another one.
pub fn at(line: &str) -> String {
    match line.parse::<u32>() {
        Ok(_) => format!("line {line}"),
        Err(_) => line.to_owned(),
    }
}

/// There are more steps than there is room for.
pub fn left_out(steps: usize) -> String {
    match steps {
        1 => "1 step is left out here.".to_owned(),
        steps => format!("{steps} steps are left out here."),
    }
}

/// The file was written.
pub fn written(file: &Path) -> String {
    let file = plain::line(&file.display().to_string());
    format!("Open it in a browser: {file}\n")
}
