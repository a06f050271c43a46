//! verdict: deadlock, held_at_fork
//! says: Process-1 waits for Process-1's copy of Mutex-1 (line 10): main held it when the copy was made, and nobody can give the copy back
use std::sync::Mutex;

static MUTEX: Mutex<i32> = Mutex::new(0);

fn main() -> std::io::Result<()> {
    let guard = MUTEX.lock().unwrap();
    let child = mp::Process::new(|| {
        println!("{}", MUTEX.lock().unwrap());
    })
    .start()?;
    drop(guard);
    child.join();
    Ok(())
}
