//! Model checks of the hand-over protocol: every order of steps that shuttle tries, and proof that
//! a protocol with one step wrong would be found out.
//!
//! The rules checked are: nobody holds the baton together with another; whoever waits is woken
//! (shuttle reports a deadlock otherwise); and each death is taken over exactly once, by `pass`
//! returning false or by `note_death` returning true.

mod model;

use model::{Order, Plan, Variant, explore};
use shuttle::scheduler::{DfsScheduler, PctScheduler, RandomScheduler};

/// Three tasks of some turns each; nobody is killed.
fn calm() -> Plan {
    Plan {
        turns: vec![2, 3, 2],
        ..Plan::default()
    }
}

/// Three tasks, of which one is killed from outside at any moment in which it waits, and two are
/// killed by others, to die when they are next chosen.
fn deadly() -> Plan {
    Plan {
        turns: vec![3, 3, 4],
        killed: vec![1],
        kills: vec![(0, 2), (2, 0)],
        ..Plan::default()
    }
}

/// As deadly, with random orders and with waits that return early.
fn wild() -> Plan {
    let killed = vec![1, 3];
    let turns = vec![3, 2, 4, 2];
    Plan {
        turns,
        killed,
        kills: vec![(2, 0)],
        order: Order::Random,
        early: true,
        ..Plan::default()
    }
}

fn random(plan: Plan, rounds: usize) {
    explore(RandomScheduler::new_from_seed(1, rounds), plan);
}

fn pct(plan: Plan, depth: usize, rounds: usize) {
    explore(PctScheduler::new_from_seed(1, depth, rounds), plan);
}

#[test]
fn tasks_that_exit_by_themselves_hand_over_in_turn() {
    random(calm(), 3000);
    pct(calm(), 3, 3000);
}

#[test]
fn deaths_of_waiting_and_of_tasks_to_be_killed_are_taken_over_once() {
    random(deadly(), 4000);
    pct(deadly(), 3, 3000);
}

#[test]
fn a_task_to_be_killed_that_somebody_else_killed_before_is_taken_over_once() {
    let plan = Plan {
        killed: vec![2],
        ..deadly()
    };
    random(plan.clone(), 3000);
    pct(plan, 3, 3000);
}

#[test]
fn random_orders_and_early_returns_change_nothing() {
    random(wild(), 4000);
    pct(wild(), 5, 3000);
}

#[test]
fn a_task_may_hand_over_to_itself() {
    random(
        Plan {
            turns: vec![3],
            ..Plan::default()
        },
        500,
    );
}

#[test]
fn two_tasks_and_a_death_depth_first() {
    let plan = Plan {
        turns: vec![2, 2],
        killed: vec![1],
        ..Plan::default()
    };
    explore(DfsScheduler::new(Some(20_000), false), plan);
}

/// Two processes, one of three tasks and one of two; the first is killed from outside.
fn threaded() -> Plan {
    Plan {
        turns: vec![3, 2, 3, 3, 2],
        threads: vec![(1, 0), (2, 0), (4, 3)],
        killed: vec![0],
        ..Plan::default()
    }
}

#[test]
fn threads_hand_over_at_their_end_and_die_with_their_process() {
    let calm = Plan {
        killed: vec![],
        ..threaded()
    };
    random(calm, 3000);
    random(threaded(), 4000);
    pct(threaded(), 4, 3000);
}

#[test]
fn a_thread_that_ends_its_process_ends_all_of_it() {
    for order in [Order::RoundRobin, Order::Random] {
        let plan = Plan {
            exits: vec![1, 4],
            kills: vec![(2, 3), (3, 0)],
            early: true,
            order,
            ..threaded()
        };
        random(plan.clone(), 3000);
        pct(plan, 4, 2000);
    }
}

#[test]
#[should_panic(expected = "deadlock")]
fn noting_only_the_death_of_the_leader_is_found() {
    random(
        Plan {
            variant: Variant::NoteLeaderOnly,
            ..threaded()
        },
        4000,
    );
}

#[test]
#[should_panic(expected = "deadlock")]
fn a_wake_before_the_gate_is_open_is_found() {
    random(
        Plan {
            variant: Variant::WakeBeforeOpen,
            ..calm()
        },
        4000,
    );
}

#[test]
#[should_panic(expected = "deadlock")]
fn an_open_gate_without_a_wake_is_found() {
    random(
        Plan {
            variant: Variant::NoWake,
            ..calm()
        },
        4000,
    );
}

#[test]
#[should_panic(expected = "deadlock")]
fn a_pass_that_does_not_look_at_dead_is_found() {
    random(
        Plan {
            variant: Variant::NoLookAtDead,
            ..deadly()
        },
        4000,
    );
}

#[test]
#[should_panic(expected = "deadlock")]
fn a_pass_that_looks_at_dead_only_before_is_found() {
    random(
        Plan {
            variant: Variant::LookAtDeadFirst,
            ..deadly()
        },
        4000,
    );
}

#[test]
#[should_panic(expected = "deadlock")]
fn a_death_noted_after_the_look_at_turn_is_found() {
    random(
        Plan {
            variant: Variant::NoteLate,
            ..deadly()
        },
        4000,
    );
}

#[test]
#[should_panic(expected = "taken over twice")]
fn taking_back_without_comparing_is_found() {
    random(
        Plan {
            variant: Variant::TakeBackBlindly,
            ..deadly()
        },
        4000,
    );
}

#[test]
#[should_panic(expected = "a rule is broken")]
fn a_replace_in_two_steps_is_found() {
    random(
        Plan {
            variant: Variant::ReplaceInTwoSteps,
            ..deadly()
        },
        4000,
    );
}

#[test]
#[should_panic(expected = "two hold the baton")]
fn a_gate_that_stays_open_is_found() {
    random(
        Plan {
            variant: Variant::GateStaysOpen,
            ..calm()
        },
        4000,
    );
}

#[test]
#[should_panic(expected = "two hold the baton")]
fn a_supervisor_that_always_takes_over_is_found() {
    random(
        Plan {
            variant: Variant::AlwaysTakeOver,
            ..deadly()
        },
        4000,
    );
}
