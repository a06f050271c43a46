//! verdict: passed
//!
//! Another right answer: the higher number first, acquired and released by hand.

use std::cmp::Ordering;

fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    let (first, second) = match from.cmp(&to) {
        Ordering::Less => (to, Some(from)),
        Ordering::Equal => (from, None),
        Ordering::Greater => (from, Some(to)),
    };
    tills[first].lock.acquire();
    if let Some(second) = second {
        tills[second].lock.acquire();
    }
    move_coins(&tills[from], &tills[to], coins);
    tills[first].lock.release();
    if let Some(second) = second {
        tills[second].lock.release();
    }
}
