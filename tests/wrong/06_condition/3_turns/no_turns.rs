//! verdict: wrong_output
//!
//! Two processes, and nothing between them.

use std::io;

use mp::Process;

fn open_shop(trays: u32) -> io::Result<()> {
    let baker = Process::new(|| (1..=trays).for_each(bake)).start()?;
    let seller = Process::new(|| (1..=trays).for_each(sell)).start()?;
    baker.join();
    seller.join();
    Ok(())
}
