//! Macros of one's own around std's.
use std::collections::HashMap;
use std::sync::Mutex;

macro_rules! map {
    ($($key:expr => $value:expr),* $(,)?) => {{
        let mut map = HashMap::new();
        $(map.insert($key, $value);)*
        map
    }};
}

macro_rules! locked {
    ($($name:ident: $type:ty = $value:expr;)*) => {$(
        static $name: Mutex<$type> = Mutex::new($value);
    )*};
}

macro_rules! say {
    ($($arg:tt)*) => { println!("> {}", format_args!($($arg)*)) };
}

locked! {
    FIRST: i32 = 1;
    SECOND: Option<String> = None;
}

fn main() {
    let ages = map! { "ann" => 3, "bob" => 4 };
    let mut names: Vec<_> = ages.keys().collect();
    names.sort();
    say!("{names:?} {}", ages["bob"]);
    *FIRST.lock().unwrap() += 1;
    SECOND.lock().unwrap().replace(String::from("set"));
    say!("{:?} {:?}", FIRST.lock().unwrap(), SECOND.lock().unwrap());
    assert!(matches!(SECOND.lock().as_deref(), Ok(Some(_))));
    assert_eq!(vec![0; 3].len(), 3, "with a message {}", 1);
    let text = concat!("a", 1, true);
    say!("{text} {} {}", line!(), stringify!(x + y));
    eprintln!("to standard error");
    let _ = dbg!(1 + 1);
    debug_assert_ne!(1, 2);
    write_it(&mut String::new());
}

fn write_it(out: &mut String) {
    use std::fmt::Write as _;
    write!(out, "{:?}", [1, 2]).unwrap();
    writeln!(out).unwrap();
    print!("{out}");
}
