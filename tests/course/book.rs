//! The examples of the Rust Book's chapter on concurrency, retold: the right ones pass, and those
//! with a mistake are reported.
//!
//! The programs lie in `tests/book/`; the first line of each says what is expected.

use crate::util::{call, files_below, for_each, full, read, result, status};

#[test]
fn every_example_gets_the_verdict_of_its_first_line() {
    let files = files_below("tests/book");
    assert!(files.len() >= 17, "{files:?}");
    let seeds = if full() { 20 } else { 3 };
    for_each(&files, |file| {
        let text = read(file);
        let first = text.lines().next().expect("a first line");
        let expected = first.strip_prefix("//! expect: ").expect("says it");
        (0..seeds).find_map(|seed| {
            let seed = seed.to_string();
            let output = call(&["check", file, "--seed", &seed, "--format", "json"]);
            let found = result(&output);
            let passes = expected == "passed";
            let fine = status(&output) == i32::from(!passes) && found["verdict"] == expected;
            (!fine).then(|| format!("{file}, seed {seed}: {found}"))
        })
    });
}
