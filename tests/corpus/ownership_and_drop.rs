//! When things are dropped, also in threads and channels.
use std::sync::mpsc;
use std::thread;

struct Loud(&'static str);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

fn main() {
    let _last = Loud("last");
    {
        let _inner = Loud("inner");
        let moved = Loud("moved");
        thread::spawn(move || {
            let _here = moved;
        })
        .join()
        .unwrap();
        println!("joined");
    }
    let (tx, rx) = mpsc::channel();
    tx.send(Loud("left in the channel")).unwrap();
    drop(rx);
    println!("receiver gone");
    match tx.send(Loud("sent in vain")) {
        Err(mpsc::SendError(loud)) => println!("{} came back", loud.0),
        Ok(()) => println!("sent"),
    }
    std::mem::forget(Loud("forgotten"));
    let boxed: Box<dyn std::any::Any> = Box::new(Loud("any"));
    println!("{}", boxed.is::<Loud>());
}
