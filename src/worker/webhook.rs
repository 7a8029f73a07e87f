//! Where gateways knock: check that it is them, store what they bring, answer. Nothing else
//! happens before the answer.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use sha2::{Digest as _, Sha256};

use crate::fault;
use crate::gateway::{self, Gateway, Proof};
use crate::store;
use crate::worker::inbox::{Inbox, Stored};
use crate::worker::{Shared, health};

/// What the routes need.
#[derive(Clone)]
pub(super) struct Routes {
    pub(super) shared: Arc<Shared>,
    pub(super) inbox: Inbox,
}

/// Returns the worker's routes.
pub fn routes(shared: Arc<Shared>, inbox: Inbox) -> Router {
    let limit = shared.desk.settings().config.listener.body_kib as usize * 1024;
    Router::new()
        .route("/webhook/{channel}", post(by_channel).get(probe))
        .route("/webhook/{channel}/{session}", post(by_session))
        .route(
            "/webhook/{channel}/{secret}/{session}",
            post(by_path_secret),
        )
        .route(
            "/webhook/whatsapp/{tenant}/{team}",
            post(by_team).get(probe_team),
        )
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .layer(DefaultBodyLimit::max(limit))
        .with_state(Routes { shared, inbox })
}

type Params = Query<HashMap<String, String>>;

async fn by_channel(
    State(routes): State<Routes>,
    Path(channel): Path<String>,
    Query(query): Params,
    request: axum::extract::Request,
) -> Response {
    let key = query.get("key").cloned();
    accept(&routes, &channel, key, request).await
}

async fn by_session(
    State(routes): State<Routes>,
    Path((channel, _)): Path<(String, String)>,
    Query(query): Params,
    request: axum::extract::Request,
) -> Response {
    let key = query.get("key").cloned();
    accept(&routes, &channel, key, request).await
}

async fn by_path_secret(
    State(routes): State<Routes>,
    Path((channel, secret, _)): Path<(String, String, String)>,
    request: axum::extract::Request,
) -> Response {
    accept(&routes, &channel, Some(secret), request).await
}

async fn by_team(
    State(routes): State<Routes>,
    Path((tenant, team)): Path<(String, String)>,
    Query(query): Params,
    request: axum::extract::Request,
) -> Response {
    let key = query.get("key").cloned();
    accept(&routes, &format!("{tenant}-{team}"), key, request).await
}

async fn probe(State(routes): State<Routes>, Path(channel): Path<String>) -> Response {
    answer_probe(&routes, &channel)
}

async fn probe_team(
    State(routes): State<Routes>,
    Path((tenant, team)): Path<(String, String)>,
) -> Response {
    answer_probe(&routes, &format!("{tenant}-{team}"))
}

fn answer_probe(routes: &Routes, channel: &str) -> Response {
    match routes.shared.channels.get(channel) {
        Some(_) => StatusCode::OK.into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn accept(
    routes: &Routes,
    channel: &str,
    key: Option<String>,
    request: axum::extract::Request,
) -> Response {
    let started = Instant::now();
    let shared = &routes.shared;
    // The path decides before the body is read.
    let Some(gateway) = shared.channels.get(channel) else {
        shared.metrics.rejected();
        return StatusCode::NOT_FOUND.into_response();
    };
    let (parts, body) = request.into_parts();
    let body = match read(shared, body).await {
        Ok(body) => body,
        Err(status) => return status.into_response(),
    };
    let delivery = gateway::Delivery {
        content_type: content_type(&parts.headers),
        body: body.into(),
        received_at: shared.desk.clock.now(),
    };
    let proof = Proof {
        key: key.as_deref(),
        headers: &parts.headers,
        delivery: &delivery,
    };
    if !gateway.genuine(&proof) {
        shared.metrics.rejected();
        return StatusCode::UNAUTHORIZED.into_response();
    }
    fault::point("k1");
    let row = row(channel, &**gateway, delivery);
    fault::point("k2");
    let Ok(stored) = routes.inbox.store(row).await else {
        shared.metrics.unavailable();
        return (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "5")]).into_response();
    };
    let took = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    shared
        .metrics
        .acknowledged(stored == Stored::Repeated, took);
    (
        StatusCode::OK,
        [(CONTENT_TYPE, "application/json")],
        r#"{"status":true}"#,
    )
        .into_response()
}

async fn read(shared: &Shared, body: Body) -> Result<Bytes, StatusCode> {
    let config = &shared.desk.settings().config.listener;
    let limit = config.body_kib as usize * 1024;
    let time = std::time::Duration::from_secs(config.request_seconds.into());
    match tokio::time::timeout(time, axum::body::to_bytes(body, limit)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_too_large(&error) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Ok(Err(_)) => Err(StatusCode::BAD_REQUEST),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

fn is_too_large(error: &axum::Error) -> bool {
    let mut source: Option<&dyn std::error::Error> = Some(error);
    while let Some(inner) = source {
        if inner.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        source = inner.source();
    }
    false
}

fn content_type(headers: &HeaderMap) -> String {
    let value = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    value.unwrap_or_default().chars().take(200).collect()
}

/// Makes the row of a delivery: what came in by webhook, by `sim` or by a poll.
pub fn row(
    channel: &str,
    gateway: &dyn Gateway,
    delivery: gateway::Delivery,
) -> store::inbox::Delivery {
    let key = gateway.delivery_key(&delivery);
    let digest = Sha256::new()
        .chain_update(channel.as_bytes())
        .chain_update([0])
        .chain_update(key.as_bytes())
        .finalize();
    let (body, encoded) = text_or_base64(delivery.body);
    store::inbox::Delivery {
        id: delivery_id(),
        channel: channel.to_owned(),
        key: base64::engine::general_purpose::STANDARD_NO_PAD.encode(digest),
        received_at: delivery.received_at,
        content_type: delivery.content_type,
        body,
        encoded,
        worker: String::new(),
        epoch: 0,
        due_at: 0,
        tries: 0,
        crashes: 0,
    }
}

/// Deliveries are ordered by their ids, and made by several workers at once.
#[expect(
    clippy::disallowed_methods,
    reason = "nothing but the order hangs on a delivery's id"
)]
fn delivery_id() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}

/// Keeps bytes exactly: as text where they are clean text, else as base64.
fn text_or_base64(body: Vec<u8>) -> (String, bool) {
    match String::from_utf8(body) {
        Ok(text) if !text.contains('\0') => (text, false),
        Ok(text) => (base64::engine::general_purpose::STANDARD.encode(text), true),
        Err(error) => (
            base64::engine::general_purpose::STANDARD.encode(error.into_bytes()),
            true,
        ),
    }
}
