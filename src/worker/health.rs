//! What monitors ask: is it alive, is it ready, what has it done.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use crate::store;
use crate::worker::metrics::{gauge, line};
use crate::worker::webhook::Routes;

/// Says that the process answers.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// Says whether the database answers and the writer keeps up, and how the channels are.
pub(super) async fn ready(State(routes): State<Routes>) -> Response {
    let desk = &routes.shared.desk;
    let backlog = store::inbox::backlog(&desk.db).await;
    let waiting = routes.inbox.waiting();
    let limit = desk.settings().config.inbox.waiting_rows as usize;
    let database = backlog.is_ok();
    let ready = database && waiting < limit;
    let known = store::channel::all(&desk.db).await.unwrap_or_default();
    let holds = routes.shared.holds.all();
    let channels: serde_json::Map<String, serde_json::Value> = routes
        .shared
        .channels
        .keys()
        .map(|name| {
            let connected = known.iter().any(|one| one.name == *name && one.connected);
            (
                name.clone(),
                json!({"connected": connected, "held": holds.get(name)}),
            )
        })
        .collect();
    let body = json!({
        "ready": ready,
        "database": database,
        "waiting_commits": waiting,
        "backlog": backlog.map_or(0, |backlog| backlog.waiting),
        "channels": channels,
    });
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(body)).into_response()
}

/// Writes the counters, and what the database says about the queues.
pub(super) async fn metrics(State(routes): State<Routes>) -> Response {
    let shared = &routes.shared;
    let desk = &shared.desk;
    let mut text = shared.metrics.text();
    if let Ok(backlog) = store::inbox::backlog(&desk.db).await {
        let age = backlog
            .oldest_at
            .map_or(0, |at| (desk.clock.now() - at).max(0) / 1000);
        line(&mut text, "tanggap_inbox_depth", "gauge", backlog.waiting);
        line(&mut text, "tanggap_inbox_oldest_seconds", "gauge", age);
    }
    if let Ok(states) = store::outbox::open_states(&desk.db).await {
        text.push_str("# TYPE tanggap_outbox_depth gauge\n");
        for (state, count) in states {
            gauge(&mut text, "tanggap_outbox_depth", ("state", &state), count);
        }
    }
    if let Ok(reports) = store::tally::total(&desk.db, "status").await {
        line(&mut text, "tanggap_reports", "gauge", reports);
    }
    text.push_str("# TYPE tanggap_channel_up gauge\n");
    for name in shared.channels.keys() {
        let up = u8::from(!shared.holds.is_held(name));
        gauge(&mut text, "tanggap_channel_up", ("channel", name), up);
    }
    ([("content-type", "text/plain; version=0.0.4")], text).into_response()
}
