//! `cargo run -p xtask -- gen` writes the derived files; `gen --check` fails when one differs.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use xtask::output;

const USAGE: &str = "usage: cargo run -p xtask -- gen [--check] [--root DIRECTORY]";

fn main() -> ExitCode {
    let task = match Task::parse(std::env::args().skip(1)) {
        Ok(task) => task,
        Err(complaint) => {
            eprintln!("{complaint}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match task.run() {
        Ok(summary) => {
            println!("{summary}");
            ExitCode::SUCCESS
        }
        Err(complaint) => {
            eprintln!("{complaint}");
            ExitCode::FAILURE
        }
    }
}

struct Task {
    root: PathBuf,
    check: bool,
}

impl Task {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Task, String> {
        if arguments.next().as_deref() != Some("gen") {
            return Err("the only task is gen".to_owned());
        }
        let mut task = Task { root: repository(), check: false };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--check" => task.check = true,
                "--root" => {
                    task.root = arguments.next().ok_or("--root needs a directory")?.into();
                }
                other => return Err(format!("unknown argument {other}")),
            }
        }
        Ok(task)
    }

    fn run(&self) -> Result<String, String> {
        let outputs = output::all(&self.root).map_err(|problems| problems.to_string())?;
        if self.check {
            output::check(&self.root, &outputs)
        } else {
            output::write(&self.root, &outputs)
        }
    }
}

fn repository() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}
