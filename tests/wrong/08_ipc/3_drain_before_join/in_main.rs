//! verdict: wrong_output
//!
//! A cheat: main writes all reports itself.

use std::io;

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let mut all = Vec::new();
    for clerk in 1..=clerks {
        all.extend((1..=pages).map(|page| write(clerk, page)));
    }
    Ok(all)
}
