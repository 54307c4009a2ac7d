//! The same message from lettre's builder: whoever reads both must find the same.

use crate::other_reader::{people, read};
use crate::plan::{Content, Item, Person, Plan, build, octets};
use lettre::Message as Letter;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType};
use std::collections::BTreeSet;

/// What a reader finds.
#[derive(Debug, PartialEq, Eq)]
struct Meaning {
    subject: Option<String>,
    people: [Vec<Person>; 4],
    texts: [Option<String>; 2],
    /// Name, content id and octets of what is attached or linked.
    parts: BTreeSet<(String, String, Vec<u8>)>,
}

fn meaning(message: &[u8]) -> Meaning {
    let read = read(message);
    let lines = |text: std::borrow::Cow<str>| text.replace("\r\n", "\n").trim_end().to_owned();
    let part = |part: &mail_parser::MessagePart| {
        use mail_parser::MimeHeaders;
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        (
            text(part.attachment_name()),
            text(part.content_id()),
            crate::other_reader::octets(message, part),
        )
    };
    Meaning {
        subject: read.subject().map(str::to_owned),
        people: [read.from(), read.to(), read.cc(), read.reply_to()].map(people),
        texts: [read.body_text(0), read.body_html(0)].map(|text| text.map(lines)),
        parts: read.attachments().map(part).collect(),
    }
}

fn by_lettre(plan: &Plan) -> Vec<u8> {
    let mailbox = |person: &Person| {
        let name = Some(person.name.clone()).filter(|name| !name.is_empty());
        Mailbox::new(name, person.address.parse().expect("an address"))
    };
    let mut builder = Letter::builder().subject(plan.subject.clone());
    for person in &plan.from {
        builder = builder.from(mailbox(person));
    }
    for person in &plan.to {
        builder = builder.to(mailbox(person));
    }
    for person in &plan.cc {
        builder = builder.cc(mailbox(person));
    }
    for person in &plan.reply_to {
        builder = builder.reply_to(mailbox(person));
    }
    let mut related = MultiPart::related()
        .multipart(MultiPart::alternative_plain_html(plan.plain.clone(), plan.html.clone()));
    for item in &plan.linked {
        related = related.singlepart(part(item));
    }
    let mut mixed = MultiPart::mixed().multipart(related);
    for item in &plan.attachments {
        mixed = mixed.singlepart(part(item));
    }
    builder.multipart(mixed).expect("a message").formatted()
}

fn part(item: &Item) -> SinglePart {
    let Content::Octets(octets) = &item.content else {
        panic!("lettre has octets alone");
    };
    let content_type = ContentType::parse("application/octet-stream").expect("a type");
    let attachment = match item.content_id.as_str() {
        "" => Attachment::new(item.name.clone()),
        id => Attachment::new_inline_with_name(id.to_owned(), item.name.clone()),
    };
    attachment.body(octets.clone(), content_type)
}

const SUBJECTS: [&str; 6] = [
    "A plain subject",
    "Тема письма: съешь же ещё этих мягких французских булок, да выпей чаю",
    "Grüße an \"alle\" (und 1 = 2?), 50 % <off>",
    "日本語の件名 😀 and some ASCII behind it, which goes on for more than a line",
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
    "a?=b=?c",
];

const NAMES: [&str; 7] =
    ["", "Ivan Ivanov", "Иванов, Иван", "O'Neil \"Jim\" Jr.", "Jürgen", "a\\b; c", "日本 太郎"];

const FILES: [&str; 6] =
    ["a.bin", "Отчёт за год.bin", "with space.bin", "quote\".bin", "50%.bin", "日本語.bin"];

#[test]
fn lettre_and_this_library_say_the_same() {
    for (number, subject) in SUBJECTS.iter().enumerate() {
        for (place, name) in NAMES.iter().enumerate() {
            let person = |user: &str| Person::new(name, &format!("{user}@example.org"));
            let octets_of =
                |seed: usize| (0..seed * 97).map(|at| (at * seed) as u8).collect::<Vec<_>>();
            let item = |at: usize| Item {
                media_type: String::from("application/octet-stream"),
                ..Item::of_octets(FILES[(at + place) % FILES.len()], &octets_of(at + number))
            };
            let plan = Plan {
                from: vec![person("from")],
                to: (0..=number).map(|n| person(&format!("to{n}"))).collect(),
                cc: vec![person("cc")],
                reply_to: vec![person("reply")],
                subject: subject.to_string(),
                plain: format!("{subject}\nтекст\n.\n\nend"),
                html: format!("<p>{name}</p>\n<img src=\"cid:id@x\">"),
                linked: vec![Item { content_id: String::from("id@x"), is_inline: true, ..item(1) }],
                attachments: vec![item(2), item(3)],
                subject_page: -1,
                body_page: -1,
                priority: 2,
                ..Plan::default()
            };
            let ours = octets(&build(&plan));
            assert_eq!(meaning(&ours), meaning(&by_lettre(&plan)), "{subject} / {name}");
            assert_eq!(meaning(&ours).parts.len(), 3);
        }
    }
}
