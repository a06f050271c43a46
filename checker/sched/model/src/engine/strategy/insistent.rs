//! Insistent: whoever has asked in vain goes on, through sleeps, yields and limits, as if all others
//! were very late; it asks once more, and again, until it steps back. Apart from that it is natural.

use super::natural::Natural;
use super::{Among, Choose};
use crate::engine::world::World;

/// So many points without a change show that a task does not come back to its question.
const NO_LOOP: u32 = 60;

pub(super) struct Insistent;

impl Choose for Insistent {
    fn pick(&self, world: &mut World, among: Among) -> u32 {
        let holder = among.holder;
        if among.has(world, holder) && world.quiet < NO_LOOP && world.has_asked(holder) {
            return holder;
        }
        Natural.pick(world, among)
    }

    fn lets_go_on(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::decide::Next;
    use crate::engine::strategy::Strategy;
    use crate::engine::testing::{decide, world};
    use crate::engine::world::Op;

    #[test]
    fn who_sleeps_lets_others_go_unless_it_has_asked_in_vain() {
        let sleeps = |asks: bool| {
            let mut world = world(Strategy::Insistent, 3, 3);
            if asks {
                world.announce(0, Op::IsAlive, 1, 1);
                world.not_yet(0);
            }
            world.sleep(0, 1_000_000);
            (decide(&mut world, 0), world.clock)
        };
        assert_eq!(sleeps(false), (1, 0));
        assert_eq!(sleeps(true), (0, 1_000_000));
    }

    #[test]
    fn who_only_sleeps_does_not_keep_others_from_running() {
        let mut world = world(Strategy::Insistent, 3, 2);
        world.announce(0, Op::IsAlive, 1, 1);
        world.not_yet(0);
        let mut naps = 0;
        while world.holder == 0 {
            world.announce(0, Op::Sleep, 0, 2);
            world.sleep(0, 1000);
            decide(&mut world, 0);
            naps += 1;
        }
        assert!(naps < 100, "{naps}");
    }

    #[test]
    fn who_asks_in_vain_asks_as_often_as_its_patience_allows() {
        let mut world = world(Strategy::Insistent, 3, 2);
        world.config.patience = 3;
        let mut asked = 0;
        loop {
            world.announce(0, Op::IsAlive, 1, 1);
            if world.decide(0) != Next::Task(0) {
                break;
            }
            world.not_yet(0);
            asked += 1;
            world.announce(0, Op::Yield, 0, 2);
            assert_eq!(world.decide(0), Next::Task(0));
            world.not_yet(0);
        }
        assert_eq!((asked, world.holder), (4, 1));
    }
}
