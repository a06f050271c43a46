//! verdict: livelock
//!
//! Polls for a file that nobody makes.

use std::path::Path;
fn attack() {
    while !Path::new("go").exists() {}
}
