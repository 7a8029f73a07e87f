//! The real worker as a process of its own, and what its database tells of its work.

use std::fmt::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::bail;
use tanggap::db::{self, Db, Limits, Open, Run as _, sql};

use crate::contender::Gateway;
use crate::fixture::Place;
use crate::wire::{MARK, Template};

/// How long anything but a load may take.
const PATIENCE: Duration = Duration::from_mins(10);
const SECRET: &str = "kunci-uji-beban";

/// A running worker.
#[derive(Debug)]
pub(crate) struct Worker {
    pub(crate) address: SocketAddr,
    pub(crate) gateway: Gateway,
    child: Child,
    db: Db,
}

/// How far the worker's database is.
#[derive(Debug, Clone, Copy, Default, sqlx::FromRow)]
pub(crate) struct Progress {
    /// Deliveries that are stored and not yet worked.
    pub(crate) backlog: i64,
    /// Letters that have not gone out.
    pub(crate) unsent: i64,
}

impl Worker {
    /// Starts a worker on a database, with a gateway that answers after so long.
    pub(crate) async fn start(
        binary: &PathBuf,
        place: &Place,
        latency: Duration,
    ) -> anyhow::Result<Self> {
        let gateway = Gateway::start(latency).await?;
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let file = place.folder.path().join("config.toml");
        std::fs::write(&file, settings(place, &gateway, address))?;
        Command::new("chmod").arg("600").arg(&file).status()?;
        let log = std::fs::File::create(place.folder.path().join("worker.log"))?;
        let child = Command::new(binary)
            .arg("worker")
            .arg("--config")
            .arg(&file)
            .env_remove("TANGGAP_DATABASE_URL")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()?;
        let mut child = child;
        if let Err(error) = listening(address, &mut child).await {
            let log = std::fs::read_to_string(place.folder.path().join("worker.log"));
            bail!("{error}: {}", log.unwrap_or_default());
        }
        let open = Open {
            url: place.url.clone(),
            folder: PathBuf::new(),
            create: false,
            program: "tanggap-bench",
            limits: Limits::default(),
        };
        Ok(Self {
            address,
            gateway,
            child,
            db: db::open(&open).await?,
        })
    }

    /// Returns its process id.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Returns the database, to look at.
    pub(crate) fn db(&self) -> &Db {
        &self.db
    }

    /// Returns how many reports there are.
    pub(crate) async fn reports(&self) -> anyhow::Result<u64> {
        let row: Option<(i64,)> = (&self.db).first(sql("SELECT COUNT(*) FROM report")).await?;
        Ok(u64::try_from(row.map_or(0, |(n,)| n))?)
    }

    /// Holds everything that is to be sent, from the next second on.
    pub(crate) async fn pause(&self, binary: &PathBuf, place: &Place) -> anyhow::Result<()> {
        let file = place.folder.path().join("config.toml");
        let done = Command::new(binary)
            .args(["outbox", "pause", "--quiet", "--config"])
            .arg(file)
            .env_remove("TANGGAP_DATABASE_URL")
            .stdout(Stdio::null())
            .status()?;
        if !done.success() {
            bail!("the outbox cannot be paused");
        }
        tokio::time::sleep(Duration::from_millis(1500)).await;
        Ok(())
    }

    async fn progress(&self) -> anyhow::Result<Progress> {
        let select = sql("SELECT (SELECT COUNT(*) FROM delivery \
             WHERE state IN ('waiting', 'claimed')) AS backlog, (SELECT COUNT(*) FROM outbox \
             WHERE state IN ('held', 'pending', 'sending', 'unknown', 'retry')) AS unsent");
        Ok((&self.db).first(select).await?.unwrap_or_default())
    }

    /// Waits until every delivery is worked; with `letters` until everything is sent, too.
    pub(crate) async fn drained(&self, letters: bool) -> anyhow::Result<()> {
        let began = Instant::now();
        loop {
            let now = self.progress().await?;
            if now.backlog == 0 && (!letters || now.unsent == 0) {
                return Ok(());
            }
            if began.elapsed() > PATIENCE {
                bail!("not drained: {now:?}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Stops it in order.
    pub(crate) async fn stop(mut self) -> anyhow::Result<()> {
        self.db.close().await;
        Command::new("kill")
            .arg("-TERM")
            .arg(self.pid().to_string())
            .status()?;
        let began = Instant::now();
        while self.child.try_wait()?.is_none() {
            if began.elapsed() > Duration::from_secs(15) {
                bail!("the worker does not stop");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

async fn listening(address: SocketAddr, child: &mut Child) -> anyhow::Result<()> {
    let began = Instant::now();
    while tokio::net::TcpStream::connect(address).await.is_err() {
        if child.try_wait()?.is_some() || began.elapsed() > Duration::from_mins(1) {
            bail!("the worker did not come up");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

/// Settings without limits for one sender, because a benchmark has few people and no patience.
fn settings(place: &Place, gateway: &Gateway, address: SocketAddr) -> String {
    let mut text = format!(
        "data_dir = '{}'\n[database]\nurl = '{}'\n[worker]\nlisten = '{address}'\n\
         [listener]\nconnections_per_peer = 1024\n[outbox]\nparallel = 64\n[limits]\n",
        place.folder.path().display(),
        place.url
    );
    for limit in [
        "reports_per_hour",
        "guest_reports_per_hour",
        "guest_reports_per_day",
        "messages_per_10_minutes",
        "misses_per_10_minutes",
    ] {
        writeln!(text, "{limit} = 0").ok();
    }
    write!(
        text,
        "[[channel]]\nname = 'utama'\ngateway = 'fonnte'\nbase_url = '{}'\ntoken = 'uji'\n\
         device = '6281100000009'\nwebhook_secret = '{SECRET}'\nrate_per_minute = 100000\n\
         notice_gap_seconds = [0, 0]\nnotices_per_day = 0\n",
        gateway.url
    )
    .ok();
    text
}

/// Returns the request of a new report from a sender of its own.
pub(crate) fn report() -> Template {
    let sender = format!("6285{MARK}");
    message(
        &sender,
        "#req lampu ruang 203 gedung B mati sejak pagi, mohon dicek",
    )
}

/// Returns the request of a message from somebody.
pub(crate) fn message(sender: &str, words: &str) -> Template {
    let body = format!(
        r#"{{"device":"6281100000009","sender":"{sender}","pengirim":"{sender}","name":"Uji Beban","message":"{words}","pesan":"{words}","text":"non-button message","member":"","location":"","url":"","filename":"","extension":"","isgroup":false,"inboxid":1{MARK},"timestamp":1750000000}}"#
    );
    Template::post(&format!("/webhook/utama?key={SECRET}"), &body)
}
