//! Closures of all kinds, stored, returned and composed.
fn compose<A, B, C>(f: impl Fn(A) -> B, g: impl Fn(B) -> C) -> impl Fn(A) -> C {
    move |x| g(f(x))
}

fn counter() -> Box<dyn FnMut() -> u32> {
    let mut n = 0;
    Box::new(move || {
        n += 1;
        n
    })
}

fn main() {
    let add = |a: i32| move |b: i32| a + b;
    println!("{}", compose(add(2), |n| n * 10)(4));
    let mut next = counter();
    println!("{} {} {}", next(), next(), next());
    let text = String::from("moved");
    let consume: Box<dyn FnOnce() -> usize> = Box::new(move || text.len());
    println!("{}", consume());
    let table: Vec<(&str, fn(f64) -> f64)> = vec![("sqrt", f64::sqrt), ("abs", f64::abs)];
    for (name, f) in &table {
        println!("{name} {}", f(16.0));
    }
}
