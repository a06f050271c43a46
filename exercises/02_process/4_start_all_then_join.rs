//! Start all, then join.
//!
//! `join` waits for one process. Where it stands in the program decides what may happen beside
//! what: whoever starts and joins in the same loop has many processes, and one at work.
//!
//! The task: the shop makes as many trays as there are arguments. `bake(tray, ..)` takes as many
//! tenths of a second as the tray's argument says, `glaze(tray, ..)` takes half a second. Write
//! `make`: each tray is baked, and later glazed, each time in a process of its own. All trays are
//! in the oven at the same time, and all are glazed at the same time. But the glaze is mixed only
//! once: nothing may be glazed before *all* trays are baked. Return when all are glazed. Nobody
//! asks again and again.
//!
//! Trays that take 0.7, 0.9 and 0.8 seconds are then done after 0.9 + 0.5 = 1.4 seconds.
//!
//! Why it matters: a `join` too early costs the time that the processes were made to save. A
//! `join` too late, or none, is a race.
//!
//! Try it by hand:  `time course run 02_process/4_start_all_then_join 7 9 8`
//! Check it:        `course check 02_process/4_start_all_then_join`

use std::io;

use mp::{Process, Value};

/// Bakes all trays together, then glazes all together. `tenths` has the time of each tray, which
/// are numbered from 0; `baked` and `glazed` are counted up by `bake` and `glaze`.
fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    // TODO: `bake(tray, tenths[tray], baked)` for each tray, then `glaze(tray, baked, glazed)`.
    todo!()
}

// ---- given: edits below this line are ignored ----

/// Bakes a tray, which takes some tenths of a second.
fn bake(tray: usize, tenths: u64, baked: &mp::Value<u32>) {
    let _inside = mp::section("bake");
    std::thread::sleep(std::time::Duration::from_millis(100 * tenths));
    baked.lock().update(|trays| trays + 1);
    println!("tray {tray} is baked");
}

/// Glazes a tray, which takes half a second.
fn glaze(tray: usize, baked: &mp::Value<u32>, glazed: &mp::Value<u32>) {
    let _inside = mp::section("glaze");
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
    let baked = mp::Value::named("baked", 0_u32);
    let glazed = mp::Value::named("glazed", 0_u32);
    make(&tenths, &baked, &glazed)?;
    println!("{} of {} trays are glazed", glazed.get(), tenths.len());
    Ok(())
}
