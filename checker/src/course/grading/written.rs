//! Times as platforms and spreadsheets write them for people: `Friday, 1 May 2026, 8:15 PM` (Moodle),
//! `May 1, 2026 8:15:00 PM` (Blackboard), `2026-05-01 20:15:00 UTC` (Canvas), `01.05.2026 20:15`.

use toml::value::{Date, Datetime, Offset, Time};

/// How the names of the months begin, in the languages whose names are told apart by that.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "ene", "gen"],
    &["feb", "fév", "fev"],
    &["mar", "mär", "mrz", "maa"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mag", "mei"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aoû", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "ott", "out"],
    &["nov"],
    &["dec", "dez", "déc", "dic"],
];

/// A part of the text: digits, letters, or another character.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    Number(u32, usize),
    Word(String),
    Sign(char),
}

/// The time that is written; `None` if it is none, or could be several.
pub fn datetime(text: &str) -> Option<Datetime> {
    let parts = parts(text)?;
    let colon = parts.iter().position(|it| *it == Part::Sign(':'))?;
    let (before, after) = parts.split_at(colon.checked_sub(1)?);
    let date = date(before)?;
    let (time, offset) = time(after)?;
    let offset = offset.map(|minutes| Offset::Custom { minutes });
    Some(Datetime {
        date: Some(date),
        time: Some(time),
        offset,
    })
}

fn parts(text: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let is = |c: char| match first.is_ascii_digit() {
            true => c.is_ascii_digit(),
            false => c.is_alphabetic(),
        };
        let end = rest.find(|c| !is(c)).unwrap_or(rest.len());
        let end = end.max(first.len_utf8());
        let (part, more) = rest.split_at(end);
        rest = more;
        match first {
            _ if first.is_ascii_digit() => parts.push(Part::Number(part.parse().ok()?, part.len())),
            _ if first.is_alphabetic() => parts.push(Part::Word(part.to_lowercase())),
            _ if first.is_whitespace() || first == ',' => {}
            sign => parts.push(Part::Sign(sign)),
        }
    }
    Some(parts)
}

/// The date in what stands before the time. Words that are no month are weekdays, or `de`.
fn date(parts: &[Part]) -> Option<Date> {
    let mut words = parts.iter().filter_map(|it| match it {
        Part::Word(word) => month(word),
        _ => None,
    });
    let numbers = parts.iter().filter_map(|it| match it {
        Part::Number(number, digits) => Some((*number, *digits)),
        _ => None,
    });
    let numbers: Vec<(u32, usize)> = numbers.collect();
    let dotted = parts.contains(&Part::Sign('.'));
    let (year, month, day) = match (words.next(), numbers.as_slice()) {
        (Some(month), [(day, 1 | 2), (year, 4)] | [(year, 4), (day, 1 | 2)]) => {
            (*year, month, *day)
        }
        (None, [(year, 4), (month, _), (day, _)]) => (*year, *month, *day),
        (None, [(day, _), (month, _), (year, 4)]) if dotted => (*year, *month, *day),
        // The day first, or the month: only one of them can be.
        (None, [(day, _), (month, _), (year, 4)]) if *day > 12 => (*year, *month, *day),
        (None, [(month, _), (day, _), (year, 4)]) if *day > 12 || day == month => {
            (*year, *month, *day)
        }
        _ => return None,
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=longest).contains(&day).then_some(())?;
    Some(Date {
        year: u16::try_from(year).ok()?,
        month: u8::try_from(month).ok()?,
        day: u8::try_from(day).ok()?,
    })
}

fn month(word: &str) -> Option<u32> {
    let begins = |names: &&[&str]| names.iter().any(|it| word.starts_with(it));
    // `mar` begins weekdays, too: mardi, martes, martedì.
    let weekday = ["mardi", "marte"].iter().any(|it| word.starts_with(it));
    let months = (1..).zip(&MONTHS).filter(|(_, names)| begins(names));
    months.map(|(number, _)| number).next().filter(|_| !weekday)
}

/// The time, and minutes of an offset if there is one.
fn time(parts: &[Part]) -> Option<(Time, Option<i16>)> {
    use Part::{Number, Sign, Word};
    let (mut hour, minute, mut rest) = match parts {
        [Number(hour, _), Sign(':'), Number(minute, 2), rest @ ..] => (*hour, *minute, rest),
        _ => return None,
    };
    let mut second = 0;
    if let [Sign(':'), Number(it, 2), more @ ..] = rest {
        (second, rest) = (*it, more);
    }
    if let [Sign('.'), Number(..), more @ ..] = rest {
        rest = more;
    }
    let half = match rest {
        [Word(m), more @ ..] if m == "am" || m == "pm" => Some((m.starts_with('p'), more)),
        [Word(a), Sign('.'), Word(m), Sign('.'), more @ ..]
            if m == "m" && (a == "a" || a == "p") =>
        {
            Some((a == "p", more))
        }
        _ => None,
    };
    if let Some((afternoon, more)) = half {
        (1..=12).contains(&hour).then_some(())?;
        hour = hour % 12 + if afternoon { 12 } else { 0 };
        rest = more;
    }
    if let [Word(word), more @ ..] = rest
        && (word == "uhr" || word == "h")
    {
        rest = more;
    }
    let offset = match rest {
        [] => None,
        [Word(zone)] if zone == "utc" || zone == "gmt" || zone == "z" => Some(0),
        more => Some(offset(more)?),
    };
    (hour < 24 && minute < 60 && second < 60).then_some(())?;
    let of = |number: u32| u8::try_from(number).ok();
    let time = Time {
        hour: of(hour)?,
        minute: of(minute)?,
        second: Some(of(second)?),
        nanosecond: None,
    };
    Some((time, offset))
}

/// `+0200`, `+02:00`, `UTC+2`.
fn offset(parts: &[Part]) -> Option<i16> {
    use Part::{Number, Sign, Word};
    let parts = match parts {
        [Word(zone), more @ ..] if zone == "utc" || zone == "gmt" => more,
        all => all,
    };
    let (sign, hours, minutes) = match parts {
        [Sign(sign), Number(both, 4)] => (sign, both / 100, both % 100),
        [Sign(sign), Number(hours, 1 | 2)] => (sign, *hours, 0),
        [Sign(sign), Number(hours, 2), Sign(':'), Number(minutes, 2)] => (sign, *hours, *minutes),
        _ => return None,
    };
    let minutes = i16::try_from(hours * 60 + minutes).ok()?;
    match sign {
        '+' => Some(minutes),
        '-' | '−' => Some(-minutes),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::datetime;

    #[test]
    fn times_are_read_as_platforms_and_spreadsheets_write_them() {
        for (text, expected) in [
            ("Friday, 1 May 2026, 8:15 PM", "2026-05-01T20:15:00"),
            ("Saturday, 2 May 2026, 12:10 AM", "2026-05-02T00:10:00"),
            ("Friday, 1 May 2026, 20:15", "2026-05-01T20:15:00"),
            ("Freitag, 1. Mai 2026, 20:15 Uhr", "2026-05-01T20:15:00"),
            ("mardi 3 mars 2026, 20:15", "2026-03-03T20:15:00"),
            ("viernes, 1 de mayo de 2026, 20:15", "2026-05-01T20:15:00"),
            ("May 1, 2026 8:15:07 p.m.", "2026-05-01T20:15:07"),
            ("2026-05-01 20:15:00 UTC", "2026-05-01T20:15:00+00:00"),
            ("2026-05-01 20:15:00 +0200", "2026-05-01T20:15:00+02:00"),
            ("2026-05-01 20:15", "2026-05-01T20:15:00"),
            ("01.05.2026 10:00", "2026-05-01T10:00:00"),
            ("5/13/2026 8:15 PM", "2026-05-13T20:15:00"),
            ("13/5/2026 8:15", "2026-05-13T08:15:00"),
        ] {
            let read = datetime(text).map(|it| it.to_string());
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_may_be_two_times_or_none_is_none() {
        for text in [
            "5/1/2026 8:15 PM",
            "1 May 2026",
            "30 February 2026, 8:15",
            "1 May 2026, 20:15 EDT",
            "1 May 2026, 25:15",
            "13 PM",
            "yesterday at 8:15",
        ] {
            assert_eq!(datetime(text), None, "{text}");
        }
    }
}
