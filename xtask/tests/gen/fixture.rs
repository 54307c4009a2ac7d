//! A copy of the fixture that a test may spoil.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

use xtask::output;

pub struct Fixture {
    root: PathBuf,
}

impl Fixture {
    pub fn new() -> Fixture {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("xtask-fixture-{}-{number}", std::process::id());
        let root = std::env::temp_dir().join(name);
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixture"), &root);
        Fixture { root }
    }

    /// The fixture with its derived files written.
    pub fn generated() -> Fixture {
        let fixture = Fixture::new();
        fixture.generate().expect("the fixture is sound");
        fixture
    }

    pub fn generate(&self) -> Result<String, String> {
        let outputs = output::all(&self.root).map_err(|problems| problems.to_string())?;
        output::write(&self.root, &outputs)
    }

    pub fn check(&self) -> Result<String, String> {
        let outputs = output::all(&self.root).map_err(|problems| problems.to_string())?;
        output::check(&self.root, &outputs)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).expect(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        fs::write(self.root.join(path), text).expect(path);
    }

    /// Replaces the first `old` of the file, which must be there.
    pub fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} lacks {old}");
        self.write(path, &text.replacen(old, new, 1));
    }

    /// Runs a program, such as a compiler, within the fixture.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let program = if program.starts_with("./") {
            self.root.join(program)
        } else {
            PathBuf::from(program)
        };
        let result = Command::new(&program).args(arguments).current_dir(&self.root).output();
        result.unwrap_or_else(|error| panic!("{}: {error}", program.display()))
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a temporary directory can be made");
    for entry in fs::read_dir(from).expect("the fixture is there") {
        let entry = entry.expect("the fixture can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("the fixture can be copied");
        }
    }
}
