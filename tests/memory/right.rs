//! Plain memory shared in all the ways that are right, a kind for each word that it is called with.

use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU16, AtomicU32, Ordering};
use std::sync::{Arc, Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock, mpsc};
use std::time::Duration;
use std::{ptr, thread};

static mut N: u32 = 0;

fn add() {
    unsafe { N += 1 };
}

fn n() -> u32 {
    unsafe { N }
}

struct Address<T>(*mut T);
unsafe impl<T> Send for Address<T> {}

impl<T> Address<T> {
    fn get(&self) -> *mut T {
        self.0
    }
}

/// Does both, one in a thread of its own, and waits for that.
fn beside(theirs: impl FnOnce() + Send + 'static, mine: impl FnOnce()) {
    let other = thread::spawn(theirs);
    mine();
    other.join().unwrap();
}

fn waits_until(mut ready: impl FnMut() -> bool) {
    while !ready() {
        thread::yield_now();
    }
}

fn locks() {
    static LOCK: Mutex<()> = Mutex::new(());
    static SHARED: RwLock<u32> = RwLock::new(0);
    static CHANGED: Condvar = Condvar::new();
    let locked = || {
        let _guard = LOCK.lock().unwrap();
        add();
    };
    beside(locked, locked);
    let tries = || {
        waits_until(|| LOCK.try_lock().map(|_guard| add()).is_ok());
    };
    beside(tries, locked);
    let writes = || {
        let mut writing = SHARED.write().unwrap();
        add();
        *writing += 1;
    };
    beside(writes, || {
        waits_until(|| {
            let reading = SHARED.read().unwrap();
            *reading == 1 && n() > 0
        });
    });
    let notifies = move || {
        locked();
        CHANGED.notify_one();
    };
    beside(notifies, || {
        let guard = LOCK.lock().unwrap();
        let (_guard, _) = CHANGED
            .wait_timeout(guard, Duration::from_millis(5))
            .unwrap();
        add();
    });
    println!("{}", n());
}

fn ends() {
    for _ in 0..2 {
        thread::spawn(add).join().unwrap();
        add();
    }
    let other = thread::spawn(add);
    waits_until(|| other.is_finished());
    add();
    thread::scope(|s| {
        s.spawn(add);
        // It has long ended when the scope does.
        thread::sleep(Duration::from_secs(1));
    });
    add();
    let mut numbers = [0_u32; 3];
    let first = numbers.as_mut_ptr();
    for _ in 0..2 {
        thread::scope(|s| {
            for place in 0..3 {
                let at = Address(unsafe { first.add(place) });
                s.spawn(move || unsafe { *at.get() += 1 });
            }
        });
        unsafe { *first += 1 };
    }
    println!("{} {numbers:?}", n());
}

fn messages() {
    let (to, from) = mpsc::channel();
    let (back, again) = mpsc::sync_channel(0);
    let work = move || {
        for address in from {
            let address: Address<Vec<u32>> = address;
            unsafe { &mut *address.get() }.push(1);
            back.send(address).unwrap();
        }
        add();
    };
    let list = Box::into_raw(Box::new(Vec::new()));
    beside(work, || {
        for _ in 0..2 {
            to.send(Address(list)).unwrap();
            let address = again.recv().unwrap();
            unsafe { &mut *address.get() }.push(2);
        }
        drop(to);
        assert!(again.recv().is_err(), "its end is gone");
        add();
    });
    println!("{:?} {}", unsafe { Box::from_raw(list) }, n());
    let (to, from) = mpsc::sync_channel::<()>(0);
    let takes = move || {
        add();
        from.recv().unwrap();
    };
    beside(takes, || {
        to.send(()).unwrap();
        add();
    });
    let (to, from) = mpsc::channel();
    let sends = move || {
        add();
        to.send(()).unwrap();
    };
    beside(sends, || {
        waits_until(|| from.try_recv().is_ok());
        add();
    });
}

fn once() {
    static ONCE: Once = Once::new();
    static CELL: OnceLock<u32> = OnceLock::new();
    static LAZY: LazyLock<u32> = LazyLock::new(|| {
        add();
        n()
    });
    let all = || {
        ONCE.call_once(add);
        let a = n();
        let b = *CELL.get_or_init(n);
        println!("{a} {b}");
    };
    beside(all, all);
    beside(|| assert!(*LAZY > 0), || assert!(*LAZY > 0));
    static SET: OnceLock<u32> = OnceLock::new();
    let sets = || {
        add();
        SET.set(1).unwrap();
    };
    beside(sets, || {
        waits_until(|| SET.get().is_some());
        add();
    });
}

fn meetings() {
    let slots = Box::into_raw(Box::new([0_u32; 3]));
    let barrier = Arc::new(Barrier::new(3));
    let workers: Vec<_> = (0..3)
        .map(|number| {
            let (barrier, slots) = (Arc::clone(&barrier), Address(slots));
            thread::spawn(move || {
                unsafe { (*slots.get())[number] = 1 };
                barrier.wait();
                let sum: u32 = unsafe { *slots.get() }.iter().sum();
                barrier.wait();
                unsafe { (*slots.get())[(number + 1) % 3] = sum };
            })
        })
        .collect();
    workers.into_iter().for_each(|it| it.join().unwrap());
    println!("{:?}", unsafe { *slots });
    let me = thread::current();
    static DONE: AtomicU32 = AtomicU32::new(0);
    let unparks = move || {
        add();
        DONE.store(1, Ordering::Release);
        me.unpark();
    };
    // Who parks may go on for no reason.
    beside(unparks, || {
        while DONE.load(Ordering::Acquire) == 0 {
            thread::park();
        }
        add();
    });
}

fn atomics() {
    static NOTE: AtomicPtr<String> = AtomicPtr::new(ptr::null_mut());
    static STEP: AtomicU32 = AtomicU32::new(0);
    let publishes = || {
        NOTE.store(
            Box::into_raw(Box::new("ready".to_owned())),
            Ordering::Release,
        );
    };
    beside(publishes, || {
        waits_until(|| !NOTE.load(Ordering::Acquire).is_null());
        println!("{}", unsafe { Box::from_raw(NOTE.load(Ordering::Relaxed)) });
    });
    let fences = || {
        add();
        std::sync::atomic::fence(Ordering::Release);
        STEP.store(1, Ordering::Relaxed);
    };
    beside(fences, || {
        waits_until(|| STEP.load(Ordering::Relaxed) == 1);
        std::sync::atomic::fence(Ordering::Acquire);
        add();
    });
    counts();
}

/// The last one that drops an `Arc` drops what is in it, after all that the others did.
fn counts() {
    struct Node(u64, *mut u32);
    unsafe impl Send for Node {}
    unsafe impl Sync for Node {}
    impl Drop for Node {
        fn drop(&mut self) {
            self.0 = 0;
            unsafe { *self.1 += 1 };
        }
    }
    let drops = Box::into_raw(Box::new(0));
    let node = Arc::new(Node(4, drops));
    let workers: Vec<_> = (0..2)
        .map(|_| {
            let node = Arc::clone(&node);
            thread::spawn(move || unsafe { (&raw const node.0).read() })
        })
        .collect();
    drop(node);
    workers
        .into_iter()
        .for_each(|it| assert_eq!(it.join().unwrap(), 4));
    println!("{}", unsafe { Box::from_raw(drops) });
}

/// Atomics that are used as none where nobody else can, beside what is no atomic in the same word.
fn plainly() {
    struct Shared {
        users: AtomicU32,
        value: AtomicU16,
        plain: u8,
    }
    let shared = Box::into_raw(Box::new(Shared {
        users: AtomicU32::new(2),
        value: AtomicU16::new(0),
        plain: 0,
    }));
    unsafe { *(*shared).value.as_ptr() = 5 };
    let address = shared.expose_provenance();
    let done = move || {
        let shared = ptr::with_exposed_provenance_mut::<Shared>(address);
        let is_last = unsafe {
            (*shared).value.fetch_add(1, Ordering::Relaxed);
            (*shared).users.fetch_sub(1, Ordering::Release) == 1
        };
        if is_last {
            std::sync::atomic::fence(Ordering::Acquire);
            let mut shared = unsafe { Box::from_raw(shared) };
            shared.plain += 1;
            println!("{} {}", shared.value.get_mut(), shared.plain);
        }
    };
    beside(done, done);
    let turn = &AtomicBool::new(false);
    let note = &AtomicU32::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            unsafe { *note.as_ptr() = 3 };
            turn.store(true, Ordering::Release);
        });
        waits_until(|| turn.load(Ordering::Acquire));
        note.store(unsafe { *note.as_ptr() } + 1, Ordering::Relaxed);
    });
    println!("{}", unsafe { *note.as_ptr() });
}

/// The same with those of core.
fn core_atomics() {
    use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering, fence};
    static NOTE: AtomicPtr<String> = AtomicPtr::new(ptr::null_mut());
    static READY: AtomicBool = AtomicBool::new(false);
    let publishes = || {
        NOTE.store(
            Box::into_raw(Box::new("ready".to_owned())),
            Ordering::Release,
        );
    };
    beside(publishes, || {
        waits_until(|| !NOTE.load(Ordering::Acquire).is_null());
        println!("{}", unsafe { Box::from_raw(NOTE.load(Ordering::Relaxed)) });
    });
    let fences = || {
        add();
        fence(Ordering::Release);
        READY.store(true, Ordering::Relaxed);
    };
    beside(fences, || {
        waits_until(|| READY.load(Ordering::Relaxed));
        // Whichever of the two fences it is.
        std::sync::atomic::fence(Ordering::Acquire);
        add();
    });
    struct Spin(AtomicBool, UnsafeCell<Vec<u32>>);
    unsafe impl Sync for Spin {}
    static SPIN: Spin = Spin(AtomicBool::new(false), UnsafeCell::new(Vec::new()));
    let pushes = || {
        for number in 0..3 {
            waits_until(|| {
                let taken =
                    SPIN.0
                        .compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed);
                taken.is_ok()
            });
            unsafe { &mut *SPIN.1.get() }.push(number);
            SPIN.0.store(false, Ordering::Release);
        }
    };
    beside(pushes, pushes);
    println!("{}", unsafe { &*SPIN.1.get() }.len());
}

/// Waits by asking, and lets nobody go on.
fn spinning() {
    use core::sync::atomic::{AtomicBool, Ordering};
    static READY: AtomicBool = AtomicBool::new(false);
    static TAKEN: AtomicBool = AtomicBool::new(false);
    let readies = || {
        add();
        READY.store(true, Ordering::Release);
    };
    beside(readies, || {
        while !READY.load(Ordering::Acquire) {
            core::hint::spin_loop();
        }
        add();
    });
    let takes = || {
        while TAKEN.swap(true, Ordering::Acquire) {}
        add();
        thread::yield_now();
        add();
        TAKEN.store(false, Ordering::Release);
    };
    beside(takes, takes);
    println!("{}", n());
}

/// The same memory again, for something else: stacks of threads, what the allocator gives out.
fn used_again() {
    fn deep(n: u64) -> u64 {
        let numbers = [n; 32];
        if n == 0 {
            numbers[3]
        } else {
            numbers[5] + deep(n - 1)
        }
    }
    for round in 0..4_u64 {
        let mut local = round;
        let at = Address(&raw mut local);
        let (to, from) = mpsc::channel();
        thread::spawn(move || {
            unsafe { *at.get() += deep(10) };
            let list = vec![round; 50];
            to.send(Box::new(list[7])).unwrap();
        });
        let got = from.recv().unwrap();
        let list: Vec<u64> = (0..50).collect();
        println!("{local} {got} {}", list[49]);
    }
    let threads: Vec<_> = (0..4_u64)
        .map(|number| {
            thread::spawn(move || {
                let list = vec![number; 64];
                unsafe { list.as_ptr().add(3).read() }
            })
        })
        .collect();
    let sum: u64 = threads.into_iter().map(|it| it.join().unwrap()).sum();
    println!("{sum}");
}

/// Each process has its own.
fn processes() {
    let value = mp::Value::new(0_u32);
    let start = || {
        mp::Process::new(|| {
            add();
            value.lock().update(|it| it + n());
        })
        .start()
        .unwrap()
    };
    let children = [start(), start()];
    add();
    for child in children {
        child.join();
    }
    println!("{} {}", value.get(), n());
}

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("locks") => locks(),
        Some("ends") => ends(),
        Some("messages") => messages(),
        Some("once") => once(),
        Some("meetings") => meetings(),
        Some("atomics") => atomics(),
        Some("plainly") => plainly(),
        Some("core_atomics") => core_atomics(),
        Some("spinning") => spinning(),
        Some("used_again") => used_again(),
        Some("processes") => processes(),
        other => panic!("no such kind: {other:?}"),
    }
}
