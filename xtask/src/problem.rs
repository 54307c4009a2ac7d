//! What is wrong, with its file and line: all of it at once, not the first alone.

use std::fmt;

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub file: String,
    /// From 1; 0 stands for the file as a whole.
    pub line: usize,
}

impl Place {
    pub fn file(file: impl Into<String>) -> Place {
        Place { file: file.into(), line: 0 }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.file),
            line => write!(f, "{}:{line}", self.file),
        }
    }
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub place: Place,
    pub sentence: String,
}

#[derive(Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    pub fn push(&mut self, place: &Place, sentence: impl Into<String>) {
        self.0.push(Problem { place: place.clone(), sentence: sentence.into() });
    }

    /// `value`, if nothing was found wrong with it.
    pub fn or<T>(mut self, value: T) -> Result<T, Problems> {
        if self.0.is_empty() {
            return Ok(value);
        }
        self.0.sort();
        Err(self)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Problem { place, sentence } in &self.0 {
            writeln!(f, "{place}: {sentence}")?;
        }
        let plural = if self.0.len() == 1 { "" } else { "s" };
        write!(f, "{} problem{plural}", self.0.len())
    }
}
