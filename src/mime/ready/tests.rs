use super::*;
use crate::mime::ready_envelope::ReadySender;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Octets that come `step` at a time, and count how often they were rewound.
struct Drip<'a> {
    slice: OctetSlice<'a>,
    step: usize,
    rewinds: Arc<AtomicUsize>,
}

impl Octets for Drip<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let length = into.len().min(self.step);
        self.slice.read(&mut into[..length])
    }

    fn rewind(&mut self) -> Result<()> {
        self.rewinds.fetch_add(1, Ordering::Relaxed);
        self.slice.rewind()
    }
}

const ALL: usize = usize::MAX;

fn drip(text: &[u8], step: usize, return_path: ReturnPath) -> Result<Ready<'_>> {
    let drip = Drip { slice: OctetSlice::new(text), step, rewinds: Arc::default() };
    let mut ready = Ready::new(Box::new(drip), Some(text.len() as u64), return_path)?;
    ready.allow_eight_bit(true);
    Ok(ready)
}

fn ready(text: &[u8]) -> Ready<'_> {
    drip(text, ALL, ReturnPath::Drop).unwrap()
}

/// What goes out, taken `limit` octets at a time.
fn pulled(ready: &mut Ready, limit: usize) -> Vec<u8> {
    let (mut out, mut more) = (Vec::new(), true);
    while more {
        let mut chunk = Vec::new();
        more = ready.fill(&mut chunk, limit).unwrap();
        out.append(&mut chunk);
    }
    let mut nothing = Vec::new();
    assert!(!ready.fill(&mut nothing, limit).unwrap());
    assert!(nothing.is_empty());
    out
}

/// What goes out, which is the same however the octets come and are taken, the second time too.
fn sent_with(text: &[u8], return_path: ReturnPath) -> Vec<u8> {
    let expected = pulled(&mut drip(text, ALL, return_path).unwrap(), ALL);
    for step in [1, 2, 3, 7, ALL] {
        for limit in [1, 5, ALL] {
            let mut ready = drip(text, step, return_path).unwrap();
            for _ in 0..2 {
                assert_eq!(pulled(&mut ready, limit), expected, "{text:?} in steps of {step}");
                ready.rewind().unwrap();
            }
        }
    }
    expected
}

fn sent(text: &str) -> String {
    String::from_utf8(sent_with(text.as_bytes(), ReturnPath::Drop)).unwrap()
}

fn refusal(text: &[u8]) -> Status {
    let statuses = [1, 2, 3, 7, ALL]
        .map(|step| drip(text, step, ReturnPath::Drop).map(|_| ()).unwrap_err().status());
    assert!(statuses.iter().all(|status| *status == statuses[0]));
    statuses[0]
}

#[test]
fn a_message_goes_out_as_it_is_with_crlf_line_ends() {
    for (text, expected) in [
        ("A: 1\r\n\r\nbody\r\n", "A: 1\r\n\r\nbody\r\n"),
        ("A: 1\n\nbody\n", "A: 1\r\n\r\nbody\r\n"),
        ("A: 1\r\rbody\r", "A: 1\r\n\r\nbody\r\n"),
        ("A: 1\n b\r\n\nx\r\n\r\n\n.\r\r\n", "A: 1\r\n b\r\n\r\nx\r\n\r\n\r\n.\r\n\r\n"),
        ("A: 1\n\nno end", "A: 1\r\n\r\nno end\r\n"),
        ("A: 1\n\n", "A: 1\r\n\r\n"),
        ("A: 1\n", "A: 1\r\n"),
        ("A: 1", "A: 1\r\n"),
        ("a : 1\r\n\t\r\n\r\n\0\x01\x7f\r\n", "a : 1\r\n\t\r\n\r\n\0\x01\x7f\r\n"),
    ] {
        assert_eq!(sent(text), expected);
    }
}

#[test]
fn hidden_recipients_stay_hidden() {
    for (text, expected) in [
        ("Bcc: x\nA: 1\n\nb\n", "A: 1\r\n\r\nb\r\n"),
        ("A: 1\nBcc: x\n\nb\n", "A: 1\r\n\r\nb\r\n"),
        ("A: 1\nBcc: x,\n y,\r\n\tz\nB: 2\n\nBcc: b\n", "A: 1\r\nB: 2\r\n\r\nBcc: b\r\n"),
        ("bcc: x\nA: 1\nBCC: y\nBcc \t: z\nRESENT-bcc : q\n\n", "A: 1\r\n\r\n"),
        ("A: 1\rBcc: x\r\rb", "A: 1\r\n\r\nb\r\n"),
        ("Bcc: x\n\nb\n", "\r\nb\r\n"),
        ("Bcc: x\n\n", "\r\n"),
        ("Bcc: x\n", "\r\n"),
        ("Bcc: x", "\r\n"),
        ("A: 1\nBcc: x", "A: 1\r\n"),
        ("X-Bcc: x\nBccs: y\nBc: z\n", "X-Bcc: x\r\nBccs: y\r\nBc: z\r\n"),
    ] {
        assert_eq!(sent(text), expected);
    }
}

#[test]
fn a_line_among_the_fields_that_is_none_is_refused() {
    // A Bcc behind it would go out as a part of the body.
    for text in ["A: 1\nno field\nBcc: x\n", "A: 1\nBcc: y\nno field", "A: 1\nB\u{e9}: 2\n\nb"] {
        let octets = Box::new(OctetSlice::new(text.as_bytes()));
        let error = Ready::new(octets, None, ReturnPath::Drop).err().unwrap();
        assert_eq!(error.status(), Status::NoMessage);
        assert!(error.message().contains("which is no field"), "{error}");
    }
}

#[test]
fn bcc_goes_out_where_that_is_asked_for() {
    for (text, expected) in [
        ("A: 1\nBcc: x,\n y\nReturn-Path: <z>\n\nb\n", "A: 1\r\nBcc: x,\r\n y\r\n\r\nb\r\n"),
        ("Bcc: x\nA: 1\n\n", "Bcc: x\r\nA: 1\r\n\r\n"),
        ("Resent-Bcc: x\n\nb", "Resent-Bcc: x\r\n\r\nb\r\n"),
    ] {
        for step in [1, 3, ALL] {
            let mut ready = drip(text.as_bytes(), step, ReturnPath::Drop).unwrap();
            ready.keep_bcc();
            assert_eq!(String::from_utf8(pulled(&mut ready, ALL)).unwrap(), expected);
            ready.rewind().unwrap();
            assert_eq!(String::from_utf8(pulled(&mut ready, 1)).unwrap(), expected);
        }
    }
}

#[test]
fn return_path_is_for_forwarding_only() {
    let text = "Return-Path: <a@b>\nA: 1\nreturn-path :\n <>\nBcc: x\n\nReturn-Path: body\n";
    assert_eq!(sent(text), "A: 1\r\n\r\nReturn-Path: body\r\n");
    assert_eq!(
        String::from_utf8(sent_with(text.as_bytes(), ReturnPath::Keep)).unwrap(),
        "Return-Path: <a@b>\r\nA: 1\r\nreturn-path :\r\n <>\r\n\r\nReturn-Path: body\r\n"
    );
}

#[test]
fn octets_without_a_field_are_no_message() {
    for text in ["", "\n", "\r\nA: 1\r\n", "just text\n", " A: 1\n", "From x\n", "From x\nA: 1\n\n"]
    {
        assert_eq!(refusal(text.as_bytes()), Status::NoMessage, "{text:?}");
    }
    assert_eq!(refusal(b"\xff\xd8\xff\xe0\0\x10JFIF"), Status::NoMessage);
}

#[test]
fn headers_beyond_all_measure_are_refused() {
    let one_line = "A: ".to_owned() + &"x".repeat(1 << 20);
    let folded = "A:".to_owned() + &"\n x".repeat(1 << 19);
    let fields = "A:\n".repeat(10_001) + "\n";
    let recipients = "To: ".to_owned() + &"a@b,\n ".repeat(1_000_000) + "c@d\n\n";
    for text in [one_line, folded, fields, recipients] {
        let steps = [3, ALL];
        for step in steps {
            let error = drip(text.as_bytes(), step, ReturnPath::Drop).err().unwrap();
            assert_eq!(error.status(), Status::MessageTooComplex);
        }
    }
}

#[test]
fn great_headers_are_read_octet_by_octet() {
    let list: Vec<_> = (0..40_000).map(|n| format!("user{n}@example.org")).collect();
    let text = format!("From: a@b\nTo: {}\n\nbody", list.join(",\n "));
    let mut ready = drip(text.as_bytes(), 1, ReturnPath::Drop).unwrap();
    assert_eq!(ready.envelope().unwrap().recipients.len(), list.len());
    assert_eq!(pulled(&mut ready, 1000).len(), text.len() + text.matches('\n').count() + 2);
    let name = "x".repeat((1 << 20) - 100);
    let text = format!("To: \"{name}\" <a@b>\n\n");
    let ready = drip(text.as_bytes(), 1, ReturnPath::Drop).unwrap();
    assert_eq!(ready.envelope().unwrap().recipients[0].display_name().len(), name.len());
}

#[test]
fn bodies_of_any_lines_are_streamed_in_blocks() {
    const LENGTH: usize = 300_000;
    for line in ["x", "x\r", "\r", "\n", "x\r\n", "x\n\r", "\r\n\r"] {
        let body = line.repeat(LENGTH / line.len());
        let text = format!("A: 1\r\n\r\n{body}");
        let expected = body.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n");
        let end = if line == "x" { "\r\n" } else { "" };
        let mut ready = ready(text.as_bytes());
        let mut out = Vec::new();
        let mut more = true;
        while more {
            let before = out.len();
            let mut chunk = Vec::new();
            more = ready.fill(&mut chunk, 128 << 10).unwrap();
            out.append(&mut chunk);
            assert!(out.len() - before <= (128 << 10) + 2 * BODY_BLOCK);
        }
        assert_eq!(out, format!("A: 1\r\n\r\n{expected}{end}").into_bytes(), "{line:?}");
        assert!(ready.block.len() <= BODY_BLOCK);
    }
}

/// What goes out if all that may be lent is, and how much that was.
fn pulled_and_lent(ready: &mut Ready, limit: usize) -> (Vec<u8>, usize) {
    let (mut out, mut lent, mut more) = (Vec::new(), 0, true);
    while more {
        let mut chunk = Vec::new();
        more = ready.fill(&mut chunk, limit).unwrap();
        out.append(&mut chunk);
        while let Some(lines) = ready.lend().unwrap() {
            lent += lines.octets.len();
            out.extend_from_slice(lines.octets);
        }
    }
    (out, lent)
}

#[test]
fn many_octets_that_go_out_as_they_are_are_lent() {
    const LARGE: usize = 4 * BODY_BLOCK;
    let right = "a line as it has to be\r\n".repeat(LARGE / 24);
    let one_wrong = format!("{right}\n{right}");
    // With one of the cuts each block ends between CR and LF.
    let header = "Subject: ss\r\n\r\n".len();
    let before = HEADER_BLOCK - header - 1;
    let cut_behind_cr =
        "x".repeat(before) + &("\r\n".to_owned() + &"x".repeat(BODY_BLOCK - 2)).repeat(4);
    for (body, step, least, most) in [
        (&right, ALL, LARGE / 4, LARGE),
        (&right, LEAST_LENT, LARGE / 4, LARGE),
        (&right, LEAST_LENT - 1, 0, 0),
        (&right.replace('\r', ""), ALL, 0, 0),
        (&right.replace('\n', ""), ALL, 0, 0),
        (&one_wrong, ALL, LARGE / 2, 2 * LARGE - BODY_BLOCK),
        (&cut_behind_cr, ALL, 0, LARGE + HEADER_BLOCK),
    ] {
        for cut in 0..4 {
            let text = format!("Subject: {}\r\n\r\n{body}", "s".repeat(cut)).into_bytes();
            let expected = pulled(&mut drip(&text, ALL, ReturnPath::Drop).unwrap(), ALL);
            for limit in [1, 2 * BODY_BLOCK] {
                let mut ready = drip(&text, step, ReturnPath::Drop).unwrap();
                for _ in 0..2 {
                    let (out, lent) = pulled_and_lent(&mut ready, limit);
                    assert!(out == expected, "steps of {step}, {cut}, {limit}");
                    assert!((least..=most).contains(&lent), "{lent} octets in steps of {step}");
                    ready.rewind().unwrap();
                }
            }
        }
    }
}

#[test]
fn octets_that_are_read_and_have_not_gone_out_are_read_again_behind_a_rewind() {
    let text = format!("Subject: s\n\n{}", "a line\n".repeat(BODY_BLOCK));
    let mut ready = ready(text.as_bytes());
    let expected = pulled(&mut drip(text.as_bytes(), ALL, ReturnPath::Drop).unwrap(), ALL);
    ready.fill(&mut Vec::new(), BODY_BLOCK).unwrap();
    assert!(ready.lend().unwrap().is_none());
    ready.rewind().unwrap();
    assert!(pulled(&mut ready, ALL) == expected);
}

#[test]
fn eight_bit_octets_are_not_lent_to_a_server_that_does_not_take_them() {
    let text = format!("Subject: s\r\n\r\n{}", "Zeile f\u{fc}nf\r\n".repeat(2 * BODY_BLOCK));
    let mut ready = ready(text.as_bytes());
    ready.fill(&mut Vec::new(), 1).unwrap();
    ready.allow_eight_bit(false);
    // The opening may have some octets of the body with it.
    let refused = loop {
        match ready.lend() {
            Ok(Some(_)) => panic!("they were lent"),
            Ok(None) => match ready.fill(&mut Vec::new(), 1) {
                Ok(_) => {}
                Err(error) => break error,
            },
            Err(error) => break error,
        }
    };
    assert_eq!(refused.status(), Status::EightBitMimeNotOffered);
}

#[test]
fn the_envelope_is_told_by_all_fields_of_the_header() {
    let text = b"Return-Path: <>\rFrom: a@b\nTo: c@d\nBcc: e@f,\n g@h\n\nTo: i@j\n";
    let envelope = ready(text).envelope().unwrap();
    assert!(matches!(envelope.sender, ReadySender::NullPath));
    let recipients: Vec<_> = envelope.recipients.iter().map(|mailbox| mailbox.address()).collect();
    assert_eq!(recipients, ["c@d", "e@f", "g@h"]);
    let error = ready(b"To: x\n").envelope().unwrap_err();
    assert_eq!(
        (error.status(), error.message()),
        (Status::Address, "To: 'x' is not a mail address")
    );
}

#[test]
fn fields_are_put_before_everything() {
    let text = b"Return-Path: <q@r>\nFrom: a@b\nTo: c@d\n\nbody";
    let resent = "Resent-From: e@f\r\nResent-To: g@h\r\nResent-Bcc: i@j\r\n";
    let mut ready = drip(text, ALL, ReturnPath::Keep).unwrap();
    ready.prepend(resent.into());
    let outgoing = "Resent-From: e@f\r\nResent-To: g@h\r\nReturn-Path: <q@r>\r\nFrom: a@b\r\n\
                    To: c@d\r\n\r\nbody";
    assert_eq!(ready.size(), Some(outgoing.len() as u64));
    for _ in 0..2 {
        assert_eq!(pulled(&mut ready, 9), format!("{outgoing}\r\n").as_bytes());
        ready.rewind().unwrap();
    }
    let envelope = ready.envelope().unwrap();
    assert!(
        matches!(envelope.sender, ReadySender::Mailbox(ref sender) if sender.address() == "e@f")
    );
    assert_eq!(envelope.recipients.len(), 2);
    assert!(!ready.needs_smtputf8());
    ready.prepend("Resent-Sender: Й <a@b>\r\n".into());
    assert!(ready.needs_smtputf8());
}

#[test]
fn only_utf8_in_what_goes_out_of_the_header_needs_smtputf8() {
    for (text, needs) in [
        (&b"A: 1\n\n\xc3\xa4"[..], false),
        (b"A: \xc3\xa4\n\n", true),
        (b"A: \xe4\n\n", false),
        (b"Bcc: \xc3\xa4 <a@b>\nA: 1\n\n", false),
    ] {
        assert_eq!(ready(text).needs_smtputf8(), needs);
    }
}

#[test]
fn the_size_is_that_of_what_goes_out() {
    for (text, size) in [
        ("A: 1\r\n\r\nbody\r\n", 14),
        ("Bcc: a@b\r\nA: 1\r\n\r\nbody\r\n", 14),
        ("A: 1\n\nbody\n", 14),
        ("Bcc: x", 2),
    ] {
        let ready = ready(text.as_bytes());
        assert_eq!(ready.size(), Some(size));
    }
    let text = format!("Bcc: x\r\nA: 1\r\n\r\n{}", "x\r\n".repeat(100_000));
    let mut ready = ready(text.as_bytes());
    assert_eq!(ready.size(), Some(text.len() as u64 - 8));
    assert_eq!(pulled(&mut ready, ALL).len(), text.len() - 8);
    assert_eq!(ready.size(), Some(text.len() as u64 - 8));
    let octets = Box::new(OctetSlice::new(b"A: 1"));
    assert_eq!(Ready::new(octets, None, ReturnPath::Drop).unwrap().size(), None);
}

#[test]
fn eight_bit_octets_need_a_server_that_takes_them() {
    let far = [b"A: 1\n\n".to_vec(), vec![b'x'; 200_000], b"\xe4".to_vec()].concat();
    for text in [&b"A: \xc3\xa4\n\n"[..], b"A: 1\n\n\x80", &far] {
        let mut ready = ready(text);
        ready.allow_eight_bit(false);
        let error = loop {
            match ready.fill(&mut Vec::new(), 1_000) {
                Ok(more) => assert!(more, "an octet slipped through"),
                Err(error) => break error,
            }
        };
        assert_eq!(error.status(), Status::EightBitMimeNotOffered);
    }
    // What does not go out does not matter.
    let mut ready = ready(b"Bcc: \xc3\xa4 <a@b>\nA: 1\n\nbody");
    ready.allow_eight_bit(false);
    assert_eq!(pulled(&mut ready, ALL), b"A: 1\r\n\r\nbody\r\n");
}

#[test]
fn octets_are_rewound_only_if_there_is_need() {
    let long = "A: 1\n\n".to_owned() + &"long\n".repeat(40_000);
    for (text, expected) in [("A: 1\n\nshort", 0), (long.as_str(), 1)] {
        let rewinds = Arc::<AtomicUsize>::default();
        let slice = OctetSlice::new(text.as_bytes());
        let drip = Drip { slice, step: ALL, rewinds: Arc::clone(&rewinds) };
        let mut ready = Ready::new(Box::new(drip), None, ReturnPath::Drop).unwrap();
        let mut chunk = Vec::new();
        ready.fill(&mut chunk, 3).unwrap();
        ready.rewind().unwrap();
        assert_eq!(rewinds.load(Ordering::Relaxed), 0);
        let first = pulled(&mut ready, ALL);
        ready.rewind().unwrap();
        assert_eq!(rewinds.load(Ordering::Relaxed), expected);
        assert_eq!(pulled(&mut ready, ALL), first);
    }
}

/// Octets that are fewer the second time, cannot be read again, or lie about their number.
struct Trouble<'a> {
    slice: OctetSlice<'a>,
    again: Option<&'a [u8]>,
    lie: usize,
}

impl Octets for Trouble<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        Ok(self.slice.read(into)? + self.lie)
    }

    fn rewind(&mut self) -> Result<()> {
        self.slice = OctetSlice::new(self.again.ok_or(Status::Io)?);
        Ok(())
    }
}

#[test]
fn troubles_of_the_source_are_told() {
    let text = "A: 1\n\n".to_owned() + &"x".repeat(100_000);
    for (again, status) in [(None, Status::Io), (Some(&b"A: 1\n\n"[..]), Status::FileChanged)] {
        let source = Trouble { slice: OctetSlice::new(text.as_bytes()), again, lie: 0 };
        let mut ready = Ready::new(Box::new(source), None, ReturnPath::Drop).unwrap();
        pulled(&mut ready, ALL);
        for _ in 0..2 {
            assert_eq!(ready.rewind().unwrap_err().status(), status);
        }
    }
    let source = Trouble { slice: OctetSlice::new(b"A: 1\n"), again: None, lie: ALL / 2 };
    let error = Ready::new(Box::new(source), None, ReturnPath::Drop).err().unwrap();
    assert_eq!(error.status(), Status::Io);
}

/// The rules again, on the whole text at once.
fn expected(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = if text.is_empty() || text.ends_with('\n') { text } else { text + "\n" };
    let mut lines = text.lines().peekable();
    let is_field = |line: &str| {
        let name = line.split(':').next().unwrap().trim_end_matches([' ', '\t']);
        line.contains(':') && !name.is_empty() && name.bytes().all(|octet| octet.is_ascii_graphic())
    };
    if lines.next_if(|line| line.starts_with("From ") && !is_field(line)).is_some() {
        return None;
    }
    let (mut out, mut fields, mut is_shown) = (String::new(), 0, true);
    while let Some(line) =
        lines.next_if(|line| is_field(line) || fields > 0 && line.starts_with(' '))
    {
        if is_field(line) && !line.starts_with(' ') {
            let name = line.split(':').next().unwrap().trim_end().to_lowercase();
            is_shown = !["bcc", "resent-bcc", "return-path"].contains(&&*name);
            fields += 1;
        }
        if is_shown {
            out += &format!("{line}\r\n");
        }
    }
    let is_over = lines.peek().is_none();
    let is_ended = lines.next_if(|line| line.is_empty()).is_some();
    if !is_over || out.is_empty() {
        out += "\r\n";
    }
    lines.for_each(|line| out += &format!("{line}\r\n"));
    (fields > 0 && (is_over || is_ended)).then_some(out)
}

#[test]
fn messages_of_any_make_go_out_by_the_rules() {
    const PIECES: [&str; 17] = [
        "A",
        ":",
        "Bcc:",
        "bCC :",
        "Return-Path: <>",
        "Resent-Bcc: x",
        "From ",
        " ",
        "\r\n",
        "\n",
        "\r",
        "\r\n ",
        "\n\n",
        "To: a@b\n",
        "ж",
        "\nBcc: x\r\n y\n",
        ".",
    ];
    let mut state = 11_u32;
    let mut messages = 0;
    for _ in 0..6_000 {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as usize
        };
        let text: String = (0..next() % 14).map(|_| PIECES[next() % PIECES.len()]).collect();
        match expected(&text) {
            Some(expected) => {
                assert_eq!(sent(&text), expected, "{text:?}");
                messages += 1;
            }
            None => assert_eq!(refusal(text.as_bytes()), Status::NoMessage, "{text:?}"),
        }
    }
    assert!(messages > 700, "{messages}");
}
