//! The program itself, run as people run it: in a folder of its own, without a terminal.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::database;

/// An office that is looked after from a shell alone.
pub(crate) struct Program {
    pub(crate) folder: PathBuf,
    config: PathBuf,
}

/// What a command left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The phones of those who take part.
pub(crate) const RATNA: &str = "6281100001001";
pub(crate) const TAMU: &str = "6281100001002";

impl Program {
    /// Sets an office up: Ratna is an employee; Ani runs it, Sri works at the desk, Dedi and Joko
    /// in the field.
    pub(crate) fn new() -> Self {
        Self::with("")
    }

    /// Sets an office up with settings of its own.
    pub(crate) fn with(settings: &str) -> Self {
        let program = Self::empty(settings);
        program.json(&["db", "migrate"]);
        let staff = [
            (
                "ADM01",
                "Ani Rahayu",
                "administrator",
                "6281100002001",
                "ani",
            ),
            ("ADM02", "Sri Lestari", "staf", "6281100002002", "sri"),
            ("ADM03", "Dedi Kurniawan", "tbo", "6281100002003", "dedi"),
            ("ADM04", "Joko Santoso", "tbo", "6281100002004", "joko"),
        ];
        for (id, name, level, phone, username) in staff {
            program.json(&[
                "staff",
                "add",
                "--id",
                id,
                "--name",
                name,
                "--level",
                level,
                "--phone",
                phone,
                "--username",
                username,
                "--skill",
                "Listrik",
            ]);
        }
        program.json(&[
            "employee",
            "add",
            "--id",
            "PGW2402001",
            "--name",
            "Ratna Wulandari",
            "--phone",
            RATNA,
            "--department",
            "Teknik",
            "--unit",
            "Gedung B",
        ]);
        program
    }

    /// Makes a folder with settings and nothing behind them.
    pub(crate) fn empty(settings: &str) -> Self {
        let folder = database::folder();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let address = runtime.expect("a runtime").block_on(database::address());
        let config = folder.join("config.toml");
        let text = format!(
            "data_dir = '{}'\n{settings}\n[database]\nurl = '{address}'\n\
             [[channel]]\nname = 'utama'\ngateway = 'simulator'\nallow_unsigned = true\n",
            folder.join("data").display()
        );
        tanggap::config::write_new(&config, &text).expect("a settings file");
        Self { folder, config }
    }

    /// Runs a command and returns what it left behind.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    /// Runs a command that reads something.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tanggap"));
        command.arg("--config").arg(&self.config).args(arguments);
        run(command, &self.folder, input)
    }

    /// Runs a command that must do what it should, and returns its JSON.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(
            (ran.code, ran.err.as_str()),
            (0, ""),
            "{arguments:?}: {ran:?}"
        );
        serde_json::from_str(&ran.out).unwrap_or_else(|why| panic!("{arguments:?}: {why}: {ran:?}"))
    }

    /// Runs a list and returns its lines, and the cursor if it was cut.
    pub(crate) fn lines(&self, arguments: &[&str]) -> (Vec<Value>, Option<String>) {
        let ran = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(ran.code, 0, "{arguments:?}: {ran:?}");
        let json = |line: &str| serde_json::from_str::<Value>(line).expect("a line of JSON");
        let cursor = ran
            .err
            .lines()
            .last()
            .map(|line| json(line)["cursor"].clone());
        let cursor = cursor.map(|it| it.as_str().expect("a cursor").to_owned());
        (ran.out.lines().map(json).collect(), cursor)
    }

    /// Returns every row of a list.
    pub(crate) fn list(&self, arguments: &[&str]) -> Vec<Value> {
        self.lines(&[arguments, &["--limit", "0"]].concat()).0
    }

    /// Runs a command that must fail with this code, and returns what it says.
    pub(crate) fn fails(&self, code: i32, arguments: &[&str]) -> String {
        let ran = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (code, ""),
            "{arguments:?}: {ran:?}"
        );
        let error: Value = serde_json::from_str(&ran.err).expect("an error in JSON");
        let word = ["failed", "usage", "not-found", "refused", "setup"];
        let index = usize::try_from(code - 1).expect("a code");
        assert_eq!(
            error["error"]["code"], word[index],
            "{arguments:?}: {error}"
        );
        error["error"]["message"]
            .as_str()
            .expect("a message")
            .to_owned()
    }

    /// Lets somebody write, and returns what came of it.
    pub(crate) fn hears(&self, from: &str, text: &str) -> Value {
        self.json(&["sim", "send", "--from", from, "--name", "Tamu Jauh", text])
    }

    /// Lets Ratna report something and returns the number.
    pub(crate) fn report(&self, text: &str) -> String {
        let told = self.hears(RATNA, &format!("#req {text}"));
        told["track_id"]
            .as_str()
            .unwrap_or_else(|| panic!("no report: {told}"))
            .to_owned()
    }

    /// Returns a report with all that happened to it.
    pub(crate) fn show(&self, number: &str) -> Value {
        self.json(&["report", "show", number])
    }

    /// Returns the texts that wait or went out to a phone, newest first.
    pub(crate) fn told(&self, phone: &str) -> Vec<String> {
        let letters = self.list(&["outbox", "list", &format!("phone:{phone}")]);
        let text = |letter: &Value| letter["text"].as_str().expect("a text").to_owned();
        letters.iter().map(text).collect()
    }
}

/// Runs the program without anything that the machine's user has set.
pub(crate) fn run(mut command: Command, home: &Path, input: &str) -> Ran {
    command.env_clear().env("HOME", home).env("USER", "uji");
    let piped = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = piped.spawn().expect("the program");
    let mut stdin = child.stdin.take().expect("an input");
    // A program that does not read may have ended already.
    stdin.write_all(input.as_bytes()).ok();
    drop(stdin);
    let output = child.wait_with_output().expect("an end");
    Ran {
        code: output.status.code().expect("an exit code"),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}
