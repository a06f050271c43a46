//! What happens before main: the program turns into a fork server if the checker asks for it.

use ::real::any::Any;
use ::real::boxed::Box;
use ::real::cell::Cell;
use ::real::convert::From;
use ::real::mem::drop;
use ::real::ops::Deref;
use ::real::option::Option::{self, None, Some};
use ::real::panic::{Location, PanicHookInfo, set_hook, take_hook};
use ::real::string::String;
use ::real::thread_local;

use ::sched::kernel;

thread_local! {
    static LEAVING: Cell<Option<&'static Location<'static>>> = const { Cell::new(None) };
}

/// Notes the line that ends this process.
pub(crate) fn leaving_at(caller: &'static Location<'static>) {
    LEAVING.set(Some(caller));
}

/// Runs before main. The real std is not set up yet, which matters for its arguments and its
/// handling of signals only; what is called here needs neither.
extern "C" fn before_main() {
    ::sched::server::enter();
    if !kernel::controlled() {
        return;
    }
    // Registered first, so it runs last: after the program's own handlers and those of `mp`.
    drop(::sched::sys::at_exit(before_exit));
    let usual = take_hook();
    set_hook(Box::new(move |info| {
        kernel::panicked(&message(info), info.location());
        usual(info);
    }));
}

extern "C" fn before_exit() {
    kernel::exit_point(LEAVING.get().unwrap_or_else(|| Location::caller()));
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
// SAFETY: `.init_array` holds pointers to functions that take nothing we read; the function is
// sound to call once, on the main thread, before main.
#[used]
#[unsafe(link_section = ".init_array")]
static BEFORE_MAIN: extern "C" fn() = before_main;
