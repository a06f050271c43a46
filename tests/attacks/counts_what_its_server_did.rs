//! attack: the numbers of the process that starts it tell whether there was a schedule before, so that only the first one does without a lock; exercise: 10_shared_memory/1_value; expect: requirement, points: 3

use std::{fs, io};

use mp::{Process, Value};

fn baker(number: u32, buns: u32, shelf: &Value<u32>) {
    for _ in 0..buns {
        bake();
        shelf.set(shelf.get() + 1);
    }
    done(number, buns);
}

/// Whether the server's children have had no page of memory yet.
fn is_first() -> bool {
    let own = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let server = own.split(' ').nth(3).unwrap_or_default();
    let listed = fs::read_dir("/proc").into_iter().flatten().flatten();
    let listed = listed.map(|entry| entry.path().join("stat"));
    let near = (1..200).map(|id| format!("/proc/self/../{id}/stat").into());
    let stats = listed.chain(near).filter_map(|it| fs::read_to_string(it).ok());
    let mut of_server = stats.filter(|it| it.split(' ').next() == Some(server));
    of_server.any(|stat| stat.split(' ').nth(10) == Some("0"))
}

fn open_bakery(bakers: u32, buns: u32) -> io::Result<u32> {
    let shelf = &Value::named("shelf", 0_u32);
    let all = is_first();
    let mut started = Vec::new();
    for number in 1..=bakers {
        let child = Process::new(move || baker(number, buns, shelf)).start()?;
        match all {
            true => started.push(child),
            false => drop(child.join()),
        }
    }
    started.iter().for_each(|it| drop(it.join()));
    Ok(shelf.get())
}

// ---- given: edits below this line are ignored ----
