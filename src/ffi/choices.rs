//! Numbers of the face that stand for one of a few choices, counted from 0.

use crate::error::{Error, Result, Status};

/// The number of what was chosen, which is one of the choices.
pub fn number<T: PartialEq>(choices: &[T], chosen: T) -> i32 {
    choices.iter().position(|choice| *choice == chosen).unwrap_or_default() as i32
}

/// The choice that a host has made.
pub fn choice<T: Copy>(what: &str, choices: &[T], number: i32) -> Result<T> {
    let choice = usize::try_from(number).ok().and_then(|place| choices.get(place));
    choice.copied().ok_or_else(|| {
        let sentence = format!("{number} is no {what}: 0 to {} are", choices.len() - 1);
        Error::new(Status::ArgumentOutOfRange, sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_beyond_the_choices_are_refused() {
        assert_eq!(choice("letter", &['a', 'b'], 1).unwrap(), 'b');
        assert_eq!(number(&['a', 'b'], 'b'), 1);
        for beyond in [-1, 2, i32::MIN, i32::MAX] {
            let error = choice("letter", &['a', 'b'], beyond).unwrap_err();
            assert_eq!(error.status(), Status::ArgumentOutOfRange);
            assert_eq!(error.message(), format!("{beyond} is no letter: 0 to 1 are"));
        }
    }
}
