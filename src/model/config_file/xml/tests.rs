use super::*;

fn refusal(text: &str) -> String {
    Document::parse(text).err().expect("a refusal").message().to_owned()
}

fn shape(text: &str) -> Vec<String> {
    let document = Document::parse(text).unwrap();
    document.elements().map(Element::path).collect()
}

#[test]
fn elements_know_where_they_stand() {
    let text = "<?xml version='1.0'?>\n<!-- <x/> -->\n<a>\n text <b c='1'><d/></b>\n<b\n/></a>\n";
    assert_eq!(shape(text), ["a", "a/b", "a/b/d", "a/b"]);
    let document = Document::parse(text).unwrap();
    let root = document.elements().next().unwrap();
    let lines: Vec<_> = root.children().map(|child| child.data().line).collect();
    assert_eq!(lines, [4, 5]);
    assert!(root.child("B").err().unwrap().message().contains("stands twice in <a>"));
    assert_eq!(shape("\u{feff}<a/>"), ["a"]);
    assert_eq!(shape("<n:a xmlns:n='urn:n'/>"), ["a"]);
}

#[test]
fn attributes_are_what_xml_makes_of_them() {
    let document =
        Document::parse("<a Name='&quot;&#1105;&#x436;&quot; &amp; &lt;' x='1\n2' e=\"\"/>")
            .unwrap();
    let a = document.elements().next().unwrap();
    assert_eq!(a.text("NAME").unwrap(), Some("\"ёж\" & <"));
    assert_eq!(a.text("x").unwrap(), Some("1 2"));
    assert_eq!((a.text("e").unwrap(), a.word("e").unwrap()), (Some(""), None));
    assert_eq!(a.text("y").unwrap(), None);
    a.refuse_others(&[]).unwrap();
}

#[test]
fn an_attribute_that_nobody_knows_is_named_with_the_nearest() {
    let document =
        Document::parse("\n<a host='h' prot='1' xmlns='u' xmlns:x='v' x:t='2'/>").unwrap();
    let a = document.elements().next().unwrap();
    a.text("host").unwrap();
    let error = a.refuse_others(&["host", "port"]).unwrap_err();
    assert_eq!(error.message(), "line 2: <a> has no attribute 'prot'; the nearest is port");
    let error = a.refuse_others(&["host", "userName"]).unwrap_err();
    assert_eq!(error.message(), "line 2: <a> has no attribute 'prot'; there is host, userName");
}

#[test]
fn what_is_not_well_formed_is_refused_by_its_line() {
    for text in [
        "<a>\n<b></a>",
        "<a>\n</b>",
        "<a\n b=c/>",
        "<a\n b='c' b='d'/>",
        "<a b/>",
        "<a>\n&unknown;</a>",
        "<a b='&unknown;'/>",
        "<a b='&#0;'/>",
        "<a b='&#1;'/>",
        "<a b='&'/>",
        "<a/>text",
        "text<a/>",
        "<a/>\n<b/>",
        "<a>",
        "<a",
        "<a b='",
        "<!-- ",
        "<a><![CDATA[",
        "<![CDATA[x]]><a/>",
        "</a>",
    ] {
        let sentence = refusal(text);
        assert!(sentence.starts_with("line "), "{text}: {sentence}");
    }
    for text in ["", "  \n ", "<?xml version='1.0'?>", "<!---->"] {
        assert_eq!(refusal(text), "there is no XML element in it");
    }
}

#[test]
fn no_sentence_shows_a_value() {
    for text in [
        "<a password='geh&eim'/>",
        "<a password='geheim&x;'/>",
        "<a password=geheim/>",
        "<a password='geheim/>",
    ] {
        assert!(!refusal(text).contains("eim"), "{}", refusal(text));
    }
}

#[test]
fn nothing_is_declared_so_that_nothing_is_resolved_and_nothing_grows() {
    let bomb = "<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><a d='&c;'/>";
    let file = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>";
    let outside = "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>";
    for text in [bomb, file, outside] {
        assert_eq!(refusal(text), "line 1: a document type declaration is not followed");
    }
}

#[test]
fn what_no_configuration_is_ends_soon() {
    let deep = "<a>".repeat(1_000_000);
    let wide = format!("<a>{}</a>", "<b/>".repeat(900_000));
    let many: String = (0..300_000).map(|number| format!(" a{number}=''")).collect();
    let spaces: String = (0..100).map(|number| format!("<a xmlns:b{number}='u'>")).collect();
    for text in [deep, wide, format!("<a{many}/>"), spaces.repeat(500), "<".repeat(1 << 22)] {
        refusal(&text);
    }
}
