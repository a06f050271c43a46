//! verdict: wrong_output
//!
//! Main does it all alone, one clerk's work after the other's.

use std::io;

use mp::Dict;

fn clerk(kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    for kind in kinds {
        serve(kind);
        let before = sold.get(kind)?.unwrap_or(0);
        sold.insert(kind.clone(), before + 1)?;
    }
    Ok(())
}

fn open_shop(clerks: u32, kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    (0..clerks).try_for_each(|_| clerk(kinds, sold))
}
