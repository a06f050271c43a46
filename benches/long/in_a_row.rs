//! So many threads, one after the other.

fn main() {
    let times = std::env::args()
        .nth(1)
        .expect("how many")
        .parse()
        .expect("a number");
    (0..times).for_each(|_: u32| std::thread::spawn(|| ()).join().unwrap());
}
