//! A channel as its two ends share it: the messages, and who waits for what.
//!
//! Where there is no room (a rendezvous), a sender puts its message all the same, and then waits
//! until it was taken.

use ::real::collections::VecDeque;
use ::real::prelude::rust_2024::*;
use ::real::sync::atomic::{AtomicU32, Ordering};
use ::real::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ::sched_model::Op;
use ::sched_model::{Act, ObjectKind};
use ::sched_runtime::kernel::EVERYONE;
use ::sched_runtime::{Caller, Object, Until, kernel, liberty, otherwise, record};

use super::super::mirror::Mirror;

pub(super) struct Channel<T> {
    /// Held for a few steps without a point, and never while code of the program runs: under check
    /// nobody ever waits for it.
    state: Mutex<State<T>>,
    /// How many messages may wait in it; `None` for any number.
    bound: Option<usize>,
    /// Counts what the receiver waits for: messages, and the end of the last sender.
    arrivals: AtomicU32,
    /// Counts what senders wait for: messages taken, and the end of the receiver.
    rooms: AtomicU32,
    mirror: Mirror,
}

struct State<T> {
    /// With their numbers, from 1.
    messages: VecDeque<(u64, T)>,
    put: u64,
    senders: usize,
    has_receiver: bool,
    /// The receiver waits.
    receiving: bool,
}

/// Why a message was not put.
pub(super) enum NotPut<T> {
    Full(T),
    Closed(T),
}

/// Why there is no message.
pub(super) enum NotGot {
    /// Not yet, or not in time.
    Empty,
    Closed,
}

impl<T> Channel<T> {
    pub(super) fn shared(bound: Option<usize>, made_at: Caller) -> Arc<Self> {
        let channel = Channel {
            state: Mutex::new(State {
                messages: VecDeque::new(),
                put: 0,
                senders: 1,
                has_receiver: true,
                receiving: false,
            }),
            bound,
            arrivals: AtomicU32::new(0),
            rooms: AtomicU32::new(0),
            mirror: Mirror::new(ObjectKind::Channel, made_at),
        };
        channel.mirror.object();
        Arc::new(channel)
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a message, waiting for room if there is none.
    pub(super) fn send(&self, message: T, caller: Caller) -> Result<(), T> {
        let object = self.mirror.announce(Op::Send, caller);
        let mut answered = false;
        loop {
            let state = self.state();
            let has_room = self
                .bound
                .is_none_or(|bound| answered || state.messages.len() < bound.max(1));
            if !state.has_receiver {
                drop(state);
                return Err(self.found_closed(object, false, message));
            } else if self.bound == Some(0) {
                let number = self.put(object, state, message);
                return self.await_taken(object, number, caller);
            } else if has_room {
                self.put(object, state, message);
                return Ok(());
            }
            let seen = self.rooms.load(Ordering::Relaxed);
            drop(state);
            kernel::wait(&self.rooms, seen, Until::Woken, object, caller);
            answered = otherwise::is_answered();
        }
    }

    /// Puts a message if there is room, or in a rendezvous if the receiver waits.
    pub(super) fn try_send(&self, message: T, caller: Caller) -> Result<(), NotPut<T>> {
        let object = self.mirror.announce(Op::TrySend, caller);
        let state = self.state();
        let has_room = match self.bound {
            None => true,
            Some(0) => state.receiving && state.messages.is_empty(),
            Some(bound) => state.messages.len() < bound,
        };
        if !state.has_receiver {
            drop(state);
            Err(NotPut::Closed(self.found_closed(object, false, message)))
        } else if has_room {
            self.put(object, state, message);
            Ok(())
        } else {
            drop(state);
            record::looked(object, Act::Full, 0);
            Err(NotPut::Full(message))
        }
    }

    /// In a loop over messages this is how it ends, else it is an error that is returned.
    fn found_closed<R>(&self, object: Object, in_loop: bool, result: R) -> R {
        record::acquire_edge(object);
        record::passed(object, Act::Ended, u64::from(in_loop));
        result
    }

    /// Puts a message and returns its number.
    fn put(&self, object: Object, mut state: MutexGuard<'_, State<T>>, message: T) -> u64 {
        state.put += 1;
        let number = state.put;
        state.messages.push_back((number, message));
        self.arrivals.fetch_add(1, Ordering::Relaxed);
        drop(state);
        if self.bound.is_some() {
            // It comes after the message that made room for it was taken.
            record::acquire_edge(object);
        }
        record::release_edge(object);
        record::act(object, Act::Put, number);
        kernel::wake(&self.arrivals, 1);
        number
    }

    /// Waits until this message was taken; gives it back if nobody will.
    fn await_taken(&self, object: Object, number: u64, caller: Caller) -> Result<(), T> {
        loop {
            let mut state = self.state();
            let mine = |(other, _): &(u64, T)| *other == number;
            let Some(at) = state.messages.iter().position(mine) else {
                drop(state);
                record::acquire_edge(object);
                return Ok(());
            };
            if !state.has_receiver {
                let message = state.messages.remove(at);
                drop(state);
                return match message {
                    Some((_, message)) => Err(self.found_closed(object, false, message)),
                    None => Ok(()),
                };
            }
            let seen = self.rooms.load(Ordering::Relaxed);
            drop(state);
            kernel::wait(&self.rooms, seen, Until::Woken, object, caller);
            if otherwise::is_answered() {
                return Ok(());
            }
        }
    }

    /// Takes the oldest message. `op` says whether to wait for one, `until` how long, `in_loop`
    /// that an iterator asks.
    pub(super) fn receive(
        &self,
        (op, in_loop): (Op, bool),
        until: Until,
        caller: Caller,
    ) -> Result<T, NotGot> {
        let object = self.mirror.announce(op, caller);
        let mut time_is_over = op == Op::TryReceive;
        loop {
            let mut state = self.state();
            state.receiving = false;
            if let Some((number, message)) = self.take(&mut state, object) {
                self.rooms.fetch_add(1, Ordering::Relaxed);
                drop(state);
                self.got(object, number);
                return Ok(message);
            }
            if state.senders == 0 {
                drop(state);
                return Err(self.found_closed(object, in_loop, NotGot::Closed));
            }
            if time_is_over {
                drop(state);
                record::looked(object, Act::Empty, 0);
                return Err(NotGot::Empty);
            }
            state.receiving = true;
            let seen = self.arrivals.load(Ordering::Relaxed);
            drop(state);
            time_is_over = !kernel::wait(&self.arrivals, seen, until, object, caller);
            if otherwise::is_answered() {
                return Err(self.found_closed(object, in_loop, NotGot::Closed));
            }
        }
    }

    /// The next message: in a rendezvous that of any sender that waits.
    fn take(&self, state: &mut State<T>, object: Object) -> Option<(u64, T)> {
        match self.bound {
            Some(0) => {
                let at = liberty::message(state.messages.len(), object);
                state.messages.remove(at)
            }
            _ => state.messages.pop_front(),
        }
    }

    /// A message was taken.
    fn got(&self, object: Object, number: u64) {
        record::acquire_edge(object);
        if self.bound.is_some() {
            record::release_edge(object);
        }
        record::act(object, Act::Got, number);
        match self.bound {
            None => {}
            // Each sender waits for its own message.
            Some(0) => drop(kernel::wake(&self.rooms, EVERYONE)),
            Some(_) => drop(liberty::wake_one(&self.rooms, object)),
        }
    }

    /// One more sender: nobody can notice that before it does something.
    pub(super) fn add_sender(&self) {
        self.state().senders += 1;
    }

    /// One sender is gone; with the last one the receiver need not wait any longer.
    pub(super) fn remove_sender(&self, caller: Caller) {
        let object = self.mirror.announce(Op::Sign, caller);
        let mut state = self.state();
        state.senders -= 1;
        let was_last = state.senders == 0;
        drop(state);
        record::release_edge(object);
        record::act(object, Act::Closed, 0);
        if was_last {
            self.arrivals.fetch_add(1, Ordering::Relaxed);
            kernel::wake(&self.arrivals, EVERYONE);
        }
    }

    /// The receiver is gone: what it did not take is dropped, but for what senders take back.
    pub(super) fn remove_receiver(&self, caller: Caller) {
        let object = self.mirror.announce(Op::Sign, caller);
        let mut state = self.state();
        state.has_receiver = false;
        let left = match self.bound {
            Some(0) => VecDeque::new(),
            _ => ::real::mem::take(&mut state.messages),
        };
        drop(state);
        record::release_edge(object);
        record::act(object, Act::Closed, 0);
        self.rooms.fetch_add(1, Ordering::Relaxed);
        kernel::wake(&self.rooms, EVERYONE);
        drop(left);
    }
}
