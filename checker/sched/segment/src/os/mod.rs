//! The system below: calls that rustix does not offer, `/proc`, and memory by address.

#[allow(unsafe_code, reason = "a count that all processes of a run share")]
pub mod computing;
pub mod cores;
pub mod disk;
#[allow(unsafe_code, reason = "system calls")]
pub mod domain;
#[allow(unsafe_code, reason = "memory is read by address")]
pub mod fingerprint;
pub mod folder;
#[allow(unsafe_code, reason = "memory is replaced by its copy")]
pub mod huge_pages;
pub mod open_files;
pub mod proc;
#[allow(unsafe_code, reason = "the stack is changed, and registers are stored")]
pub mod registers;
#[allow(unsafe_code, reason = "a signal's handler looks at what it interrupts")]
pub mod single_steps;
#[allow(unsafe_code, reason = "system calls")]
pub mod sys;
