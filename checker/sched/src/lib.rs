//! A controlled scheduler for programs of several processes.
//!
//! One segment of shared memory holds the state of a run ([`world::World`]); exactly one task
//! holds the [`baton`] and runs. At a scheduling point ([`kernel::point`]) its holder decides who
//! goes on and hands over. The parts, from pure to not:
//!
//! - [`world`], with [`decide`], [`block`], [`order`], [`repeat`] and [`strategy`]: what happens,
//!   as functions of plain data;
//! - [`baton`]: the hand-over protocol, over any word that can be waited on;
//! - [`segment`], [`sys`], [`fingerprint`]: shared memory and system calls, where the unsafe code is;
//! - [`kernel`], [`process`], [`plain`]: what primitives are written over;
//! - [`server`]: runs inside a checked program before main: a process a schedule, and their end;
//! - `death`, `watch`, `orphans`: what comes from outside: signals, limits, a killed supervisor;
//! - [`host`]: the checker's side: starts servers, asks for schedules, decodes them to [`run::Run`].

pub mod baton;
pub mod block;
mod death;
pub mod decide;
mod decode;
pub mod fingerprint;
pub mod host;
pub mod kernel;
pub mod limits;
pub mod order;
mod orphans;
pub mod plain;
pub mod process;
pub mod repeat;
pub mod rng;
pub mod run;
pub mod segment;
pub mod server;
pub mod strategy;
pub mod sys;
mod watch;
pub mod world;
