//! What primitives name to the scheduler: objects, and the places of calls.

use std::ops::Range;
use std::panic::Location;
use std::ptr;

use sched_model::engine::world::Here;
use sched_model::site::is_ours;
use sched_model::{NONE, World};
use sched_segment::os::fingerprint;

use crate::attached::{Apart, apart, leads, stack_end};
use crate::frames;

/// The place of a call, as `#[track_caller]` gives it.
pub type Caller = &'static Location<'static>;

/// A lock, value or other object as the scheduler knows it; nothing in a plain run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Object(pub(crate) u32);

impl Object {
    /// Something that is no object.
    pub const NONE: Self = Self(NONE);

    /// Its number, to be kept where only numbers can be.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0
    }

    /// The object of a number.
    #[must_use]
    pub fn of_number(number: u32) -> Self {
        Self(number)
    }
}

fn here<'a>(caller: &Location<'a>, salt: u64) -> Here<'a> {
    Here {
        key: ptr::from_ref(caller).addr() as u64 ^ salt,
        file: caller.file(),
        line: caller.line(),
        column: caller.column(),
    }
}

/// A place where something was made once: which line of the program led there nobody knows any more,
/// where it is not in the program's file.
pub(crate) fn site_once(world: &mut World, caller: Caller) -> u32 {
    let site = world.site(here(caller, 0));
    let unknown = world.is_elsewhere(site) && !is_ours(caller.file());
    if unknown { NONE } else { site }
}

/// A place that is told of where it is used: the innermost line of the program that led to it, where it
/// is not in the program's file. What is not `'static` needs `salt` to be told apart.
#[inline]
pub(crate) fn site_of(apart: &Apart, world: &mut World, caller: &Location<'_>, salt: u64) -> u32 {
    let here = here(caller, salt);
    let site = world.site(here);
    if world.is_elsewhere(site) {
        return site_by_calls(apart, world, here);
    }
    site
}

#[cold]
#[inline(never)]
fn site_by_calls(apart: &Apart, world: &mut World, here: Here<'_>) -> u32 {
    let live = apart.live_stack_of(world);
    let calls = frames::calls_to(None, apart.frame(), &live);
    world.site_by(here, calls.as_slice())
}

impl Apart<'_> {
    /// The frame of the function that came to the scheduler.
    pub(crate) fn frame(&self) -> usize {
        to_address(self.registers.frame())
    }

    /// The live part of this thread's stack.
    pub(crate) fn live_stack(&self) -> Range<usize> {
        self.with(|world, _| self.live_stack_of(world))
    }

    fn live_stack_of(&self, world: &World) -> Range<usize> {
        let end = match leads() {
            true => stack_end(),
            false => {
                let known = Some(world.thread(self.me).stack).filter(|&stack| stack != [0, 0]);
                known
                    .or_else(fingerprint::my_stack)
                    .map(|[_, end]| to_address(end))
            }
        };
        to_address(self.registers.stack)..end.unwrap_or(0)
    }
}

fn to_address(word: u64) -> usize {
    usize::try_from(word).unwrap_or(0)
}

/// Does something with the world, and with the site of a place that is used now.
#[inline]
pub(crate) fn with_site<R>(
    caller: Option<Caller>,
    act: impl FnOnce(&mut World, u32, u32) -> R,
) -> Option<R> {
    apart(|apart| {
        apart.with(|world, me| {
            let site = caller.map_or(NONE, |caller| site_of(apart, world, caller, 0));
            act(world, me, site)
        })
    })
}
