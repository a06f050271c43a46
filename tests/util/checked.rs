//! Programs compiled as `course` compiles them, without it, to be run schedule by schedule.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use course::flags;
use sched_host::{Host, Program};
use serde_json::Value;

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
        command.arg(file).arg("--edition=2024").args(flags::ALL);
        command.arg("-o").arg(program);
        command.arg(format!("--crate-name={name}"));
        if checked {
            command.arg(format!("--extern=std={}", path(&self.0["std"])));
            command.args(flags::CHECKED);
            command.arg(format!("--extern=mp={}", path(&self.0["mp"])));
            for dependencies in self.0["dependencies"].as_array().expect("a list") {
                command.arg(format!("-Ldependency={}", path(dependencies)));
            }
            if self.0["linking"] == "Static" {
                command.args(flags::STATIC);
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
        file: "",
        path: program,
        args: &[],
        core: None,
        scratch,
        confine: None,
    });
    host.map_err(|error| error.to_string())
}
