//! Trait objects behind locks, sent from thread to thread.
use std::fmt::Debug;
use std::sync::{Arc, Mutex, RwLock};
use std::thread;

trait Shape: Debug + Send + Sync {
    fn area(&self) -> f64;
    fn grow(&mut self, by: f64);
}

#[derive(Debug)]
struct Square(f64);
#[derive(Debug)]
struct Circle {
    radius: f64,
}

impl Shape for Square {
    fn area(&self) -> f64 {
        self.0 * self.0
    }
    fn grow(&mut self, by: f64) {
        self.0 += by;
    }
}

impl Shape for Circle {
    fn area(&self) -> f64 {
        3.0 * self.radius * self.radius
    }
    fn grow(&mut self, by: f64) {
        self.radius += by;
    }
}

fn main() {
    let shapes: Arc<RwLock<Vec<Box<dyn Shape>>>> =
        Arc::new(RwLock::new(vec![Box::new(Square(1.0)), Box::new(Circle { radius: 2.0 })]));
    let other = Arc::clone(&shapes);
    thread::spawn(move || other.write().unwrap().iter_mut().for_each(|shape| shape.grow(1.0)))
        .join()
        .unwrap();
    println!("{:?}", shapes.read().unwrap());
    println!("{}", shapes.read().unwrap().iter().map(|shape| shape.area()).sum::<f64>());
    let one: Arc<Mutex<dyn Shape>> = Arc::new(Mutex::new(Square(3.0)));
    one.lock().unwrap().grow(0.5);
    println!("{one:?}");
}
