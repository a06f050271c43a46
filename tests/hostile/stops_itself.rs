//! verdict: inconclusive
//!
//! Stops, as by Ctrl-Z, while it holds the baton.

unsafe extern "C" {
    safe fn raise(signal: i32) -> i32;
}

fn attack() {
    raise(19);
}
