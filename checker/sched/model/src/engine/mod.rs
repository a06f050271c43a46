//! The state of a run and what changes it: who waits, who goes on, what happened before what.

pub mod atomics;
pub mod block;
pub(crate) mod clocks;
pub mod counts;
pub mod decide;
mod fairness;
pub mod files;
mod identity;
mod intervene;
mod liberties;
pub mod memory;
mod order;
mod otherwise;
mod output;
pub mod outside;
mod readers;
pub mod repeat;
mod sites;
pub(crate) mod slots;
pub mod strategy;
mod tables;
#[cfg(test)]
pub(crate) mod testing;
pub mod threads;
mod trace;
mod weak;
pub mod world;
