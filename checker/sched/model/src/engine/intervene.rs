//! What interventions change: who of those that could go on may.
//!
//! All of them only keep tasks waiting, so a run with one is a run that the program might have had
//! without. A task is kept waiting only as long as somebody else can go on.
//!
//! Where steps are kept together or locks are one, the checker looks for races as if there were a lock
//! around them: what a task did there, the next one that comes there knows.

use crate::engine::slots::SlotSet;
use crate::engine::world::{NONE, ObjectRecord, World, state};
use crate::intervention::{InterventionRecord, MAX_INTERVENTIONS, PlaceRecord, file_number, kind};
use crate::records::UNWATCHED;
use crate::slot_set::WORDS;

/// In [`ThreadRecord::inside`](crate::engine::world::ThreadRecord): the task is between the steps that
/// the intervention of this number keeps together.
const INSIDE: u32 = (1 << LAST) - 1;
/// In the same, from this bit on: it came to the last one of these steps, or has slept where a sleep is
/// to be long enough.
const LAST: u32 = 16;
/// In the same, from this bit on: it has been elsewhere since it came to the first one of these steps.
const ELSEWHERE: u32 = 8;
const _: () = assert!(
    MAX_INTERVENTIONS <= 8,
    "the bits of one kind lie beside those of another"
);
/// For how many decisions a task goes first at most that is between steps that are kept together: there
/// it may ask again and again for what only others would do.
const LONGEST_WAIT: u64 = 300;
/// In the same: it takes, or holds, what only one may hold at a time.
const HOLDS: u32 = 1 << 31;

impl World {
    /// Those of the candidates that may go on.
    #[inline]
    pub(crate) fn let_on(&mut self, holder: u32, candidates: SlotSet) -> SlotSet {
        if self.config.interventions[0].kind == 0 {
            return candidates;
        }
        self.intervene(holder, candidates)
    }

    #[cold]
    fn intervene(&mut self, holder: u32, candidates: SlotSet) -> SlotSet {
        if holder != NONE && self.task(holder).state == state::RUNNING {
            self.leave(holder);
        }
        if let Some(task) = self.undisturbed(holder) {
            return self.only(task);
        }
        let mut words = [0; WORDS];
        for task in self.those_of(candidates) {
            let slot = self.slot(task) as usize;
            words[slot / 64] |= u64::from(!self.is_held_back(task)) << (slot % 64);
        }
        if words != [0; WORDS] {
            return match self.has_few_slots() {
                true => SlotSet::of_few(u128::from(words[0]) | u128::from(words[1]) << 64),
                false => self.write_down(words),
            };
        }
        // Whoever is not due yet is waited for first.
        let later = self.present().filter(|&it| self.is_able(it));
        let later = later.filter(|&it| !self.is_held_back(it));
        let next = later.min_by_key(|&it| (self.due(it), self.task(it).ready_order));
        next.map_or(candidates, |next| self.only(next))
    }

    /// The interventions of this run, with their numbers.
    fn interventions(&self) -> impl Iterator<Item = (u32, InterventionRecord)> {
        let all = (0_u32..).zip(self.config.interventions.iter().copied());
        all.take_while(|(_, it)| it.kind != 0)
    }

    /// Those of one kind.
    pub(crate) fn of_kind(&self, kind: u32) -> impl Iterator<Item = (u32, InterventionRecord)> {
        self.interventions().filter(move |(_, it)| it.kind == kind)
    }

    /// Whether a site is this place.
    pub(crate) fn is_at(&self, site: u32, place: PlaceRecord) -> bool {
        let site = self.sites.get(site as usize).filter(|it| {
            site < self.site_count && (it.line, it.column) == (place.line, place.column)
        });
        let file = site.and_then(|it| {
            let [start, len] = it.file.map(usize::from);
            self.site_text.get(start..start + len)
        });
        file.is_some_and(|file| file_number(file) == place.file)
    }

    /// Whether a site is one of those at which only one task at a time may hold something.
    fn is_for_one(&self, site: u32) -> bool {
        let mut places = self.of_kind(kind::ONE_AT_A_TIME);
        places.any(|(_, it)| self.is_at(site, it.at))
    }

    /// Whether a task would go on by itself: at once, or when it has slept.
    fn is_able(&self, task: u32) -> bool {
        let awake = matches!(self.task(task).state, state::READY | state::RUNNING);
        let sleeps = self.task(task).state == state::SLEEPING;
        sleeps || awake && !self.steps_back(task)
    }

    /// A task that is between two steps that are kept together and can go on, or the server that
    /// answers it; first the one that ran last.
    fn undisturbed(&self, holder: u32) -> Option<u32> {
        let inside = self
            .present()
            .filter(|&task| self.thread(task).inside & INSIDE != 0);
        let may_stay =
            |&task: &u32| !self.stays_long(task) || !self.others(task).any(|it| self.is_able(it));
        let inside = inside.filter(may_stay);
        let mut all = inside.filter_map(|task| {
            let server = || self.other_side(task).filter(|&it| self.is_able(it));
            self.is_able(task).then_some(task).or_else(server)
        });
        let first = all.next()?;
        let ran = all.find(|&task| task == holder);
        Some(ran.unwrap_or(first))
    }

    /// Whether a task has been between steps that are kept together for as long as it may.
    fn stays_long(&self, task: u32) -> bool {
        self.ready_orders - self.thread(task).inside_since > LONGEST_WAIT
    }

    /// Whether others that wait for the same come first, however long this task has waited.
    #[inline]
    pub(crate) fn may_wait(&self, task: u32) -> bool {
        self.config.interventions[0].kind != 0 && !self.is_inside(task)
    }

    #[cold]
    fn is_inside(&self, task: u32) -> bool {
        self.thread(task).inside & INSIDE != 0 || self.holds_for_one(task)
    }

    /// Whether somebody else should go on before this task.
    fn is_held_back(&self, task: u32) -> bool {
        let record = self.task(task);
        if record.pending_kill != 0 || record.state == state::BLOCKED {
            return false;
        }
        let here = self.interventions();
        let mut here = here.filter(|(_, it)| self.is_at(record.site, it.at));
        here.any(|(number, it)| self.is_held_back_by(task, number, it))
    }

    fn is_held_back_by(&self, task: u32, number: u32, of: InterventionRecord) -> bool {
        let mut others = self.others(task);
        match of.kind {
            kind::TOGETHER => {
                let has_waited_long =
                    self.ready_orders - self.task(task).ready_order > LONGEST_WAIT;
                others.any(|it| {
                    let inside = self.thread(it).inside & 1 << number != 0;
                    inside && !self.stays_long(it)
                        || !has_waited_long && self.is_able(it) && self.holds_any(it)
                })
            }
            kind::ONE_AT_A_TIME => {
                !self.holds_for_one(task) && others.any(|it| self.holds_for_one(it))
            }
            kind::AFTER_END => others.any(|it| self.is_child(it, task, of)),
            kind::ON_TIME => {
                let sleeps = self.task(task).state == state::SLEEPING;
                sleeps && others.any(|it| self.goes_before(it, task, number))
            }
            _ => false,
        }
    }

    /// All but this task that have not ended.
    fn others(&self, task: u32) -> impl Iterator<Item = u32> {
        let all = self.present().filter(move |&it| it != task);
        all.filter(|&it| self.task(it).state != state::EXITED)
    }

    /// Whether a task could go on before another one has slept. Of two that have slept as long at the
    /// same place, each may be first.
    fn goes_before(&self, task: u32, sleeper: u32, number: u32) -> bool {
        let asleep = self.task(task).state == state::SLEEPING
            && self.task(task).site == self.task(sleeper).site;
        let slept = self.thread(task).inside & 1 << (number + LAST) != 0;
        let (at, end) = (self.task(task).ready_at, self.task(sleeper).ready_at);
        self.is_able(task) && (at < end || at == end && !asleep && !slept)
    }

    /// Whether a task was started by this one at the place of an intervention.
    fn is_child(&self, child: u32, task: u32, of: InterventionRecord) -> bool {
        let record = self.task(child);
        let is_meant = [0, child].contains(&of.child);
        is_meant && record.parent == task && self.is_at(record.started_at, of.other)
    }

    /// Whether a task holds something.
    fn holds_any(&self, task: u32) -> bool {
        self.objects().iter().any(|it| it.owner == task)
    }

    /// Whether a task holds something that only one may hold.
    fn holds_for_one(&self, task: u32) -> bool {
        let is_it = |it: &ObjectRecord| it.owner == task && self.is_for_one(it.owner_site);
        let reads = self.reads.iter().take(self.read_count as usize);
        let mut reads = reads.filter(|it| it.task == task);
        self.objects().iter().any(is_it) || reads.any(|it| self.is_for_one(it.site))
    }

    /// A task is about to do its next step: it may have done the last one of some.
    fn leave(&mut self, task: u32) {
        let (inside, site) = (self.thread(task).inside, self.task(task).site);
        let mut left = inside;
        let mut elsewhere = 0;
        for (number, it) in self.of_kind(kind::TOGETHER) {
            let both = 1 << number | 1 << (number + LAST);
            if inside & both != 0 && !self.is_at(site, it.other) {
                elsewhere |= 1 << (number + ELSEWHERE);
                left &= if inside & both == both { !both } else { !0 };
            }
        }
        if inside & HOLDS != 0 && !self.holds_for_one(task) {
            left &= !HOLDS;
        }
        // Where it is inside no more, where it was does not matter.
        let numbers = (1 << ELSEWHERE) - 1;
        left = (left | elsewhere) & !((numbers & !left) << ELSEWHERE);
        if left == inside {
            return;
        }
        self.thread_mut(task).inside = left;
        if inside & !left != 0 {
            self.release_edge(task, UNWATCHED);
        }
    }

    /// A task was chosen: it does the step that it was about to do.
    #[inline]
    pub(crate) fn note_step(&mut self, task: u32) {
        if self.config.interventions[0].kind != 0 {
            self.enter(task);
        }
    }

    #[cold]
    fn enter(&mut self, task: u32) {
        let (inside, site) = (self.thread(task).inside, self.task(task).site);
        let mut entered = inside;
        for (number, it) in self.of_kind(kind::TOGETHER) {
            if self.is_at(site, it.at) {
                entered |= 1 << number;
            }
            let again = it.child == 0 || inside & 1 << (number + ELSEWHERE) != 0;
            if entered & 1 << number != 0 && again && self.is_at(site, it.other) {
                entered |= 1 << (number + LAST);
            }
        }
        if self.is_for_one(site) {
            entered |= HOLDS;
        }
        for (number, it) in self.of_kind(kind::ON_TIME) {
            let sleeps = self.task(task).state == state::SLEEPING;
            if sleeps && self.is_at(site, it.at) {
                entered |= 1 << (number + LAST);
            }
        }
        if entered & !inside & INSIDE != 0 {
            self.thread_mut(task).inside_since = self.ready_orders;
        }
        if entered != inside {
            self.thread_mut(task).inside = entered;
            self.acquire_edge(task, UNWATCHED);
        }
        let awaits = |(_, it): (u32, InterventionRecord)| self.is_at(site, it.at);
        if !self.of_kind(kind::AFTER_END).any(awaits) {
            return;
        }
        for ended in 0..self.task_count {
            let is_child = |it: InterventionRecord| self.is_child(ended, task, it);
            let awaited = self
                .of_kind(kind::AFTER_END)
                .any(|(_, it)| self.is_at(site, it.at) && is_child(it));
            if awaited && self.task(ended).state == state::EXITED {
                self.acquire_edge_from_task(task, ended);
            }
        }
    }
}

#[cfg(test)]
mod tests;
