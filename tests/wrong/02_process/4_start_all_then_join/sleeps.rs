//! verdict: wrong_order, cause: sleep_as_sync
//!
//! The time that baking takes is slept away: nothing says that all trays are baked by then.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::{Process, Value};

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    for (tray, &time) in tenths.iter().enumerate() {
        Process::new(move || bake(tray, time, baked)).start()?;
    }
    sleep(Duration::from_secs(1));
    let mut brushes = Vec::new();
    for tray in 0..tenths.len() {
        brushes.push(Process::new(move || glaze(tray, baked, glazed)).start()?);
    }
    for brush in &brushes {
        brush.join();
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----

/// Bakes a tray, which takes some tenths of a second.
fn bake(tray: usize, tenths: u64, baked: &mp::Value<u32>) {
    let _inside = mp::section("work");
    std::thread::sleep(std::time::Duration::from_millis(100 * tenths));
    baked.lock().update(|trays| trays + 1);
    println!("tray {tray} is baked");
}

/// Glazes a tray, which takes half a second.
fn glaze(tray: usize, baked: &mp::Value<u32>, glazed: &mp::Value<u32>) {
    let _inside = mp::section("work");
    let trays = baked.get();
    std::thread::sleep(std::time::Duration::from_millis(500));
    glazed.lock().update(|trays| trays + 1);
    println!("tray {tray} is glazed, with {trays} trays baked before");
}

fn main() -> std::io::Result<()> {
    let args = std::env::args().skip(1);
    let mut tenths: Vec<u64> = args.filter_map(|text| text.parse().ok()).collect();
    if tenths.is_empty() {
        tenths = vec![7, 9, 8];
    }
    let (baked, glazed) = (mp::Value::new(0_u32), mp::Value::new(0_u32));
    make(&tenths, &baked, &glazed)?;
    println!("{} of {} trays are glazed", glazed.get(), tenths.len());
    Ok(())
}
