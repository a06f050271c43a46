//! Who has found that nobody shares something any more: what happens before the function that found it
//! out returns, does so because of that.

use std::cell::Cell;

use crate::attached::Apart;
use crate::frames;
use crate::walk::{From, live_stack, walk};

/// A count that nobody shares any more: what happens before the function that found it out returns, does
/// so because of that.
#[derive(Clone, Copy)]
struct Ended {
    address: usize,
    from: From,
    /// What lies in the function's frame: its caller's frame, and where it returns to.
    frame: [usize; 2],
}

/// Counts that end one inside of another.
const DEPTH: usize = 4;

thread_local! {
    /// Whether there are any: points are passed far more often than counts end.
    static ANY: Cell<bool> = const { Cell::new(false) };
    static ENDED: Cell<[Option<Ended>; DEPTH]> = const { Cell::new([None; DEPTH]) };
}

/// A task has found that it was the last to share something.
pub(crate) fn found(address: usize, from: From) {
    let live = live_stack();
    let Some(frame) = frames::words_at(from.frame, &live) else {
        return;
    };
    let mut all = ENDED.get();
    // Functions whose frames lie below this one's have returned.
    for it in all.iter_mut() {
        *it = it.filter(|it| it.from.frame > from.frame);
    }
    all.rotate_right(1);
    all[0] = Some(Ended {
        address,
        from,
        frame,
    });
    ENDED.set(all);
    ANY.set(true);
}

/// This task is at a point. What happens there may do so because nobody shares something any more.
#[inline]
pub(crate) fn at_point(apart: &Apart) {
    if ANY.get() {
        look_at_ends(apart);
    }
}

#[cold]
fn look_at_ends(apart: &Apart) {
    ANY.set(false);
    let all = ENDED.replace([None; DEPTH]);
    let live = apart.live_stack();
    for it in all.into_iter().flatten() {
        let inside = frames::leads_through(apart.frame(), it.from.frame, &live)
            && frames::words_at(it.from.frame, &live) == Some(it.frame);
        let met = inside.then(|| {
            apart.with(|world, me| {
                let met = world.count_ended(me, it.address as u64)?;
                world.may_note_met().then_some(met)
            })
        });
        if let Some(Some(met)) = met {
            let calls = walk(it.from, &live);
            apart.with(|world, _| world.note_met(met, calls.as_slice()));
        }
    }
}
