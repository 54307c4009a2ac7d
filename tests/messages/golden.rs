//! Messages whose every octet is known: tests/golden holds them, with LF for line breaks and STAMP for what only this once was
//! in the boundaries. A change of how messages are written shows there as a diff; `GOLDEN=write` makes them anew.

use crate::lint::lint;
use crate::plan::{Item, Person, Plan, View, build, octets};
use std::path::Path;

fn letter(subject: &str, plain: &str) -> Plan {
    Plan {
        from: vec![Person::new("Иван Иванов", "ivanov@server.ru")],
        to: vec![Person::new("", "petrov@server.ru")],
        subject: subject.to_owned(),
        plain: plain.to_owned(),
        message_id: String::from("<golden@server.ru>"),
        date: Some((1_800_000_000, 180)),
        subject_page: -1,
        body_page: -1,
        priority: 2,
        ..Plan::default()
    }
}

fn image() -> Item {
    Item {
        content_id: String::from("picture@server.ru"),
        is_inline: true,
        ..Item::of_octets("рисунок.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    }
}

fn golden() -> Vec<(&'static str, Plan)> {
    let html = "<p>Текст <img src=\"cid:picture@server.ru\"></p>\n";
    let ids = |count: usize| (0..count).map(|n| format!("<reference.number.{n}@server.ru>"));
    let calendar = View {
        text: String::from("BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n"),
        media_type: String::from("text/calendar; method=REQUEST"),
        page: -1,
    };
    let recipient = |n: usize| match n % 3 {
        0 => Person::new("", &format!("recipient{n}@example.org")),
        1 => Person::new(&format!("Recipient, No. {n}"), &format!("recipient{n}@example.org")),
        _ => Person::new(&format!("Получатель {n}"), &format!("recipient{n}@example.org")),
    };
    let plain = letter("Plain", "Plain text.\n.\n..dots\nFrom here on\n\nend");
    let mut names = vec![
        "plain.txt",
        "with space.txt",
        "quo\"te.txt",
        "back\\slash.txt",
        "50%.txt",
        "'.txt",
        "Отчёт.txt",
        "=?UTF-8?Q?a?=.txt",
        " space ",
        "😀.bin",
    ];
    let long = "длинное имя ".repeat(6) + ".txt";
    names.push(&long);
    let files: Vec<_> = names.iter().map(|name| Item::of_octets(name, name.as_bytes())).collect();
    let encodings = [-1, 0, 1, 2, 3].map(|encoding| Item {
        encoding,
        ..Item::of_octets("lines.txt", "line = one \n.two\r\n".as_bytes())
    });
    let nested = Item::of_message(Plan {
        attachments: vec![Item::of_message(plain.clone())],
        ..letter("Внутри", "Сообщение в сообщении")
    });
    vec![
        ("plain", plain.clone()),
        (
            "koi8_u",
            Plan {
                subject_page: 21866,
                body_page: 21866,
                ..letter("Їжак у тумані", "Їжак у тумані,\nґанок, і ще\n")
            },
        ),
        ("html_and_text", Plan { html: html.into(), ..letter("HTML", "Текст\n") }),
        ("related", Plan { html: html.into(), linked: vec![image()], ..letter("Рисунок", "") }),
        (
            "everything",
            Plan {
                html: html.into(),
                views: vec![calendar.clone()],
                linked: vec![image()],
                attachments: encodings.to_vec(),
                priority: 4,
                sender: Some(Person::new("Секретарь", "sekretar@server.ru")),
                reply_to: vec![Person::new("", "otvet@server.ru")],
                bcc: vec![Person::new("", "hidden@server.ru")],
                headers: vec![("X-Mailer".into(), "inetmail, версия 1".into())],
                keywords: String::from("one, two words"),
                ..letter("Всё сразу", "Текст\n")
            },
        ),
        ("nested", Plan { attachments: vec![nested], ..letter("Снаружи", "Вложено\n") }),
        ("calendar", Plan { views: vec![calendar], ..letter("Встреча", "Встреча\n") }),
        (
            "recipients",
            Plan {
                to: (0..24).map(recipient).collect(),
                cc: (24..30).map(recipient).collect(),
                ..plain.clone()
            },
        ),
        ("file_names", Plan { attachments: files.clone(), ..plain.clone() }),
        ("file_names_rfc2047", Plan { attachments: files, has_old_names: true, ..plain.clone() }),
        (
            "references",
            Plan {
                in_reply_to: ids(1).collect(),
                references: ids(30).collect::<Vec<_>>().join(" "),
                ..plain
            },
        ),
    ]
}

/// With LF for line breaks, and without the number that each boundary is unique by.
fn stable(octets: &[u8]) -> String {
    let text = std::str::from_utf8(octets).expect("text").replace("\r\n", "\n");
    let mut stable = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("=_") {
        let end = at + 2 + rest[at + 2..].find('_').map_or(0, |at| at + 1);
        let is_stamp = |stamp: &&str| stamp.bytes().all(|o| o.is_ascii_hexdigit());
        let (head, tail) = rest.split_at(end);
        stable.push_str(head);
        rest = match tail.get(..32).filter(is_stamp) {
            Some(_) => {
                stable.push_str("STAMP");
                &tail[32..]
            }
            None => tail,
        };
    }
    stable + rest
}

#[test]
fn golden_messages_are_as_they_were() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    for (name, plan) in golden() {
        let octets = octets(&build(&plan));
        lint(&octets).unwrap_or_else(|complaint| panic!("{name}: {complaint}"));
        let found = stable(&octets);
        let file = directory.join(name).with_extension("eml");
        if std::env::var_os("GOLDEN").is_some() {
            std::fs::write(&file, &found).expect("a file");
        }
        let expected = std::fs::read_to_string(&file).expect("a golden message");
        for (number, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
            assert_eq!(found, expected, "{name}.eml, line {}", number + 1);
        }
        assert_eq!(found.lines().count(), expected.lines().count(), "{name}.eml");
    }
}

#[test]
fn every_golden_message_comes_back() {
    for (_, plan) in golden() {
        let octets = octets(&build(&plan));
        let message = crate::other_reader::read(&octets);
        crate::other_reader::compare(&plan, &message, &octets);
        crate::reload::compare(&plan, &octets);
        crate::reload::compare_octets(&octets);
    }
}
