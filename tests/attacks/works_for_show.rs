//! attack: all lines are printed by the given part's own function, side by side, and nothing is baked; exercise: 09_producer_consumer/2_many; expect: build_error, points: 0

use std::io;

use mp::Process;

/// Says that buns are baked or eaten, and that somebody goes home.
fn pretend(buns: &[u32], what: &str) {
    for bun in buns {
        work(100, &format!("bun {bun} is {what}"));
    }
}

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let of = |baker| (1..=shop.buns).map(move |number| 10 * baker + number);
    let all: Vec<u32> = (1..=bakers).flat_map(of).collect();
    let mut started = Vec::new();
    for baker in 1..=bakers {
        let own: Vec<u32> = of(baker).collect();
        started.push(Process::new(move || {
            pretend(&own, "baked");
            println!("a baker goes home");
        }).start()?);
    }
    for eater in 0..eaters {
        let own: Vec<u32> = all.iter().copied().skip(eater as usize).step_by(eaters as usize).collect();
        started.push(Process::new(move || {
            pretend(&own, "eaten");
            println!("an eater goes home");
        }).start()?);
    }
    started.iter().for_each(|it| drop(it.join()));
    shop.eaten.set(bakers * shop.buns);
    Ok(())
}

// ---- given: edits below this line are ignored ----
