//! Channels: the same calls, the same answers, whatever the room.

use std::thread;
use std::time::Duration;

use crate::same_answers;

const SHORT: Duration = Duration::from_millis(5);

same_answers! {
    fn a_channel_without_a_bound(say) {
        let (sender, receiver) = sync::mpsc::channel();
        say(&(&sender, &receiver));
        say(&receiver.try_recv());
        say(&receiver.recv_timeout(SHORT));
        for n in 0..5 {
            say(&sender.send(n));
        }
        say(&(receiver.recv(), receiver.try_recv(), receiver.recv_timeout(SHORT)));
        say(&receiver.try_iter().collect::<Vec<_>>());
        let other = sender.clone();
        drop(sender);
        say(&receiver.try_recv());
        say(&other.send(9));
        drop(other);
        say(&receiver.iter().collect::<Vec<_>>());
        say(&(receiver.recv(), receiver.try_recv(), receiver.recv_timeout(SHORT)));
        say(&(&receiver).into_iter().next());
        say(&receiver.into_iter());
    }

    fn a_sender_without_a_receiver(say) {
        let (sender, receiver) = sync::mpsc::channel();
        sender.send("lost").expect("there is one");
        drop(receiver);
        say(&sender.send("x"));
        say(&sender.send("x").map_err(|error| (error.to_string(), error.0)));
        for bound in 0..3 {
            let (sender, receiver) = sync::mpsc::sync_channel(bound);
            drop(receiver);
            say(&sender.send("x").map_err(|error| error.0));
            say(&sender.try_send("x"));
            say(&sender);
        }
    }

    fn a_channel_with_a_bound(say) {
        let (sender, receiver) = sync::mpsc::sync_channel(2);
        say(&(sender.try_send(1), sender.send(2), sender.try_send(3)));
        say(&(receiver.recv(), sender.try_send(4), sender.try_send(5)));
        say(&(receiver.recv(), receiver.recv(), receiver.try_recv()));
        say(&thread::scope(|scope| {
            let sender = sender;
            scope.spawn(move || (0..100).for_each(|n| sender.send(n).expect("is received")));
            receiver.iter().collect::<Vec<_>>()
        }));
    }

    fn a_rendezvous(say) {
        let (sender, receiver) = sync::mpsc::sync_channel(0);
        say(&sender.try_send(0));
        say(&receiver.try_recv());
        say(&receiver.recv_timeout(SHORT));
        say(&sender.try_send(0));
        say(&thread::scope(|scope| {
            let other = sender.clone();
            scope.spawn(move || (0..50).for_each(|n| other.send(n).expect("is received")));
            receiver.iter().take(50).collect::<Vec<_>>()
        }));
        let receiver = thread::scope(|scope| {
            let thread = scope.spawn(move || (receiver.recv(), receiver));
            // Only while the receiver waits is there somebody to give it to.
            while sender.try_send(7).is_err() {
                thread::yield_now();
            }
            let (got, receiver) = thread.join().expect("ends");
            say(&got);
            receiver
        });
        say(&thread::scope(|scope| {
            let thread = scope.spawn(|| sender.send(8).map_err(|error| error.0));
            thread::sleep(SHORT);
            drop(receiver);
            thread.join().expect("ends")
        }));
    }

    fn what_is_left_is_dropped_with_the_receiver(say) {
        let value = std::sync::Arc::new(());
        let (sender, receiver) = sync::mpsc::channel();
        let (bounded, other) = sync::mpsc::sync_channel(5);
        sender.send(value.clone()).expect("there is a receiver");
        bounded.send(value.clone()).expect("there is a receiver");
        say(&std::sync::Arc::strong_count(&value));
        drop(receiver);
        say(&std::sync::Arc::strong_count(&value));
        drop(other);
        say(&std::sync::Arc::strong_count(&value));
        let (sender, receiver) = sync::mpsc::channel();
        sender.send(value.clone()).expect("there is a receiver");
        drop(sender);
        say(&receiver.recv().is_ok());
        say(&std::sync::Arc::strong_count(&value));
    }

    fn the_last_sender_wakes_the_receiver(say) {
        for bound in [0, 1] {
            let (sender, receiver) = sync::mpsc::sync_channel::<()>(bound);
            let last = sender.clone();
            say(&thread::scope(|scope| {
                let receiver = receiver;
                let thread = scope.spawn(move || receiver.recv());
                drop(sender);
                thread::sleep(SHORT);
                drop(last);
                thread.join().expect("ends")
            }));
        }
        let (sender, receiver) = sync::mpsc::channel::<()>();
        say(&thread::scope(|scope| {
            let receiver = receiver;
            let thread = scope.spawn(move || receiver.recv());
            thread::sleep(SHORT);
            drop(sender);
            thread.join().expect("ends")
        }));
        say(&());
    }
}
