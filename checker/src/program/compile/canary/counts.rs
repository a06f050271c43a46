//! Main asks how many share something that a thread lets go of, and does not wait for the thread.
use std::sync::{Arc, mpsc};
fn main() {
    let (mine, (tell, told)) = (Arc::new(()), mpsc::channel());
    let theirs = (0..100).fold(mine.clone(), |it, _| it);
    let other = std::thread::spawn(move || (tell.send(()), drop(theirs), tell));
    told.recv().unwrap();
    assert!(Arc::strong_count(&mine) > 0);
    let _end = other.join();
}
