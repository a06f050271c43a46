//! Moments: when something is due, and when it was handed in.

use serde::{Deserialize, Serialize};
use toml::value::{Datetime, Offset};

use super::written;

/// Minutes of an offset from UTC.
pub type Zone = i16;

/// A moment, in seconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment(pub i64);

/// The moment that is written, and its zone if it has one; without a zone it is in the given one.
pub fn moment(written: &Datetime, zone: Option<Zone>) -> Option<(Moment, Zone)> {
    let date = written.date?;
    let time = written.time?;
    let offset = match written.offset {
        Some(Offset::Z) => Some(0),
        Some(Offset::Custom { minutes }) => Some(minutes),
        None => zone,
    }?;
    let days = days(date.year.into(), date.month.into(), date.day.into());
    let second = time.second.unwrap_or(0);
    let minutes = i64::from(time.hour) * 60 + i64::from(time.minute) - i64::from(offset);
    Some((
        Moment(days * 86_400 + minutes * 60 + i64::from(second)),
        offset,
    ))
}

/// The moment that a text of a table tells: `2026-05-01T23:59:00+02:00`, or as platforms and
/// spreadsheets write it. Where it could be several moments it is none.
pub fn read(text: &str, zone: Zone) -> Option<Moment> {
    let written = text
        .trim()
        .parse()
        .ok()
        .or_else(|| written::datetime(text))?;
    Some(moment(&written, Some(zone))?.0)
}

/// The time that Blackboard writes behind `_attempt_` in the name of a file.
pub fn of_name(name: &str, zone: Zone) -> Option<Moment> {
    let (_, time) = name.rsplit_once("_attempt_")?;
    let parts: Vec<&str> = time.split('-').collect();
    let [year, month, day, hour, minute, second] = parts[..] else {
        return None;
    };
    read(
        &format!("{year}-{month}-{day}T{hour}:{minute}:{second}"),
        zone,
    )
}

/// Days since 1970 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
/// `days_from_civil`).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_the_calendar() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T12:00:00Z", 951_825_600),
            ("2026-05-01T23:59:00+02:00", 1_777_672_740),
            ("2026-05-01 21:59:00", 1_777_672_740),
        ] {
            assert_eq!(read(text, 0), Some(Moment(seconds)), "{text}");
        }
        assert_eq!(
            read("2026-05-01 23:59:00", 120),
            Some(Moment(1_777_672_740))
        );
        assert_eq!(read("yesterday", 0), None);
        let moodle = read("Friday, 1 May 2026, 11:59 PM", 120);
        assert_eq!(moodle, Some(Moment(1_777_672_740)));
        let name = "Sheet 5_ada_attempt_2026-05-01-23-59-00";
        assert_eq!(of_name(name, 120), Some(Moment(1_777_672_740)));
        assert_eq!(of_name("ada", 0), None);
    }
}
