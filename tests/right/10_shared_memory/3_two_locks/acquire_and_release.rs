//! verdict: passed
//!
//! The front door for both buns, with `acquire` and `release`.

use std::io;

use mp::Process;

fn baker(number: u32, shelf: &Shelf) {
    let put = || {
        bake();
        shelf.front.acquire();
        put_bun(shelf);
        shelf.front.release();
    };
    put();
    put();
    println!("baker {number} put 2 buns");
}

fn open_bakery(bakers: u32, shelf: &Shelf) -> io::Result<()> {
    let children = (1..=bakers).map(|number| Process::new(move || baker(number, shelf)).start());
    let children = children.collect::<io::Result<Vec<_>>>()?;
    children.iter().for_each(|child| {
        child.join();
    });
    Ok(())
}
