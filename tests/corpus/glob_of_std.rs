//! Everything of std by its bare name.
use std::*;

fn main() {
    let lock = sync::Mutex::new(collections::BTreeSet::new());
    thread::scope(|s| {
        s.spawn(|| lock.lock().unwrap().insert("a"));
        s.spawn(|| lock.lock().unwrap().insert("b"));
    });
    println!("{:?} {}", lock.lock().unwrap(), mem::size_of::<u64>());
    fmt::Write::write_str(&mut string::String::new(), "x").unwrap();
    print!("{}\n", cmp::max(1, 2));
}
