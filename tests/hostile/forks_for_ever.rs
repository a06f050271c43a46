//! verdict: over_limit or livelock
//!
//! Every process forks without end, and so do its children.

unsafe extern "C" {
    safe fn fork() -> i32;
}

fn attack() {
    loop {
        fork();
    }
}
