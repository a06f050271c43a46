//! An actor: one thread owns the state, others send it messages and wait for answers.
use std::collections::BTreeMap;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

enum Message {
    Set(String, i32),
    Get(String, Sender<Option<i32>>),
    Stop,
}

fn run(inbox: Receiver<Message>) -> BTreeMap<String, i32> {
    let mut state = BTreeMap::new();
    loop {
        match inbox.recv() {
            Ok(Message::Set(key, value)) => {
                state.insert(key, value);
            }
            Ok(Message::Get(key, reply)) => {
                let _ = reply.send(state.get(&key).copied());
            }
            Ok(Message::Stop) | Err(_) => return state,
        }
    }
}

fn get(actor: &Sender<Message>, key: &str) -> Option<i32> {
    let (reply, answer) = mpsc::channel();
    actor.send(Message::Get(key.to_owned(), reply)).ok()?;
    answer.recv().ok().flatten()
}

fn main() {
    let (actor, inbox) = mpsc::channel();
    let thread = thread::spawn(move || run(inbox));
    let clients: Vec<_> = (0..3)
        .map(|n| {
            let actor = actor.clone();
            thread::spawn(move || actor.send(Message::Set(format!("k{n}"), n)).unwrap())
        })
        .collect();
    clients.into_iter().for_each(|c| c.join().unwrap());
    println!("{:?} {:?}", get(&actor, "k1"), get(&actor, "none"));
    actor.send(Message::Stop).unwrap();
    println!("{:?}", thread.join().unwrap());
    println!("{}", actor.send(Message::Stop).is_err());
}
