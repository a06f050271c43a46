//! The places of a program, as a run's sites tell them.

use std::sync::Arc;

use sched_model::engine::world::{NONE, World};
use sched_model::run::Site;
use sched_model::site::PART_OF;
use sched_model::site_record::SiteRecord;

use super::piece;

/// Lines of the program for calls that led somewhere: of each the innermost one, if there is any.
pub type LinesOf<'a> = &'a mut dyn FnMut(&[&[u32]]) -> Vec<Option<Site>>;

/// The sites of a program, decoded once and kept between runs.
#[derive(Default)]
pub struct Sites {
    known: Vec<Option<Site>>,
    /// How many were looked at for the calls that led there.
    seen: usize,
}

impl Sites {
    /// Finds out which lines of the program the new sites stand for that are not in its file. Whether
    /// there are any.
    pub fn look_up(&mut self, world: &mut World, lines: LinesOf) -> bool {
        let count = (world.site_count as usize).min(world.sites.len());
        let new = self.seen.min(count)..count;
        self.seen = count;
        let way = |site: &usize| world.sites[*site].way.checked_sub(1);
        let new: Vec<(usize, &[u32])> = new
            .filter_map(|site| Some((site, world.ways.get(way(&site)? as usize)?)))
            .map(|(site, calls)| (site, calls.split(|&call| call == 0).next().unwrap_or(&[])))
            .collect();
        if new.is_empty() {
            return false;
        }
        let calls: Vec<&[u32]> = new.iter().map(|(_, calls)| *calls).collect();
        let found = lines(&calls);
        let new: Vec<usize> = new.into_iter().map(|(site, _)| site).collect();
        self.known.resize(count.max(self.known.len()), None);
        for (site, line) in new.into_iter().zip(found) {
            if let Some(line) = &line {
                // What is done otherwise at a line is done there, too.
                let number = u32::try_from(site).unwrap_or(NONE);
                world.stands_for(number, line.line, line.column);
            }
            self.known[site] = line;
        }
        true
    }

    /// The site of this number, if it is told where that is.
    pub(super) fn get(&mut self, world: &World, site: u32) -> Option<Site> {
        let at = site as usize;
        let record = world.sites.get(at)?;
        if self.known.len() <= at {
            self.known.resize(at + 1, None);
        }
        if self.known[at].is_none() && record.key != 0 {
            // One of ours that no line led to stays what it is.
            let may_be_told = |it: &Site| record.way == SiteRecord::TOLD || it.is_ours();
            self.known[at] = told(world, at).filter(may_be_told);
        }
        self.known[at].clone()
    }
}

/// A site as its record tells it.
fn told(world: &World, site: usize) -> Option<Site> {
    let record = world.sites.get(site)?;
    let file = String::from_utf8_lossy(piece(&world.site_text, record.file()));
    Some(Site {
        file: Arc::from(file.strip_prefix(PART_OF).unwrap_or(&file)),
        line: record.line,
        column: record.column,
    })
}
