//! attack: the solution's code is included under another name of `include!`; exercise: 05_lock/1_two_lines; expect: build_error, points: 0
//! message: Permission denied

use std::include as take;

take!("@COURSE@/solutions/05_lock/1_two_lines.rs");

// ---- given: edits below this line are ignored ----
