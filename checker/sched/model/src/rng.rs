//! SplitMix64: the one source of chance, small enough to replay for ever.
//!
//! Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
//! Kept here instead of taken from a library because printed seeds must give the same schedules
//! in every later version.

/// The generator. All states are valid, so it may live in shared memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct SplitMix64 {
    state: u64,
}

const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl SplitMix64 {
    /// The generator that starts at `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// A generator of its own for each pair, so that neighbouring numbers give unrelated streams.
    #[must_use]
    pub fn for_stream(seed: u64, stream: u64) -> Self {
        Self::new(mix(seed.wrapping_add(GAMMA)) ^ mix(stream.wrapping_mul(GAMMA).wrapping_add(1)))
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GAMMA);
        mix(self.state)
    }

    /// A number below `bound` (0 for a bound of 0), by Lemire's multiplication; the bias is below
    /// `bound / 2^64`.
    pub fn below(&mut self, bound: u64) -> u64 {
        let wide = u128::from(self.next_u64()) * u128::from(bound);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// True once in `n` on average.
    pub fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::SplitMix64;
    use rand_xoshiro::rand_core::{RngCore, SeedableRng};

    #[test]
    fn published_vectors_of_seed_1234567_come_out() {
        let mut rng = SplitMix64::new(1_234_567);
        let got: Vec<u64> = (0..5).map(|_| rng.next_u64()).collect();
        assert_eq!(
            got,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821
            ]
        );
    }

    #[test]
    fn agrees_with_rand_xoshiro_for_many_seeds() {
        for seed in (0..1000_u64).map(|i| i.wrapping_mul(0x1234_5678_9ABC_DEF1)) {
            let mut ours = SplitMix64::new(seed);
            let mut theirs = rand_xoshiro::SplitMix64::from_seed(seed.to_le_bytes());
            for _ in 0..20 {
                assert_eq!(ours.next_u64(), theirs.next_u64());
            }
        }
    }

    #[test]
    fn below_stays_below_and_reaches_every_value() {
        let mut rng = SplitMix64::new(7);
        let mut seen = [0_u32; 5];
        for _ in 0..1000 {
            seen[usize::try_from(rng.below(5)).expect("below 5")] += 1;
        }
        assert!(seen.iter().all(|&n| n > 120), "{seen:?}");
        assert_eq!(rng.below(0), 0);
    }

    #[test]
    fn neighbouring_streams_differ() {
        let mut a = SplitMix64::for_stream(0, 1);
        let mut b = SplitMix64::for_stream(0, 2);
        assert_ne!(a.next_u64(), b.next_u64());
    }
}
