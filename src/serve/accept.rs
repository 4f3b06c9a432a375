//! Binding a port, and accepting its connections.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::{connection::Connections, error::StartError, tls::Tls};

/// Pause after an error that is not one connection's, such as a lack of file descriptors.
const BACKOFF: Duration = Duration::from_millis(500);

/// Connections that the system holds until they are accepted. Clients that connect in a burst beyond it are reset.
const BACKLOG: u32 = 4096;

/// What an accepted connection speaks.
#[derive(Debug, Clone)]
pub(super) enum Acceptor {
    /// HTTP in plain text.
    Plain,
    /// HTTP over TLS.
    Tls(Tls),
}

/// Binds the address that the setting `name` gives.
pub(super) fn bind(address: SocketAddr, name: &str) -> Result<TcpListener, StartError> {
    let flag = || name.replace('_', "-");
    listen(address).map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => StartError::InUse {
            address,
            flag: flag(),
        },
        _ => StartError::Bind {
            address,
            flag: flag(),
            source,
        },
    })
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // A server that is started again need not wait for the connections of the last one to be forgotten.
    // On Windows the option means that two servers share a port.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Accepts connections until the server drains, then closes the port.
pub(super) async fn accept(
    listener: TcpListener,
    acceptor: Acceptor,
    connections: Arc<Connections>,
) {
    let draining = connections.draining().clone();
    let accept_all = async {
        loop {
            // The permit comes first: what exceeds the limit waits in the port's queue, where it costs nothing.
            let permit = connections.permit().await;
            let stream = next(&listener).await;
            connections.open(stream, acceptor.clone(), permit);
        }
    };
    tokio::select! {
        () = draining.cancelled() => {}
        () = accept_all => {}
    }
}

async fn next(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if is_of_one_connection(&error) => {
                tracing::debug!(%error, "a connection ended before it began");
            }
            Err(error) => {
                tracing::warn!(%error, "cannot accept connections, trying again soon");
                tokio::time::sleep(BACKOFF).await;
            }
        }
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted
    )
}
