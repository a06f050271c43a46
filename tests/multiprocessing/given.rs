//! What every program of scenarios is given: helpers, the list of the scenarios, and a main that runs
//! the one named last.

macro_rules! scenarios {
    ($($name:ident)*) => {
        /// For what must not happen meanwhile, and more than the checker's scheduler delays a task.
        #[allow(dead_code, reason = "not every file needs all of what is given")]
        const SHORT: std::time::Duration = std::time::Duration::from_millis(100);
        /// Never over before what is waited for, on however busy a machine.
        #[allow(dead_code, reason = "not every file needs all of what is given")]
        const LONG: std::time::Duration = std::time::Duration::from_secs(20);

        #[track_caller]
        fn start<'a>(work: impl FnOnce() + 'a) -> mp::Child {
            mp::Process::new(work).start().expect("can be started")
        }

        #[allow(dead_code, reason = "not every file needs all of what is given")]
        #[track_caller]
        fn join_all(children: &[mp::Child]) {
            for child in children {
                assert_eq!(child.join(), 0, "{}", child.name());
            }
        }

        /// Whether `act` panics with these words.
        #[allow(dead_code, reason = "not every file needs all of what is given")]
        fn panics(words: &str, act: impl FnOnce()) -> bool {
            let act = std::panic::AssertUnwindSafe(act);
            let panic = std::panic::catch_unwind(act).err();
            let message = panic.and_then(|panic| {
                let fixed = panic.downcast_ref::<&str>().map(ToString::to_string);
                fixed.or_else(|| panic.downcast_ref::<String>().cloned())
            });
            message.is_some_and(|message| message.contains(words))
        }

        /// Whether another process finds it so.
        #[allow(dead_code, reason = "not every file needs all of what is given")]
        fn elsewhere(holds: impl FnOnce() -> bool) -> bool {
            start(move || std::process::exit(i32::from(holds()))).join() == 1
        }

        /// Gives the children, which are about to wait, the time to do so.
        #[allow(dead_code, reason = "not every file needs all of what is given")]
        fn until_they_wait(children: &[mp::Child]) {
            std::thread::sleep(SHORT);
            // Plainly, with more arguments than one, no time is surely enough, but one can look.
            let asleep = |child: &mp::Child| {
                let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.pid()));
                stat.is_ok_and(|stat| stat.contains(") S "))
            };
            while std::env::args().count() > 2 && !children.iter().all(asleep) {
                std::thread::sleep(SHORT / 10);
            }
        }

        pub const SCENARIOS: &[(&str, fn())] = &[$((stringify!($name), $name)),*];

        pub fn main() {
            let name = std::env::args().next_back().expect("the name of a scenario");
            let found = SCENARIOS.iter().find(|(known, _)| *known == name);
            found.expect("a known scenario").1();
            println!("done");
        }
    };
}
