//! Starts and joins so many threads that do nothing.

fn main() {
    let number = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let threads: Vec<_> = (0..number.unwrap_or(5)).map(|_| std::thread::spawn(|| {})).collect();
    threads.into_iter().for_each(|thread| thread.join().expect("no panic"));
}
