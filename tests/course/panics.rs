//! Panics in programs of one's own: no fault where somebody takes what they leave, one where nobody
//! does, and always one where they end main.

use serde_json::Value;

use crate::util::{call, result, scratch_file};

/// What comes before each main.
const USES: &str = "#![allow(unused)]
use mp::Process;
use std::sync::{Arc, Mutex, Once};
use std::thread;
use std::time::Duration;
fn fails() { panic!(\"no flour\") }
fn child() -> mp::Child { Process::new(fails).start().unwrap() }
";

/// Mains in which somebody takes the panic, or was about to when the program ended.
const TAKEN: &[&str] = &[
    "if child().join() != 0 { println!(\"main copes\"); }",
    "println!(\"{}\", child().join());",
    "assert_eq!(child().join(), 101);",
    "let codes: Vec<i32> = [child(), child()].iter().map(mp::Child::join).collect();
     println!(\"{codes:?}\");",
    "let one = child(); one.join(); assert_eq!(one.exit_code(), Some(101));",
    "let one = child(); while one.is_alive() { thread::sleep(Duration::from_millis(1)); }
     println!(\"{:?}\", one.exit_code());",
    "let mut tries = 0;
     while Process::new(move || assert!(tries > 1)).start().unwrap().join() != 0 { tries += 1; }
     println!(\"{tries}\");",
    "let middle = Process::new(|| { std::process::exit(child().join() - 100) }).start().unwrap();
     println!(\"{}\", middle.join());",
    "assert!(thread::spawn(fails).join().is_err());",
    "thread::spawn(|| assert!(thread::spawn(fails).join().is_err()));",
    "let (tell, told) = std::sync::mpsc::channel();
     thread::spawn(move || for worker in told {
         let worker: thread::JoinHandle<()> = worker; assert!(worker.join().is_err());
     });
     tell.send(thread::spawn(fails)).unwrap();",
    "let shelf = Arc::new(Mutex::new(0)); let its = Arc::clone(&shelf);
     let worker = thread::spawn(move || { let _held = its.lock().unwrap(); fails() });
     while !worker.is_finished() { thread::yield_now(); }
     assert!(shelf.lock().is_err());",
    "let shelf = Arc::new(Mutex::new(0)); let its = Arc::clone(&shelf);
     let _ = thread::spawn(move || { let _held = its.lock().unwrap(); fails() }).join();
     println!(\"{}\", Arc::try_unwrap(shelf).unwrap().into_inner().is_err());",
    "static OVEN: Once = Once::new();
     let worker = thread::spawn(|| OVEN.call_once(fails));
     while !worker.is_finished() { thread::yield_now(); }
     OVEN.call_once_force(|state| assert!(state.is_poisoned()));",
    // Whatever a hook of the program's own says of it.
    "std::panic::set_hook(Box::new(|_| {}));
     let (tell, told) = std::sync::mpsc::channel::<()>();
     let worker = thread::spawn(move || { let _tell = tell; fails() });
     told.recv().unwrap_err();
     while !worker.is_finished() { thread::yield_now(); }",
    "let usual = std::panic::take_hook();
     std::panic::set_hook(Box::new(move |info| { usual(info) }));
     drop(std::panic::take_hook());
     assert!(thread::spawn(fails).join().is_err());",
    // Somebody is told by what the unwinding does.
    "let (tell, told) = std::sync::mpsc::channel::<()>();
     let worker = thread::spawn(move || { let _tell = tell; fails() });
     told.recv().unwrap_err();
     while !worker.is_finished() { thread::yield_now(); }",
    "let answer = |of: usize| {
         let (tell, told) = std::sync::mpsc::channel();
         thread::spawn(move || tell.send([7][of]).unwrap());
         told.recv().ok()
     };
     println!(\"{:?} {:?}\", answer(0), answer(1));",
    "struct Tell(std::sync::mpsc::Sender<bool>);
     impl Drop for Tell { fn drop(&mut self) { self.0.send(thread::panicking()).unwrap(); } }
     let (tell, told) = std::sync::mpsc::channel();
     for _ in 0..2 { let tell = Tell(tell.clone()); thread::spawn(move || { let _tell = tell; fails() }); }
     drop(tell);
     println!(\"{}\", told.iter().filter(|it| *it).count());",
    "struct Again(Arc<(Mutex<u32>, std::sync::Condvar)>);
     impl Drop for Again {
         fn drop(&mut self) {
             let shop = Arc::clone(&self.0);
             thread::spawn(move || { *shop.0.lock().unwrap() += 1; shop.1.notify_one(); });
         }
     }
     let shop = Arc::new((Mutex::new(0), std::sync::Condvar::new()));
     let again = Again(Arc::clone(&shop));
     thread::spawn(move || { let _again = again; fails() });
     drop(shop.1.wait_while(shop.0.lock().unwrap(), |it| *it == 0).unwrap());",
    "struct Count(Arc<(Mutex<u32>, std::sync::Condvar)>);
     impl Drop for Count {
         fn drop(&mut self) { *self.0.0.lock().unwrap() += 1; self.0.1.notify_one(); }
     }
     let all = Arc::new((Mutex::new(0), std::sync::Condvar::new()));
     let count = Count(Arc::clone(&all));
     thread::spawn(move || { let _count = count; fails() });
     drop(all.1.wait_while(all.0.lock().unwrap(), |it| *it == 0).unwrap());",
];

/// Mains in which nobody does, each with words of what must be told.
const LEFT: &[(&str, &str)] = &[
    ("child().join();", "Process-1 panicked: no flour"),
    ("let _ = child().join();", "Process-1 panicked: no flour"),
    ("let one = child();", "Process-1 panicked: no flour"),
    (
        "for one in [child(), child()] { one.join(); }",
        "Process-1 panicked: no flour",
    ),
    (
        "let one = child(); while one.is_alive() { thread::yield_now(); }",
        "Process-1 panicked: no flour",
    ),
    (
        "assert_eq!(child().join(), 0);",
        "Process-1 panicked: no flour",
    ),
    (
        "std::process::exit(child().join());",
        "Process-1 panicked: no flour",
    ),
    (
        "println!(\"{}\", child().join()); fails();",
        "main panicked",
    ),
    ("thread::spawn(fails).join().unwrap();", "Thread-1 panicked"),
    (
        "let worker = thread::spawn(fails); while !worker.is_finished() { thread::yield_now(); }",
        "Thread-1 panicked: no flour",
    ),
    (
        "thread::spawn(fails); thread::sleep(Duration::from_secs(1));",
        "Thread-1 panicked: no flour",
    ),
    // What a program does in any case when all is done tells nobody of a panic.
    (
        "let (tell, told) = std::sync::mpsc::channel();
         thread::spawn(move || for slice in 0..3 {
             if slice == 2 { fails() }
             tell.send(slice).unwrap();
         });
         for slice in told { println!(\"{slice}\"); }
         thread::sleep(Duration::from_secs(1));",
        "Thread-1 panicked: no flour",
    ),
    (
        "let (tell, told) = std::sync::mpsc::channel::<i32>();
         thread::spawn(move || { let _tell = tell; fails() });
         while let Ok(slice) = told.recv() { println!(\"{slice}\"); }
         thread::sleep(Duration::from_secs(1));",
        "Thread-1 panicked: no flour",
    ),
    (
        "let (tell, told) = std::sync::mpsc::channel::<i32>();
         thread::spawn(move || { let _tell = tell; fails() });
         told.recv().unwrap();",
        "Thread-1 panicked: no flour",
    ),
    // What the unwinding stores, and nobody reads afterwards.
    (
        "struct Flag(Arc<std::sync::atomic::AtomicBool>);
         impl Drop for Flag {
             fn drop(&mut self) { self.0.store(true, std::sync::atomic::Ordering::SeqCst); }
         }
         let flag = Flag(Default::default());
         thread::spawn(move || { let _flag = flag; fails() });
         thread::sleep(Duration::from_secs(1));",
        "Thread-1 panicked: no flour",
    ),
    (
        "let shelf = Arc::new(Mutex::new(0)); let its = Arc::clone(&shelf);
         thread::spawn(move || { *its.lock().unwrap() += 1; fails() });
         thread::sleep(Duration::from_secs(1));
         println!(\"{}\", shelf.lock().unwrap());",
        "Thread-1 panicked: no flour",
    ),
];

fn judged(main: &str) -> Value {
    let text = format!("{USES}fn main() {{ {main} }}\n");
    let (_folder, file) = scratch_file("panics.rs", text);
    result(&call(&[
        "check",
        &file,
        "--schedules",
        "60",
        "--format",
        "json",
    ]))
}

#[test]
fn a_panic_that_somebody_takes_is_no_fault() {
    for main in TAKEN {
        let report = judged(main);
        assert_eq!(report["verdict"], "passed", "{main}\n{report}");
    }
}

#[test]
fn a_panic_that_nobody_takes_or_that_ends_main_is_one() {
    for (main, words) in LEFT {
        let report = judged(main);
        let told = report["message"].as_str().unwrap_or_default();
        let right = report["verdict"] == "panic" && told.contains(words);
        assert!(right, "{main}\n{report}");
    }
}
