//! Downloads of media: only from hosts that the gateway uses, only to the public internet.

use std::error::Error as _;

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Response, StatusCode, Url};
use tokio::io::{AsyncWrite, AsyncWriteExt as _};

use super::reach::{OutOfReach, Reach, has_credentials, is_local_host, literal};
use super::{Client, transport};
use crate::gateway::{Error, ErrorKind, Retry};

/// What is to be downloaded, and what is allowed on the way.
pub struct Source<'a> {
    pub url: &'a str,
    /// Headers that the gateway wants, such as a token.
    pub headers: HeaderMap,
    /// Says whether this host is one of the gateway's.
    pub host_allowed: &'a (dyn Fn(&str) -> bool + Send + Sync),
    /// Lets private addresses in, and plain http to them: for a gateway in our own network.
    pub allow_local: bool,
}

/// What a download brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    pub bytes: u64,
    /// What the server calls it; only the bytes tell what it is.
    pub content_type: String,
}

impl Client {
    /// Downloads a file into `sink` and stops at the limits; what was written before an error is
    /// the caller's to throw away.
    pub async fn fetch<W: AsyncWrite + Unpin>(
        &self,
        source: &Source<'_>,
        sink: &mut W,
    ) -> Result<Fetched, Error> {
        let url = check(source)?;
        let client = if source.allow_local {
            &self.local_media
        } else {
            &self.media
        };
        let request = client.get(url).headers(source.headers.clone());
        let response = request.send().await.map_err(|error| failed(&error))?;
        judge(response.status())?;
        let content_type = content_type(response.headers());
        let bytes = self.pour(response, sink).await?;
        Ok(Fetched {
            bytes,
            content_type,
        })
    }

    async fn pour<W: AsyncWrite + Unpin>(
        &self,
        mut response: Response,
        sink: &mut W,
    ) -> Result<u64, Error> {
        let limit = self.limits.fetch_bytes;
        if response
            .content_length()
            .is_some_and(|announced| announced > limit)
        {
            return Err(too_large(limit));
        }
        let mut bytes = 0;
        while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error))? {
            bytes += chunk.len() as u64;
            if bytes > limit {
                return Err(too_large(limit));
            }
            sink.write_all(&chunk)
                .await
                .map_err(|error| not_stored(&error))?;
        }
        sink.flush().await.map_err(|error| not_stored(&error))?;
        Ok(bytes)
    }
}

fn check(source: &Source<'_>) -> Result<Url, Error> {
    let url = Url::parse(source.url.trim()).map_err(|_| Error::refused("no web address"))?;
    let plain = url.scheme() == "http" && source.allow_local && is_local_host(&url);
    if url.scheme() != "https" && !plain {
        return Err(Error::refused("media comes by https only"));
    }
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    if has_credentials(&url) || !(source.host_allowed)(host) {
        return Err(Error::refused(format!(
            "{host} is no media host of this gateway"
        )));
    }
    let reach = if source.allow_local {
        Reach::Local
    } else {
        Reach::Public
    };
    // A literal address never reaches the resolver, so it is checked here.
    match literal(&url) {
        Some(ip) if !reach.covers(ip) => Err(Error::refused(OutOfReach.to_string())),
        _ => Ok(url),
    }
}

fn judge(status: StatusCode) -> Result<(), Error> {
    let text = format!("the media server answers {}", status.as_u16());
    match status.as_u16() {
        200 => Ok(()),
        408 | 425 | 429 | 500.. => Err(Error::new(ErrorKind::Unreachable, Retry::Later, text)),
        _ => Err(Error::refused(text)),
    }
}

fn content_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    value.unwrap_or_default().to_owned()
}

fn failed(error: &reqwest::Error) -> Error {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.is::<OutOfReach>() {
            return Error::refused(inner.to_string());
        }
        cause = inner.source();
    }
    transport(error).of_a_question()
}

fn too_large(limit: u64) -> Error {
    Error::refused(format!("the file is larger than {limit} bytes"))
}

fn not_stored(error: &std::io::Error) -> Error {
    Error::new(
        ErrorKind::Unreachable,
        Retry::Later,
        format!("cannot be stored: {error}"),
    )
}
