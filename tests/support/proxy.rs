//! Proxies in the hands of a test, and doubles of those that no server plays.

use super::face::{Client, Handle, c, ok, text};
use inetmail::ffi::client_sockets::*;
use inetmail::ffi::client_tls::INetSmtpClient_GetConnectionInfo;
use inetmail::ffi::connection_info::*;
use inetmail::ffi::connection_proxy::*;
use inetmail::ffi::service_proxy::*;
use inetmail::ffi::service_proxy_options::*;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;

pub type Proxy = Handle<INetServiceProxy>;

/// An active proxy on loopback.
pub fn proxy(kind: i32, port: u16) -> Proxy {
    let address = c("127.0.0.1");
    let proxy =
        Handle::of(unsafe { INetServiceProxy_CreateHttp(address.as_ptr(), i32::from(port)) });
    ok(INetServiceProxy_SetType(proxy.0, kind));
    proxy
}

impl Proxy {
    pub fn with_login(self, user: &str, password: &str) -> Proxy {
        let (user, password) = (c(user), c(password));
        ok(unsafe { INetServiceProxy_SetUser(self.0, user.as_ptr()) });
        ok(unsafe { INetServiceProxy_SetPassword(self.0, password.as_ptr()) });
        ok(INetServiceProxy_SetNeedAuthentication(self.0, 1));
        self
    }

    pub fn with_authentication(self, number: i32) -> Proxy {
        ok(INetServiceProxy_SetAuthentication(self.0, number));
        self
    }

    pub fn resolving_here(self) -> Proxy {
        ok(INetServiceProxy_SetResolveNamesHere(self.0, 1));
        self
    }

    pub fn without(self, servers: &str) -> Proxy {
        let servers = c(servers);
        ok(unsafe { INetServiceProxy_SetNoProxyString(self.0, servers.as_ptr()) });
        self
    }

    pub fn with_headers(self, headers: &str) -> Proxy {
        let headers = c(headers);
        ok(unsafe { INetServiceProxy_SetRequestHeaders(self.0, headers.as_ptr()) });
        self
    }

    pub fn headers(&self) -> String {
        octets(|buffer, size| unsafe { INetServiceProxy_GetResponseHeaders(self.0, buffer, size) })
    }

    pub fn body(&self) -> String {
        octets(|buffer, size| unsafe { INetServiceProxy_GetResponseBody(self.0, buffer, size) })
    }

    pub fn connection_string(&self) -> String {
        text(|buffer, size| unsafe { INetServiceProxy_GetConnectionString(self.0, buffer, size) })
    }
}

fn octets(get: impl Fn(*mut u8, usize) -> i64) -> String {
    let length = get(std::ptr::null_mut(), 0);
    let mut buffer = vec![0; usize::try_from(length).expect("a length")];
    assert_eq!(get(buffer.as_mut_ptr(), buffer.len()), length);
    String::from_utf8(buffer).expect("UTF-8")
}

impl Client {
    pub fn through(self, proxy: &Proxy) -> Client {
        ok(INetSmtpClient_SetProxy(self.0, proxy.0));
        self
    }

    /// Type, address and protection of the proxy of the latest connection, and where that led.
    pub fn went_through(&self) -> (i32, String, bool, String) {
        let info = Handle::of(INetSmtpClient_GetConnectionInfo(self.0));
        (
            INetConnectionInfo_GetProxyType(info.0),
            text(|buffer, size| unsafe {
                INetConnectionInfo_GetProxyAddress(info.0, buffer, size)
            }),
            INetConnectionInfo_GetProxySecure(info.0) != 0,
            text(|buffer, size| unsafe {
                INetConnectionInfo_GetRemoteAddress(info.0, buffer, size)
            }),
        )
    }
}

/// What a double does with a connection, one after the other.
#[derive(Clone)]
pub enum Act {
    /// Reads so many octets.
    Hear(usize),
    /// Reads a request.
    HearRequest,
    Say(Vec<u8>),
    /// Says so many of these.
    Flood(&'static str, usize),
    /// Leads on to a server, which speaks behind these octets.
    Relay(u16),
    /// Says nothing more until the client goes.
    Hold,
}

pub fn say(octets: impl AsRef<[u8]>) -> Act {
    Act::Say(octets.as_ref().to_vec())
}

/// A proxy that does so with its connections, and then listens no more. It tells when it holds one, and in the end what it heard.
#[expect(clippy::disallowed_methods, reason = "the double is no part of the library")]
pub fn double(
    connections: Vec<Vec<Act>>,
    holds: Option<Sender<()>>,
) -> (u16, JoinHandle<Vec<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let playing = std::thread::spawn(move || {
        let play = |acts: Vec<Act>| {
            let (stream, _) = listener.accept().expect("a client");
            play(stream, acts, holds.as_ref())
        };
        connections.into_iter().map(play).collect()
    });
    (port, playing)
}

fn play(mut stream: TcpStream, acts: Vec<Act>, holds: Option<&Sender<()>>) -> Vec<u8> {
    let mut heard = Vec::new();
    for act in acts {
        match act {
            Act::Hear(octets) => {
                let mut part = vec![0; octets];
                if stream.read_exact(&mut part).is_err() {
                    return heard;
                }
                heard.extend(part);
            }
            Act::HearRequest => {
                let mut one = [0];
                let from = heard.len();
                while !heard[from..].ends_with(b"\r\n\r\n") {
                    if stream.read_exact(&mut one).is_err() {
                        return heard;
                    }
                    heard.push(one[0]);
                }
            }
            // A client that has heard enough may be gone.
            Act::Say(octets) => drop(stream.write_all(&octets)),
            Act::Flood(text, times) => {
                let all = text.repeat(times);
                drop(stream.write_all(all.as_bytes()));
            }
            Act::Relay(port) => relay(&stream, port),
            Act::Hold => {
                if let Some(holds) = holds {
                    let _ = holds.send(());
                }
                let _ = stream.read_to_end(&mut Vec::new());
            }
        }
    }
    heard
}

#[expect(clippy::disallowed_methods, reason = "the double is no part of the library")]
fn relay(client: &TcpStream, port: u16) {
    let server = TcpStream::connect(("127.0.0.1", port)).expect("the server");
    let pump = |mut from: TcpStream, mut to: TcpStream| {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
    };
    let clone = |stream: &TcpStream| stream.try_clone().expect("a clone");
    std::thread::scope(|scope| {
        scope.spawn(|| pump(clone(&server), clone(client)));
        pump(clone(client), clone(&server));
    });
}
