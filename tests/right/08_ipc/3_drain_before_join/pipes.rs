//! verdict: passed
//!
//! Another right answer: a pipe for each clerk, which is read to the end of the file.

use std::io;

use mp::Process;

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let mut started = Vec::new();
    for clerk in 1..=clerks {
        let (here, there) = mp::pipe()?;
        let work = move || {
            let written = (1..=pages).map(|page| write(clerk, page));
            written.for_each(|page| there.send(page).unwrap_or_default());
        };
        started.push((Process::new(work).start()?, here));
    }
    let mut all = Vec::new();
    for (clerk, here) in started {
        while let Ok(page) = here.recv() {
            all.push(page);
        }
        clerk.join();
    }
    Ok(all)
}
