//! One access to an atomic: plainly, or with a point before it and a record after it.

use ::real::panic::Location;
use ::real::prelude::rust_2024::*;
use ::real::sync::atomic::Ordering;

use ::sched_model::Op;
use ::sched_model::{Freedom, Meaning};
use ::sched_runtime::atomic::{self, Effect, accessed, point};
use ::sched_runtime::attached::controlled;
use ::sched_runtime::{Object, liberty};

/// The real atomics, as far as all of them are alike.
pub(super) trait Real {
    /// What they hold.
    type Value: Copy + PartialEq;
    /// How its bits are to be shown.
    const MEANING: Meaning;

    fn load(&self, order: Ordering) -> Self::Value;
    fn store(&self, value: Self::Value, order: Ordering);
    fn replace(
        &self,
        values: (Self::Value, Self::Value),
        orders: (Ordering, Ordering),
    ) -> Result<Self::Value, Self::Value>;
    /// The bits to be shown; those of different values may be the same.
    fn bits(value: Self::Value) -> u64;
    /// The bits that it has in memory.
    fn raw(value: Self::Value) -> u64;
    /// The value of such bits.
    fn of_raw(bits: u64) -> Self::Value;
}

/// The old bits and the new ones, as they are to be shown: different if, and only if, the values
/// are different.
fn change<R: Real>(old: R::Value, new: R::Value) -> (u64, u64) {
    let bits = R::bits(new);
    (if old == new { bits } else { !bits }, bits)
}

fn address<R>(real: &R) -> usize {
    ::real::ptr::from_ref(real).addr()
}

/// The address of an atomic, and its size.
fn place<R>(real: &R) -> (usize, usize) {
    (address(real), size_of::<R>())
}

#[track_caller]
pub(super) fn load<R: Real>(real: &R, order: Ordering) -> R::Value {
    if !controlled() {
        return real.load(order);
    }
    let object = point(Op::Read, address(real), R::MEANING, Location::caller());
    let now = real.load(order);
    let older = atomic::older(object, R::raw(now), order);
    let value = older.map_or(now, R::of_raw);
    accessed(object, place(real), Effect::Read(R::bits(value)), order);
    value
}

#[track_caller]
pub(super) fn store<R: Real>(real: &R, value: R::Value, order: Ordering) {
    if !controlled() {
        return real.store(value, order);
    }
    let object = point(Op::Write, address(real), R::MEANING, Location::caller());
    let old = real.load(Ordering::Relaxed);
    if !atomic::is_overtaken(object, (R::raw(old), R::raw(value)), order) {
        real.store(value, order);
    }
    let (old, new) = change::<R>(old, value);
    accessed(object, place(real), Effect::Wrote(old, new), order);
}

/// Any change in one step: `act` makes it and returns the old value.
#[track_caller]
pub(super) fn update<R: Real>(
    real: &R,
    order: Ordering,
    act: impl FnOnce(&R) -> R::Value,
) -> R::Value {
    if !controlled() {
        return act(real);
    }
    let object = point(Op::Update, address(real), R::MEANING, Location::caller());
    let value = act(real);
    let now = real.load(Ordering::Relaxed);
    atomic::updated(object, (R::raw(value), R::raw(now)), order);
    let (old, new) = change::<R>(value, now);
    accessed(object, place(real), Effect::Updated(old, new), order);
    value
}

/// Fails for a reason only.
#[track_caller]
pub(super) fn replace<R: Real>(
    real: &R,
    values: (R::Value, R::Value),
    orders: (Ordering, Ordering),
) -> Result<R::Value, R::Value> {
    replace_unless(real, values, orders, |_| false)
}

/// May fail for none.
#[track_caller]
pub(super) fn replace_weakly<R: Real>(
    real: &R,
    values: (R::Value, R::Value),
    orders: (Ordering, Ordering),
) -> Result<R::Value, R::Value> {
    replace_unless(real, values, orders, |object| {
        real.load(Ordering::Relaxed) == values.0 && liberty::takes(Freedom::Fails, object)
    })
}

#[track_caller]
fn replace_unless<R: Real>(
    real: &R,
    values: (R::Value, R::Value),
    orders: (Ordering, Ordering),
    fails: impl FnOnce(Object) -> bool,
) -> Result<R::Value, R::Value> {
    if !controlled() {
        return real.replace(values, orders);
    }
    let object = point(Op::Update, address(real), R::MEANING, Location::caller());
    let result = match fails(object) {
        true => Err(values.0),
        false => real.replace(values, orders),
    };
    match result {
        Ok(old) => {
            atomic::updated(object, (R::raw(old), R::raw(values.1)), orders.0);
            let (old, new) = change::<R>(old, values.1);
            accessed(object, place(real), Effect::Updated(old, new), orders.0);
        }
        Err(seen) => {
            atomic::failed(object, R::raw(seen), orders.1);
            accessed(object, place(real), Effect::Read(R::bits(seen)), orders.1);
        }
    }
    result
}

/// Loads, computes and replaces until nothing came in between.
#[track_caller]
pub(super) fn compute<R: Real>(
    real: &R,
    orders: (Ordering, Ordering),
    mut f: impl FnMut(R::Value) -> Option<R::Value>,
) -> Result<R::Value, R::Value> {
    let mut seen = load(real, orders.1);
    while let Some(next) = f(seen) {
        match replace(real, (seen, next), orders) {
            Ok(old) => return Ok(old),
            Err(newer) => seen = newer,
        }
    }
    Err(seen)
}

/// The strongest order that a failure may have beside this one.
pub(super) fn on_failure(order: Ordering) -> Ordering {
    match order {
        Ordering::Release | Ordering::Relaxed => Ordering::Relaxed,
        Ordering::Acquire | Ordering::AcqRel => Ordering::Acquire,
        order => order,
    }
}

/// What all mirrors of atomics have. `$real` is the real type, `$value` what it holds.
macro_rules! common {
    ([$($generic:tt)*] $name:ident $mirror:ty, $value:ty, $real:ty, $meaning:expr, $bits:expr, $raw:expr, $of_raw:expr) => {
        impl<$($generic)*> super::access::Real for $real {
            type Value = $value;
            const MEANING: ::sched_model::Meaning = $meaning;

            fn load(&self, order: Ordering) -> $value {
                <$real>::load(self, order)
            }
            fn store(&self, value: $value, order: Ordering) {
                <$real>::store(self, value, order);
            }
            fn replace(
                &self,
                (current, new): ($value, $value),
                (success, failure): (Ordering, Ordering),
            ) -> Result<$value, $value> {
                self.compare_exchange(current, new, success, failure)
            }
            fn bits(value: $value) -> u64 {
                $bits(value)
            }
            fn raw(value: $value) -> u64 {
                $raw(value)
            }
            fn of_raw(bits: u64) -> $value {
                $of_raw(bits)
            }
        }

        #[doc = ::real::concat!(
            "The functions that all mirrors have; see [`::std::sync::atomic::",
            ::real::stringify!($name),
            "`]."
        )]
        impl<$($generic)*> $mirror {
            /// See the real type.
            #[must_use]
            pub const fn new(value: $value) -> Self {
                $name(<$real>::new(value))
            }

            /// See the real type.
            ///
            /// # Safety
            ///
            /// As the real one.
            #[must_use]
            pub const unsafe fn from_ptr<'a>(ptr: *mut $value) -> &'a Self {
                // SAFETY: the caller's contract is that of the real type, whose layout the mirror
                // has: aligned and valid for `'a`, and changed by atomic accesses only.
                unsafe { &*ptr.cast() }
            }

            /// See the real type.
            pub fn get_mut(&mut self) -> &mut $value {
                self.0.get_mut()
            }

            /// See the real type.
            pub fn from_mut(value: &mut $value) -> &mut Self {
                // SAFETY: the mirror has the layout of the value, and any value is a valid one; the
                // value is borrowed mutably for as long as the reference lives.
                unsafe { &mut *::real::ptr::from_mut(value).cast() }
            }

            /// See the real type.
            pub fn get_mut_slice(this: &mut [Self]) -> &mut [$value] {
                // SAFETY: each mirror has the layout of its value, and any of its values is a valid
                // one; they are borrowed mutably for as long as the reference lives.
                unsafe { &mut *(::real::ptr::from_mut(this) as *mut [$value]) }
            }

            /// See the real type.
            pub fn from_mut_slice(values: &mut [$value]) -> &mut [Self] {
                // SAFETY: each mirror has the layout of its value, and any value is a valid one;
                // they are borrowed mutably for as long as the reference lives.
                unsafe { &mut *(::real::ptr::from_mut(values) as *mut [Self]) }
            }

            /// See the real type.
            #[must_use]
            pub const fn into_inner(self) -> $value {
                self.0.into_inner()
            }

            /// See the real type.
            pub const fn as_ptr(&self) -> *mut $value {
                self.0.as_ptr()
            }

            /// See the real type.
            #[track_caller]
            pub fn load(&self, order: Ordering) -> $value {
                super::access::load(&self.0, order)
            }

            /// See the real type.
            #[track_caller]
            pub fn store(&self, value: $value, order: Ordering) {
                super::access::store(&self.0, value, order);
            }

            /// See the real type.
            #[track_caller]
            pub fn swap(&self, value: $value, order: Ordering) -> $value {
                super::access::update(&self.0, order, |real| real.swap(value, order))
            }

            /// See the real type.
            #[deprecated(
                since = "1.50.0",
                note = "Use `compare_exchange` or `compare_exchange_weak` instead"
            )]
            #[track_caller]
            pub fn compare_and_swap(
                &self,
                current: $value,
                new: $value,
                order: Ordering,
            ) -> $value {
                let failure = super::access::on_failure(order);
                match self.compare_exchange(current, new, order, failure) {
                    Ok(value) | Err(value) => value,
                }
            }

            /// See the real type.
            #[track_caller]
            pub fn compare_exchange(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                super::access::replace(&self.0, (current, new), (success, failure))
            }

            /// See the real type.
            ///
            /// # Errors
            ///
            /// As the real one.
            #[track_caller]
            pub fn compare_exchange_weak(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                super::access::replace_weakly(&self.0, (current, new), (success, failure))
            }

            /// See the real type.
            #[track_caller]
            pub fn fetch_update<F>(
                &self,
                set_order: Ordering,
                fetch_order: Ordering,
                f: F,
            ) -> Result<$value, $value>
            where
                F: FnMut($value) -> Option<$value>,
            {
                super::access::compute(&self.0, (set_order, fetch_order), f)
            }

            /// See the real type.
            #[track_caller]
            pub fn try_update(
                &self,
                set_order: Ordering,
                fetch_order: Ordering,
                f: impl FnMut($value) -> Option<$value>,
            ) -> Result<$value, $value> {
                super::access::compute(&self.0, (set_order, fetch_order), f)
            }

            /// See the real type.
            #[track_caller]
            pub fn update(
                &self,
                set_order: Ordering,
                fetch_order: Ordering,
                mut f: impl FnMut($value) -> $value,
            ) -> $value {
                let orders = (set_order, fetch_order);
                match super::access::compute(&self.0, orders, |value| Some(f(value))) {
                    Ok(value) | Err(value) => value,
                }
            }
        }

        impl<$($generic)*> From<$value> for $mirror {
            fn from(value: $value) -> Self {
                Self::new(value)
            }
        }

        impl<$($generic)*> ::real::fmt::Debug for $mirror {
            fn fmt(&self, f: &mut ::real::fmt::Formatter<'_>) -> ::real::fmt::Result {
                ::real::fmt::Debug::fmt(&self.load(Ordering::Relaxed), f)
            }
        }
    };
}
pub(super) use common;

/// Changes in one step that the real type has under the same name.
macro_rules! updates {
    ([$($generic:tt)*] $mirror:ty, $value:ty: $($name:ident($argument:ty))*) => {
        impl<$($generic)*> $mirror {$(
            /// See the real type.
            #[track_caller]
            pub fn $name(&self, value: $argument, order: Ordering) -> $value {
                super::access::update(&self.0, order, |real| real.$name(value, order))
            }
        )*}
    };
}
pub(super) use updates;
