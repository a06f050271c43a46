//! What happens before main: the program turns into a fork server if the checker asks for it.
//!
//! # Safety
//!
//! What runs before main cannot rely on the real std being set up. What is called here needs only
//! parts that are never set up; the others are those for arguments and for signals.

use ::real::any::Any;
use ::real::cell::Cell;
use ::real::ops::Deref;
use ::real::panic::{Location, PanicHookInfo};
use ::real::prelude::rust_2024::*;
use ::real::thread_local;

use ::sched_runtime::{Caller, attached, kernel, record, thread};

thread_local! {
    static LEAVING: Cell<Option<Caller>> = const { Cell::new(None) };
}

/// Notes the line that ends this process.
pub(crate) fn leaving_at(caller: Caller) {
    LEAVING.set(Some(caller));
}

/// Runs before main, on its thread.
extern "C" fn before_main() {
    ::sched_runtime::server::enter();
    if !attached::controlled() {
        return;
    }
    // Registered first, so it runs last: after the program's own handlers and those of `mp`.
    drop(::sched_runtime::sys::at_exit(before_exit));
    crate::panic::tell(|info| record::panicked(&message(info), info.location()));
}

extern "C" fn before_exit() {
    thread::outlive_owed(Location::caller());
    kernel::exit_point(LEAVING.get(), Location::caller());
}

fn message(info: &PanicHookInfo<'_>) -> String {
    let text = |payload: &dyn Any| {
        let text = payload.downcast_ref::<&str>().copied();
        text.or_else(|| payload.downcast_ref::<String>().map(Deref::deref))
            .map(String::from)
    };
    text(info.payload()).unwrap_or_else(|| String::from("a panic without a message"))
}

/// The linker's list of functions to call before main.
// SAFETY: the linker expects in `.init_array` pointers to functions of C's calling convention,
// which this is. They are called with arguments, which a function without any ignores, once, on
// the main thread.
#[used]
#[unsafe(link_section = ".init_array")]
static BEFORE_MAIN: extern "C" fn() = before_main;
