//! One process that passes as many scheduling points as the argument says.

fn main() {
    let number: u32 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0);
    let value = mp::Value::new(0_u32);
    for i in 0..number {
        value.set(i);
    }
}
