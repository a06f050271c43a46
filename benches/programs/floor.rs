//! What the system itself costs, with nothing of ours: `floor fork ROUNDS CHILDREN` forks a main
//! that forks and awaits children; `floor threads ROUNDS THREADS` forks a main that starts and joins
//! threads; `floor futex ROUNDS` hands a word to and fro between two
//! processes. Prints nanoseconds a round. Compiled like checked programs, without their std.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

unsafe extern "C" {
    fn fork() -> i32;
    fn waitpid(pid: i32, status: *mut i32, options: i32) -> i32;
    fn _exit(code: i32) -> !;
    fn mmap(at: *mut u8, size: usize, access: i32, flags: i32, fd: i32, offset: i64) -> *mut u8;
    fn syscall(number: i64, ...) -> i64;
}

fn wait(pid: i32) {
    // SAFETY: no status is asked for.
    unsafe { waitpid(pid, std::ptr::null_mut(), 0) };
}

fn child(work: impl FnOnce()) -> i32 {
    // SAFETY: a single-threaded program.
    let pid = unsafe { fork() };
    if pid == 0 {
        work();
        // SAFETY: ends the child.
        unsafe { _exit(0) };
    }
    pid
}

fn forks(children: u32) {
    wait(child(|| {
        for _ in 0..children {
            child(|| {});
        }
        for _ in 0..children {
            wait(-1);
        }
    }));
}

fn threads(number: u32) {
    wait(child(|| {
        let threads: Vec<_> = (0..number).map(|_| std::thread::spawn(|| {})).collect();
        threads.into_iter().for_each(|thread| thread.join().expect("no panic"));
    }));
}

/// Waits until `word` is `mine`, then gives it to the other.
fn hand_over(word: &AtomicU32, mine: u32, rounds: u32) {
    #[cfg(target_arch = "x86_64")]
    const FUTEX: i64 = 202;
    #[cfg(target_arch = "aarch64")]
    const FUTEX: i64 = 98;
    let null = std::ptr::null::<u8>();
    for _ in 0..rounds {
        while word.load(Ordering::SeqCst) != mine {
            // SAFETY: FUTEX_WAIT on a valid word, without a timeout.
            unsafe { syscall(FUTEX, word.as_ptr(), 0, 1 - mine, null) };
        }
        word.store(1 - mine, Ordering::SeqCst);
        // SAFETY: FUTEX_WAKE on a valid word.
        unsafe { syscall(FUTEX, word.as_ptr(), 1, 1) };
    }
}

fn ping_pong(rounds: u32) {
    // SAFETY: a new shared anonymous mapping (PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS).
    let page = unsafe { mmap(std::ptr::null_mut(), 4096, 3, 0x21, -1, 0) };
    // SAFETY: aligned, zeroed, never unmapped.
    let word = unsafe { AtomicU32::from_ptr(page.cast()) };
    let other = child(|| hand_over(word, 1, rounds));
    hand_over(word, 0, rounds);
    wait(other);
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let number = |at: usize| args.get(at).and_then(|text| text.parse().ok()).unwrap_or(0_u32);
    let start = Instant::now();
    match args.get(1).map(String::as_str) {
        Some("fork") => (0..number(2)).for_each(|_| forks(number(3))),
        Some("threads") => (0..number(2)).for_each(|_| threads(number(3))),
        _ => ping_pong(number(2)),
    }
    println!("{}", start.elapsed().as_nanos() / u128::from(number(2).max(1)));
}
