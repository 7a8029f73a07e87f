//! How an office comes to be: settings, desk, worker and people.

use std::sync::Arc;

use tanggap::action::people::{employee, staff};
use tanggap::action::{Actor, Work};
use tanggap::clock::Clock;
use tanggap::config::{Folders, Given, Layers, write_new};
use tanggap::db::Db;
use tanggap::desk::{At, Desk};
use tanggap::domain::permission::Level;
use tanggap::gateway::http::{Client, Limits};
use tanggap::gateway::{Gateway, build};
use tanggap::worker::{self, Start, Worker};
use tokio::net::TcpListener;

use super::database;
use super::office::{DEDI, DEVICE, JOKO, KEY, Plan, RATNA, SRI, jakarta};

/// Puts a desk together on the database at this address, with one channel to the fake.
pub(crate) async fn desk(address: &str, plan: &Plan, gateway: &str) -> Arc<Desk> {
    let clock = Clock::fixed(jakarta(plan.at));
    desk_on(database::open(address).await, clock, plan, gateway).await
}

/// Puts a desk together on an open database.
pub(crate) async fn desk_on(db: Db, clock: Clock, plan: &Plan, gateway: &str) -> Arc<Desk> {
    let folder = database::folder();
    let file = folder.join("config.toml");
    write_new(&file, &config(plan, gateway)).expect("a settings file");
    let layers = Layers::load(Given {
        file: Some(file),
        flags: Vec::new(),
        env: &|_| None,
        folders: Folders::default(),
    });
    let desk = Desk::new(At {
        db,
        clock,
        layers: layers.expect("settings"),
        key: b"kunci jejak audit uji".to_vec(),
        media: folder.join("media"),
    });
    Arc::new(desk.await.expect("a desk"))
}

fn config(plan: &Plan, gateway: &str) -> String {
    let mut channel = toml::Table::new();
    channel.insert("name".into(), "utama".into());
    channel.insert("gateway".into(), "fonnte".into());
    channel.insert("base_url".into(), gateway.into());
    channel.insert("token".into(), "token-uji".into());
    channel.insert("webhook_secret".into(), KEY.into());
    channel.insert("device".into(), DEVICE.into());
    channel.insert("rate_per_minute".into(), 100_000.into());
    channel.insert("notice_gap_seconds".into(), vec![0, 0].into());
    channel.insert("notices_per_day".into(), 0.into());
    channel.extend(plan.channel.parse::<toml::Table>().expect("TOML"));
    let mut config: toml::Table = plan.settings.parse().expect("TOML");
    config.insert("channel".into(), vec![toml::Value::Table(channel)].into());
    toml::to_string(&config).expect("TOML")
}

/// Starts a worker of this desk on a free port.
pub(crate) async fn work_at(desk: &Arc<Desk>) -> Worker {
    work_with(desk, |gateway| gateway).await
}

/// Starts a worker whose gateways are changed first.
pub(crate) async fn work_with(
    desk: &Arc<Desk>,
    change: impl Fn(Arc<dyn Gateway>) -> Arc<dyn Gateway>,
) -> Worker {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let client = Client::new(Limits::default(), desk.clock.clone()).expect("a client");
    let channels = build::channels(&desk.settings().config, &client, &|_| None);
    let changed = channels
        .expect("channels")
        .into_iter()
        .map(|(name, gateway)| (name, change(gateway)));
    let started = worker::start(Start {
        channels: changed.collect(),
        desk: Arc::clone(desk),
        client,
        listener,
        lock: None,
    });
    started.await.expect("a worker")
}

pub(crate) async fn people(desk: &Arc<Desk>) {
    let mut work = Work::begin(desk, Actor::shell("uji"))
        .await
        .expect("a transaction");
    for (person, level) in [(SRI, Level::Staf), (DEDI, Level::Tbo), (JOKO, Level::Tbo)] {
        let form = staff::Form {
            name: Some(person.name.into()),
            level: Some(level),
            phone: Some(person.phone.into()),
            ..staff::Form::default()
        };
        let added = staff::add(&mut work, Some(person.id), form, None).await;
        added.expect("staff");
    }
    let form = employee::Form {
        name: Some(RATNA.name.into()),
        phone: Some(RATNA.phone.into()),
        department: Some("Fakultas Ilmu Kesehatan".into()),
        unit: Some("Prodi Gizi".into()),
        ..employee::Form::default()
    };
    let added = employee::add(&mut work, Some(RATNA.id), form).await;
    added.expect("an employee");
    work.commit().await.expect("a commit");
}
