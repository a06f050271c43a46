//! Programs that std starts by copying the process: in another folder, with another search path, as
//! another process group, after a hook of one's own; and some that cannot be started.
use std::io::{self, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, Stdio};
use std::thread;

const PATH: (&str, &str) = ("PATH", "/usr/local/bin:/usr/bin:/bin");

fn said(command: &mut Command) -> io::Result<String> {
    Ok(String::from_utf8_lossy(&command.output()?.stdout).into_owned())
}

fn hooked(command: &mut Command, hook: impl FnMut() -> io::Result<()> + Send + Sync + 'static) -> &mut Command {
    // SAFETY: the hooks here change nothing but the new process.
    unsafe { command.pre_exec(hook) }
}

fn refused(command: &mut Command) -> String {
    command.status().map_err(|error| error.kind().to_string()).unwrap_err()
}

fn main() -> io::Result<()> {
    print!("{}", said(Command::new("pwd").current_dir("/"))?);
    print!("{}", said(Command::new("echo").arg("found").env(PATH.0, PATH.1))?);
    print!("{}", said(hooked(&mut Command::new("pwd"), || std::env::set_current_dir("/")))?);
    println!("{}", Command::new("true").process_group(0).status()?);
    println!("{}", refused(Command::new("true").current_dir("/no-such-folder")));
    println!("{}", refused(Command::new("no-such-program").env(PATH.0, PATH.1)));
    println!("{}", refused(hooked(&mut Command::new("true"), || Err(io::ErrorKind::Other.into()))));

    let mut cat = Command::new("cat");
    let cat = cat.env(PATH.0, PATH.1).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut cat = cat.spawn()?;
    cat.stdin.take().unwrap().write_all(b"through the pipe\n")?;
    let mut back = String::new();
    cat.stdout.take().unwrap().read_to_string(&mut back)?;
    print!("{back}{}\n", cat.wait()?);

    let mut endless = Command::new("sleep").arg("100").current_dir("/").spawn()?;
    println!("{:?}", endless.try_wait()?);
    endless.kill()?;
    println!("{:?}", endless.wait()?.signal());

    let threads = [3, 4].map(|code| {
        thread::spawn(move || {
            let exits = format!("exit {code}");
            Command::new("sh").args(["-c", &exits]).current_dir("/").status()
        })
    });
    for thread in threads {
        println!("{:?}", thread.join().unwrap()?.code());
    }
    let lost = thread::spawn(|| refused(Command::new("true").current_dir("/no-such-folder")));
    println!("{}", lost.join().unwrap());
    Ok(())
}
