//! Random messages: every property in many forms, and those forms often that have troubled mail programs.

use crate::plan::{Content, Item, Person, Plan, View};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Code pages, with characters that each has. All are known to mail-parser, or decoded by the linter; the others are left to
/// Python (tests/python/messages.py).
const ALPHABETS: [(i32, &str); 27] = [
    (-1, "абвгЇієґ ёЯ日本語한글ελ😀👩‍🚀éßñאב"),
    (65001, "Съешь же ещё этих😀𝔘 日本ü€"),
    (21866, "їЇієґҐабвгдЯ"),
    (20866, "абвгдёЁЯ"),
    (1251, "абвгдёЇіЯ—№"),
    (866, "абвгдёЯ"),
    (10007, "абвгдЯ"),
    (28595, "абвгдЯёђ"),
    (28591, "äöüßéñÿÅ"),
    (1252, "äöüß€éñÿ"),
    (28592, "ąčęłńóśźż"),
    (1253, "αβγδελΩ"),
    (1254, "ğıİşŞö"),
    (1255, "אבגדהשלום"),
    (1256, "ابتثج"),
    (874, "กขคงจ"),
    (932, "日本語カタカナひら"),
    (50220, "日本語カタカナひら"),
    (51932, "日本語カタカナひら"),
    (936, "中文简体汉字"),
    (54936, "中文简体汉字😀й"),
    (950, "繁體中文漢字"),
    (1200, "日本й😀é"),
    (12001, "日本й😀é"),
    (65000, "日本й😀é+"),
    (20127, "abc+~"),
    (38598, "שלום"),
];

fn page() -> impl Strategy<Value = (i32, &'static str)> {
    prop_oneof![2 => Just(ALPHABETS[0]), 3 => select(&ALPHABETS[..])]
}

/// A character of ASCII that some reader somewhere trips over.
fn awkward() -> impl Strategy<Value = char> {
    select("\"\\'%=?<>@,;:()[]{}/*&~+-_.# 09".chars().collect::<Vec<_>>())
}

/// One word of a text.
fn word(alphabet: &'static str) -> impl Strategy<Value = String> {
    let letters = select(alphabet.chars().filter(|c| *c != ' ').collect::<Vec<_>>());
    prop_oneof![
        6 => "[a-zA-Z0-9]{1,12}",
        6 => vec(letters, 1..14).prop_map(String::from_iter),
        2 => vec(awkward(), 1..5).prop_map(String::from_iter),
        1 => select(&["=?", "?=", "=?UTF-8?Q?a?=", "=?x", "%41", "UTF-8''a", "\\\"", "''"][..])
            .prop_map(String::from),
        1 => select(&[40usize, 70, 75, 76, 77, 78, 150]).prop_map(|length| "w".repeat(length)),
    ]
}

/// A text for a header: no line breaks.
fn phrase(alphabet: &'static str, words: usize) -> BoxedStrategy<String> {
    let words = vec((word(alphabet), select(&[" ", " ", " ", "  ", "     ", ""])), 0..=words);
    let ends = (select(&["", "", "", " ", "\t"]), select(&["", "", "", " ", "  "]));
    let long = prop_oneof![30 => Just(0usize), 1 => select(&[898usize, 900, 901, 990, 2000])];
    (words, ends, long)
        .prop_map(|(words, (before, after), long)| {
            let text: String =
                words.into_iter().flat_map(|(word, space)| [word, space.into()]).collect();
            format!("{before}{text}{}{after}", "L".repeat(long))
        })
        .boxed()
}

/// A text of many lines with any line breaks.
fn text(alphabet: &'static str) -> BoxedStrategy<String> {
    let line = prop_oneof![
        12 => phrase(alphabet, 12),
        1 => select(&[".", "..", "From me", "--", "--=_1_0", "=20", "=", "   ", "\t", "a \t"][..]).prop_map(String::from),
        1 => select(&[76usize, 77, 997, 998, 999, 1500]).prop_map(|length| "l".repeat(length)),
    ];
    let lines = vec((line, select(&["\r\n", "\r\n", "\n", "\r", "\n\n", ""])), 0..12);
    lines
        .prop_map(|lines| lines.into_iter().flat_map(|(line, end)| [line, end.into()]).collect())
        .boxed()
}

fn person(alphabet: &'static str) -> BoxedStrategy<Person> {
    let user = prop_oneof![
        8 => "[a-z]{1,10}(\\.[a-z0-9]{1,8})?",
        1 => "[a-z!#$%&'*+/=^_`{|}~-]{1,10}",
        1 => "[a-z]{50,60}",
    ];
    let host = "[a-z][a-z0-9]{0,10}(\\.[a-z]{2,6}){1,2}";
    // A name may hold what the code page lacks.
    let name = prop_oneof![3 => phrase(alphabet, 4), 1 => phrase(ALPHABETS[0].1, 4), 1 => Just(String::new())];
    (user, host, name)
        .prop_map(|(user, host, name)| Person { name, address: format!("{user}@{host}") })
        .boxed()
}

/// Names of files as people give them.
pub fn file_name() -> BoxedStrategy<String> {
    let odd = select(
        &[
            "",
            "a.txt",
            "Отчёт за год.pdf",
            "😀.png",
            "a \"b\".txt",
            "C:\\dir\\a.txt",
            "=?UTF-8?Q?a?=.txt",
            "100%.txt",
            "%D0%9F.txt",
            " leading.txt",
            "trailing.txt ",
            "rock'n'roll.txt",
            "''.txt",
            "UTF-8''x.txt",
            "a;b=c.txt",
            "a,b.txt",
            "a/b.txt",
            "a\tb.txt",
            "日本語.html",
            "noending",
            "message.eml",
            "\\",
            "\"",
            "*",
            "name*0=x",
            "ends\\",
            "(a).txt",
            "a=b",
            "é",
            "٣.txt",
            "{}[]<>.txt",
        ][..],
    );
    let ending = select(&["", ".txt", ".pdf", ".html", ".png", ".eml", ".ics", ".zip"]);
    prop_oneof![
        3 => odd.prop_map(String::from),
        2 => (phrase(ALPHABETS[0].1, 4), ending).prop_map(|(name, ending)| name + ending),
        1 => (select(&["x", "ш", "😀", "a b", "\"", "%", "'", "\\"][..]), 20usize..90)
            .prop_map(|(piece, count)| piece.repeat(count) + ".txt"),
    ]
    .boxed()
}

/// Octets that any transfer encoding may be asked to carry as lines.
fn lines() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        text("abc").prop_map(String::into_bytes),
        "[ -~\r\n\t]{0,300}".prop_map(String::into_bytes),
        select(
            &["", "\n", "\r", "\r\n", ".\r\n", "a", "a\r\n\r\n", "=\r\n", "\r\n\r\n--=_1_\r\n"][..]
        )
        .prop_map(|text| text.as_bytes().to_vec()),
    ]
}

/// Octets that the library encodes at a time.
const BLOCK: usize = 57 * 1680;

fn any_octets() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => vec(any::<u8>(), 0..400),
        2 => lines(),
        1 => vec(select(&b"\r\n =.\t\0\xff-a"[..]), 0..300),
        // About the blocks that content is encoded in.
        1 => (select(&[BLOCK - 1, BLOCK, BLOCK + 1, BLOCK + 200, 2 * BLOCK + 200]), any::<u8>())
            .prop_map(|(length, seed)| (0..length).map(|at| (at * 31) as u8 ^ seed).collect()),
    ]
}

/// Octets, and a transfer encoding that they may have.
fn content() -> impl Strategy<Value = (Content, i32)> {
    let octets = prop_oneof![
        (any_octets(), select(&[-1, 0, 1])),
        (lines(), select(&[2, 3])),
        (lines().prop_map(|lines| [&lines[..], "Ы\r\nя".as_bytes()].concat()), Just(3)),
    ];
    let octets = octets.prop_map(|(octets, encoding)| match encoding {
        // What cannot travel as lines is refused, and tried elsewhere.
        2 | 3 if octets.split(|o| matches!(o, b'\r' | b'\n')).any(|line| line.len() > 998) => {
            (octets, 1)
        }
        _ => (octets, encoding),
    });
    let way = option::of((any::<bool>(), select(&[1usize, 7, 100, 1 << 20])));
    (octets, way).prop_map(|((octets, encoding), way)| match way {
        None => (Content::Octets(octets), encoding),
        Some((is_length_told, step)) => {
            let step = if octets.len() > 10_000 { step.max(100) } else { step };
            (Content::Stream { octets, is_length_told, step }, encoding)
        }
    })
}

fn content_id() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9.!#$%&'*+/=^_`{|}~-]{1,30}@[a-z]{1,10}"
}

fn item() -> impl Strategy<Value = Item> {
    let media_type = prop_oneof![
        4 => Just(""),
        1 => select(&["application/x-thing", "text/plain; charset=KOI8-U", "image/png", "text/calendar; method=REQUEST",
            "application/x-thing; a=\"b; \\\"c\\\"\"; d=e"]),
    ];
    (file_name(), media_type, option::of(content_id()), any::<bool>(), content()).prop_map(
        |(name, media_type, id, is_inline, (content, encoding))| Item {
            name,
            media_type: media_type.to_owned(),
            content_id: id.unwrap_or_default(),
            is_inline,
            encoding,
            content,
        },
    )
}

fn linked() -> impl Strategy<Value = Item> {
    (item(), content_id()).prop_map(|(item, content_id)| Item {
        content_id,
        is_inline: true,
        ..item
    })
}

fn views() -> impl Strategy<Value = Vec<View>> {
    let media_type = select(&[
        "text/calendar; method=REQUEST",
        "text/enriched",
        "text/x-amp-html",
        "application/x-view",
    ]);
    let view = page().prop_flat_map(move |(page, alphabet)| {
        (text(alphabet), media_type.clone()).prop_map(move |(text, media_type)| View {
            text,
            media_type: media_type.to_owned(),
            page,
        })
    });
    vec(view, 0..3)
}

fn headers(alphabet: &'static str) -> impl Strategy<Value = Vec<(String, String)>> {
    let name = select(&[
        "X-One",
        "X-Two",
        "Comments",
        "X-Mailer",
        "Organization",
        "X-Long-Name-Of-A-Field",
    ]);
    let value = phrase(alphabet, 14).prop_filter("an empty value is none", |text| !text.is_empty());
    vec((name.prop_map(String::from), value), 0..4)
}

fn ids(most: usize) -> impl Strategy<Value = String> {
    vec("<[a-zA-Z0-9.$%-]{1,40}@[a-z.]{1,20}>", 0..=most).prop_map(|ids| ids.join(" "))
}

/// A message that holds no other.
fn flat() -> impl Strategy<Value = Plan> {
    let people = page().prop_flat_map(|(subject_page, alphabet)| {
        let people = move |count| vec(person(alphabet), count);
        (
            (people(1..3), option::weighted(0.2, person(alphabet)), people(0..3)),
            (people(0..6), people(0..3), people(0..2)),
            (phrase(alphabet, 16), headers(alphabet)),
        )
            .prop_map(
                move |((from, sender, reply_to), (to, cc, bcc), (subject, headers))| Plan {
                    from,
                    sender,
                    reply_to,
                    to,
                    cc,
                    bcc,
                    subject,
                    subject_page,
                    headers,
                    ..Plan::default()
                },
            )
    });
    let texts = page().prop_flat_map(|(page, alphabet)| {
        let optional =
            |text: BoxedStrategy<String>| prop_oneof![1 => Just(String::new()), 2 => text];
        (Just(page), optional(text(alphabet)), optional(text(alphabet)))
    });
    let ids = (ids(1), ids(2), ids(12));
    let rest = (0i32..5, any::<bool>(), option::of((0i64..4_000_000_000, -720i32..840)));
    let parts = (views(), vec(linked(), 0..3), vec(item(), 0..4));
    (people, texts, ids, rest, parts).prop_map(
        |(plan, (body_page, plain, html), ids, rest, (views, linked, attachments))| Plan {
            // Views are other forms of a text: without one there is none for them to be beside.
            views: if plain.is_empty() && html.is_empty() { Vec::new() } else { views },
            plain,
            html,
            body_page,
            message_id: ids.0,
            in_reply_to: ids.1,
            references: ids.2,
            priority: rest.0,
            has_old_names: rest.1,
            date: rest.2,
            linked,
            attachments,
            ..plan
        },
    )
}

/// Any message, with others attached a few deep.
pub fn plan() -> impl Strategy<Value = Plan> {
    flat().boxed().prop_recursive(3, 6, 2, |inner| {
        (flat(), vec((inner, file_name()), 0..2)).prop_map(|(plan, messages)| {
            let messages = messages.into_iter().map(|(inner, name)| Item {
                // An attached message without a name gets one of its subject when it is loaded.
                name,
                ..Item::of_message(inner)
            });
            let attachments = plan.attachments.iter().cloned().chain(messages).collect();
            Plan { attachments, ..plan }
        })
    })
}
