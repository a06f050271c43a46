//! Races on plain memory, a kind for each word that it is called with. At the end of a line stands which
//! access of which kind it is.

use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;
use std::{ptr, thread};

struct Shared<T>(UnsafeCell<T>);
unsafe impl<T> Sync for Shared<T> {}
unsafe impl<T> Send for Shared<T> {}

struct Address<T>(*mut T);
unsafe impl<T> Send for Address<T> {}

impl<T> Address<T> {
    fn get(&self) -> *mut T {
        self.0
    }
}

fn cell() {
    let count = Arc::new(Shared(UnsafeCell::new(0)));
    let theirs = Arc::clone(&count);
    let other = thread::spawn(move || {
        let count = &theirs.0;
        unsafe { *count.get() += 1 }; // cell: first
    });
    let other_too = thread::spawn(move || {
        let count = &count.0;
        unsafe { *count.get() += 1 }; // cell: second
    });
    other.join().unwrap();
    other_too.join().unwrap();
}

static mut TOTAL: u32 = 0;

fn static_mut() {
    thread::scope(|s| {
        s.spawn(|| unsafe { TOTAL += 1 }); // static_mut: first
        s.spawn(|| {
            unsafe { TOTAL += 1 }; // static_mut: second
        });
    });
}

static NOTE: AtomicPtr<String> = AtomicPtr::new(ptr::null_mut());

fn publication() {
    let writer = thread::spawn(|| {
        let note = Box::new(String::from("ready")); // publication: first
        NOTE.store(Box::into_raw(note), Ordering::Relaxed);
    });
    while NOTE.load(Ordering::Acquire).is_null() {
        thread::yield_now();
    }
    let note = unsafe { &*NOTE.load(Ordering::Acquire) };
    println!("{}", note.len()); // publication: second
    writer.join().unwrap();
}

fn freed() {
    let value = Box::into_raw(Box::new(7_u64));
    let theirs = Address(value);
    let reader = thread::spawn(move || {
        thread::sleep(Duration::from_millis(1));
        unsafe { theirs.get().read() } // freed: second
    });
    drop(unsafe { Box::from_raw(value) }); // freed: first
    reader.join().unwrap();
}

#[repr(C)]
struct Pair {
    a: u32,
    b: u32,
}

static PAIR: Shared<Pair> = Shared(UnsafeCell::new(Pair { a: 0, b: 0 }));

fn halves() {
    let one = thread::spawn(|| {
        unsafe { (*PAIR.0.get()).b = 1 }; // halves: first
    });
    let two = thread::spawn(|| {
        unsafe { *PAIR.0.get() = Pair { a: 2, b: 2 } }; // halves: second
    });
    one.join().unwrap();
    two.join().unwrap();
    let Pair { a, b } = unsafe { PAIR.0.get().read() };
    println!("{a} {}", b > 0);
}

fn stack() {
    let mut number = 1_u32;
    let theirs = Address(&raw mut number);
    let other = thread::spawn(move || {
        unsafe { *theirs.get() += 1 }; // stack: second
    });
    number += 1; // stack: first
    other.join().unwrap();
    println!("{}", number > 0);
}

static BYTES: Shared<[u8; 8]> = Shared(UnsafeCell::new([0; 8]));

fn sizes() {
    let small = thread::spawn(|| unsafe { BYTES.0.get().cast::<u8>().add(5).write(1) }); // sizes: first
    let large = thread::spawn(|| {
        unsafe { BYTES.0.get().cast::<u32>().add(1).read_unaligned() } // sizes: second
    });
    small.join().unwrap();
    large.join().unwrap();
}

/// A spin lock that is given back without a release; core's atomics have no mirror.
fn unlock() {
    static TAKEN: core::sync::atomic::AtomicBool = core::sync::atomic::AtomicBool::new(false);
    static VALUE: Shared<u32> = Shared(UnsafeCell::new(0));
    fn add() {
        while TAKEN.swap(true, Ordering::Acquire) {
            thread::yield_now();
        }
        unsafe { *VALUE.0.get() += 1 }; // unlock: first
        TAKEN.store(false, Ordering::Relaxed);
    }
    let other = thread::spawn(add);
    add();
    other.join().unwrap();
}

static mut LIST: Vec<u32> = Vec::new();

fn list() {
    let other = thread::spawn(|| {
        let list = unsafe { &mut *&raw mut LIST };
        list.push(1); // list: second
    });
    let list = unsafe { &mut *&raw mut LIST };
    list.push(2); // list: first
    other.join().unwrap();
}

static LOCK: Mutex<()> = Mutex::new(());

fn one_lock() {
    static VALUE: Shared<u32> = Shared(UnsafeCell::new(0));
    let other = thread::spawn(|| {
        let _guard = LOCK.lock().unwrap();
        unsafe { *VALUE.0.get() += 1 }; // one_lock: first
    });
    let careless = thread::spawn(|| {
        unsafe { *VALUE.0.get() += 1 }; // one_lock: second
    });
    other.join().unwrap();
    careless.join().unwrap();
}

static READY: AtomicBool = AtomicBool::new(false);

/// The second look is behind the lock, the first one is not.
fn checked_twice() {
    static DONE: Shared<bool> = Shared(UnsafeCell::new(false));
    fn make() {
        if unsafe { !*DONE.0.get() } {
            let _guard = LOCK.lock().unwrap();
            unsafe { *DONE.0.get() = true };
        }
    }
    let other = thread::spawn(make);
    other.join().unwrap();
    let one = thread::spawn(|| {
        let _guard = LOCK.lock().unwrap();
        unsafe { *DONE.0.get() = true }; // checked_twice: first
    });
    let two = thread::spawn(|| {
        let done = unsafe { *DONE.0.get() }; // checked_twice: second
        if done {
            READY.store(true, Ordering::Release);
        }
    });
    one.join().unwrap();
    two.join().unwrap();
}

static VERSION: AtomicU32 = AtomicU32::new(0);

/// A sequence lock: what is read while it is written is thrown away, and read all the same.
fn sequence() {
    static VALUES: Shared<[u32; 2]> = Shared(UnsafeCell::new([0; 2]));
    let writer = thread::spawn(|| {
        VERSION.fetch_add(1, Ordering::Acquire);
        unsafe { *VALUES.0.get() = [1, 1] }; // sequence: first
        VERSION.fetch_add(1, Ordering::Release);
    });
    let reader = thread::spawn(|| {
        let before = VERSION.load(Ordering::Relaxed);
        let seen = unsafe { *VALUES.0.get() }; // sequence: second
        (before == VERSION.load(Ordering::Relaxed)).then_some(seen)
    });
    writer.join().unwrap();
    reader.join().unwrap();
}

/// The message says that it is ready, and what is ready is written afterwards.
fn message() {
    static VALUE: Shared<u32> = Shared(UnsafeCell::new(0));
    let (to, from) = mpsc::channel();
    let other = thread::spawn(move || {
        to.send(()).unwrap();
        unsafe { *VALUE.0.get() = 1 }; // message: first
    });
    from.recv().unwrap();
    let seen = unsafe { *VALUE.0.get() }; // message: second
    other.join().unwrap();
    println!("{}", seen < 2);
}

static FLAG: AtomicBool = AtomicBool::new(false);

/// One looks at the atomic as if it was none.
fn looked_at_plainly() {
    let other = thread::spawn(|| {
        FLAG.store(true, Ordering::SeqCst); // looked_at_plainly: second
    });
    let seen = unsafe { *FLAG.as_ptr() }; // looked_at_plainly: first
    other.join().unwrap();
    println!("{}", seen || true);
}

static SCORE: AtomicU32 = AtomicU32::new(0);

/// One writes it as if it was none, and the other one only looks.
fn set_plainly() {
    let other = thread::spawn(|| {
        unsafe { *SCORE.as_ptr() = 7 }; // set_plainly: second
    });
    let seen = SCORE.load(Ordering::Acquire); // set_plainly: first
    other.join().unwrap();
    println!("{}", seen < 8);
}

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("cell") => cell(),
        Some("static_mut") => static_mut(),
        Some("publication") => publication(),
        Some("freed") => freed(),
        Some("halves") => halves(),
        Some("stack") => stack(),
        Some("sizes") => sizes(),
        Some("unlock") => unlock(),
        Some("list") => list(),
        Some("one_lock") => one_lock(),
        Some("checked_twice") => checked_twice(),
        Some("sequence") => sequence(),
        Some("message") => message(),
        Some("looked_at_plainly") => looked_at_plainly(),
        Some("set_plainly") => set_plainly(),
        other => panic!("no such kind: {other:?}"),
    }
}
