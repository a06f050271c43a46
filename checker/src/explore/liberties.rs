//! Which schedules take liberties: such as were run without, and in which something was open.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use sched_host::Schedule;
use sched_model::engine::strategy::List;
use sched_model::liberty::{self, Manner};
use sched_model::run::{ObjectKind, Run, Site, What};

/// Schedules of each row of which it is kept what they left open.
const KEPT: u32 = 1000;
/// Of so many schedules one draws its liberties; the others take one each.
const DRAWS: usize = 3;

/// Of so many schedules that met at a line with two uses of a count, each of the two is late in one.
const LATE: usize = 4;

/// What schedules left open.
#[derive(Debug, Default)]
pub struct Open {
    /// The lines that leave something open, and to how many such places a run had come before.
    places: BTreeMap<Place, Vec<(Site, u32)>>,
    /// Whether a value may be older than the newest.
    weak: bool,
    /// By the line of the later one, two uses of a count that nothing orders.
    met: BTreeMap<Site, Vec<(Place, [u32; 2])>>,
}

/// A schedule of a row: its number, and the row.
type Place = (u32, usize);

impl Open {
    /// Notes what a run left open, if it is one that can be had again by its number.
    pub fn note(&mut self, row: usize, schedule: &Schedule, run: &Run) {
        let is_ordinary = schedule.strategy.follows() == List::Nothing
            && schedule.interventions.is_empty()
            && schedule.clock_drift == Duration::ZERO
            && schedule.number < KEPT;
        let place = (schedule.number, row);
        if is_ordinary && !run.open.is_empty() {
            self.weak |= run.open.iter().any(|(site, _)| is_weak(run, site));
            self.places.insert(place, run.open.clone());
        }
        for (site, uses) in run.met.iter().filter(|_| is_ordinary) {
            let met = self.met.entry(site.clone()).or_default();
            // Workers come in any order.
            met.push((place, *uses));
            met.sort_unstable();
            met.truncate(LATE);
        }
    }

    /// Whether a value may be older than the newest in some.
    pub fn is_weak(&self) -> bool {
        self.weak
    }

    /// Whether nothing was.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty() && self.met.is_empty()
    }

    /// The numbers of about so many schedules that take liberties, for each row. Lines of the program
    /// have their turn one after the other, each time with another schedule that came there.
    pub fn schedules(&self, rows: usize, count: usize) -> Vec<Vec<u32>> {
        let mut chosen: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); rows];
        let mut add = |row: usize, number: Option<u32>| {
            if let (Some(row), Some(number)) = (chosen.get_mut(row), number) {
                row.insert(number);
            }
        };
        let drawn = count / DRAWS;
        for (row, number) in self.of_lines().take(count - drawn) {
            add(row, number);
        }
        for (at, (&(base, row), _)) in (0..).zip(self.spread(drawn)) {
            add(row, liberty::number(base, Manner::Drawn(at)));
        }
        for (row, number) in self.late().take(count) {
            add(row, number);
        }
        chosen.into_iter().map(Vec::from_iter).collect()
    }

    /// Schedules in which a use of a count is late: at each line first the ones that met there first.
    fn late(&self) -> impl Iterator<Item = (usize, Option<u32>)> {
        (0..2 * LATE).flat_map(|round| {
            let met = self.met.values().filter_map(move |it| it.get(round / 2));
            met.map(move |((base, row), uses)| {
                let place = uses[round % 2];
                (*row, liberty::number(*base, Manner::Late { place }))
            })
        })
    }

    /// Schedules that take one liberty: the first that each came to at some line, then the next one.
    fn of_lines(&self) -> impl Iterator<Item = (usize, Option<u32>)> {
        let mut lines: BTreeMap<&Site, Vec<(Place, u32)>> = BTreeMap::new();
        for (place, open) in &self.places {
            for (site, first) in open {
                lines.entry(site).or_default().push((*place, *first));
            }
        }
        let rounds = if lines.is_empty() { 0..0 } else { 0..ROUNDS };
        rounds.flat_map(move |round: usize| {
            let of_round = lines.values().map(move |seen| {
                let (again, at) = (round / seen.len(), round % seen.len());
                let ((base, row), first) = seen[at];
                let manner = Manner::Once {
                    place: first + u32::try_from(again / 2).unwrap_or(0),
                    second: (at + again) % 2 == 1,
                };
                (row, liberty::number(base, manner))
            });
            of_round.collect::<Vec<_>>()
        })
    }

    /// So many of the schedules, from all of them.
    fn spread(&self, count: usize) -> impl Iterator<Item = (&Place, &Vec<(Site, u32)>)> {
        let step = (self.places.len() / count.max(1)).max(1);
        self.places.iter().step_by(step).take(count)
    }
}

/// Whether an atomic is loaded or stored here.
fn is_weak(run: &Run, site: &Site) -> bool {
    let mut here = run.events.iter().filter(|it| it.at.as_ref() == Some(site));
    here.any(|it| {
        let object = it.object.and_then(|it| run.objects.get(it));
        let is_atomic = object.is_some_and(|it| it.kind == ObjectKind::Atomic);
        is_atomic && matches!(it.what, What::Read(..) | What::Wrote(..))
    })
}

/// More turns than any line ever has.
const ROUNDS: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::Open;
    use sched_model::liberty::{Manner, parts};
    use sched_model::run::Site;

    fn site(line: u32) -> Site {
        Site {
            file: "a.rs".into(),
            line,
            column: 1,
        }
    }

    #[test]
    fn each_line_has_its_turn_with_schedules_that_came_there() {
        let mut open = Open::default();
        for number in 0..20 {
            open.places
                .insert((number, 0), vec![(site(3), 5), (site(9), 7)]);
        }
        open.places.insert((4, 1), vec![(site(12), 0)]);
        let rows = open.schedules(3, 30);
        assert_eq!(rows[2], [] as [u32; 0]);
        let parts: Vec<_> = rows[..2]
            .iter()
            .flatten()
            .filter_map(|it| parts(*it))
            .collect();
        let of = |place| {
            let at = move |it: &&(u32, Manner)| matches!(it.1, Manner::Once { place: other, .. } if other == place);
            parts.iter().filter(at).count()
        };
        assert!(
            (6..=8).contains(&of(5)) && (6..=8).contains(&of(7)),
            "{parts:?}"
        );
        assert!(of(0) >= 2, "both things that may happen: {parts:?}");
        let drawn = parts.iter().filter(|it| matches!(it.1, Manner::Drawn(_)));
        assert_eq!(drawn.count(), 10);
    }

    #[test]
    fn where_nothing_is_open_there_is_none() {
        assert_eq!(Open::default().schedules(2, 30), [[0; 0], [0; 0]]);
    }
}
