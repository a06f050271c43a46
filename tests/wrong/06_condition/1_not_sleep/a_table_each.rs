//! verdict: deadlock, cause: nobody_left
//!
//! Each makes a condition, and one that others do not have reaches nobody.

use mp::Condition;

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let table = Condition::named("the apprentice's table");
    let held = table.lock();
    kitchen.dough.set(grams);
    held.notify_all();
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    let table = Condition::named("the baker's table");
    let mut held = table.lock();
    held.wait_for(|| kitchen.dough.get() > 0);
    bake(kitchen);
}
