//! No mechanism shows a secret, whatever the server repeats of it.

use super::*;

/// A server that offers one mechanism, answers with these challenges, and then repeats all that it was told in every way.
fn parrot(mechanism: &'static str, challenges: Vec<String>) -> (u16, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let serving = std::thread::spawn(move || {
        let (mut out, _) = listener.accept().expect("a client");
        let mut lines = BufReader::new(out.try_clone().expect("a second end")).lines();
        let mut say = |line: String| out.write_all(format!("{line}\r\n").as_bytes());
        let mut next = || lines.next().and_then(Result::ok);
        let mut heard = Vec::new();
        let _ = say("220 parrot".into());
        let mut challenges = challenges.into_iter();
        while let Some(line) = next() {
            let answer = if line.starts_with("EHLO") {
                format!("250-parrot\r\n250 AUTH {mechanism}")
            } else if line == "QUIT" {
                break;
            } else {
                let word = line.rsplit(' ').next().unwrap_or_default();
                let plain = STANDARD.decode(word).unwrap_or_default();
                heard.push(word.to_owned());
                heard
                    .push(String::from_utf8_lossy(&plain).replace(['\0', '\r', '\n', '\x01'], " "));
                match challenges.next().filter(|_| line != "*") {
                    Some(challenge) => format!("334 {challenge}"),
                    None => format!(
                        "535-5.7.8 {}\r\n535-{SECRET}\r\n535-{}\r\n535 {}",
                        heard.join(" "),
                        STANDARD.encode(SECRET),
                        hex(SECRET)
                    ),
                }
            };
            if say(answer).is_err() {
                break;
            }
        }
        heard
    });
    (port, serving)
}

fn hex(text: &str) -> String {
    text.bytes().map(|octet| format!("{octet:02x}")).collect()
}

/// What a server may say by each mechanism before it refuses.
fn challenges(mechanism: &str) -> Vec<String> {
    let ntlm = [&b"NTLMSSP\0\x02\0\0\0"[..], &[0; 8], &[0x01, 0x82, 0, 0], b"challeng", &[0; 16]];
    let texts: Vec<Vec<u8>> = match mechanism {
        "LOGIN" => vec![b"User Name\0".to_vec(), b"Password\0".to_vec()],
        "CRAM-MD5" => vec![b"<1.2@parrot>".to_vec()],
        "DIGEST-MD5" => vec![
            b"realm=\"parrot\",nonce=\"abc\",qop=\"auth\",algorithm=md5-sess,charset=utf-8"
                .to_vec(),
        ],
        "NTLM" => vec![ntlm.concat()],
        "XOAUTH2" | "OAUTHBEARER" => vec![br#"{"status":"401"}"#.to_vec()],
        _ => vec![],
    };
    texts.into_iter().map(|text| STANDARD.encode(text)).collect()
}

#[test]
fn no_mechanism_shows_a_secret() {
    let directory = Directory::new();
    for mechanism in [
        "PLAIN",
        "LOGIN",
        "CRAM-MD5",
        "DIGEST-MD5",
        "NTLM",
        "SCRAM-SHA-1",
        "SCRAM-SHA-224",
        "SCRAM-SHA-256",
        "SCRAM-SHA-384",
        "SCRAM-SHA-512",
        "XOAUTH2",
        "OAUTHBEARER",
        "ANONYMOUS",
        "GSSAPI",
        "GSS-SPNEGO",
        "EXTERNAL",
    ] {
        let (port, serving) = parrot(mechanism, challenges(mechanism));
        let client = client("127.0.0.1", port).with_login(mechanism, "user", SECRET);
        if mechanism.contains("OAUTH") {
            let (user, token, name) = (c("user"), c(SECRET), c(mechanism));
            let credential = Handle::of(unsafe {
                INetNetworkCredential_CreateWithToken(user.as_ptr(), token.as_ptr())
            });
            ok(unsafe {
                INetSmtpClient_SetThisHostCredentials(client.0, name.as_ptr(), credential.0)
            });
        }
        let told = Told::default();
        watch_all(&client, &told);
        ok(INetSmtpClient_SetEventKinds(client.0, 63));
        ok(set(&client, &format!("LogFile={}", directory.file(mechanism))));
        ok(set(&client, "LogLevel=trace"));
        ok(set(&client, "LogFilters=dns,net,tls,smtp,data"));
        assert_ne!(INetSmtpClient_ValidateCredentials(client.0), 0, "{mechanism}");
        let mut seen = told.lines();
        while let event = INetSmtpClient_NextEvent(client.0)
            && !event.is_null()
        {
            let event = Handle::of(event);
            seen.push(text(|b, n| unsafe { INetEvent_GetText(event.0, b, n) }));
            seen.push(text(|b, n| unsafe { INetEvent_GetCommand(event.0, b, n) }));
        }
        drop(client);
        let heard = serving.join().expect("the part played to its end");
        let log = fs::read_to_string(directory.file(mechanism)).expect("a log");
        seen.extend(log.lines().map(str::to_owned));
        if !matches!(mechanism, "GSSAPI" | "GSS-SPNEGO" | "EXTERNAL") {
            assert!(!heard.is_empty(), "{mechanism} was tried");
            assert!(log.contains(&format!("C: AUTH {mechanism}")), "{log}");
            assert!(log.contains("S: 535 5.7.8 ***"), "{log}");
        }
        let (upper, base64) = (hex(SECRET).to_uppercase(), STANDARD.encode(SECRET));
        let mut secrets = vec![SECRET.to_owned(), base64, hex(SECRET), upper];
        let is_payload = |word: &&String| word.len() > 8 && !word.contains(mechanism);
        secrets.extend(heard.iter().step_by(2).filter(is_payload).cloned());
        for line in &seen {
            for secret in &secrets {
                assert!(!line.contains(secret.as_str()), "{mechanism}: {line}");
            }
        }
    }
}
