//! Names of std's prelude and modules used for one's own things.
use std::sync::Mutex as StdMutex;

struct Mutex {
    inner: StdMutex<i32>,
}

impl Mutex {
    fn lock(&self) -> i32 {
        *self.inner.lock().unwrap()
    }
}

mod sync {
    pub fn println(text: &str) {
        std::println!("mine: {text}");
    }
}

mod thread {
    pub fn spawn<R>(f: impl FnOnce() -> R) -> R {
        f()
    }
}

#[derive(Debug)]
enum Option {
    None,
    Some(i32),
}

macro_rules! vec {
    ($($x:expr),*) => { [$($x),*] };
}

fn main() {
    let mutex = Mutex { inner: StdMutex::new(4) };
    sync::println(&thread::spawn(|| mutex.lock()).to_string());
    println!("{:?} {:?} {}", Option::None, Option::Some(1), vec![1, 2].len());
}
