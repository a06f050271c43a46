//! Litmus tests: what the engine shows in all orders and by all choices is held against the axioms.

use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};

use super::axioms::Do::{Fence, Load, Store, Swap};
use super::axioms::{Do, Outcome, PLACES, Program, outcomes};
use super::play::{begin, does, shown, world};
use crate::engine::world::state;
use crate::rng::SplitMix64;

const X: usize = 0;
const Y: usize = 1;
const Z: usize = 2;

/// The engine shows what the axioms allow, and nothing else; and the outcome that the test is named for is
/// among that, or is not.
#[track_caller]
fn is_as_allowed(name: &str, program: Program, weak: &[u64], expected: bool) {
    let shown = shown(&mut world(), &program);
    let allowed = outcomes(&program);
    assert_eq!(shown, allowed, "{name}");
    let seen = shown.iter().any(|it| it.starts_with(weak));
    assert_eq!(seen, expected, "{name}: {weak:?}");
}

fn store_buffering(store: Ordering, between: &[Do], load: Ordering) -> Program {
    let thread = |mine, other| {
        let deeds = [&[Store(mine, 1, store)], between, &[Load(other, load)]];
        deeds.concat()
    };
    vec![thread(X, Y), thread(Y, X)]
}

#[test]
fn store_buffering_needs_seq_cst() {
    for (store, load) in [
        (Relaxed, Relaxed),
        (Release, Acquire),
        (SeqCst, Acquire),
        (Release, SeqCst),
    ] {
        is_as_allowed("SB", store_buffering(store, &[], load), &[0, 0], true);
    }
    is_as_allowed("SB", store_buffering(SeqCst, &[], SeqCst), &[0, 0], false);
    for (fence, weak) in [
        (SeqCst, false),
        (AcqRel, true),
        (Release, true),
        (Acquire, true),
    ] {
        let program = store_buffering(Relaxed, &[Fence(fence)], Relaxed);
        is_as_allowed("SB with fences", program, &[0, 0], weak);
    }
    let mut half = store_buffering(Relaxed, &[Fence(SeqCst)], Relaxed);
    half[1].remove(1);
    is_as_allowed("SB with one fence", half, &[0, 0], true);
    let mut mixed = store_buffering(SeqCst, &[], SeqCst);
    mixed[1] = vec![Store(Y, 1, Relaxed), Fence(SeqCst), Load(X, Relaxed)];
    is_as_allowed("SB of accesses and a fence", mixed, &[0, 0], false);
}

fn message_passing(store: &[Do], load: &[Do]) -> Program {
    let writer = [&[Store(X, 1, Relaxed)], store].concat();
    let reader = [load, &[Load(X, Relaxed)]].concat();
    vec![writer, reader]
}

#[test]
fn message_passing_needs_release_and_acquire() {
    let sent = |order| [Store(Y, 1, order)];
    let got = |order| [Load(Y, order)];
    for (store, load, weak) in [
        (Relaxed, Relaxed, true),
        (Release, Relaxed, true),
        (Relaxed, Acquire, true),
        (Release, Acquire, false),
        (SeqCst, SeqCst, false),
        (SeqCst, Relaxed, true),
        (Relaxed, SeqCst, true),
    ] {
        let program = message_passing(&sent(store), &got(load));
        is_as_allowed("MP", program, &[1, 0], weak);
    }
    for (before, after, weak) in [
        (Release, Acquire, false),
        (SeqCst, SeqCst, false),
        (AcqRel, AcqRel, false),
        (Acquire, Acquire, true),
        (Release, Release, true),
    ] {
        let store = [Fence(before), Store(Y, 1, Relaxed)];
        let load = [Load(Y, Relaxed), Fence(after)];
        is_as_allowed("MP", message_passing(&store, &load), &[1, 0], weak);
    }
    let fence = [Fence(Release), Store(Y, 1, Relaxed)];
    is_as_allowed("MP", message_passing(&fence, &got(Acquire)), &[1, 0], false);
    let fence = [Load(Y, Relaxed), Fence(Acquire)];
    is_as_allowed(
        "MP",
        message_passing(&sent(Release), &fence),
        &[1, 0],
        false,
    );
    let misplaced = [Store(Y, 1, Relaxed), Fence(Release)];
    is_as_allowed(
        "MP",
        message_passing(&misplaced, &got(Acquire)),
        &[1, 0],
        true,
    );
    let misplaced = [Fence(Acquire), Load(Y, Relaxed)];
    is_as_allowed(
        "MP",
        message_passing(&sent(Release), &misplaced),
        &[1, 0],
        true,
    );
}

#[test]
fn no_load_returns_what_is_stored_later() {
    let thread = |from, to| vec![Load(from, Relaxed), Store(to, 1, Relaxed)];
    is_as_allowed("LB", vec![thread(X, Y), thread(Y, X)], &[1, 1], false);
}

fn independent_reads(store: Ordering, load: Ordering, between: &[Do]) -> Program {
    let reader = |one, two| [&[Load(one, load)], between, &[Load(two, load)]].concat();
    vec![
        vec![Store(X, 1, store)],
        vec![Store(Y, 1, store)],
        reader(X, Y),
        reader(Y, X),
    ]
}

#[test]
fn independent_reads_of_independent_writes_need_seq_cst() {
    let weak = [1, 0, 1, 0];
    for (store, load, expected) in [
        (Relaxed, Relaxed, true),
        (Release, Acquire, true),
        (SeqCst, SeqCst, false),
        (Relaxed, SeqCst, true),
        (SeqCst, Acquire, true),
    ] {
        is_as_allowed("IRIW", independent_reads(store, load, &[]), &weak, expected);
    }
    for (fence, expected) in [(SeqCst, false), (AcqRel, true)] {
        let program = independent_reads(Relaxed, Relaxed, &[Fence(fence)]);
        is_as_allowed("IRIW with fences", program, &weak, expected);
    }
}

#[test]
fn stores_to_two_places_may_take_their_places_in_opposite_orders() {
    let thread = |one, two, order, between: &[Do]| {
        [&[Store(one, 1, order)], between, &[Store(two, 2, order)]].concat()
    };
    for (order, between, expected) in [
        (Relaxed, &[][..], true),
        (Release, &[], true),
        (SeqCst, &[], false),
        (Relaxed, &[Fence(SeqCst)], false),
        (Relaxed, &[Fence(AcqRel)], true),
    ] {
        let program = vec![thread(X, Y, order, between), thread(Y, X, order, between)];
        is_as_allowed("2+2W", program, &[1, 1], expected);
    }
}

#[test]
fn a_store_may_be_overwritten_by_an_earlier_one() {
    for (store, load, expected) in [
        (Relaxed, Relaxed, true),
        (Release, Relaxed, true),
        (Release, Acquire, false),
        (SeqCst, SeqCst, false),
    ] {
        let program = vec![
            vec![Store(X, 2, Relaxed), Store(Y, 1, store)],
            vec![Load(Y, load), Store(X, 1, Relaxed)],
        ];
        is_as_allowed("S", program, &[1, 2], expected);
    }
    for (order, expected) in [(Relaxed, true), (Release, true), (SeqCst, false)] {
        let load = if order == SeqCst { SeqCst } else { Relaxed };
        let program = vec![
            vec![Store(X, 1, order), Store(Y, 1, order)],
            vec![Store(Y, 2, order), Load(X, load)],
        ];
        is_as_allowed("R", program, &[0, 1, 2], expected);
    }
    let fence = Fence(SeqCst);
    let program = vec![
        vec![Store(X, 1, Relaxed), fence, Store(Y, 1, Relaxed)],
        vec![Store(Y, 2, Relaxed), fence, Load(X, Relaxed)],
    ];
    is_as_allowed("R with fences", program, &[0, 1, 2], false);
}

#[test]
fn each_place_alone_is_coherent() {
    for order in [Relaxed, SeqCst] {
        let (store, load) = (|value| Store(X, value, order), Load(X, order));
        let one = |program: &[&[Do]]| program.iter().map(|it| it.to_vec()).collect::<Program>();
        is_as_allowed("CoRR", one(&[&[store(1)], &[load, load]]), &[1, 0], false);
        let two = one(&[&[store(1)], &[store(2)], &[load, load], &[load, load]]);
        is_as_allowed("CoRR of two", two, &[1, 2, 2, 1], false);
        is_as_allowed("CoWW", one(&[&[store(1), store(2)]]), &[1], false);
        is_as_allowed("CoRW1", one(&[&[load, store(1)]]), &[1], false);
        is_as_allowed(
            "CoRW2",
            one(&[&[load, store(1)], &[store(2)]]),
            &[2, 2],
            false,
        );
        is_as_allowed("CoWR", one(&[&[store(1), load], &[store(2)]]), &[0], false);
        is_as_allowed(
            "CoWR",
            one(&[&[store(1), load], &[store(2)]]),
            &[2, 1],
            false,
        );
    }
}

#[test]
fn what_was_read_is_known_to_whoever_it_happens_before() {
    let read_to_write = vec![
        vec![Store(X, 1, Relaxed)],
        vec![Load(X, Relaxed), Store(Y, 1, Release)],
        vec![Load(Y, Acquire), Load(X, Relaxed)],
    ];
    is_as_allowed("WRC", read_to_write, &[1, 1, 0], false);
    let relaxed = vec![
        vec![Store(X, 1, Relaxed)],
        vec![Load(X, Relaxed), Store(Y, 1, Relaxed)],
        vec![Load(Y, Relaxed), Load(X, Relaxed)],
    ];
    is_as_allowed("WRC", relaxed, &[1, 1, 0], true);
    let three = vec![
        vec![Store(X, 1, Relaxed), Store(Y, 1, Release)],
        vec![Load(Y, Acquire), Store(Z, 1, Release)],
        vec![Load(Z, Acquire), Load(X, Relaxed)],
    ];
    is_as_allowed("ISA2", three, &[1, 1, 0], false);
}

#[test]
fn updates_carry_a_release_on_and_stores_do_not() {
    let program = |middle: Do| {
        vec![
            vec![Store(X, 1, Relaxed), Store(Y, 1, Release)],
            vec![middle],
            vec![Load(Y, Acquire), Load(X, Relaxed)],
        ]
    };
    // The update reads 1, and the third thread what it made of that.
    let updated = program(Swap(Y, 2, Relaxed));
    is_as_allowed("release sequence", updated, &[1, 2, 0], false);
    let stored = program(Store(Y, 2, Relaxed));
    is_as_allowed("no release sequence", stored, &[2, 0], true);
    let by_itself = vec![
        vec![
            Store(X, 1, Relaxed),
            Store(Y, 1, Release),
            Store(Y, 2, Relaxed),
        ],
        vec![Load(Y, Acquire), Load(X, Relaxed)],
    ];
    is_as_allowed("a store of the same thread", by_itself, &[2, 0], true);
    let chain = vec![
        vec![Store(X, 1, Relaxed), Swap(Y, 1, Release)],
        vec![Swap(Y, 2, Relaxed)],
        vec![Swap(Y, 3, Acquire), Load(X, Relaxed)],
    ];
    is_as_allowed("RMW chain", chain, &[0, 1, 2, 0], false);
}

#[test]
fn an_update_is_one_step() {
    let both = vec![vec![Swap(X, 1, Relaxed)], vec![Swap(X, 2, Relaxed)]];
    is_as_allowed("two updates", both, &[0, 0], false);
    let store = vec![vec![Swap(X, 1, Relaxed)], vec![Store(X, 2, Relaxed)]];
    is_as_allowed("an update and a store", store, &[0, 2], true);
    let fences = vec![
        vec![Store(X, 1, Relaxed), Fence(Release), Swap(Y, 1, Relaxed)],
        vec![Swap(Y, 2, Relaxed), Fence(Acquire), Load(X, Relaxed)],
    ];
    is_as_allowed("updates and fences", fences, &[0, 1, 0], false);
}

#[test]
fn a_fence_orders_for_all_whom_it_happens_before() {
    let program = |last: &[Do]| {
        vec![
            vec![Store(X, 1, Relaxed), Fence(SeqCst), Load(Y, Relaxed)],
            vec![Store(Y, 1, Relaxed), Fence(SeqCst), Store(Z, 1, Release)],
            [&[Load(Z, Acquire)], last].concat(),
        ]
    };
    is_as_allowed(
        "SB by another",
        program(&[Load(X, Relaxed)]),
        &[0, 1, 0],
        false,
    );
}

#[test]
fn seq_cst_never_goes_against_what_was_read() {
    // RC11 allows it (Z6.U): the update comes before the other store to Y, and that before the store to
    // X, of which the update knows. No order of the run's own would be that of all `SeqCst`.
    let program = vec![
        vec![Store(X, 1, SeqCst), Store(Y, 1, Release)],
        vec![Swap(Y, 2, SeqCst), Load(Y, Relaxed)],
        vec![Store(Y, 3, SeqCst), Load(X, SeqCst)],
    ];
    let (shown, allowed) = (shown(&mut world(), &program), outcomes(&program));
    let missed: Vec<&Outcome> = allowed.difference(&shown).collect();
    assert_eq!(missed, [&[1, 2, 0, 1, 3, 0], &[1, 3, 0, 1, 3, 0]]);
    assert!(shown.is_subset(&allowed));
}

/// A program made at random.
fn random(rng: &mut SplitMix64) -> Program {
    let mut below = |count: u64| usize::try_from(rng.below(count)).expect("small");
    let mut value = 0;
    let threads = 2 + below(2);
    let lens = [[3, 3, 0], [2, 3, 2]][threads - 2];
    let mut deed = || {
        let place = below(2);
        value += 1;
        match below(6) {
            0 | 1 => Load(place, [Relaxed, Acquire, SeqCst][below(3)]),
            2 | 3 => Store(place, value, [Relaxed, Release, SeqCst][below(3)]),
            4 => Swap(place, value, [Relaxed, Release, AcqRel, SeqCst][below(4)]),
            _ => Fence([Acquire, Release, AcqRel, SeqCst, SeqCst][below(5)]),
        }
    };
    let thread = |len: usize, deed: &mut dyn FnMut() -> Do| (0..len).map(|_| deed()).collect();
    lens[..threads]
        .iter()
        .map(|len| thread(*len, &mut deed))
        .collect()
}

#[test]
fn no_program_shows_what_the_axioms_forbid() {
    random_programs(60);
}

#[test]
#[ignore = "minutes: run by name"]
fn long_no_program_shows_what_the_axioms_forbid() {
    random_programs(2_000);
}

fn random_programs(count: usize) {
    let mut world = world();
    let mut rng = SplitMix64::for_stream(16, 3);
    let mut missed = 0;
    for _ in 0..count {
        let program = random(&mut rng);
        let (shown, allowed) = (shown(&mut world, &program), outcomes(&program));
        let forbidden: Vec<_> = shown.difference(&allowed).collect();
        assert_eq!(forbidden, [] as [&Outcome; 0], "{program:?}");
        missed += usize::from(shown != allowed);
    }
    // An update takes the newest place always, and `SeqCst` never goes against what was read.
    assert!(
        missed * 20 < count,
        "{missed} of {count} show less than they might"
    );
}

#[test]
fn stores_of_which_there_is_no_room_are_forgotten_and_the_newest_is_there() {
    let mut world = world();
    begin(&mut world, 2);
    let mut memory = [0; PLACES];
    let mut last = |count: usize| count - 1;
    for value in 1..100 {
        does(
            &mut world,
            &mut memory,
            (1, Store(X, value, Relaxed)),
            &mut last,
        );
    }
    let stores = world.stores(X);
    let values: Vec<u64> = stores.iter().map(|it| it.value).collect();
    assert_eq!(values, (92..100).collect::<Vec<u64>>());
    assert_eq!(world.oldest(2, X, Relaxed), 0);
    assert_eq!(world.oldest(1, X, Relaxed), 7, "its own");
    assert_eq!(world.task(0).state, state::RUNNING);
}

#[test]
fn what_is_changed_unseen_has_no_past() {
    let mut world = world();
    begin(&mut world, 2);
    let mut memory = [0; PLACES];
    let mut last = |count: usize| count - 1;
    does(
        &mut world,
        &mut memory,
        (1, Store(X, 1, Relaxed)),
        &mut last,
    );
    assert_eq!(world.oldest(2, X, Relaxed), 0);
    world.meet(X, 7);
    assert_eq!(world.stores(X).len(), 1);
    does(
        &mut world,
        &mut memory,
        (1, Store(Y, 1, Relaxed)),
        &mut last,
    );
    world.forget_stores(1, 0x1000, 0x10);
    world.meet(Y, 1);
    assert_eq!(world.stores(Y).len(), 1, "another one in the same place");
    assert_eq!(world.atomic_load(2, 1, 1, Relaxed), None);
}
