//! What every program of scenarios is given: the list of them, and a main that runs the one named last.

macro_rules! scenarios {
    ($($name:ident)*) => {
        pub const SCENARIOS: &[(&str, fn())] = &[$((stringify!($name), $name)),*];

        pub fn main() {
            let name = std::env::args().next_back().expect("the name of a scenario");
            let found = SCENARIOS.iter().find(|(known, _)| *known == name);
            found.expect("a known scenario").1();
            println!("done");
        }
    };
}
