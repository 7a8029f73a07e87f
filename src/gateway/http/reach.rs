//! Which addresses may be asked: public ones, and our own network only where it is wanted.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Why a base address of a gateway is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlFault {
    #[error("this is no web address")]
    NotAnAddress,
    #[error("only https addresses are taken")]
    Scheme,
    #[error("http is only for loopback and private addresses; use https")]
    Plain,
    #[error("the address must hold no user, password, question mark or fragment")]
    Extra,
}

/// Checks the base address of a gateway: https, or http to loopback and private addresses.
pub fn base_url(text: &str) -> Result<Url, BaseUrlFault> {
    let url = Url::parse(text.trim()).map_err(|_| BaseUrlFault::NotAnAddress)?;
    if url.host_str().is_none_or(str::is_empty) {
        return Err(BaseUrlFault::NotAnAddress);
    }
    if has_credentials(&url) || url.query().is_some() || url.fragment().is_some() {
        return Err(BaseUrlFault::Extra);
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_local_host(&url) => Ok(url),
        "http" => Err(BaseUrlFault::Plain),
        _ => Err(BaseUrlFault::Scheme),
    }
}

/// Tells whether an address names a user or a password.
pub(super) fn has_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// Tells whether an address is on this machine or in a private network without asking for names.
pub(super) fn is_local_host(url: &Url) -> bool {
    literal(url).map_or_else(|| url.host_str() == Some("localhost"), is_local)
}

/// Returns the address that stands in place of a name.
pub(super) fn literal(url: &Url) -> Option<IpAddr> {
    url.host_str()?.trim_matches(['[', ']']).parse().ok()
}

/// How far a request may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Addresses of the public internet only.
    Public,
    /// Loopback and private networks as well.
    Local,
}

impl Reach {
    /// Tells whether this address may be asked.
    pub(super) fn covers(self, ip: IpAddr) -> bool {
        is_public(ip) || self == Self::Local && is_local(ip)
    }
}

/// The reason given when a name leads to an address out of reach.
#[derive(Debug, thiserror::Error)]
#[error("the host's address is not public")]
pub(super) struct OutOfReach;

/// Asks the system for a name's addresses and passes on only those within reach, so that what is
/// connected to is what was checked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resolver(pub(super) Reach);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let within: Vec<SocketAddr> = found.filter(|it| reach.covers(it.ip())).collect();
            if within.is_empty() {
                return Err(OutOfReach.into());
            }
            Ok(Box::new(within.into_iter()) as Addrs)
        })
    }
}

/// Tells whether an address is this machine's or a private network's.
fn is_local(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local(),
    }
}

fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation();
    let [a, b, c, _] = ip.octets();
    let reserved = a == 0
        || a >= 240
        || (a, b) == (100, b & 0x3f | 0x40)
        || (a, b, c) == (192, 0, 0)
        || (a, b, c) == (192, 88, 99)
        || (a, b & 0xfe) == (198, 18);
    !special && !reserved
}

/// Takes global unicast alone, less the ranges that wrap other addresses or are for papers.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    let unicast = a & 0xe000 == 0x2000;
    let wrapped = a == 0x2002 || a == 0x2001 && b < 0x200;
    let papers = a == 0x2001 && b == 0x0db8 || a == 0x3fff && b < 0x1000;
    unicast && !wrapped && !papers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        for public in [
            "1.1.1.1",
            "100.63.0.1",
            "100.128.0.1",
            "198.20.0.1",
            "2400:cb00::1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        let closed = [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.8.8.8",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::a00:1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for closed in closed {
            assert!(!is_public(closed.parse().unwrap()), "{closed}");
        }
    }

    #[test]
    fn the_local_reach_takes_in_private_networks_and_never_the_link() {
        for (ip, local) in [
            ("127.0.0.1", true),
            ("192.168.4.5", true),
            ("::1", true),
            ("fd00::5", true),
            ("::ffff:10.0.0.1", true),
            ("169.254.169.254", false),
            ("fe80::1", false),
            ("0.0.0.0", false),
            ("224.0.0.1", false),
        ] {
            let ip = ip.parse().unwrap();
            assert_eq!(Reach::Local.covers(ip), local, "{ip}");
            assert!(!Reach::Public.covers(ip), "{ip}");
        }
    }

    #[test]
    fn plain_http_is_for_our_own_network() {
        for good in [
            "https://api.example.org",
            "https://api.example.org/v2/",
            "http://127.0.0.1:8080",
            "http://localhost:3000",
            "http://[::1]:3000",
            "http://192.168.1.4",
            "http://10.0.0.4/x",
            "https://203.0.113.9",
        ] {
            assert!(base_url(good).is_ok(), "{good}");
        }
        for (bad, fault) in [
            ("", BaseUrlFault::NotAnAddress),
            ("api.example.org", BaseUrlFault::NotAnAddress),
            ("https://", BaseUrlFault::NotAnAddress),
            ("http://api.example.org", BaseUrlFault::Plain),
            ("http://8.8.8.8", BaseUrlFault::Plain),
            ("http://169.254.169.254", BaseUrlFault::Plain),
            ("http://127.0.0.1.example.org", BaseUrlFault::Plain),
            ("ftp://127.0.0.1", BaseUrlFault::Scheme),
            ("https://user@api.example.org", BaseUrlFault::Extra),
            ("https://user:word@api.example.org", BaseUrlFault::Extra),
            ("https://api.example.org/?key=1", BaseUrlFault::Extra),
            ("https://api.example.org/#top", BaseUrlFault::Extra),
        ] {
            assert_eq!(base_url(bad), Err(fault), "{bad}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_home_is_out_of_reach_from_the_outside() {
        let name = || "localhost".parse().unwrap();
        assert!(Resolver(Reach::Public).resolve(name()).await.is_err());
        assert!(Resolver(Reach::Local).resolve(name()).await.is_ok());
    }
}
