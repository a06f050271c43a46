//! verdict: wrong_output
//!
//! Tries with the first tray whether there may be children, also where there is no tray.

use std::io;

use mp::{Process, Value};

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    match Process::new(|| wash_up(1, clean)).start() {
        Ok(first) => {
            let mut helpers = vec![first];
            for tray in 2..=trays {
                helpers.push(Process::new(move || wash_up(tray, clean)).start()?);
            }
            helpers.iter().for_each(|helper| drop(helper.join()));
        }
        Err(error) => (1..=trays).for_each(|tray| by_hand(tray, &error, clean)),
    }
    Ok(())
}
