//! Places as a run knows them: each has a number, and one that is not in the program's file has one for
//! each way that leads there from lines of the program.

use crate::engine::world::{Here, NONE, SiteRecord, World};
use crate::limits::{MAX_CALLS, MAX_SITE_TEXT, MAX_SITES, SITE_SLOTS};
use crate::site::is_own;

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(NONE)
}

impl World {
    /// The site for a place; [`NONE`] when the table is full.
    #[inline]
    pub fn site(&mut self, here: Here<'_>) -> u32 {
        let hash = here.key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        let mut slot = usize::try_from(hash).unwrap_or(0) % SITE_SLOTS;
        loop {
            let entry = self.site_slots[slot];
            let Some(number) = entry.checked_sub(1) else {
                return self.add_site(slot, here);
            };
            if self
                .sites
                .get(usize::from(number))
                .is_none_or(|site| site.key == here.key)
            {
                return u32::from(number);
            }
            slot = (slot + 1) % SITE_SLOTS;
        }
    }

    fn add_site(&mut self, slot: usize, here: Here<'_>) -> u32 {
        let number = self.site_count as usize;
        if number >= MAX_SITES {
            return NONE;
        }
        let program = &self.program[..(self.program_len as usize).min(MAX_SITE_TEXT)];
        let way = match is_own(here.file.as_bytes(), program) {
            true => SiteRecord::TOLD,
            false => SiteRecord::ELSEWHERE,
        };
        let file = self.add_file(here.file);
        self.site_count += 1;
        self.site_slots[slot] = u16::try_from(number + 1).unwrap_or(0);
        self.sites[number] = SiteRecord {
            key: here.key,
            file,
            line: here.line,
            column: here.column,
            way,
        };
        small(number)
    }

    /// Whether this site is not in the program's file.
    #[inline]
    #[must_use]
    pub fn is_elsewhere(&self, site: u32) -> bool {
        let record = self.sites.get(site as usize);
        record.is_some_and(|it| it.way == SiteRecord::ELSEWHERE)
    }

    /// Whether this site stands for a line of the program, where it is known which calls led there.
    #[must_use]
    pub fn is_told(&self, site: u32) -> bool {
        let record = self.sites.get(site as usize);
        record.is_some_and(|it| it.way != SiteRecord::ELSEWHERE && it.file == [0; 2])
    }

    /// The site for a place elsewhere, when these calls led there; [`NONE`] when that is not kept.
    #[cold]
    pub fn site_by(&mut self, here: Here<'_>, calls: &[u32]) -> u32 {
        let stir = |hash: u64, &call: &u32| {
            (hash ^ u64::from(call))
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .rotate_left(29)
        };
        let key = calls.iter().chain(&[0]).fold(here.key, stir);
        let site = self.site(Here { key, ..here });
        if self.is_elsewhere(site) {
            let Some(way) = self.ways.get_mut(self.way_count as usize) else {
                return NONE;
            };
            let kept = calls.len().min(MAX_CALLS);
            way.fill(0);
            way[..kept].copy_from_slice(&calls[..kept]);
            self.way_count += 1;
            self.sites[site as usize].way = self.way_count;
        }
        site
    }

    /// A site that certain calls led to stands for this line of the program.
    pub fn stands_for(&mut self, site: u32, line: u32, column: u32) {
        if let Some(record) = self.sites.get_mut(site as usize) {
            (record.line, record.column) = (line, column);
            // To whoever looks for a line, all files of the program are one.
            record.file = [0; 2];
        }
    }

    /// A file's name, kept once for all its sites.
    fn add_file(&mut self, file: &str) -> [u16; 2] {
        let known = &self.sites[..(self.site_count as usize).min(MAX_SITES)];
        let same = |site: &&SiteRecord| {
            let [start, len] = site.file.map(usize::from);
            self.site_text.get(start..start + len) == Some(file.as_bytes())
        };
        if let Some(site) = known.iter().find(same) {
            return site.file;
        }
        let start = (self.site_text_len as usize).min(MAX_SITE_TEXT);
        let len = file.len().min(MAX_SITE_TEXT - start);
        self.site_text[start..start + len].copy_from_slice(&file.as_bytes()[..len]);
        self.site_text_len = small(start + len);
        [start, len].map(|it| u16::try_from(it).unwrap_or(0))
    }
}
