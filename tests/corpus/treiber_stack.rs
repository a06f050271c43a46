//! A stack without locks; what was popped is kept until the end.
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::thread;

struct Node {
    value: u32,
    next: *mut Node,
}

struct Stack {
    head: AtomicPtr<Node>,
}

impl Stack {
    const fn new() -> Self {
        Stack { head: AtomicPtr::new(ptr::null_mut()) }
    }

    fn push(&self, value: u32) {
        let node = Box::into_raw(Box::new(Node { value, next: ptr::null_mut() }));
        let mut head = self.head.load(Ordering::Relaxed);
        loop {
            unsafe { (*node).next = head };
            match self.head.compare_exchange_weak(head, node, Ordering::Release, Ordering::Relaxed) {
                Ok(_) => return,
                Err(newer) => head = newer,
            }
        }
    }

    fn drain(&self) -> Vec<u32> {
        let mut at = self.head.swap(ptr::null_mut(), Ordering::Acquire);
        let mut values = Vec::new();
        while !at.is_null() {
            let node = unsafe { Box::from_raw(at) };
            values.push(node.value);
            at = node.next;
        }
        values
    }
}

static STACK: Stack = Stack::new();

fn main() {
    let threads: Vec<_> = (0..3)
        .map(|n| thread::spawn(move || (0..3).for_each(|i| STACK.push(n * 10 + i))))
        .collect();
    threads.into_iter().for_each(|t| t.join().unwrap());
    let mut values = STACK.drain();
    values.sort();
    println!("{values:?}");
}
