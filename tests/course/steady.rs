//! A program that is started again behaves as before: all that it can see is under control, or else
//! nothing is said of what it prints.

use serde_json::Value;

use crate::util::{call, result, scratch_file};

fn judged(text: &str, options: &[&str]) -> Value {
    let (_folder, file) = scratch_file("steady.rs", text);
    result(&call(
        &[&["check", &file, "--format", "json"], options].concat(),
    ))
}

#[test]
fn addresses_are_the_same_each_time() {
    const ADDRESSES: &str = "fn main() {
    let (stack, heap, large) = (0, Box::new(0), vec![0_u8; 1 << 20]);
    println!(\"{:p} {heap:p} {:p} {:p}\", &stack, large.as_ptr(), main as fn());
    std::thread::spawn(|| println!(\"{:p}\", &String::new())).join().unwrap();
    println!(\"{:?}\", std::collections::HashMap::from([(1, 2), (3, 4), (5, 6)]));
}
";
    for jobs in ["1", "2"] {
        let report = judged(ADDRESSES, &["--jobs", jobs]);
        assert_eq!(report["verdict"], "passed", "{report}");
    }
}

#[test]
fn of_what_is_not_the_same_each_time_nothing_is_said() {
    const REAL_ID: &str = "fn main() {
    let mut child = std::process::Command::new(\"true\").spawn().unwrap();
    println!(\"{}\", child.id());
    child.wait().unwrap();
}
";
    let report = judged(REAL_ID, &[]);
    assert_eq!(report["verdict"], "inconclusive", "{report}");
    let told = report["message"].as_str().unwrap_or_default();
    assert!(told.contains("started again"), "{told}");
}
