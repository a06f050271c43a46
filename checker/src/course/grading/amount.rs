//! Points as whole millionths, so that fractions of them are the same on every machine.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Of a point.
const UNIT: i64 = 1_000_000;
/// The decimals of a unit.
pub const MOST_DECIMALS: u32 = 6;

/// An amount of points, or a factor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(i64);

impl Amount {
    /// One point, or the factor that changes nothing.
    pub const ONE: Amount = Amount(UNIT);

    /// A number from a file; `None` if it is negative or larger than anybody needs.
    pub fn of(number: f64) -> Option<Amount> {
        let millionths = (number * UNIT as f64).round();
        (0.0..=1e15)
            .contains(&millionths)
            .then_some(Amount(millionths as i64))
    }

    /// So many whole points.
    pub fn whole(points: u32) -> Amount {
        Amount(i64::from(points) * UNIT)
    }

    /// The product, rounded to the nearest millionth.
    pub fn times(self, factor: Amount) -> Amount {
        self.share(factor.0, UNIT)
    }

    /// The so-manieth part of so many, rounded to the nearest millionth.
    pub fn share(self, part: i64, of: i64) -> Amount {
        let (product, of) = (i128::from(self.0) * i128::from(part), i128::from(of.max(1)));
        Amount(i64::try_from((2 * product + of) / (2 * of)).unwrap_or(i64::MAX))
    }

    /// This amount of a whole, on the scale of another whole.
    pub fn scaled(self, whole: Amount, to: Amount) -> Amount {
        self.share(to.0, whole.0)
    }

    /// Less this, but not less than nothing.
    pub fn less(self, other: Amount) -> Amount {
        Amount((self.0 - other.0).max(0))
    }

    /// Rounded to so many decimals, half a step up.
    pub fn rounded(self, decimals: u32) -> Amount {
        let step = 10_i64.pow(MOST_DECIMALS - decimals.min(MOST_DECIMALS));
        Amount((self.0 + step / 2) / step * step)
    }

    /// As it is written, without decimals that say nothing.
    pub fn shown(self) -> String {
        let (whole, rest) = (self.0 / UNIT, self.0 % UNIT);
        let text = format!("{whole}.{rest:06}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

impl std::iter::Sum for Amount {
    fn sum<I: Iterator<Item = Amount>>(all: I) -> Amount {
        Amount(all.fold(0, |sum, it| sum.saturating_add(it.0)))
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0 as f64 / UNIT as f64)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom(crate::message::grading::no_amount());
        Amount::of(number).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(number: f64) -> Amount {
        Amount::of(number).expect("an amount")
    }

    #[test]
    fn fractions_are_exact_and_rounded_half_up() {
        assert_eq!(Amount::whole(5).share(2, 4), of(2.5));
        assert_eq!(Amount::whole(1).share(1, 3).shown(), "0.333333");
        assert_eq!(of(0.1).times(of(3.0)).shown(), "0.3");
        assert_eq!(of(2.345).rounded(2).shown(), "2.35");
        assert_eq!(of(2.344_999).rounded(2).shown(), "2.34");
        assert_eq!(of(0.5).rounded(0).shown(), "1");
        assert_eq!(of(3.0).scaled(of(4.0), of(10.0)).shown(), "7.5");
        assert_eq!(of(1.0).less(of(2.0)).shown(), "0");
    }

    #[test]
    fn what_is_no_amount_is_none() {
        for wrong in [-1.0, f64::NAN, f64::INFINITY, 1e12] {
            assert_eq!(Amount::of(wrong), None, "{wrong}");
        }
        let read: Amount = serde_json::from_str("2.5").expect("an amount");
        assert_eq!(serde_json::to_string(&read).expect("JSON"), "2.5");
    }
}
