//! verdict: passed
//!
//! Another right answer: the steps are a list.

use std::thread;

use mp::Event;

fn baker(bell: &Event, buns: u64) {
    let steps: [&dyn Fn(); 3] = [&|| bell.wait(), &|| thread::yield_now(), &|| {
        bake(bell, buns)
    }];
    steps.iter().for_each(|step| step());
}
