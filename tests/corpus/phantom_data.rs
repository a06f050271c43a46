//! Types with a state that only the compiler sees.
use std::marker::PhantomData;

struct Open;
struct Closed;

struct Door<State> {
    opened: u32,
    state: PhantomData<State>,
}

impl Door<Closed> {
    fn new() -> Self {
        Door { opened: 0, state: PhantomData }
    }
    fn open(self) -> Door<Open> {
        Door { opened: self.opened + 1, state: PhantomData }
    }
}

impl Door<Open> {
    fn close(self) -> Door<Closed> {
        Door { opened: self.opened, state: PhantomData }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Length<Unit>(f64, PhantomData<Unit>);
#[derive(Debug, Clone, Copy, PartialEq)]
struct Metres;

impl<U> std::ops::Add for Length<U> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Length(self.0 + other.0, PhantomData)
    }
}

fn main() {
    let door = Door::new().open().close().open();
    println!("{}", door.opened);
    let sum = Length::<Metres>(1.5, PhantomData) + Length(2.0, PhantomData);
    println!("{sum:?} {}", std::mem::size_of::<Door<Open>>());
}
