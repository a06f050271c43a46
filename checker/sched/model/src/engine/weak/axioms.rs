//! What RC11 allows, from its axioms alone: all executions of a small program are looked through. Nothing
//! here knows how the engine does it.
//!
//! Release sequences are those of C++20: of a store and the updates that are made of it.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering::{self, SeqCst};

use crate::engine::atomics::{acquires, releases};

/// What a thread does; places are small numbers, and no value is stored twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do {
    /// Loads from a place.
    Load(usize, Ordering),
    /// Stores a value.
    Store(usize, u64, Ordering),
    /// Puts a value in the place of another one, in one step.
    Swap(usize, u64, Ordering),
    /// Passes a fence.
    Fence(Ordering),
}

/// What each thread does, in order.
pub type Program = Vec<Vec<Do>>;
/// What was read, thread after thread, and then the last value of each place.
pub type Outcome = Vec<u64>;

/// Places that a program has.
pub const PLACES: usize = 3;

impl Do {
    fn order(self) -> Ordering {
        match self {
            Self::Load(_, order) | Self::Store(.., order) | Self::Swap(.., order) => order,
            Self::Fence(order) => order,
        }
    }

    fn place(self) -> Option<usize> {
        match self {
            Self::Load(place, _) | Self::Store(place, ..) | Self::Swap(place, ..) => Some(place),
            Self::Fence(_) => None,
        }
    }

    fn reads(self) -> bool {
        matches!(self, Self::Load(..) | Self::Swap(..))
    }

    fn stored(self) -> Option<u64> {
        match self {
            Self::Store(_, value, _) | Self::Swap(_, value, _) => Some(value),
            Self::Load(..) | Self::Fence(_) => None,
        }
    }
}

/// A relation between events: for each a bit for each that comes behind it.
#[derive(Clone, PartialEq)]
struct Rel(Vec<u64>);

impl Rel {
    fn of(count: usize, is_in: impl Fn(usize, usize) -> bool) -> Rel {
        let row = |a: usize| {
            let all = (0..count).filter(|&b| is_in(a, b));
            all.fold(0, |row, b| row | 1 << b)
        };
        Rel((0..count).map(row).collect())
    }

    fn has(&self, a: usize, b: usize) -> bool {
        self.0[a] >> b & 1 == 1
    }

    fn or(&self, other: &Rel) -> Rel {
        Rel(self.0.iter().zip(&other.0).map(|(a, b)| a | b).collect())
    }

    fn then(&self, other: &Rel) -> Rel {
        let row = |row: &u64| {
            let all = other.0.iter().enumerate();
            let all = all.filter(|(b, _)| row >> b & 1 == 1);
            all.fold(0, |to, (_, of)| to | of)
        };
        Rel(self.0.iter().map(row).collect())
    }

    fn maybe(&self) -> Rel {
        Rel(self
            .0
            .iter()
            .enumerate()
            .map(|(a, row)| row | 1 << a)
            .collect())
    }

    fn closed(&self) -> Rel {
        let mut all = self.clone();
        loop {
            let more = all.or(&all.then(&all));
            if more == all {
                return all;
            }
            all = more;
        }
    }

    fn only(&self, from: &dyn Fn(usize) -> bool, to: &dyn Fn(usize) -> bool) -> Rel {
        Rel::of(self.0.len(), |a, b| self.has(a, b) && from(a) && to(b))
    }

    fn is_cyclic(&self) -> bool {
        let closed = self.closed();
        (0..self.0.len()).any(|a| closed.has(a, a))
    }

    fn is_reflexive(&self) -> bool {
        (0..self.0.len()).any(|a| self.has(a, a))
    }
}

/// The events of a program: first the store of zero to each place, by no thread.
struct Events {
    all: Vec<(Option<usize>, Do)>,
}

impl Events {
    fn of(program: &Program) -> Events {
        let zero = |place| (None, Do::Store(place, 0, Ordering::Relaxed));
        let mut all: Vec<_> = (0..PLACES).map(zero).collect();
        for (thread, does) in program.iter().enumerate() {
            all.extend(does.iter().map(|it| (Some(thread), *it)));
        }
        Events { all }
    }

    fn len(&self) -> usize {
        self.all.len()
    }

    fn deed(&self, at: usize) -> Do {
        self.all[at].1
    }

    fn stores_to(&self, place: usize) -> Vec<usize> {
        let is_it = |&at: &usize| {
            let deed = self.deed(at);
            deed.place() == Some(place) && deed.stored().is_some()
        };
        (0..self.len()).filter(is_it).collect()
    }

    fn before(&self) -> Rel {
        Rel::of(self.len(), |a, b| {
            let (one, two) = (self.all[a].0, self.all[b].0);
            a < b && (one == two && one.is_some() || one.is_none() && two.is_some())
        })
    }
}

/// All orders of some things.
fn orders(of: &[usize]) -> Vec<Vec<usize>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (at, first) in of.iter().enumerate() {
        let mut rest = of.to_vec();
        rest.remove(at);
        for mut order in orders(&rest) {
            order.insert(0, *first);
            all.push(order);
        }
    }
    all
}

/// Each way to take one of each.
fn products<T: Clone>(of: &[Vec<T>]) -> Vec<Vec<T>> {
    let mut all = vec![Vec::new()];
    for choices in of {
        let with = |so_far: &Vec<T>| {
            let each = choices
                .iter()
                .map(|it| [&so_far[..], std::slice::from_ref(it)].concat());
            each.collect::<Vec<_>>()
        };
        all = all.iter().flat_map(with).collect();
    }
    all
}

/// All outcomes that RC11 allows.
pub fn outcomes(program: &Program) -> BTreeSet<Outcome> {
    let events = Events::of(program);
    let behind_zero = |place| {
        let stores = events.stores_to(place);
        let all = orders(&stores[1..]);
        let all = all.into_iter().map(|order| [&stores[..1], &order].concat());
        all.collect::<Vec<_>>()
    };
    let places: Vec<_> = (0..PLACES).map(behind_zero).collect();
    let reads: Vec<usize> = (0..events.len())
        .filter(|&at| events.deed(at).reads())
        .collect();
    let from = |read: &usize| {
        let place = events.deed(*read).place().expect("it reads");
        let mut all = events.stores_to(place);
        all.retain(|it| it != read);
        all
    };
    let sources: Vec<_> = reads.iter().map(from).collect();
    let mut found = BTreeSet::new();
    let orders = products(&places);
    for sources in products(&sources) {
        for order in &orders {
            let read_from: Vec<(usize, usize)> =
                sources.iter().copied().zip(reads.iter().copied()).collect();
            if is_allowed(&events, &read_from, order) {
                let value = |at: &usize| events.deed(*at).stored().unwrap_or(0);
                let last = order.iter().map(|it| value(&it[it.len() - 1]));
                found.insert(sources.iter().map(value).chain(last).collect());
            }
        }
    }
    found
}

fn is_allowed(events: &Events, read_from: &[(usize, usize)], order: &[Vec<usize>]) -> bool {
    let count = events.len();
    let rf = Rel::of(count, |a, b| read_from.contains(&(a, b)));
    let place_of = |at: usize| order.iter().flatten().position(|&it| it == at);
    let same = |a: usize, b: usize| {
        let place = events.deed(a).place();
        place.is_some() && place == events.deed(b).place()
    };
    let mo = Rel::of(count, |a, b| {
        same(a, b) && matches!((place_of(a), place_of(b)), (Some(a), Some(b)) if a < b)
    });
    let fr = Rel::of(count, |a, b| {
        a != b
            && read_from
                .iter()
                .any(|&(from, read)| read == a && mo.has(from, b))
    });
    let sb = events.before();
    let hb = sb.or(&synchronised(events, &sb, &rf)).closed();
    let eco = rf.or(&mo).or(&fr).closed();
    let is_update = |at: usize| matches!(events.deed(at), Do::Swap(..));
    let atomic = fr.then(&mo).only(&is_update, &is_update);
    // An update is one event here, which would hide that it reads what overwrites it.
    !hb.then(&eco.maybe()).is_reflexive()
        && !eco.is_reflexive()
        && !atomic.is_reflexive()
        && !sb.or(&rf).is_cyclic()
        && !total(events, [&sb, &hb, &mo, &fr, &eco]).is_cyclic()
}

/// Which events synchronise with which.
fn synchronised(events: &Events, sb: &Rel, rf: &Rel) -> Rel {
    let is_fence = |at: usize| matches!(events.deed(at), Do::Fence(_));
    let any = |_: usize| true;
    let is_update = |at: usize| matches!(events.deed(at), Do::Swap(..));
    let releases = |at: usize| releases(events.deed(at).order()) && events.all[at].0.is_some();
    let acquires = |at: usize| acquires(events.deed(at).order());
    let writes = |at: usize| events.deed(at).stored().is_some();
    let reads = |at: usize| events.deed(at).reads();
    // A release store heads its sequence; a fence that of each store behind it.
    let heads = |at: usize| releases(at) && writes(at);
    let head = Rel::of(events.len(), |a, b| a == b && heads(a));
    let head = head.or(&sb.only(&|a| is_fence(a) && releases(a), &writes));
    let sequence = rf.only(&any, &is_update).closed().maybe();
    let takes = Rel::of(events.len(), |a, b| a == b && reads(a) && acquires(a));
    let takes = takes.or(&sb.only(&reads, &|b| is_fence(b) && acquires(b)));
    head.then(&sequence).then(rf).then(&takes)
}

/// What the total order of all that is `SeqCst` must respect.
fn total(events: &Events, [sb, hb, mo, fr, eco]: [&Rel; 5]) -> Rel {
    let same = |a: usize, b: usize| {
        let place = events.deed(a).place();
        place.is_some() && place == events.deed(b).place()
    };
    let count = events.len();
    let is_sc = |at: usize| events.deed(at).order() == SeqCst;
    let is_fence = |at: usize| is_sc(at) && matches!(events.deed(at), Do::Fence(_));
    let is_access = |at: usize| is_sc(at) && !matches!(events.deed(at), Do::Fence(_));
    let elsewhere = Rel::of(count, |a, b| sb.has(a, b) && !same(a, b));
    let here = Rel::of(count, |a, b| hb.has(a, b) && same(a, b));
    let scb = sb
        .or(&elsewhere.then(hb).then(&elsewhere))
        .or(&here)
        .or(mo)
        .or(fr);
    let any = |_: usize| true;
    let from = Rel::of(count, |a, b| a == b && is_access(a));
    let from = from.or(&hb.maybe().only(&is_fence, &any));
    let to = Rel::of(count, |a, b| a == b && is_access(a));
    let to = to.or(&hb.maybe().only(&any, &is_fence));
    let base = from.then(&scb).then(&to);
    let fences = hb.or(&hb.then(eco).then(hb)).only(&is_fence, &is_fence);
    base.or(&fences)
}
