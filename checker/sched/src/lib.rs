//! A controlled scheduler for programs of several processes and threads.
//!
//! One segment of shared memory holds the state of a run ([`world::World`]); exactly one task
//! holds the [`baton`] and runs. At a scheduling point ([`kernel::point`]) its holder decides who
//! goes on and hands over. The parts, from pure to not:
//!
//! - [`world`], with [`threads`], [`decide`], [`block`], [`order`], [`repeat`] and [`strategy`]: what
//!   happens, as functions of plain data;
//! - [`baton`]: the hand-over protocol, over any word that can be waited on;
//! - [`segment`], `attached`, [`sys`], [`fingerprint`]: shared memory and system calls, where the unsafe code is;
//! - [`kernel`] (with `tell`, [`words`]), [`process`], [`thread`], [`plain`]: what primitives are written over;
//! - [`server`]: runs inside a checked program before main: a process a schedule, and their end;
//! - `domain`: what keeps a run from its server;
//! - `death`, `watch`, `orphans`: what comes from outside: signals, limits, a killed supervisor;
//! - [`host`], `launcher`: the checker's side: starts servers, asks for schedules, decodes them to
//!   [`run::Run`], unless what they say contradicts what was seen ([`claims`]).

#![deny(unsafe_code)]

#[cfg(not(target_os = "linux"))]
compile_error!(
    "the course needs Linux (fork, futex, pidfd): on macOS use a devcontainer, on Windows WSL2; \
     README.md tells how"
);

pub mod atomic;
#[allow(unsafe_code, reason = "the world is reached here by a task's own code")]
mod attached;
pub mod baton;
pub mod block;
pub mod cells;
mod choice;
pub mod claims;
#[allow(
    unsafe_code,
    reason = "the world of a task that died, by whoever has the baton"
)]
mod death;
pub mod decide;
pub mod decode;
mod disk;
#[allow(unsafe_code, reason = "system calls")]
mod domain;
pub mod file;
#[allow(unsafe_code, reason = "memory is read by address")]
pub mod fingerprint;
#[allow(unsafe_code, reason = "the world between two runs")]
pub mod host;
#[allow(unsafe_code, reason = "memory is replaced by its copy")]
mod huge;
pub mod identity;
pub mod kernel;
mod kind;
mod launcher;
pub mod limits;
pub mod op;
mod order;
mod orphans;
mod output;
pub mod outside;
pub mod plain;
pub mod process;
mod readers;
pub mod record;
pub mod repeat;
pub mod rng;
pub mod run;
#[allow(unsafe_code, reason = "shared memory becomes values here")]
pub mod segment;
#[allow(unsafe_code, reason = "the world of the supervisor")]
pub mod server;
pub mod strategy;
#[allow(unsafe_code, reason = "system calls")]
pub mod sys;
pub mod systematic;
mod task_set;
mod tell;
#[allow(unsafe_code, reason = "a thread is asked after by its id")]
pub mod thread;
pub mod threads;
mod turns;
pub mod until;
mod watch;
pub mod word_lock;
pub mod words;
pub mod world;
