//! exit: 1
//! An error returned from main.
use std::io::{Error, ErrorKind};

fn main() -> Result<(), Error> {
    println!("before");
    Err(Error::new(ErrorKind::Other, "it went wrong"))
}
