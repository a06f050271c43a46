//! exit: 101
//! A panic that nobody catches.
fn main() {
    println!("before");
    let numbers = [1, 2, 3];
    let index = numbers.len() + std::env::args().count();
    println!("{}", numbers[index]);
}
