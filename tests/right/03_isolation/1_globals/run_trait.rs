//! verdict: passed
//!
//! Another right answer: the branch is a type of its own.

use std::io;
use std::sync::atomic::Ordering::SeqCst;

use mp::{Process, Run};

struct Branch {
    name: String,
    sold: i32,
}

impl Run for Branch {
    fn run(&mut self) {
        for _ in 0..self.sold {
            STOCK.fetch_sub(1, SeqCst);
        }
        report(&self.name);
    }
}

fn open_branch(name: &str, sold: i32) -> io::Result<()> {
    let name = name.to_owned();
    Process::of(Branch { name, sold }).start()?.join();
    Ok(())
}

fn left_in_main(stock: i32, sold: i32) -> i32 {
    let left_in_branch = stock - sold;
    left_in_branch + sold
}
