//! Code pages of one octet for each character, held as the characters in the order of their octets.

use once_cell::sync::OnceCell;

pub struct SingleByte {
    keeps_ascii: bool,
    /// From octet 0 or from octet 128 on; U+FFFD stands where an octet has no character.
    characters: &'static str,
    /// Sorted by character; made when the code page is first used.
    octets: OnceCell<Vec<(char, u8)>>,
}

impl SingleByte {
    /// A code page whose first half is ASCII.
    pub const fn above_ascii(characters: &'static str) -> SingleByte {
        SingleByte { keeps_ascii: true, characters, octets: OnceCell::new() }
    }

    /// A code page that puts other characters where ASCII has its own.
    pub const fn whole(characters: &'static str) -> SingleByte {
        SingleByte { keeps_ascii: false, characters, octets: OnceCell::new() }
    }

    pub fn keeps_ascii(&self) -> bool {
        self.keeps_ascii
    }

    pub fn octet(&self, c: char) -> Option<u8> {
        if self.keeps_ascii && c.is_ascii() {
            return Some(c as u8);
        }
        let octets = self.octets.get_or_init(|| self.sorted());
        let found = octets.binary_search_by_key(&c, |(character, _)| *character).ok()?;
        octets.get(found).map(|(_, octet)| *octet)
    }

    /// The text of `octets`. NEL, which of these pages only those of EBCDIC have, ends a line there like CR and LF do.
    pub fn decode(&self, octets: &[u8]) -> String {
        let characters = self.all_characters();
        let mut text = String::with_capacity(octets.len());
        for octet in octets {
            match characters[usize::from(*octet)] {
                '\u{85}' if text.ends_with('\r') => text.push('\n'),
                '\u{85}' => text.push_str("\r\n"),
                c => text.push(c),
            }
        }
        text
    }

    /// The characters of all octets.
    fn all_characters(&self) -> [char; 256] {
        let ascii = ('\0'..='\x7F').filter(|_| self.keeps_ascii);
        let mut characters = [char::REPLACEMENT_CHARACTER; 256];
        for (place, c) in characters.iter_mut().zip(ascii.chain(self.characters.chars())) {
            *place = c;
        }
        characters
    }

    fn sorted(&self) -> Vec<(char, u8)> {
        let first = if self.keeps_ascii { 0x80 } else { 0 };
        let mut octets: Vec<_> = self.characters.chars().zip(first..=0xFF).collect();
        octets.retain(|(c, _)| *c != char::REPLACEMENT_CHARACTER);
        octets.sort_unstable();
        // Python's code page 875 has SUB at six unassigned octets besides its own, the first, which all readers know.
        octets.dedup_by_key(|(c, _)| *c);
        octets
    }
}
