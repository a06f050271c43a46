//! A real rust-analyzer in a learner's folder: a file is opened and saved, and what is published is what
//! was recorded.
//!
//! `cargo install --locked ra_ap_rust-analyzer` builds one; `RUST_ANALYZER` names it where it is not in
//! the PATH.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use serde_json::{Value, json};

use crate::editor::{RECORDED, for_rust_analyzer, saved, sorted};
use crate::util::{course, root, status, text};

/// Longer than anything takes, the first build of the libraries included.
const PATIENCE: Duration = Duration::from_secs(600);

/// A language server, and what it says.
struct Server {
    child: Child,
    input: ChildStdin,
    said: Receiver<Value>,
    folder: PathBuf,
    last: u64,
    /// What was published last for each file.
    published: BTreeMap<String, Vec<Value>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts rust-analyzer as an editor does that opened this folder with the settings in it.
    fn start(folder: &Path) -> Server {
        let program = std::env::var_os("RUST_ANALYZER").unwrap_or("rust-analyzer".into());
        let commands = cargo_bin!("course").parent().expect("a folder").to_owned();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([commands].into_iter().chain(std::env::split_paths(&path)));
        let mut command = Command::new(program);
        command
            .current_dir(folder)
            .env("PATH", path.expect("is a path"));
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().expect("there is a rust-analyzer");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, said) = mpsc::channel();
        std::thread::spawn(move || listen(output, &sender));
        let input = child.stdin.take().expect("its input");
        let (folder, published) = (folder.to_owned(), BTreeMap::new());
        let mut server = Server {
            child,
            input,
            said,
            folder,
            last: 0,
            published,
        };
        server.initialize();
        server
    }

    fn initialize(&mut self) {
        let folder = self.uri("");
        let folder = folder.trim_end_matches('/');
        let capabilities = json!({
            "window": { "workDoneProgress": true },
            "workspace": { "configuration": true, "workspaceFolders": true },
            "textDocument": { "publishDiagnostics": {
                "relatedInformation": true, "codeDescriptionSupport": true, "dataSupport": true,
            } },
            "experimental": { "serverStatusNotification": true },
        });
        self.last += 1;
        self.send(
            &json!({ "id": self.last, "method": "initialize", "params": {
            "processId": std::process::id(), "rootUri": folder, "capabilities": capabilities,
            "workspaceFolders": [{ "uri": folder, "name": "course" }],
            "initializationOptions": for_rust_analyzer(),
        } }),
        );
        let id = self.last;
        self.until(&|it| it["id"] == id && it.get("result").is_some());
        self.send(&json!({ "method": "initialized", "params": {} }));
        self.until(&|it| {
            it["method"] == "experimental/serverStatus" && it["params"]["quiescent"] == true
        });
    }

    fn uri(&self, file: &str) -> String {
        format!("file://{}/{file}", self.folder.display())
    }

    fn send(&mut self, message: &Value) {
        let mut message = message.clone();
        message["jsonrpc"] = "2.0".into();
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("it listens");
        self.input.flush().expect("it listens");
    }

    /// Takes what it says, and answers what it asks, until it has said this.
    #[track_caller]
    fn until(&mut self, wanted: &dyn Fn(&Value) -> bool) {
        loop {
            let message = self.said.recv_timeout(PATIENCE).expect("it goes on");
            self.take(&message);
            if wanted(&message) {
                return;
            }
        }
    }

    /// Opens a file as an editor does.
    fn open(&mut self, file: &str) {
        let text = fs::read_to_string(self.folder.join(file)).expect("is there");
        let document = json!({
            "uri": self.uri(file), "languageId": "rust", "version": 1, "text": text,
        });
        self.send(&json!({
            "method": "textDocument/didOpen", "params": { "textDocument": document },
        }));
    }

    /// Saves a file, and waits for the end of the check. What is published then.
    fn save(&mut self, file: &str, text: &str, version: u32) -> Vec<Value> {
        let uri = self.uri(file);
        self.send(&json!({ "method": "textDocument/didChange", "params": {
            "textDocument": { "uri": uri, "version": version }, "contentChanges": [{ "text": text }],
        } }));
        fs::write(self.folder.join(file), text).expect("can be written");
        self.send(&json!({
            "method": "textDocument/didSave", "params": { "textDocument": { "uri": uri } },
        }));
        let is_flycheck = |it: &Value| {
            let token = it["params"]["token"].as_str();
            token.is_some_and(|token| token.contains("flycheck"))
        };
        let progress = |kind: &'static str| {
            move |it: &Value| is_flycheck(it) && it["params"]["value"]["kind"] == kind
        };
        self.until(&progress("begin"));
        self.until(&progress("end"));
        // What it has to publish comes before its next answer that needs all of it.
        self.settle();
        let list = self.published.get(&uri).cloned().unwrap_or_default();
        sorted(
            list.iter()
                .filter_map(|it| self.recorded(&uri, it))
                .collect(),
        )
    }

    /// Waits until nothing has been said for a while.
    fn settle(&mut self) {
        while let Ok(message) = self.said.recv_timeout(Duration::from_secs(3)) {
            self.take(&message);
        }
    }

    /// Keeps what is published, and answers what is asked.
    fn take(&mut self, message: &Value) {
        let params = &message["params"];
        if message["method"] == "textDocument/publishDiagnostics" {
            let uri = params["uri"].as_str().expect("a file").to_owned();
            let list = params["diagnostics"].as_array().expect("a list").clone();
            self.published.insert(uri, list);
        } else if let (Some(id), true) = (message.get("id"), message.get("method").is_some()) {
            let result = match message["method"].as_str() {
                Some("workspace/configuration") => json!([for_rust_analyzer()]),
                _ => Value::Null,
            };
            self.send(&json!({ "id": id, "result": result }));
        }
    }

    /// A published diagnostic as it is recorded; `None` for those that are rust-analyzer's own.
    fn recorded(&self, uri: &str, published: &Value) -> Option<Value> {
        if !["course", "rustc"].contains(&published["source"].as_str()?) {
            return None;
        }
        let file = |uri: &Value| {
            let uri = uri.as_str().expect("a file");
            uri.strip_prefix(&self.uri("")).unwrap_or(uri).to_owned()
        };
        let related = published["relatedInformation"].as_array();
        let related = related.into_iter().flatten().map(|it| {
            let location = &it["location"];
            json!({
                "file": file(&location["uri"]), "range": range(&location["range"]),
                "message": it["message"],
            })
        });
        Some(json!({
            "file": file(&uri.into()), "range": range(&published["range"]),
            "severity": published["severity"], "source": published["source"],
            "code": published["code"], "message": published["message"],
            "related": related.collect::<Vec<_>>(),
        }))
    }
}

fn range(range: &Value) -> Value {
    let (start, end) = (&range["start"], &range["end"]);
    json!([
        start["line"],
        start["character"],
        end["line"],
        end["character"]
    ])
}

/// Hands on each message, until there are no more.
fn listen(mut output: impl BufRead, sender: &mpsc::Sender<Value>) {
    loop {
        let (mut length, mut line) = (0, String::new());
        while output.read_line(&mut line).is_ok_and(|read| read > 2) {
            if let Some(number) = line.trim_end().strip_prefix("Content-Length: ") {
                length = number.parse().expect("a number");
            }
            line.clear();
        }
        let mut bytes = vec![0; length];
        if length == 0 || output.read_exact(&mut bytes).is_err() {
            return;
        }
        let message = serde_json::from_slice(&bytes).expect("is JSON");
        if sender.send(message).is_err() {
            return;
        }
    }
}

#[test]
#[ignore = "long: needs rust-analyzer, which takes minutes to be built"]
fn long_rust_analyzer_shows_what_was_found_and_whose_other_lines_it_is_about() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("language_server");
    let _ = fs::remove_dir_all(folder.join("course"));
    fs::create_dir_all(folder.join("target")).expect("a folder");
    let output = course()
        .current_dir(&folder)
        .args(["init", "course"])
        .output();
    let output = output.expect("course can be started");
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    // What was built is kept for the next time.
    let folder = folder.join("course");
    std::os::unix::fs::symlink("../target", folder.join("target")).expect("a link");
    let mut server = Server::start(&folder);
    let mut seen = BTreeMap::new();
    for (version, saved) in (2..).zip(saved()) {
        let file = format!("exercises/{}.rs", saved.exercise);
        server.open(&file);
        seen.insert(saved.name, server.save(&file, &saved.text, version));
    }
    let seen = serde_json::to_string_pretty(&seen).expect("JSON") + "\n";
    let recorded = root().join(RECORDED);
    if std::env::var("INSTA_UPDATE").is_ok_and(|it| it == "always") {
        fs::write(&recorded, &seen).expect("can be written");
    }
    assert_eq!(seen, fs::read_to_string(recorded).expect("is there"));
}
