//! Copies that a fork makes of objects in private memory: what they are called and who holds them.

use crate::engine::world::{Kind, NONE, Text, World};
use crate::kind::{Act, ObjectKind};

impl World {
    /// An object for the copy of `original` that the process of `task` has.
    pub fn add_copy(
        &mut self,
        task: u32,
        original: u32,
        kind: ObjectKind,
        site: u32,
    ) -> Option<u32> {
        let name = self.name_of_copy(task, original, kind);
        self.add_object(kind as u32, &name, site, 0)
    }

    /// `Process-1's copy of Mutex-1`.
    fn name_of_copy(&self, task: u32, original: u32, kind: ObjectKind) -> String {
        let text = |text: Text| {
            let start = text.start as usize;
            let bytes = self.text.get(start..start + text.len as usize);
            String::from_utf8_lossy(bytes.unwrap_or(&[])).into_owned()
        };
        let owner = text(self.task(self.task(task).process).name);
        let Some(record) = self.object(original) else {
            return String::new();
        };
        let name = match text(record.name) {
            name if name.is_empty() => format!("{}-{}", kind.word(), record.number),
            // A copy of a copy is a copy.
            name => name.rsplit(" copy of ").next().unwrap_or("").to_owned(),
        };
        format!("{owner}'s copy of {name}")
    }

    /// Says who holds the copy `object`, when `holder` held the original at the fork.
    pub fn inherit(&mut self, task: u32, object: u32, holder: u32) -> u32 {
        let leader = self.task(task).process;
        let forked = self.task(leader).parent == holder;
        let here = if forked { leader } else { holder };
        if let Some(record) = self.object_mut(object) {
            record.owner = here;
            record.owner_site = NONE;
            record.owner_only = 1;
        }
        let act = Act::HeldAtFork as u64;
        self.record(task, Kind::Act, object, act, u64::from(holder));
        here
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::strategy::Strategy;
    use crate::engine::testing;
    use crate::records::UNWATCHED;

    fn text(world: &World, object: u32) -> String {
        let text = world.objects[object as usize].name;
        let bytes = &world.text[text.start as usize..][..text.len as usize];
        String::from_utf8_lossy(bytes).into_owned()
    }

    #[test]
    fn a_copy_is_named_after_its_process_and_its_original() {
        let mut world = testing::world(Strategy::Natural, 0, 1);
        let first = world.add_task(0, "Process-1", false, NONE).expect("few");
        let second = world.add_task(first, "egon", false, NONE).expect("few");
        let kind = ObjectKind::Mutex;
        let original = world.add_object(kind as u32, "", NONE, 0).expect("few");
        let copy = world.add_copy(first, original, kind, NONE).expect("few");
        assert_eq!(text(&world, copy), "Process-1's copy of Mutex-1");
        let copy = world.add_copy(second, copy, kind, NONE).expect("few");
        assert_eq!(text(&world, copy), "egon's copy of Mutex-1");
    }

    #[test]
    fn who_forked_goes_on_holding_and_others_hold_for_ever() {
        let mut world = testing::world(Strategy::Natural, 0, 2);
        let child = world.add_task(1, "Process-1", false, NONE).expect("few");
        let object = world.add_object(14, "", NONE, 0).expect("few");
        assert_eq!(world.inherit(child, object, 1), child);
        assert!(world.holds(child, object));
        assert_eq!(world.inherit(child, object, 0), 0);
        assert!(world.holds(0, object) && !world.holds(child, object));
    }

    #[test]
    fn what_has_no_room_shares_the_clock_of_the_last() {
        let mut world = testing::world(Strategy::Natural, 0, 3);
        world.add_object(4, "", NONE, 1).expect("few");
        world.check_access(1, 0, 0, true);
        world.release_edge(1, UNWATCHED);
        world.acquire_edge(2, UNWATCHED);
        world.check_access(2, 0, 0, true);
        assert_eq!(world.race_count, 0);
        world.acquired(1, UNWATCHED, true);
        assert_eq!(world.holders(UNWATCHED).count(), 0);
    }
}
