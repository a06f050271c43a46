//! attack: a message of the compiler is a command to GitHub's runner; exercise: 05_lock/1_two_lines; expect: build_error, points: 0

compile_error!("all is well\n::error::hacked\n##[set-output name=points]4\n\u{1b}[2J");

// ---- given: edits below this line are ignored ----
