//! verdict: passed
//!
//! The folder that it works in is there again in the next schedule.

fn attack() {
    let here = std::env::current_dir().expect("there is one in each schedule");
    std::fs::write("a", "").expect("can be written in each schedule");
    std::fs::remove_file("a").expect("is there");
    // Where it is contained it may not.
    let _ = std::fs::remove_dir(here);
}
