//! What a judgement has found so far: faults, and a line for each step.

use super::verdict::{ChainResult, Verdict};
use std::fmt::Display;

pub(super) struct Findings {
    verdict: Verdict,
    reasons: Vec<String>,
}

impl Findings {
    pub fn new(holds_until: u64) -> Findings {
        let verdict = Verdict { result: ChainResult::Valid, holds_until, ..Verdict::default() };
        Findings { verdict, reasons: Vec::new() }
    }

    /// A line of the log.
    pub fn note(&mut self, line: impl Display) {
        use std::fmt::Write;
        let _ = writeln!(self.verdict.log, "{line}");
    }

    /// Something for which the chain is not valid.
    pub fn fault(&mut self, result: ChainResult, details: u32, sentence: impl Into<String>) {
        let sentence = sentence.into();
        self.note(format_args!("Fault: {sentence}."));
        self.verdict.details |= details;
        self.verdict.result = worse(self.verdict.result, result);
        if !self.reasons.contains(&sentence) {
            self.reasons.push(sentence);
        }
    }

    /// Something that the log and the details tell and that is let pass.
    pub fn pass(&mut self, details: u32, sentence: impl Display) {
        self.note(format_args!("Let pass: {sentence}."));
        self.verdict.details |= details;
    }

    /// The verdict holds no longer than what it rests on.
    pub fn holds_until(&mut self, end: u64) {
        self.verdict.holds_until = self.verdict.holds_until.min(end);
    }

    /// Takes over what was found apart from these.
    pub fn take(&mut self, other: Findings) {
        self.verdict.log.push_str(&other.verdict.log);
        self.verdict.details |= other.verdict.details;
        self.verdict.result = worse(self.verdict.result, other.verdict.result);
        self.holds_until(other.verdict.holds_until);
        self.reasons.extend(other.reasons);
    }

    pub fn has_no_fault(&self) -> bool {
        self.reasons.is_empty()
    }

    pub fn into_verdict(mut self) -> Verdict {
        let in_words = match self.verdict.result {
            ChainResult::Valid => "valid",
            ChainResult::ValidButUntrusted => "valid but for its root, which is not trusted",
            ChainResult::Invalid => "not valid",
            ChainResult::CantBeEstablished => "cannot be established",
        };
        self.note(format_args!("Verdict: {in_words}."));
        self.verdict.reason = self.reasons.join("; ");
        self.verdict
    }
}

/// What is known to be wrong outweighs what is not known, and that outweighs a root that is not trusted.
fn worse(one: ChainResult, other: ChainResult) -> ChainResult {
    let weight = |result| match result {
        ChainResult::Valid => 0,
        ChainResult::ValidButUntrusted => 1,
        ChainResult::CantBeEstablished => 2,
        ChainResult::Invalid => 3,
    };
    if weight(other) > weight(one) { other } else { one }
}
