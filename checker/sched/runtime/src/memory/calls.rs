//! Numbers for the calls that lead to accesses: the same calls have the same number.

use sched_model::limits::MAX_CALLS;

/// Different calls that are told apart; of further ones nothing is known.
const KEPT: usize = 1 << 14;

/// What is added to an address to make the number of a call of which nothing else is known.
const ALONE: u32 = 1 << 31;

/// The number of a call without those that led to it.
pub fn alone(pc: usize) -> Option<u32> {
    let pc = u32::try_from(pc).ok().filter(|&pc| pc < ALONE)?;
    Some(ALONE | pc)
}

/// The call, if a number stands for one alone.
pub fn only(number: u32) -> Option<u32> {
    (number & ALONE != 0).then_some(number & !ALONE)
}

/// A table of calls by their hash: the addresses that they return to, innermost first, 0 behind the
/// last. All zeroes is an empty one. The first place stands for what is not known.
#[repr(C)]
pub struct Calls {
    kept: [[u32; MAX_CALLS]; KEPT],
    count: u32,
}

impl Calls {
    /// The number of these calls; 0 where there is no room for them.
    pub fn number(&mut self, calls: &[u32]) -> u32 {
        if calls.is_empty() {
            return 0;
        }
        let stir = |hash: u64, &call: &u32| {
            (hash ^ u64::from(call))
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .rotate_left(29)
        };
        let hash = calls.iter().fold(1, stir) >> 32;
        let mut place = usize::try_from(hash).unwrap_or(0) % KEPT;
        loop {
            let kept = &mut self.kept[place];
            if place != 0 && kept[0] == 0 {
                // A full table would be looked through from end to end.
                if self.count as usize >= KEPT / 2 {
                    return 0;
                }
                self.count += 1;
                kept[..calls.len()].copy_from_slice(calls);
            }
            let rest = kept.get(calls.len()).copied().unwrap_or(0);
            if place != 0 && kept[..calls.len()] == *calls && rest == 0 {
                return u32::try_from(place).unwrap_or(0);
            }
            place = (place + 1) % KEPT;
        }
    }

    /// The calls with a number.
    pub fn get(&self, number: u32) -> &[u32] {
        self.kept.get(number as usize).map_or(&[], |it| it)
    }
}
