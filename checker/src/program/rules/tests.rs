//! Tests of the rules on the learner's part.

use super::*;

const GIVEN: &str = "macro_rules! shout { () => { println!(\"!\") } }\n\
    fn main() -> Result<(), ()> { let v: Vec<u8> = vec![]; drop(v); shout!(); Ok(()) }\n";

#[track_caller]
fn allowed(learner: &str) {
    assert_eq!(check(learner, GIVEN), Ok(()), "{learner}");
}

#[track_caller]
fn refused(learner: &str, line: usize, part: &str) {
    let offence = check(learner, GIVEN).expect_err(learner);
    assert_eq!(offence.line, line, "{offence:?}");
    assert!(offence.message.contains(part), "{offence:?}");
}

#[test]
fn ordinary_parts_are_allowed() {
    allowed("//! Header.\nuse std::io::{self, Write as _};\nuse mp::{Lock, Process};\n");
    allowed("use std::println;\nuse std::thread as t;\nuse std as s;\nuse std::*;\n");
    allowed("macro_rules! say { ($x:expr) => { println!(\"{}\", $x) } }\nfn f() { say!(1) }\n");
    allowed("thread_local! { static X: std::cell::Cell<u8> = panic!(\"{}\", vec![1][0]); }\n");
    allowed("mod mine { pub fn drop() {} pub struct Vec; pub fn main() {} }\nstruct S;\n");
    allowed("fn f() { fn main() {} let std = 1; macro_rules! println { () => {} } }\n");
    allowed("struct Option;\n"); // The given part does not use it.
}

#[test]
fn macros_of_std_and_of_the_given_part_are_refused() {
    refused("\nmacro_rules! println { () => {} }\n", 2, "`println!`");
    refused("macro_rules! eprint { () => {} }\n", 1, "`eprint!`");
    refused("macro_rules! vec { () => {} }\n", 1, "`vec!`");
    refused("macro_rules! shout { () => {} }\n", 1, "`shout!`");
    refused(
        "mod m {\n#[macro_export]\nmacro_rules! println { () => {} } }\n",
        3,
        "`println!`",
    );
}

#[test]
fn macros_that_define_them_are_refused() {
    refused(
        "macro_rules! d { () => { macro_rules! println { () => {} } } }\n",
        1,
        "`println!`",
    );
    let named = "macro_rules! d { ($n:ident) => { macro_rules! $n { () => {} } } }\n";
    refused(&format!("{named}d!(println);\n"), 2, "`println!`");
}

#[test]
fn imports_that_shadow_are_refused() {
    refused("use std::eprintln as println;\n", 1, "`println!`");
    refused(
        "mod m { pub(crate) use say as println; }\nuse m::*;\n",
        1,
        "`println!`",
    );
    refused("use m::{a, b::println};\n", 1, "`println!`");
    refused("use m as std;\n", 1, "`std`");
    refused("use crate::m::mp;\n", 1, "`mp`");
    refused("extern crate core as std;\n", 1, "`std`");
}

#[test]
fn definitions_of_what_the_given_part_names_are_refused() {
    refused("mod std { pub mod thread {} }\n", 1, "`std`");
    refused("mod m { pub mod mp {} }\nuse m::*;\n", 1, "`mp`");
    refused("struct Vec;\n", 1, "`Vec`");
    refused("\n\nfn drop<T>(_: T) {}\n", 3, "`drop`");
    refused("fn main() {}\n", 1, "`main`");
}

#[test]
fn attributes_of_the_program_are_refused() {
    refused("//! Header.\n#![no_std]\n", 2, "`#![..]`");
    refused("#![allow(unused)]\n", 1, "`#![..]`");
}

#[test]
fn unsafe_attributes_are_refused_wherever_they_are() {
    let refused = |text: &str| check_safe(text).expect_err(text).line;
    assert_eq!(refused("\n#[unsafe(naked)]\nextern \"C\" fn f() {}\n"), 2);
    assert_eq!(
        refused("macro_rules! m { () => { #[unsafe(no_mangle)] fn f() {} } }"),
        1
    );
    assert_eq!(
        refused("#[cfg_attr(all(), unsafe(no_mangle))] fn f() {}"),
        1
    );
    // The compiler says that better.
    assert_eq!(
        check_safe("fn f() { unsafe { g() } }\nunsafe fn g() {}\n"),
        Ok(())
    );
}

#[test]
fn other_files_are_refused() {
    refused("mod other;\n", 1, "module");
    refused("include!(\"other.rs\");\n", 1, "another file");
}

#[test]
fn what_reaches_into_the_given_part_is_refused() {
    refused("fn f() {}\n#[cfg(any())]\n", 2, "complete by itself");
    refused("#[macro_export]\n", 1, "complete by itself");
}

#[test]
fn what_does_not_parse_is_left_to_the_compiler() {
    allowed("fn f( {\n");
    allowed("let x = 3;\n");
}

#[test]
fn deep_nesting_does_not_exhaust_the_stack() {
    for (open, close) in [("(", ")"), ("!", ""), ("[", "]"), ("{", "}"), ("&", "")] {
        let depth = 20_000;
        let (open, close) = (open.repeat(depth), close.repeat(depth));
        allowed(&format!("fn f() {{ let _ = {open}1{close}; }}\n"));
    }
}
