//! Programs compiled as `course` compiles them, without it, to be run schedule by schedule.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use sched::host::{Host, Program};
use serde_json::Value;

/// The flags of `course`, but for what concerns messages.
const FLAGS: [&str; 6] = [
    "--edition=2024",
    "--crate-type=bin",
    "-Awarnings",
    "-Copt-level=0",
    "-Cdebug-assertions=on",
    "-Cstrip=debuginfo",
];
/// Flags for linking against the checked std, as `course` has them.
const LINK_FLAGS: [&str; 3] = [
    "-Clink-arg=-Wl,--wrap=pthread_create",
    "-Clink-arg=-Wl,--wrap=pthread_getattr_np",
    "-Clink-arg=-Wl,--wrap=posix_spawnp",
];
/// Flags for a static executable, as `course` makes them where it can.
const STATIC_FLAGS: [&str; 3] = [
    "-Ctarget-feature=+crt-static",
    "-Crelocation-model=static",
    "-Clink-arg=-Wl,-z,max-page-size=0x200000,-z,noseparate-code",
];

/// The libraries that `course` built, as it noted them.
pub struct Libraries(Value);

impl Libraries {
    /// Builds them if need be.
    pub fn find() -> Self {
        super::prepare();
        let stamp = super::root().join("target/checked/course.json");
        let stamp = fs::read_to_string(stamp).expect("the libraries were built");
        let stamp: Value = serde_json::from_str(&stamp).expect("is JSON");
        Self(stamp["libraries"].clone())
    }

    /// Compiles `file` to `program`: plainly, or against the checked std.
    pub fn compile(&self, file: &Path, program: &Path, checked: bool) -> Result<(), String> {
        let name = file.file_stem().expect("has a name").to_string_lossy();
        let mut command = Command::new(path(&self.0["rustc"]));
        command.arg(file).args(FLAGS).arg("-o").arg(program);
        command.arg(format!("--crate-name={name}"));
        if checked {
            command.arg(format!("--extern=std={}", path(&self.0["std"])));
            command.args(LINK_FLAGS);
            command.arg(format!("--extern=mp={}", path(&self.0["mp"])));
            for dependencies in self.0["dependencies"].as_array().expect("a list") {
                command.arg(format!("-Ldependency={}", path(dependencies)));
            }
            if self.0["linking"] == "Static" {
                command.args(STATIC_FLAGS);
            }
        }
        let output = command.stdin(Stdio::null()).output().expect("rustc starts");
        match output.status.success() {
            true => Ok(()),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }
}

fn path(value: &Value) -> &str {
    value.as_str().expect("a path")
}

/// Starts a compiled program as a server of schedules.
pub fn serve(program: &Path, scratch: &Path) -> Result<Host, String> {
    let host = Host::start(&Program {
        path: program,
        args: &[],
        core: None,
        scratch,
        confine: None,
    });
    host.map_err(|error| error.to_string())
}
