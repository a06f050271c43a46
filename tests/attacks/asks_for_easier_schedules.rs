//! attack: a hole of the compiler lets safe code ask for the natural schedule only; exercise: 05_lock/1_two_lines; expect: inconclusive, points: 0
//! message: did not when it was run again

use std::{io, process};

use mp::Process;

fn worker(number: u32) {
    println!("{number}: {} is running", process::id());
    println!("{number}: {} is done", process::id());
}

fn open_shop(workers: u32) -> io::Result<()> {
    // Which strategy it is to be stands behind the seed and the number.
    hole::memory(@CONFIG@, 4)[3] = 0;
    let mut started = Vec::new();
    for number in 1..=workers {
        started.push(Process::new(move || worker(number)).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}

/// A known hole of the compiler (rust-lang/rust#25860): any reference lives for ever.
mod hole {
    static UNIT: &&() = &&();

    fn shorten<'a, 'b, T>(_: &'a &'b (), it: &'b mut T) -> &'a mut T {
        it
    }

    fn extend<'a, 'b, T>(it: &'a mut T) -> &'b mut T {
        let extend: for<'x> fn(_, &'x mut T) -> &'b mut T = shorten;
        extend(UNIT, it)
    }

    enum Either<A, B> {
        This(Option<Box<A>>),
        That(Option<Box<B>>),
    }

    fn swap<A, B>(either: &mut Either<A, B>, it: A) -> B {
        let Either::That(that) = either else { unreachable!() };
        let that = extend(that);
        *either = Either::This(Some(Box::new(it)));
        std::hint::black_box(&mut *either);
        *that.take().expect("is there")
    }

    /// Takes any value for one of another type.
    pub fn transmute<A, B>(it: A) -> B {
        swap(std::hint::black_box(&mut Either::That(None)), it)
    }

    /// Any memory.
    pub fn memory(start: usize, len: usize) -> &'static mut [u32] {
        transmute::<(usize, usize), _>((start, len))
    }
}

// ---- given: edits below this line are ignored ----
