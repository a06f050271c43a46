//! Three stages joined by channels; each stage keeps the order.
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

fn stage<A, B, F>(input: Receiver<A>, f: F) -> Receiver<B>
where
    A: Send + 'static,
    B: Send + 'static,
    F: Fn(A) -> B + Send + 'static,
{
    let (tx, rx): (Sender<B>, Receiver<B>) = mpsc::channel();
    thread::spawn(move || {
        for item in input.iter() {
            if tx.send(f(item)).is_err() {
                break;
            }
        }
    });
    rx
}

fn main() {
    let (tx, rx) = mpsc::channel::<i32>();
    let squares = stage(rx, |n| n * n);
    let texts = stage(squares, |n| format!("<{n}>"));
    for n in 1..=5 {
        tx.send(n).unwrap();
    }
    drop(tx);
    let all: Vec<String> = texts.into_iter().collect();
    println!("{}", all.join(" "));
}
