//! verdict: passed
//!
//! Scoped threads borrow from main's stack, one of them starts another, and results come back.

use std::thread::{self, Builder, Scope, ScopedJoinHandle};

fn count<'scope>(
    scope: &'scope Scope<'scope, '_>,
    words: &'scope [&str],
) -> ScopedJoinHandle<'scope, usize> {
    scope.spawn(|| words.iter().map(|word| word.len()).sum())
}

fn run() {
    let words = ["a", "bun", "costs", "little"];
    let mut last = String::new();
    let total = thread::scope(|scope| {
        let (left, right) = words.split_at(2);
        let counts = [count(scope, left), count(scope, right)];
        let name = Builder::new().name("writer".to_owned());
        let writer = name.spawn_scoped(scope, || {
            let inner = scope.spawn(|| thread::current().name().map(str::to_owned));
            assert_eq!(inner.join().expect("no panic"), None);
            last.push_str(thread::current().name().expect("was given"));
        });
        assert_eq!(
            writer.expect("can be started").thread().name(),
            Some("writer")
        );
        counts.map(|count| count.join().expect("no panic"))
    });
    assert_eq!(total, [4, 11]);
    assert_eq!(last, "writer");
}
