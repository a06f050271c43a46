//! Pipes and sockets of a program's own: who waits at one for what nobody can do any more is told at
//! once, with who could have; a right program is not blamed, and waits for nobody from outside.
//!
//! The programs are in `tests/sockets`, as those with locks are in `tests/locks`.

use crate::locks::examine;
use crate::util::files_below;

#[test]
fn who_waits_at_a_pipe_or_socket_for_ever_is_told_with_who_could_end_it() {
    let files = files_below("tests/sockets");
    assert!(files.len() > 5);
    let wrong = files.iter().filter_map(|file| examine(file, "20").err());
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
