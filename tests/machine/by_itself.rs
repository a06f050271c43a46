//! A command by itself: with processes, a `/dev/shm` and rights of its own, so that whatever is left
//! there at its end is what it left, whoever else works on the machine.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// As whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Whoever runs the tests.
    Same,
    /// Root, whom the rights of files stop.
    WithoutRights,
    /// An ordinary user.
    User,
}

/// The ordinary user's number.
pub const USER: u32 = 1000;
/// What is there when nothing is left: the shell that looks.
const NOTHING: &str = "/proc/1 /dev/shm/* /dev/shm/.[!.]*\n";
/// Makes all that, runs the command and looks. An ordinary user may use root's toolchain, which
/// lies in a folder that is closed to others.
const SCRIPT: &str = r#"
report=$1 home=$2; shift 2
mount -t tmpfs -o mode=1777 none /dev/shm || exit 99
if [ -n "$home" ]; then
    mount --bind "$home" /mnt && mount -t tmpfs -o mode=755 none "$home" || exit 99
    for folder in .rustup .cargo; do
        mkdir "$home/$folder" && mount --bind "/mnt/$folder" "$home/$folder" || exit 99
    done
fi
"$@"
code=$?
echo /proc/[0-9]* /dev/shm/* /dev/shm/.[!.]* >"$report"
exit $code
"#;

impl Who {
    /// All as whom that can be here: only root can be somebody else.
    pub fn all() -> &'static [Who] {
        match is_root() {
            true => &[Who::Same, Who::WithoutRights, Who::User],
            false => &[Who::Same],
        }
    }

    fn words(self) -> Vec<String> {
        let words: &[&str] = match self {
            Who::Same => return Vec::new(),
            Who::WithoutRights => &["--bounding-set=-all", "--inh-caps=-all"],
            Who::User => &["--clear-groups", "--bounding-set=-all", "--inh-caps=-all"],
        };
        let user = [format!("--reuid={USER}"), format!("--regid={USER}")];
        let user = user.into_iter().filter(|_| self == Who::User);
        let words = words.iter().map(|it| (*it).to_owned());
        ["setpriv".to_owned()]
            .into_iter()
            .chain(words)
            .chain(user)
            .collect()
    }
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Runs a command by itself, and tells what it left, if anything. Its temporary files are in
/// `/dev/shm`.
pub fn run(command: &Command, who: Who) -> (Output, Option<String>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let report = folder.path().join("left");
    let mut alone = Command::new("unshare");
    if !is_root() {
        alone.arg("--map-root-user");
    }
    alone.args([
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "--mount-proc",
        "sh",
        "-c",
        SCRIPT,
        "sh",
    ]);
    let home = std::env::var_os("HOME").filter(|_| who == Who::User);
    alone
        .arg(&report)
        .arg(home.unwrap_or_default())
        .args(who.words());
    alone.arg(command.get_program()).args(command.get_args());
    alone.envs(
        command
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    alone.env("TMPDIR", "/dev/shm");
    alone.current_dir(command.get_current_dir().expect("is told"));
    let output = alone.output().expect("unshare is there");
    let left = fs::read_to_string(&report).unwrap_or_else(|error| {
        panic!("{error}: {}", String::from_utf8_lossy(&output.stderr));
    });
    (output, Some(left).filter(|left| left != NOTHING))
}

/// Gives a folder, and what is in it, to the ordinary user.
pub fn give(folder: &Path) {
    let user = format!("{USER}:{USER}");
    let given = Command::new("chown")
        .args(["-R", &user])
        .arg(folder)
        .status();
    assert!(given.expect("chown is there").success());
}
