//! So many locks.

use std::sync::Mutex;

fn main() {
    let times = std::env::args()
        .nth(1)
        .expect("how many")
        .parse()
        .expect("a number");
    let all: Vec<Mutex<u32>> = (0..times).map(Mutex::new).collect();
    let add = || all.iter().map(|it| *it.lock().unwrap()).sum::<u32>();
    std::thread::scope(|scope| {
        let other = scope.spawn(add);
        assert_eq!(add(), other.join().unwrap());
    });
}
