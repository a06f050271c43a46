//! Requests that carry the channel for their answer; selecting by polling two.
use std::sync::mpsc::{channel, Receiver, Sender, TryRecvError};
use std::thread;

type Request = (u32, Sender<u32>);

fn server(requests: Receiver<Request>) {
    for (n, reply) in requests {
        reply.send(n + 1).unwrap();
    }
}

fn select<T>(a: &Receiver<T>, b: &Receiver<T>) -> Option<T> {
    loop {
        let (first, second) = (a.try_recv(), b.try_recv());
        match (first, second) {
            (Ok(value), Err(_)) | (Err(_), Ok(value)) => return Some(value),
            (Ok(value), Ok(_)) => return Some(value),
            (Err(TryRecvError::Disconnected), Err(TryRecvError::Disconnected)) => return None,
            _ => thread::yield_now(),
        }
    }
}

fn main() {
    let (requests, inbox) = channel();
    let server = thread::spawn(move || server(inbox));
    let (reply, answer) = channel();
    for n in 0..3 {
        requests.send((n, reply.clone())).unwrap();
        println!("{}", answer.recv().unwrap());
    }
    drop(requests);
    server.join().unwrap();
    let (tx, rx) = channel();
    let (_tx, never) = channel();
    let sender = thread::spawn(move || tx.send("one").unwrap());
    println!("{:?}", select(&rx, &never));
    sender.join().unwrap();
}
