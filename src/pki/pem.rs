//! PEM (RFC 7468), read as files are found: with text around the blocks, any line ends, and a byte order mark.

use crate::error::shown;
use encodify::base64::{LineEnding, STANDARD};
use zeroize::Zeroizing;

/// One block. What it holds may be a secret.
pub struct Block {
    pub label: String,
    pub octets: Zeroizing<Vec<u8>>,
    /// Whether its octets are encrypted in the manner of OpenSSL before PKCS#8 (RFC 1421).
    pub is_encrypted: bool,
}

/// The blocks of a text; none where it is no PEM.
pub fn blocks(text: &[u8]) -> Result<Vec<Block>, String> {
    let mut blocks = Vec::new();
    let mut open: Option<Open> = None;
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut lines = text.split(|octet| matches!(octet, b'\n' | b'\r')).map(<[u8]>::trim_ascii);
    while let Some(line) = lines.next() {
        match &mut open {
            None => {
                let opened = label(line, b"-----BEGIN ");
                open = opened.map(|label| Open::new(label, length_of_block(lines.clone())));
            }
            Some(block) if line.starts_with(b"-----") => {
                if label(line, b"-----END ").as_deref() != Some(block.label.as_str()) {
                    return Err(block.unended());
                }
                blocks.extend(open.take().map(Open::end).transpose()?);
            }
            Some(block) => block.line(line),
        }
    }
    match open {
        Some(block) => Err(block.unended()),
        None => Ok(blocks),
    }
}

/// One block as text, with lines of 64 characters.
pub fn write(label: &str, octets: &[u8]) -> String {
    let lines = STANDARD.wrapped(64, LineEnding::Lf).encode(octets);
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.trim_end())
}

/// How many octets stand in the lines up to the one that ends the block.
fn length_of_block<'a>(lines: impl Iterator<Item = &'a [u8]>) -> usize {
    lines.take_while(|line| !line.starts_with(b"-----")).map(<[u8]>::len).sum()
}

/// The label of a line that opens or ends a block.
fn label(line: &[u8], start: &[u8]) -> Option<String> {
    let label = line.strip_prefix(start)?.strip_suffix(b"-----")?;
    Some(String::from_utf8_lossy(label).into_owned())
}

/// A block that has begun.
struct Open {
    label: String,
    base64: Zeroizing<Vec<u8>>,
    is_encrypted: bool,
}

impl Open {
    /// A vector that grows leaves copies behind, so that there is room for all from the start.
    fn new(label: String, longest: usize) -> Open {
        let base64 = Zeroizing::new(Vec::with_capacity(longest));
        Open { label, base64, is_encrypted: false }
    }

    fn line(&mut self, line: &[u8]) {
        match line.contains(&b':') {
            // Headers of RFC 1421, which no label of today has.
            true => {
                self.is_encrypted |= line.starts_with(b"Proc-Type:") && line.ends_with(b"ENCRYPTED")
            }
            false => self.base64.extend(line.iter().filter(|octet| !octet.is_ascii_whitespace())),
        }
    }

    fn end(self) -> Result<Block, String> {
        let octets = Zeroizing::new(STANDARD.decode(&self.base64[..]).map_err(|_| {
            format!("what stands between BEGIN and END {} is not base64", shown(&self.label, 60))
        })?);
        Ok(Block { label: self.label, octets, is_encrypted: self.is_encrypted })
    }

    fn unended(&self) -> String {
        format!("a block that begins with BEGIN {} has no END of that name", shown(&self.label, 60))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Vec<u8>)> {
        let blocks = blocks(text.as_bytes()).unwrap();
        blocks.into_iter().map(|block| (block.label, block.octets.to_vec())).collect()
    }

    #[test]
    fn blocks_are_found_among_text_and_whatever_line_ends() {
        let text = "\u{feff}-----BEGIN A-----\nAQI\nD\n-----END A-----\nsubject=x\n\n  -----BEGIN B C-----\n  BA==\n  -----END B C-----";
        let expected = vec![("A".to_owned(), vec![1, 2, 3]), ("B C".to_owned(), vec![4])];
        for ends in ["\n", "\r\n", "\r", "\n\n"] {
            assert_eq!(read(&text.replace('\n', ends)), expected, "{ends:?}");
        }
        assert!(read("no PEM at all").is_empty());
        assert!(read("").is_empty());
    }

    #[test]
    fn what_is_written_is_read() {
        let octets: Vec<u8> = (0..=200).collect();
        let text = write("X", &octets);
        assert!(text.lines().all(|line| line.len() <= 64));
        assert_eq!(read(&text), [("X".to_owned(), octets)]);
        assert_eq!(write("X", &[0; 48]).lines().count(), 3);
    }

    #[test]
    fn broken_blocks_are_told() {
        for text in [
            "-----BEGIN A-----\nAQID\n",
            "-----BEGIN A-----\nAQID\n-----END B-----\n",
            "-----BEGIN A-----\nAQID\n-----BEGIN A-----\nAQID\n-----END A-----\n",
            "-----BEGIN A-----\nA*ID\n-----END A-----\n",
            "-----BEGIN A-----\nAQIDA\n-----END A-----\n",
        ] {
            assert!(blocks(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_block_takes_room_for_itself_and_not_for_all_that_follow() {
        let lines = ["AAAA", "BB", "-----END A-----", "CCCC", "-----BEGIN A-----", "DDDD"];
        assert_eq!(length_of_block(lines.into_iter().map(str::as_bytes)), 6);
        assert_eq!(length_of_block(["AAAA"].into_iter().map(str::as_bytes)), 4);
        // Of as many blocks as a file may hold, each once: with room for the file in each, this would not end today.
        let text = write("A", &[0; 30]).repeat(100_000);
        assert_eq!(blocks(text.as_bytes()).unwrap().len(), 100_000);
    }

    #[test]
    fn old_encryption_is_noticed() {
        let text = "-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAQID\n-----END A-----";
        let blocks = blocks(text.as_bytes()).unwrap();
        assert!(blocks[0].is_encrypted);
        assert_eq!(blocks[0].octets[..], [1, 2, 3]);
    }
}
