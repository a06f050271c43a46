//! A traffic light that threads drive by turns, each waiting for its colour.
use std::sync::{Condvar, Mutex};
use std::thread;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Light {
    Red,
    Green,
    Yellow,
}

impl Light {
    fn next(self) -> Light {
        match self {
            Light::Red => Light::Green,
            Light::Green => Light::Yellow,
            Light::Yellow => Light::Red,
        }
    }
}

static LIGHT: Mutex<Light> = Mutex::new(Light::Red);
static CHANGED: Condvar = Condvar::new();

fn drive(mine: Light) {
    for _ in 0..2 {
        let mut light = CHANGED.wait_while(LIGHT.lock().unwrap(), |light| *light != mine).unwrap();
        println!("{light:?}");
        *light = light.next();
        CHANGED.notify_all();
    }
}

fn main() {
    thread::scope(|s| {
        for light in [Light::Yellow, Light::Green, Light::Red] {
            s.spawn(move || drive(light));
        }
    });
    println!("{:?}", LIGHT.lock().unwrap());
}
