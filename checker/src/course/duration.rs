//! Durations as people write them: a number and its unit.

use std::time::Duration;

use serde::Deserialize;
use serde::de::{Deserializer, Error};

use crate::message::course as message;

/// Reads one from a file.
pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse(&text)
        .map(Some)
        .ok_or_else(|| Error::custom(message::no_duration(&text)))
}

/// `1s`, `1.5s`, `200ms`, `2m`, `1h`, `7d`.
pub fn parse(text: &str) -> Option<Duration> {
    let unit = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(unit);
    let seconds = match unit {
        "ms" => 0.001,
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        "d" => 86_400.0,
        _ => return None,
    };
    let number: f64 = number.trim().parse().ok()?;
    // Whole nanoseconds, so that "0.1s" and "100ms" are the same.
    let nanoseconds = (number * seconds * 1e9).round();
    (nanoseconds.is_finite() && (0.0..1e18).contains(&nanoseconds))
        .then(|| Duration::from_nanos(nanoseconds as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_units() {
        assert_eq!(parse("200ms"), Some(Duration::from_millis(200)));
        assert_eq!(parse("0.1s"), parse("100ms"));
        assert_eq!(parse("2m"), Some(Duration::from_secs(120)));
        assert_eq!(parse("1h"), Some(Duration::from_secs(3600)));
        for wrong in ["", "1", "s", "-1s", "1 year", "nans", "infs"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
