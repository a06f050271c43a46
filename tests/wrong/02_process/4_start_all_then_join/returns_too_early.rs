//! verdict: wrong_output, cause: unjoined
//!
//! The glazing is started, and nobody waits for it.

use std::io;

use mp::{Process, Value};

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    let mut ovens = Vec::new();
    for (tray, &time) in tenths.iter().enumerate() {
        ovens.push(Process::new(move || bake(tray, time, baked)).start()?);
    }
    for oven in &ovens {
        oven.join();
    }
    for tray in 0..tenths.len() {
        Process::new(move || glaze(tray, baked, glazed)).start()?;
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
