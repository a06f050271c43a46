//! verdict: panic
//! message: SIGSEGV
//!
//! Reads from an address where there is nothing.

fn attack() {
    let child = mp::Process::new(|| {
        let nowhere = std::ptr::without_provenance::<u8>(8);
        let byte = unsafe { nowhere.read_volatile() };
        println!("{byte}");
    });
    child.start().expect("can be started").join();
}
