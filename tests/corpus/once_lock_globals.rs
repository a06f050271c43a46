//! Configuration that is set once, and a table computed when first used.
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};
use std::thread;

static CONFIG: OnceLock<String> = OnceLock::new();
static TABLE: LazyLock<BTreeMap<&'static str, usize>> = LazyLock::new(|| {
    ["one", "two", "three"].into_iter().map(|word| (word, word.len())).collect()
});

fn config() -> &'static str {
    CONFIG.get_or_init(|| String::from("default"))
}

fn main() {
    println!("{:?}", CONFIG.get());
    CONFIG.set("loud".to_string()).unwrap();
    println!("{:?} {}", CONFIG.set("again".into()), config());
    let threads: Vec<_> = (0..3).map(|_| thread::spawn(|| TABLE["three"] + config().len())).collect();
    for thread in threads {
        println!("{}", thread.join().unwrap());
    }
    println!("{:?}", *TABLE);
}
