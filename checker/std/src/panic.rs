//! Mirror of [`mod@::std::panic`]: a hook of the program's own is called once a panic has been noted.

use ::real::prelude::rust_2024::*;
use ::real::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use ::sched_runtime::attached;

pub use ::real::panic::*;

type Hook<'a> = dyn Fn(&PanicHookInfo<'_>) + Sync + Send + 'a;

/// What the real std does where the program has no hook.
static USUAL: OnceLock<Box<Hook<'static>>> = OnceLock::new();
/// The program's own. It is held for a moment only, never while a hook runs.
static OWN: Mutex<Option<Arc<Hook<'static>>>> = Mutex::new(None);

/// Has each panic told to `note` from now on, before any hook.
pub(crate) fn tell(note: fn(&PanicHookInfo<'_>)) {
    drop(USUAL.set(::real::panic::take_hook()));
    ::real::panic::set_hook(Box::new(move |info| {
        note(info);
        match own().clone() {
            Some(hook) => hook(info),
            None => usual(info),
        }
    }));
}

fn own() -> MutexGuard<'static, Option<Arc<Hook<'static>>>> {
    OWN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn usual(info: &PanicHookInfo<'_>) {
    if let Some(usual) = USUAL.get() {
        usual(info);
    }
}

/// As the real ones do.
#[track_caller]
fn refuse_while_panicking() {
    if ::real::thread::panicking() {
        ::real::panic!("cannot modify the panic hook from a panicking thread");
    }
}

/// See [`::std::panic::set_hook`].
#[track_caller]
pub fn set_hook(hook: Box<Hook<'static>>) {
    if !attached::controlled() {
        return ::real::panic::set_hook(hook);
    }
    refuse_while_panicking();
    let before = own().replace(Arc::from(hook));
    drop(before);
}

/// See [`::std::panic::take_hook`].
#[must_use]
#[track_caller]
pub fn take_hook() -> Box<Hook<'static>> {
    if !attached::controlled() {
        return ::real::panic::take_hook();
    }
    refuse_while_panicking();
    let own = own().take();
    match own {
        Some(hook) => Box::new(move |info| hook(info)),
        None => Box::new(usual),
    }
}
