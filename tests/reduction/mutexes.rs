//! Who comes first, and who finds the door shut.
use std::sync::Mutex;
use std::thread;

static A: Mutex<Vec<u32>> = Mutex::new(Vec::new());
static B: Mutex<u32> = Mutex::new(0);

fn main() {
    let other = thread::spawn(|| {
        let mut a = A.lock().unwrap();
        println!("{}", B.try_lock().is_ok());
        a.push(1);
    });
    *B.lock().unwrap() += 1;
    println!("{}", A.try_lock().is_ok());
    A.lock().unwrap().push(2);
    other.join().unwrap();
    println!("{:?}", A.lock().unwrap());
}
