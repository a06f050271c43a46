//! verdict: deadlock, mutual_wait
//!
//! Each side of the pipe waits for the first word of the other one.
use mp::{Connection, Process};

fn talk(side: Connection<String>) {
    let heard = side.recv().expect("somebody speaks");
    side.send(format!("you said {heard}")).expect("somebody hears");
}

fn main() -> std::io::Result<()> {
    let (here, there) = mp::pipe::<String>()?;
    let child = Process::new(move || talk(there)).start()?;
    talk(here);
    child.join();
    Ok(())
}
