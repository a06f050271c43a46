//! One process that passes as many scheduling points as the argument says.

fn main() {
    let number: u32 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0);
    let lock = mp::Lock::new();
    for _ in 0..number / 2 {
        lock.acquire();
        lock.release();
    }
}
