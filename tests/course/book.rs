//! The examples of the Rust Book's chapter on concurrency, retold: the right ones pass, and those
//! with a mistake are reported.
//!
//! The programs lie in `tests/book/`; the first line of each says what is expected.

use std::ops::Range;

use crate::util::{call, files_below, for_each, read, result, said, status};

#[test]
fn every_example_gets_the_verdict_of_its_first_line() {
    every_example_gets_its_verdict(0..3);
}

#[test]
#[ignore = "long: 1 minute"]
fn long_every_example_gets_the_verdict_of_its_first_line_with_every_seed() {
    every_example_gets_its_verdict(0..20);
}

fn every_example_gets_its_verdict(seeds: Range<u32>) {
    let files = files_below("tests/book");
    assert!(files.len() >= 17, "{files:?}");
    for_each(&files, |file| {
        let text = read(file);
        let expected = said(&text, "expect").expect("says it");
        seeds.clone().find_map(|seed| {
            let seed = seed.to_string();
            let output = call(&["check", file, "--seed", &seed, "--format", "json"]);
            let found = result(&output);
            let passes = expected == "passed";
            let fine = status(&output) == i32::from(!passes) && found["verdict"] == expected;
            (!fine).then(|| format!("{file}, seed {seed}: {found}"))
        })
    });
}
