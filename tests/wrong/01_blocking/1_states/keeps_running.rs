//! verdict: requirement
//!
//! The apprentice is never let go first.

use mp::Event;

fn baker(bell: &Event, buns: u64) {
    bell.wait();
    bake(bell, buns);
}
