//! HTTP/1.1 over a plain socket, written to cost next to nothing: the request is made before,
//! only its digits change, and of the answer only the status is looked at.

use std::net::SocketAddr;

use anyhow::bail;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// How many digits tell one message from another.
pub(crate) const DIGITS: usize = 9;
/// Stands in a body where the digits go.
pub(crate) const MARK: &str = "#########";

/// A request whose digits change from one message to the next.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    bytes: Vec<u8>,
    places: Vec<usize>,
}

impl Template {
    /// Makes a POST of this JSON.
    pub(crate) fn post(path: &str, body: &str) -> Self {
        let text = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let places = text.match_indices(MARK).map(|(at, _)| at).collect();
        Self {
            bytes: text.into_bytes(),
            places,
        }
    }

    /// Writes the digits of the `n`th message into the request.
    pub(crate) fn number(&mut self, n: u64) -> &[u8] {
        let mut digits = [b'0'; DIGITS];
        let mut left = n;
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + u8::try_from(left % 10).unwrap_or_default();
            left /= 10;
        }
        for place in &self.places {
            self.bytes[*place..*place + DIGITS].copy_from_slice(&digits);
        }
        &self.bytes
    }
}

/// A connection that is kept.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub(crate) async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: vec![0; 16 * 1024],
        })
    }

    /// Sends a request and returns the status of the answer.
    pub(crate) async fn call(&mut self, request: &[u8]) -> anyhow::Result<u16> {
        self.exchange(request).await.map(|(status, _)| status)
    }

    async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<(u16, std::ops::Range<usize>)> {
        self.stream.write_all(request).await?;
        let mut filled = 0;
        loop {
            let read = self.stream.read(&mut self.buffer[filled..]).await?;
            if read == 0 {
                bail!("the server closed the connection");
            }
            filled += read;
            if let Some((status, body)) = answer(&self.buffer[..filled])
                && body.end <= filled
            {
                return Ok((status, body));
            }
            if filled == self.buffer.len() {
                self.buffer.resize(filled * 2, 0);
            }
        }
    }
}

/// Returns the status and where the body stands, as soon as the head is there.
fn answer(bytes: &[u8]) -> Option<(u16, std::ops::Range<usize>)> {
    let head = bytes.windows(4).position(|it| it == b"\r\n\r\n")?;
    let text = std::str::from_utf8(&bytes[..head]).ok()?;
    let status = text.get(9..12)?.parse().ok()?;
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse().ok())?
    });
    let start = head + 4;
    Some((status, start..start + length.unwrap_or(0)))
}
