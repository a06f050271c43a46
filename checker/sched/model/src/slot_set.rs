//! Sets of slots, as words of bits.

use crate::limits::{MAX_LIVE, NEAR_TASKS};

/// Words for all slots.
pub const WORDS: usize = MAX_LIVE / 64;
/// Words for the first ones.
pub const NEAR_WORDS: usize = NEAR_TASKS / 64;

const _: () = assert!(NEAR_TASKS == u128::BITS as usize && MAX_LIVE.is_multiple_of(64));

/// The two halves, the low one first.
#[inline]
#[must_use]
pub fn halves(bits: u128) -> [u64; 2] {
    [0, 64].map(|shift| u64::try_from(bits >> shift & u128::from(u64::MAX)).unwrap_or(0))
}

/// The numbers of the bits that are set in a number.
#[inline]
pub fn bits_of(bits: u128) -> impl Iterator<Item = u32> {
    let mut rest = bits;
    std::iter::from_fn(move || {
        let bit = rest.trailing_zeros();
        rest &= rest.wrapping_sub(1);
        (bit < u128::BITS).then_some(bit)
    })
}

/// The same of words.
pub fn bits(words: impl IntoIterator<Item = u64>) -> impl Iterator<Item = u32> {
    let numbered = (0_u32..).step_by(64).zip(words);
    numbered.flat_map(|(first, word)| bits_of(word.into()).map(move |bit| first + bit))
}

#[cfg(test)]
mod tests {
    use super::{bits, bits_of, halves};

    #[test]
    fn bits_come_in_order() {
        assert!(bits_of(0).next().is_none());
        assert!(bits_of(1 << 127 | 1 << 64 | 1).eq([0, 64, 127]));
        assert!(bits([1 << 5, 0, 1 << 63]).eq([5, 191]));
        assert!(bits(halves(1 << 127 | 1 << 64 | 3)).eq([0, 1, 64, 127]));
    }
}
